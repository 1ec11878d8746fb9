from __future__ import annotations

from datetime import date

import pytest

from bywhen.kernel.plan import Calendar, CalendarException, Recurrence, standard_calendar
from bywhen.kernel.recurrence import exception_dates
from bywhen.kernel.worktime import WorkingTime


def days(first: date, last: date, rule: Recurrence | None) -> list[str]:
    return [day.isoformat() for day in exception_dates(CalendarException(first, last, recurrence=rule))]


@pytest.mark.parametrize(
    ("rule", "meant"),
    [
        (None, ["2026-12-30", "2026-12-31", "2027-01-01"]),
        (Recurrence("daily", every=2), ["2026-12-30", "2027-01-01"]),
        (Recurrence("weekly", weekdays=(4,)), ["2027-01-01"]),
        (Recurrence("monthly_day", day=31), ["2026-12-31"]),
        (Recurrence("yearly_day", month=1, day=1), ["2027-01-01"]),
    ],
)
def test_days_follow_the_pattern_when_expanded(rule, meant):
    assert days(date(2026, 12, 30), date(2027, 1, 1), rule) == meant


def test_every_second_week_counts_from_the_first_when_expanded():
    rule = Recurrence("weekly", every=2, weekdays=(0, 4))
    assert days(date(2026, 11, 25), date(2026, 12, 12), rule) == ["2026-11-27", "2026-12-07", "2026-12-11"]


def test_position_counts_matching_days_when_they_are_several():
    first_working_day = Recurrence("monthly_position", weekdays=(0, 1, 2, 3, 4), position=1)
    assert days(date(2026, 8, 1), date(2026, 9, 30), first_working_day) == ["2026-08-03", "2026-09-01"]


def test_fourth_thursday_is_found_when_yearly():
    rule = Recurrence("yearly_position", month=11, weekdays=(3,), position=4)
    assert days(date(2026, 1, 1), date(2027, 12, 31), rule) == ["2026-11-26", "2027-11-25"]


def test_occurrences_end_the_run_when_counted():
    assert days(date(2026, 1, 1), date(2030, 1, 1), Recurrence("yearly_day", month=5, day=1, occurrences=1)) == [
        "2026-05-01"
    ]


def test_only_the_repeated_days_are_free_when_on_a_calendar():
    rule = Recurrence("weekly", weekdays=(4,))
    base = standard_calendar()
    fridays_off = Calendar(
        1, "x", base.week, exceptions=(CalendarException(date(2026, 11, 23), date(2026, 12, 31), recurrence=rule),)
    )
    time = WorkingTime.from_calendar(fridays_off)
    assert [time.is_working_day(date(2026, 11, day)) for day in (26, 27, 30)] == [True, False, True]


def test_leaves_out_days_that_no_plan_reaches_when_an_exception_has_no_end():
    days = list(exception_dates(CalendarException(date(1, 1, 1), date(9999, 12, 31))))
    assert (days[0], days[-1]) == (date(1900, 1, 1), date(2299, 12, 31))
