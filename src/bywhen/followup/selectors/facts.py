"""What the rules are told: open loops joined with their movements, asks, and the plan's tasks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bywhen.followup.models import AskLine
from bywhen.kernel.asking import LoopFacts
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.engine.movement import MEANINGFUL
from bywhen.loops.selectors import loop_list
from bywhen.record.selectors.people import person_find
from bywhen.schedule.selectors import TaskFacts, task_facts, working_time_of

if TYPE_CHECKING:
    from bywhen.loops.models import Loop
    from bywhen.record.models import Project

WEEKLY = 5
"""Working days from one ask cycle to the next."""
_NAME_END = re.compile(r"\s*[,;(/]|\s[-\N{EN DASH}]\s")
"""What separates a name from the department or firm that is often written behind it."""
_MOVES = MEANINGFUL - {"opened"}


@dataclass(frozen=True, slots=True)
class ProjectDay:
    """What a project's loops are judged by on a day: its calendar and its tasks by uid."""

    today: date
    working_time: WorkingTime
    tasks: Mapping[int, TaskFacts] = field(default_factory=dict)

    def days_since(self, day: date) -> int:
        """Working days from ``day`` to today; 0 when it lies ahead."""
        return max(0, self.working_time.working_days_between(day, self.today))


def loop_facts(*, today: date, project: Project | None = None, next_turn_days: int = WEEKLY) -> list[LoopFacts]:
    """Facts of every open loop (of one project when given), by due date.

    ``next_turn_days`` is how many working days away the next ask cycle is; what falls due before it is asked now.
    """
    asked = _asked_days()
    return [
        _facts(loop, day, asked.get(loop.pk, []), next_turn_days)
        for loop, day in loops_by_day(loop_list(project=project), today)
    ]


def loops_by_day(loops: Iterable[Loop], today: date) -> list[tuple[Loop, ProjectDay]]:
    """Each loop with its project's calendar and tasks, which are read once per project."""
    listed = list(loops)
    uids: defaultdict[int, set[int]] = defaultdict(set)
    projects = {loop.project_id: loop.project for loop in listed}
    for loop in listed:
        if loop.task_uid is not None:
            uids[loop.project_id].add(loop.task_uid)
    days = {
        pk: ProjectDay(today, working_time_of(project), task_facts(project, uids[pk]) if uids[pk] else {})
        for pk, project in projects.items()
    }
    return [(loop, days[loop.project_id]) for loop in listed]


def task_of(loop: Loop, day: ProjectDay) -> TaskFacts | None:
    """The unfinished plan task that a loop holds up; None when there is none."""
    task = day.tasks.get(loop.task_uid) if loop.task_uid is not None else None
    return task if task is not None and task.percent < 100 else None


def _facts(loop: Loop, day: ProjectDay, asked_on: list[date], next_turn_days: int) -> LoopFacts:
    task = task_of(loop, day)
    moved = max((move.on for move in loop.movements.all() if move.kind in _MOVES), default=None)
    asked = [on for on in asked_on if moved is None or on >= moved]
    waits_on = person_find(loop.waiting_on) or person_find(_NAME_END.split(loop.waiting_on, maxsplit=1)[0])
    paused = bool(loop.deferred_reason) and loop.next_check is not None and loop.next_check > day.today
    return LoopFacts(
        loop=loop.pk,
        project=loop.project.key,
        kind=loop.kind,
        title=loop.title,
        owner=loop.owner.name if loop.owner else "",
        waiting_on=waits_on.name if waits_on else "",
        waiting_on_text=loop.waiting_on,
        due=loop.due,
        due_in_days=None if loop.due is None else day.working_time.working_days_between(day.today, loop.due),
        age_days=day.days_since(loop.opened_on),
        idle_days=day.days_since(loop.last_moved_on),
        moved_days_ago=None if moved is None else day.days_since(moved),
        asked_days_ago=day.days_since(max(asked)) if asked else None,
        asked_times=len(asked),
        next_check=loop.next_check,
        pause_until=loop.next_check if paused else None,
        next_turn_days=next_turn_days,
        task=task.name if task else "",
        float_days=task.float_days if task else None,
        critical=bool(task and task.critical),
        downstream=task.downstream if task else None,
        milestone=task.milestone.name if task and task.milestone else "",
        milestone_on=task.milestone.on if task and task.milestone else None,
        miss_on=task.miss_on if task else None,
    )


def _asked_days() -> dict[int, list[date]]:
    """Loop -> days on which an ask about it was approved."""
    days: defaultdict[int, list[date]] = defaultdict(list)
    lines = AskLine.objects.filter(ask__status="approved", loop__status="open")
    for loop, on in lines.values_list("loop_id", "ask__approved_on"):
        if on is not None:
            days[loop].append(on)
    return days
