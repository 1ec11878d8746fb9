"""Plans of a few tasks for the schedule engine's tests: a Monday start, eight-hour days, durations in days."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bywhen.kernel.durations import Duration, DurationUnit
from bywhen.kernel.plan import Calendar, Link, LinkType, Plan, Task, standard_calendar

MONDAY = datetime(2026, 1, 5, 8)
NIGHT = Calendar(2, "Night shift", (((1320, 1800),),) * 5 + ((), ()))
AROUND = Calendar(3, "24 hours", (((0, 1440),),) * 7)
CALENDARS = (standard_calendar(), NIGHT, AROUND)


def at(day: int, hour: int = 8, minute: int = 0) -> datetime:
    """A moment ``day`` calendar days after the Monday on which the plans start (0 = that Monday)."""
    return datetime(2026, 1, 5) + timedelta(days=day, hours=hour, minutes=minute)


def days(count: float) -> Duration:
    return Duration(count * 480.0)


def elapsed(count: float) -> Duration:
    return Duration(count * 1440.0, DurationUnit.ELAPSED, "ed")


def percent(amount: float) -> Duration:
    return Duration(amount, DurationUnit.PERCENT, "%")


def task(uid: int, length: float | Duration = 1.0, **fields: object) -> Task:
    """Task ``uid`` of so many days; other fields as given."""
    duration = length if isinstance(length, Duration) else days(length)
    return replace(Task(uid, f"T{uid}", id=uid, duration=duration, milestone=not duration.minutes), **fields)


def link(before: int, after: int, kind: LinkType = LinkType.FS, lag: Duration | None = None) -> Link:
    return Link(before, after, kind, lag or Duration(0.0))


def outline(*children):
    """A summary task 10 with the given children."""
    return (task(10, 0, summary=True, milestone=False), *(replace(c, parent_uid=10, outline_level=2) for c in children))


def dates(schedule, uid: int):
    """A task's early start and finish."""
    row = schedule.row(uid)
    return row.early_start, row.early_finish


def late(schedule, uid: int):
    """A task's late start and finish."""
    row = schedule.row(uid)
    return row.late_start, row.late_finish


def plan(*tasks: Task, links: tuple[Link, ...] = (), **fields: object) -> Plan:
    """A plan that starts on the Monday, with the Standard, night shift and 24 hours calendars."""
    return replace(Plan("P", tasks, links, CALENDARS, calendar_uid=1, start=MONDAY), **fields)
