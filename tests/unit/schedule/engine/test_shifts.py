"""Shift tables: what the sweep looks working time up in."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bywhen.kernel.errors import CalendarEmptyError
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.shifts import ROUND_THE_CLOCK, seconds_of, shift_table
from bywhen.schedule.engine.sweep import closes, opens, stays, work_at

FIRST, LAST = date(2026, 1, 1).toordinal(), date(2026, 3, 1).toordinal()


def test_agrees_with_the_calendar_when_measuring_and_adding():
    calendar = WorkingTime.standard([date(2026, 1, 6)])
    table = shift_table([ROUND_THE_CLOCK, calendar], FIRST, LAST)
    start, end = datetime(2026, 1, 5, 11), datetime(2026, 1, 9, 15, 30)
    work = work_at(seconds_of(end), 1, table) - work_at(seconds_of(start), 1, table)
    assert work / 60 == calendar.between(start, end)
    assert closes(work_at(seconds_of(start), 1, table) + work, 1, table) == seconds_of(end)


def test_names_an_instant_twice_when_it_lies_between_shifts():
    table = shift_table([WorkingTime.standard()], FIRST, LAST)
    work = work_at(seconds_of(datetime(2026, 1, 10)), 0, table)
    assert closes(work, 0, table) == seconds_of(datetime(2026, 1, 9, 17))
    assert opens(work, 0, table) == seconds_of(datetime(2026, 1, 12, 8))
    assert stays(seconds_of(datetime(2026, 1, 9, 17)), 0, table)
    assert not stays(seconds_of(datetime(2026, 1, 9, 18)), 0, table)


def test_merges_shifts_when_they_touch():
    table = shift_table([ROUND_THE_CLOCK], FIRST, LAST)
    assert len(table.start) == 3  # the table's own shift between the two that pretend to go on for ever


def test_counts_no_minute_twice_when_shifts_overlap_midnight():
    late, early = ((1320, 1800),), ((300, 720),)
    calendar = WorkingTime("Overlap", (late, early, (), (), (), (), ()))
    table = shift_table([calendar], FIRST, LAST)
    monday = seconds_of(datetime(2026, 1, 5))
    assert work_at(monday + 2 * 86_400, 0, table) - work_at(monday, 0, table) == (8 + 6) * 3600


def test_lays_every_week_out_alike_when_only_one_has_a_holiday():
    calendar = WorkingTime.standard([date(2026, 1, 29)])
    table = shift_table([calendar], FIRST, LAST)
    spans = [span for day in range(FIRST, LAST) for span in calendar.shifts(date.fromordinal(day))]
    assert len(table.start) == len(spans) + 2
    assert table.done[-1] - table.done[1] == 60 * sum(end - start for start, end in spans)


def test_refuses_when_a_calendar_has_no_working_time():
    with pytest.raises(CalendarEmptyError):
        shift_table([WorkingTime("Never", ((),) * 7)], FIRST, LAST)
