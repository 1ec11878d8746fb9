"""Adding, subtracting and measuring working time agree with each other on any calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.shifts import seconds_of, shift_table
from bywhen.schedule.engine.sweep import work_at

shifts = st.sampled_from(
    [(), ((480, 720), (780, 1020)), ((1320, 1800),), ((0, 1440),), ((300, 301),), ((0, 360), (1380, 1440))]
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1)).map(lambda at: at.replace(second=0, microsecond=0))
minutes = st.integers(0, 4000)


@st.composite
def calendars(draw):
    week = (*(draw(shifts) for _ in range(6)), ((540, 600),))
    days = {
        date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 60))): draw(shifts)
        for _ in range(draw(st.integers(0, 4)))
    }
    return WorkingTime("Any", week, days)


@settings(deadline=None, max_examples=80)
@given(calendars(), moments, minutes)
def test_measures_what_was_added(calendar, at, length):
    done = calendar.add(at, length)
    assert calendar.between(at, done) == length
    begun = calendar.subtract(at, length)
    assert calendar.between(begun, at) == length


@settings(deadline=None, max_examples=80)
@given(calendars(), moments, moments, moments)
def test_adds_up_when_measured_in_parts(calendar, one, two, three):
    assert calendar.between(one, two) + calendar.between(two, three) == calendar.between(one, three)
    assert calendar.between(one, two) == -calendar.between(two, one)


@settings(deadline=None, max_examples=80)
@given(calendars(), calendars(), moments, moments)
def test_measures_the_same_when_laid_out_for_the_engine(first, second, one, other):
    table = shift_table([first, second], date(2025, 12, 1).toordinal(), date(2026, 4, 2).toordinal())
    for number, calendar in enumerate((first, second)):
        done = work_at(seconds_of(other), number, table) - work_at(seconds_of(one), number, table)
        assert done == 60 * calendar.between(one, other)


@settings(deadline=None, max_examples=80)
@given(calendars(), moments)
def test_names_one_moment_twice_between_shifts(calendar, at):
    assert calendar.next(at) >= at
    assert calendar.between(at, calendar.next(at)) == 0
    assert calendar.previous(at) <= at
    assert calendar.between(calendar.previous(at), at) == 0


@settings(deadline=None, max_examples=60)
@given(calendars(), calendars(), moments, moments)
def test_works_no_longer_together_than_each_alone(one, other, first, second):
    first, second = sorted((first, second))
    both = one.common(other).between(first, second)
    assert 0 <= both <= min(one.between(first, second), other.between(first, second))
    assert both == other.common(one).between(first, second)
