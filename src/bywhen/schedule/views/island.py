"""The plan as the grid and Gantt in the browser take it: rows with their links, days off, where the row came from.

Dates are ISO days, lengths working days of the plan. What does not live here: sentences (:mod:`.wording`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bywhen.kernel.clock import current_clock
from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import ConstraintType, Plan, Task
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.selectors import plan_working_time, schedule_of

if TYPE_CHECKING:
    from bywhen.schedule.models import PlanVersion, TaskState

AROUND = timedelta(days=90)
"""How far beyond the plan's own days the days off are said; the Gantt shows no more."""
_CONSTRAINTS = {
    ConstraintType.ALAP: "as late as possible",
    ConstraintType.MSO: "must start on",
    ConstraintType.MFO: "must finish on",
    ConstraintType.SNET: "start no earlier than",
    ConstraintType.SNLT: "start no later than",
    ConstraintType.FNET: "finish no earlier than",
    ConstraintType.FNLT: "finish no later than",
}


def island_data(version: PlanVersion, rows: Sequence[TaskState], *, me: str) -> dict[str, Any]:
    """Everything that the browser needs to show a version's computed rows."""
    plan = schedule_of(version).plan
    today = current_clock().today()
    return {
        "today": today.isoformat(),
        "me": me,
        "version": version.number,
        "rows": island_rows(plan, rows),
        "nonworking": days_off(plan_working_time(plan), *span_of(rows, today)),
    }


def island_rows(plan: Plan, rows: Iterable[TaskState]) -> list[dict[str, Any]]:
    """One entry per row, in plan order."""
    day = plan.minutes_per_day or 480
    tasks = {task.uid: task for task in plan.tasks}
    links: dict[int, list[dict[str, Any]]] = {}
    for link in plan.links:
        shown = {"from": link.predecessor_uid, "type": link.type.value, "lag": _lag_days(link.lag, day)}
        links.setdefault(link.successor_uid, []).append(shown)
    return [
        {
            "uid": row.uid,
            "id": tasks[row.uid].id,
            "wbs": row.wbs,
            "name": row.name,
            "owner": row.owner,
            "level": row.level,
            "summary": row.summary,
            "milestone": row.milestone,
            "active": row.active,
            "start": _day(row.start),
            "finish": _day(row.finish),
            "baseline_start": _day(row.baseline_start),
            "baseline_finish": _day(row.baseline_finish),
            "duration_days": _days(row.duration_minutes, day),
            "percent": round(row.percent_complete, 1),
            "total_float_days": _days(row.total_float_minutes, day),
            "free_float_days": _days(row.free_float_minutes, day),
            "critical": row.critical,
            "constraint": constraint_words(tasks[row.uid]),
            "deadline": _day(row.deadline),
            "driver": row.driver_uid,
            "links": links.get(row.uid, []),
        }
        for row in rows
        if row.uid in tasks
    ]


def constraint_words(task: Task) -> str:
    """A task's constraint in words; '' when it simply starts as soon as it can."""
    words = _CONSTRAINTS.get(task.constraint, "")
    on = task.constraint_date
    return f"{words} {on:%a %d %b %Y}" if words and on else words


def span_of(rows: Iterable[TaskState], today: date) -> tuple[date, date]:
    """The first and last day that the rows touch, today included."""
    days = [today]
    for row in rows:
        days += [
            at.date() for at in (row.start, row.finish, row.baseline_start, row.baseline_finish, row.deadline) if at
        ]
    return min(days), max(days)


def days_off(calendar: WorkingTime, first: date, last: date) -> list[list[str]]:
    """The days without work around the span, as inclusive ranges."""
    ranges: list[list[str]] = []
    day, until, before = first - AROUND, last + AROUND, None
    while day <= until:
        if not calendar.is_working_day(day):
            if before == day - timedelta(days=1):
                ranges[-1][1] = day.isoformat()
            else:
                ranges.append([day.isoformat(), day.isoformat()])
            before = day
        day += timedelta(days=1)
    return ranges


def _day(at: datetime | None) -> str | None:
    return at.date().isoformat() if at else None


def _days(minutes: float | None, minutes_per_day: int) -> float | int:
    days = round((minutes or 0.0) / minutes_per_day, 2)
    return int(days) if days == int(days) else days


def _lag_days(lag: Duration, minutes_per_day: int) -> float | int:
    return _days(lag.minutes, 1440 if lag.elapsed else minutes_per_day)
