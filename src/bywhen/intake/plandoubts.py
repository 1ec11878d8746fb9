"""What is doubtful in a plan whatever format it came in: told as findings beside it, each naming its tasks.

What does not live here: what only one format can get wrong (its reader tells that), circles among the links, which the
schedule engine names when it computes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import Calendar, Plan, Task

_EARLIEST, _LATEST = datetime(1950, 1, 1), datetime(2599, 12, 31)
_NAMED = 5


def plan_doubts(plan: Plan) -> Iterator[Finding]:
    """Negative durations, a finish before its start, dates that no project has, calendars that are missing or hold no
    working time, a plan without any date to begin at.
    """
    tasks = [task for task in plan.tasks if not task.is_null]
    yield from _told(
        "duration-negative",
        [task for task in tasks if task.duration is not None and task.duration.minutes < 0],
        "a negative duration; it counts as none. Give a duration of zero or more",
    )
    yield from _told(
        "finish-before-start",
        [task for task in tasks if task.start and task.finish and task.finish < task.start],
        "a finish before the start. Correct one of the two",
    )
    yield from _told(
        "date-out-of-range",
        [task for task in tasks if any(each and not _EARLIEST <= each <= _LATEST for each in _dates(task))],
        f"a date before {_EARLIEST.year} or after {_LATEST.year}. Correct it",
    )
    yield from _calendar_doubts(plan, tasks)
    if tasks and plan.start is None and not any(task.start for task in tasks):
        text = "The plan has no start date and none of its tasks has one; computing begins on Monday 3 January 2000. "
        yield Finding("plan-start-missing", Severity.WARNING, f"{text}Give the project a start date.", "project")


def _calendar_doubts(plan: Plan, tasks: Sequence[Task]) -> Iterator[Finding]:
    known = {each.uid: each for each in plan.calendars}
    if plan.calendar_uid is not None and plan.calendar_uid not in known:
        text = f"The project's calendar {plan.calendar_uid} is not in the plan; the standard working week is used."
        yield Finding("calendar-missing", Severity.WARNING, text, "project")
    used = {plan.calendar_uid, *(task.calendar_uid for task in tasks), *(each.calendar_uid for each in plan.resources)}
    for calendar in plan.calendars:
        if calendar.uid in used and not _works(calendar, known):
            text = f"Calendar '{calendar.name}' has no working time. Give it at least one working day."
            yield Finding("calendar-empty", Severity.ERROR, text, f"calendar {calendar.uid}")


def _works(calendar: Calendar, known: dict[int, Calendar]) -> bool:
    """Whether any day of the week, of the bases' weeks where it leaves days to them, or of the exceptions is worked."""
    step: Calendar | None = calendar
    met: set[int] = set()
    while step is not None and step.uid not in met:
        met.add(step.uid)
        if any(step.week) or any(each.shifts or each.week for each in step.exceptions):
            return True
        step = known.get(step.base_uid) if step.base_uid is not None and None in step.week else None
    return False


def _dates(task: Task) -> tuple[datetime | None, ...]:
    return task.start, task.finish, task.constraint_date, task.deadline, task.actual_start, task.actual_finish


def _told(rule: str, tasks: Sequence[Task], what: str) -> Iterator[Finding]:
    if tasks:
        names = ", ".join(f"{task.id or task.uid} '{task.name[:60]}'" for task in tasks[:_NAMED])
        more = f" and {len(tasks) - _NAMED} more" if len(tasks) > _NAMED else ""
        verb = "has" if len(tasks) == 1 else "have"
        text = f"{'Task' if len(tasks) == 1 else 'Tasks'} {names}{more} {verb} {what}."
        yield Finding(rule, Severity.WARNING, text, f"task {tasks[0].uid}")
