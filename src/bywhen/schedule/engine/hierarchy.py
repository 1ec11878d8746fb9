"""The outline of a plan: which tasks there are, which are summaries, and what stands inside what.

What does not live here: which summaries take part in the network, and how (:mod:`.network`); putting rows in, out and
elsewhere (:mod:`.outline`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from bywhen.kernel.durations import DurationUnit
from bywhen.kernel.plan import ConstraintType, Plan, Task
from bywhen.schedule.engine.shifts import LAST_DAY

_ASAP, _WORKING = ConstraintType.ASAP, DurationUnit.WORKING


class Outline:
    """The tasks of a plan by uid, in the plan's order, without its blank rows; the children of each that has any, and
    the uids of the summaries. An outline that goes in a circle is taken as flat there.

    ``noted`` are the tasks that say more than a name and a working duration: a large plan is slow to walk through, so
    whoever looks for something else looks among these.
    """

    def __init__(self, plan: Plan) -> None:
        self.tasks: dict[int, Task] = {}
        self.noted: list[Task] = []
        for task in plan.tasks:
            if task.is_null:
                continue
            self.tasks[task.uid] = task
            if (
                task.parent_uid is not None
                or task.summary
                or not task.active
                or task.manual
                or task.external
                or (length := task.duration) is None
                or length.unit is not _WORKING
                or task.start is not None
                or task.finish is not None
                or task.actual_start is not None
                or task.actual_finish is not None
                or task.constraint is not _ASAP
                or task.constraint_date is not None
                or task.deadline is not None
                or task.calendar_uid is not None
                or task.leveling_delay_minutes
            ):
                self.noted.append(task)
        self.children = _children(self.noted, self.tasks)
        self.summaries = {task.uid for task in self.noted if task.summary and not task.outline_level}
        self.summaries.update(self.children)

    def ancestors(self, uid: int) -> Iterable[int]:
        """The summaries that a task stands in, from the inside out."""
        parent, seen = self.tasks[uid].parent_uid, {uid}
        while parent is not None and parent in self.tasks and parent not in seen:
            yield parent
            seen.add(parent)
            parent = self.tasks[parent].parent_uid

    def holds(self, one: int, other: int) -> bool:
        """Whether one of the two is a summary that the other stands in."""
        return (one in self.summaries and one in self.ancestors(other)) or (
            other in self.summaries and other in self.ancestors(one)
        )

    def by_hand(self) -> set[int]:
        """The summaries that keep dates of their own, whatever their tasks' are."""
        return {uid for uid in self.summaries if has_own_dates(self.tasks[uid])}

    def limits(self) -> dict[int, datetime]:
        """By when each task inside a summary that has to end by a date has to end, for that."""
        own = {uid: min(found) for uid in self.summaries if (found := _ends_by(self.tasks[uid]))}
        limits = {}
        for uid in self.tasks if own else ():
            found = [own[above] for above in self.ancestors(uid) if above in own]
            if found and uid not in self.summaries:
                limits[uid] = min(found)
        return limits

    def binding(self) -> set[int]:
        """The summaries that hold their tasks back by what they ask for themselves."""
        return {uid for uid in self.summaries if _binds(self.tasks[uid])}


def has_own_dates(task: Task) -> bool:
    """Whether a summary task is scheduled by hand, and has the dates for it."""
    return task.manual and bool(task.manual_start or task.start) and bool(task.manual_finish or task.finish)


def must_end(task: Task) -> datetime | None:
    """The date that an open task may not finish after, by its constraint; one beyond all calendars is none."""
    when = task.constraint_date
    if task.constraint is not ConstraintType.FNLT or not task.active or task.manual or task.actual_finish:
        return None
    return when if when is not None and when.toordinal() < LAST_DAY else None


def _ends_by(task: Task) -> list[datetime]:
    return [when for when in (task.deadline, must_end(task)) if when is not None and task.active]


def _binds(task: Task) -> bool:
    constrained = task.constraint is not ConstraintType.ASAP and task.constraint_date is not None
    return task.manual or constrained or bool(task.leveling_delay_minutes)


def _children(noted: Iterable[Task], tasks: Mapping[int, Task]) -> dict[int, list[int]]:
    children: dict[int, list[int]] = defaultdict(list)
    for task in noted:
        if task.parent_uid in tasks and not _is_own_ancestor(task, tasks):
            children[task.parent_uid or 0].append(task.uid)
    return dict(children)


def _is_own_ancestor(task: Task, tasks: Mapping[int, Task]) -> bool:
    parent, seen = task.parent_uid, set[int]()
    while parent is not None and parent in tasks and parent not in seen:
        if parent == task.uid:
            return True
        seen.add(parent)
        parent = tasks[parent].parent_uid
    return False
