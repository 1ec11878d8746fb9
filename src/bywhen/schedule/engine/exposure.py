"""What hangs on one task: which milestones move when it waits, from which day on, and what a standstill costs.

Computed by asking the what-if engine, not from floats: a float says when *something* moves, not which milestone. What
does not live here: what holds the task up (rooms ``loops`` and ``followup``), making the delay (:mod:`.edits`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bywhen.kernel.durations import Duration
from bywhen.schedule.engine.cpm import Schedule
from bywhen.schedule.engine.whatif import Change, Impact, what_if

HORIZON = 60
"""Working days of waiting that are looked at: a quarter of a year."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A milestone that moves when the task waits longer than ``spare_days`` working days; ``miss_on`` is the last day
    on which the task can still begin (or, under way, end) without moving it from ``on``.
    """

    uid: int
    name: str
    on: date
    spare_days: int
    miss_on: date


@dataclass(frozen=True, slots=True)
class Standstill:
    """What it costs when the task goes on only on a certain day: working days by which it, the end of the plan and each
    milestone move (uid, name, days; most days first), and how many tasks move in all.
    """

    delay_days: int
    finish_days: int
    milestones: tuple[tuple[int, str, int], ...]
    moved_tasks: int


def exposures(schedule: Schedule, uid: int, *, horizon: int = HORIZON) -> list[Exposure]:
    """The milestones that move when a task waits up to ``horizon`` working days, the soonest miss first.

    Whether a milestone moves only ever turns from no to yes as the task waits longer, so the days between are halved
    until each turn is found: a few what-ifs for each milestone, not one for each day.

    Raises:
        TaskUnknownError, ChangeImpossibleError: when the task is not there or is complete.
    """
    spare: dict[int, int] = {}
    seen = {0: frozenset[int](), horizon: _moved(schedule, uid, horizon)}

    def halve(low: int, high: int) -> None:
        turned = seen[high] - seen[low]
        if not turned:
            return
        if high - low == 1:
            spare.update(dict.fromkeys(turned, low))
            return
        middle = (low + high) // 2
        seen[middle] = _moved(schedule, uid, middle)
        halve(low, middle)
        halve(middle, high)

    halve(0, horizon)
    found = [_exposure(schedule, uid, milestone, days) for milestone, days in spare.items()]
    return sorted(found, key=lambda each: (each.miss_on, each.on, each.uid))


def standstill(schedule: Schedule, uid: int, today: date, until: date) -> Standstill:
    """What it costs when an unfinished task can go on only on the day ``until``. What has not begun cannot begin
    before; what is under way stands still from today (or from when it should have ended) until then.

    Raises:
        TaskUnknownError, ChangeImpossibleError: when the task is not there or is complete.
    """
    row, task = schedule.row(uid), schedule.network.tasks[uid]
    since = min(today, row.finish.date()) if task.percent_complete else row.start.date()
    delay = max(schedule.network.project_calendar.working_days_between(since, until), 0)
    if not delay:
        return Standstill(0, 0, (), 0)
    impact = _waiting(schedule, uid, delay)
    later = [(each.uid, each.name, each.working_days) for each in impact.milestones if each.working_days > 0]
    later.sort(key=lambda each: -each[2])
    return Standstill(delay, max(impact.finish.working_days, 0), tuple(later), impact.moved_tasks)


def _waiting(schedule: Schedule, uid: int, days: int) -> Impact:
    return what_if(schedule, Change(uid, delay=Duration(float(days * schedule.plan.minutes_per_day))))


def _moved(schedule: Schedule, uid: int, days: int) -> frozenset[int]:
    """The milestones, the task itself left out, that end later when it waits so many working days."""
    impact = _waiting(schedule, uid, days)
    return frozenset(each.uid for each in impact.milestones if each.after > each.before) - {uid}


def _exposure(schedule: Schedule, uid: int, milestone: int, spare_days: int) -> Exposure:
    row, task = schedule.row(uid), schedule.network.tasks[uid]
    on: datetime = schedule.row(milestone).finish
    calendar = schedule.network.project_calendar
    last = calendar.add_days((row.finish if task.percent_complete else row.start).date(), spare_days)
    return Exposure(milestone, schedule.network.tasks[milestone].name, on.date(), spare_days, last)
