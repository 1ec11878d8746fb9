"""What calendars and kinds of duration do to a schedule, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bywhen.kernel.plan import (
    CalendarException,
)
from bywhen.schedule.engine.cpm import compute
from factories.small_plans import AROUND, CALENDARS, at, dates, elapsed, link, plan, task


def test_skips_the_weekend_when_a_task_is_longer_than_the_week():
    assert dates(compute(plan(task(1, 6))), 1) == (at(0), at(7, 17))


def test_skips_a_holiday_and_works_a_special_day():
    standard = CALENDARS[0]
    exceptions = (
        CalendarException(date(2026, 1, 6), date(2026, 1, 6)),
        CalendarException(date(2026, 1, 10), date(2026, 1, 10), ((480, 720),)),
    )
    schedule = compute(plan(task(1, 4.5), calendars=(replace(standard, exceptions=exceptions),)))
    assert dates(schedule, 1) == (at(0), at(5, 12))  # Monday, Wednesday to Friday, Saturday morning


def test_works_the_night_when_the_task_calendar_crosses_midnight():
    schedule = compute(plan(task(1, 2, calendar_uid=2)))
    assert dates(schedule, 1) == (at(0, 22), at(2, 6))


def test_ignores_calendars_when_the_duration_is_elapsed():
    schedule = compute(plan(task(1, 5), task(2, elapsed(2)), task(3, 1), links=(link(1, 2), link(2, 3))))
    assert dates(schedule, 2) == (at(4, 17), at(6, 17))  # Friday 17:00 to Sunday 17:00
    assert dates(schedule, 3) == (at(7), at(7, 17))


def test_keeps_a_milestone_at_the_end_of_the_day_when_its_predecessor_ends_there():
    schedule = compute(plan(task(1, 1), task(2, 0), task(3, 1), links=(link(1, 2), link(2, 3))))
    assert dates(schedule, 2) == (at(0, 17), at(0, 17))
    assert dates(schedule, 3) == (at(1), at(1, 17))


def test_moves_a_milestone_to_working_time_when_it_would_fall_on_a_weekend():
    schedule = compute(plan(task(1, 5), task(2, 0), links=(link(1, 2, lag=elapsed(1)),)))
    assert dates(schedule, 2) == (at(7), at(7))


def test_computes_a_calendar_of_all_hours_when_shifts_touch():
    schedule = compute(plan(task(1, 3), calendars=(replace(AROUND, uid=1),)))
    assert dates(schedule, 1) == (at(0), at(1))
