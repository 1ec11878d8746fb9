"""What a date phrase is resolved against: the meeting's day, the working calendar, sprints, fiscal year, occasions.

What does not live here: the phrases themselves (:mod:`bywhen.meetings.engine.dates`).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from bywhen.kernel.plan import Plan
from bywhen.kernel.worktime import WorkingTime

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something people name instead of a date: a milestone of the plan, a meeting of the calendar, a release."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Sprints:
    """The sprint rhythm: ``length_days`` calendar days each; ``first_day`` is the first day of sprint
    ``first_number``. Without ``first_day`` only the length is known and sprints count from the meeting.
    """

    length_days: int = 14
    first_day: date | None = None
    first_number: int = 1


@dataclass(frozen=True, slots=True)
class ProjectTime:
    """The project's own time.

    ``held_on`` is the day the words were said. ``fiscal_month`` is the first month of the fiscal year (1 = calendar
    year; quarters count from it, a fiscal year carries the number of the year it ends in). ``day_order`` says how
    ``3/4`` is meant, ``DMY`` or ``MDY``; '' leaves such a date unresolved. ``sprints`` and ``next_meeting`` are None
    when unknown: phrases that need them then stay unresolved.
    """

    held_on: date
    working_time: WorkingTime
    occasions: tuple[Occasion, ...] = ()
    sprints: Sprints | None = None
    fiscal_month: int = 1
    day_order: str = ""
    next_meeting: date | None = None

    def working_day_until(self, day: date) -> date:
        """``day`` itself when it is worked, else the last working day before it (at most four weeks back)."""
        back = (day - ONE_DAY * n for n in range(28))
        return next((d for d in back if self.working_time.is_working_day(d)), day)

    def working_day_before(self, day: date) -> date:
        """The last working day strictly before ``day``."""
        return self.working_day_until(day - ONE_DAY)

    def working_day_from(self, day: date) -> date:
        """``day`` itself when it is worked, else the next working day (at most four weeks on)."""
        ahead = (day + ONE_DAY * n for n in range(28))
        return next((d for d in ahead if self.working_time.is_working_day(d)), day)

    def week(self, ahead: int = 0) -> tuple[date, date]:
        """Monday and Sunday of the week ``ahead`` weeks after the meeting's."""
        monday = self.held_on - ONE_DAY * self.held_on.weekday() + timedelta(weeks=ahead)
        return monday, monday + 6 * ONE_DAY

    def month(self, ahead: int = 0) -> tuple[date, date]:
        """First and last day of the month ``ahead`` months after the meeting's."""
        year, month0 = divmod(self.held_on.year * 12 + self.held_on.month - 1 + ahead, 12)
        return month_span(year, month0 + 1)

    def quarter(self, ahead: int = 0) -> tuple[date, date]:
        """First and last day of the fiscal quarter ``ahead`` quarters after the meeting's."""
        into = (self.held_on.month - self.fiscal_month) % 3
        first, _ = self.month(-into + 3 * ahead)
        return first, months_later(first, 3) - ONE_DAY

    def numbered_quarter(self, number: int, year: int | None = None) -> tuple[date, date]:
        """The fiscal quarter ``number`` (1-4) of fiscal ``year``; without a year the running or next one."""
        if year is None:
            return next(s for s in map(self.quarter, range(5)) if self._number_of(s[0]) == number)
        first_year = year if self.fiscal_month == 1 else year - 1
        first = months_later(date(first_year, self.fiscal_month, 1), 3 * (number - 1))
        return first, months_later(first, 3) - ONE_DAY

    def year(self, ahead: int = 0, *, fiscal: bool = False) -> tuple[date, date]:
        """First and last day of the calendar (or fiscal) year ``ahead`` years after the meeting's."""
        if not fiscal or self.fiscal_month == 1:
            year = self.held_on.year + ahead
            return date(year, 1, 1), date(year, 12, 31)
        begun = self.held_on.year if self.held_on.month >= self.fiscal_month else self.held_on.year - 1
        first = date(begun + ahead, self.fiscal_month, 1)
        return first, months_later(first, 12) - ONE_DAY

    def sprint(self, ahead: int = 0) -> tuple[date, date] | None:
        """First and last day of the sprint ``ahead`` sprints after the running one, None when not known."""
        if self.sprints is None or self.sprints.first_day is None:
            return None
        length = self.sprints.length_days
        number = (self.held_on - self.sprints.first_day).days // length + ahead
        first = self.sprints.first_day + timedelta(days=number * length)
        return first, first + timedelta(days=length - 1)

    def _number_of(self, first: date) -> int:
        return (first.month - self.fiscal_month) % 12 // 3 + 1


def months_later(day: date, months: int) -> date:
    """The same day ``months`` months later, or that month's last day when it is shorter.

    >>> months_later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def plan_time(plan: Plan, held_on: date) -> ProjectTime:
    """The project's time as its plan tells it: the project calendar, and its milestones as occasions."""
    calendars = {c.uid: c for c in plan.calendars}
    base = calendars.get(plan.calendar_uid) if plan.calendar_uid is not None else None
    working_time = WorkingTime.from_calendar(base, calendars) if base else WorkingTime.standard()
    milestones = tuple(
        Occasion(task.name, task.finish.date())
        for task in plan.tasks
        if task.milestone and task.finish and task.active and task.name.strip()
    )
    return ProjectTime(held_on, working_time, milestones)
