"""Working time on calendars with exceptions, nights and inheritance."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bywhen.kernel.errors import CalendarEmptyError
from bywhen.kernel.plan import Calendar, CalendarException, Recurrence, standard_calendar
from bywhen.kernel.worktime import WorkingTime

STANDARD = WorkingTime.standard([date(2026, 1, 6)])
NIGHT = WorkingTime("Night", (((1320, 1800),),) * 5 + ((), ()))


def test_skips_nights_weekends_and_holidays_when_adding():
    assert STANDARD.add(datetime(2026, 1, 5, 16), 120) == datetime(2026, 1, 7, 9)
    assert STANDARD.add(datetime(2026, 1, 9, 16), 60) == datetime(2026, 1, 9, 17)


def test_comes_back_when_subtracting_what_was_added():
    assert STANDARD.subtract(datetime(2026, 1, 7, 9), 120) == datetime(2026, 1, 5, 16)
    assert STANDARD.add(datetime(2026, 1, 7, 9), -120) == datetime(2026, 1, 5, 16)
    assert STANDARD.subtract(datetime(2026, 1, 5, 16), -120) == datetime(2026, 1, 7, 9)


def test_stays_when_nothing_is_added():
    assert (
        STANDARD.add(datetime(2026, 1, 4, 3), 0)
        == STANDARD.subtract(datetime(2026, 1, 4, 3), 0)
        == datetime(2026, 1, 4, 3)
    )


def test_measures_both_ways():
    assert STANDARD.between(datetime(2026, 1, 5, 11), datetime(2026, 1, 7, 9)) == 60 + 240 + 60
    assert STANDARD.between(datetime(2026, 1, 7, 9), datetime(2026, 1, 5, 11)) == -360


def test_crosses_midnight_when_the_shift_does():
    assert NIGHT.add(datetime(2026, 1, 5, 22), 480) == datetime(2026, 1, 6, 6)
    assert NIGHT.next(datetime(2026, 1, 6, 3)) == datetime(2026, 1, 6, 3)
    assert NIGHT.previous(datetime(2026, 1, 10, 12)) == datetime(2026, 1, 10, 6)


def test_counts_no_minute_twice_when_shifts_overlap_midnight():
    calendar = WorkingTime("Overlap", (((1320, 1800),), ((300, 720),), (), (), (), (), ()))
    assert calendar.between(datetime(2026, 1, 5), datetime(2026, 1, 7)) == 14 * 60


def test_names_starts_and_ends_when_time_stands_still():
    weekend = datetime(2026, 1, 10, 12)
    assert STANDARD.next(weekend) == datetime(2026, 1, 12, 8)
    assert STANDARD.previous(weekend) == datetime(2026, 1, 9, 17)


def test_counts_working_days_both_ways():
    assert STANDARD.add_days(date(2026, 1, 5), 2) == date(2026, 1, 8)
    assert STANDARD.add_days(date(2026, 1, 8), -2) == date(2026, 1, 5)
    assert STANDARD.working_days_between(date(2026, 1, 8), date(2026, 1, 5)) == -2


def test_inherits_days_and_overrides_exceptions_when_a_calendar_has_a_base():
    closed = CalendarException(date(2026, 1, 7), date(2026, 1, 7))
    base = Calendar(1, "Base", standard_calendar().week, exceptions=(closed,))
    own = Calendar(2, "Own", (None, None, None, None, (), None, None), base_uid=1)
    opened = CalendarException(date(2026, 1, 7), date(2026, 1, 7), ((480, 720),))
    stubborn = Calendar(3, "Stubborn", (None,) * 7, base_uid=2, exceptions=(opened,))
    by_uid = {c.uid: c for c in (base, own, stubborn)}
    resolved = WorkingTime.from_calendar(own, by_uid)
    assert not resolved.is_working_day(date(2026, 1, 7))
    assert not resolved.is_working_day(date(2026, 1, 9))
    assert WorkingTime.from_calendar(stubborn, by_uid).minutes_of(date(2026, 1, 7)) == 240


def test_ends_the_chain_when_a_calendar_is_its_own_base():
    circular = Calendar(1, "Circle", standard_calendar().week, base_uid=1)
    assert WorkingTime.from_calendar(circular, {1: circular}).is_working_day(date(2026, 1, 5))


def test_works_another_week_when_an_exception_brings_one():
    week = (None, (), None, None, None, ((480, 720),), None)
    other = CalendarException(date(2026, 1, 5), date(2026, 1, 11), week=week)
    resolved = WorkingTime.from_calendar(Calendar(1, "C", standard_calendar().week, exceptions=(other,)))
    assert [resolved.minutes_of(date(2026, 1, 5 + n)) for n in range(7)] == [480, 0, 480, 480, 480, 240, 0]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Recurrence("daily", every=10), ["01-01", "01-11", "01-21", "01-31"]),
        (Recurrence("weekly", every=2, weekdays=(0, 4)), ["01-02", "01-12", "01-16", "01-26", "01-30"]),
        (Recurrence("monthly_day", day=31), ["01-31", "03-31"]),
        (Recurrence("monthly_position", weekdays=(0,), position=2), ["01-12", "02-09", "03-09"]),
        (Recurrence("monthly_position", every=2, weekdays=(4,), position=5), ["01-30", "03-27"]),
        (Recurrence("yearly_day", month=2, day=14), ["02-14"]),
        (Recurrence("yearly_position", month=3, weekdays=(0, 1, 2, 3, 4), position=1), ["03-02"]),
        (Recurrence("daily", every=10, occurrences=2), ["01-01", "01-11"]),
    ],
    ids=lambda value: value.pattern if isinstance(value, Recurrence) else "",
)
def test_closes_the_days_that_recur(rule, expected):
    last = date(2026, 2, 1) if rule.pattern in ("daily", "weekly") else date(2026, 3, 31)
    exception = CalendarException(date(2026, 1, 1), last, recurrence=rule)
    calendar = Calendar(1, "C", (((0, 1440),),) * 7, exceptions=(exception,))
    resolved = WorkingTime.from_calendar(calendar)
    closed = [
        day
        for day in (date.fromordinal(exception.first.toordinal() + n) for n in range(120))
        if not resolved.is_working_day(day)
    ]
    assert [f"{day:%m-%d}" for day in closed] == expected


def test_keeps_what_both_work_when_two_calendars_meet():
    both = STANDARD.common(WorkingTime("Late", (((960, 1500),),) * 7))
    assert both.between(datetime(2026, 1, 5), datetime(2026, 1, 6)) == 60
    assert both.minutes_of(date(2026, 1, 6)) == 0
    over_midnight = NIGHT.common(WorkingTime("Morning", (((240, 480),),) * 7))
    assert over_midnight.between(datetime(2026, 1, 5), datetime(2026, 1, 12)) == 5 * 120


@pytest.mark.parametrize("ask", ["next", "previous", "add", "subtract", "add_days"])
def test_refuses_when_there_is_no_working_time(ask):
    never = WorkingTime("Never", ((),) * 7)
    moment = datetime(2026, 1, 5)
    with pytest.raises(CalendarEmptyError, match="Never"):
        {
            "add": lambda: never.add(moment, 1),
            "subtract": lambda: never.subtract(moment, 1),
            "next": lambda: never.next(moment),
            "previous": lambda: never.previous(moment),
            "add_days": lambda: never.add_days(moment.date(), 1),
        }[ask]()
