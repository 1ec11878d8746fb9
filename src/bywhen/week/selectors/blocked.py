"""Every open blocker with what it does to the plan: the milestones it threatens, by when, and what its delay costs.

What does not live here: which loops are blockers and when they are escalated (``followup``), the arithmetic of waiting
(``schedule/engine/exposure``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bywhen.followup.selectors.blockers import blocker_list
from bywhen.kernel.errors import ScheduleImpossibleError
from bywhen.kernel.status import BlockerFact
from bywhen.loops.selectors import loop_list, loop_waits
from bywhen.schedule.engine.exposure import Exposure, Standstill, exposures, standstill
from bywhen.schedule.selectors import schedule_current

if TYPE_CHECKING:
    from bywhen.loops.models import Loop
    from bywhen.record.models import Project
    from bywhen.schedule.engine.cpm import Schedule


@dataclass(frozen=True, slots=True)
class Blocked:
    """A blocker: the facts about it, the task it holds up, what that task threatens, and what it costs when the blocker
    is cleared only on ``cleared_on``: the day promised, or today when none was or it has passed.
    """

    loop: Loop
    fact: BlockerFact
    task: str
    task_uid: int | None
    cleared_on: date
    threatened: tuple[Exposure, ...]
    cost: Standstill | None
    waits: bool

    @property
    def whose(self) -> str:
        """Who must move: whom it waits on, else its owner."""
        return self.fact.waiting_on or self.fact.owner

    @property
    def critical_for(self) -> tuple[str, ...]:
        """The milestones on whose critical path it stands: they move with the first day of waiting."""
        return tuple(each.name for each in self.threatened if each.spare_days == 0)


def blocked_list(*, today: date, project: Project | None = None) -> list[Blocked]:
    """Open blockers by harm: those that move the plan's end first, by how much; then the soonest miss of a milestone,
    the least float, the oldest.
    """
    loops = {loop.pk: loop for loop in loop_list(project=project, kind="blocker")}
    schedules = {loop.project_id: loop.project for loop in loops.values()}
    computed = {pk: schedule_current(each) for pk, each in schedules.items()}
    facts = blocker_list(today=today, project=project)
    found = [
        _blocked(loop, fact, computed[loop.project_id], today)
        for fact in facts
        if (loop := loops.get(int(fact.fact_id.rpartition(":")[2])))
    ]
    return sorted(found, key=_harm)


def _blocked(loop: Loop, fact: BlockerFact, schedule: Schedule | None, today: date) -> Blocked:
    cleared_on = max(today, loop.due or today)
    threatened: tuple[Exposure, ...] = ()
    cost, task = None, ""
    if schedule is not None and loop.task_uid is not None and loop.task_uid in schedule:
        task = schedule.network.tasks[loop.task_uid].name
        try:
            threatened = tuple(exposures(schedule, loop.task_uid))
            cost = standstill(schedule, loop.task_uid, today, cleared_on)
        except ScheduleImpossibleError:  # it is complete: nothing waits for the blocker any more
            threatened, cost = (), None
    uid = loop.task_uid if task else None
    return Blocked(loop, fact, task, uid, cleared_on, threatened, cost, loop_waits(loop, today))


def _harm(each: Blocked) -> tuple[int, date, int, int]:
    finish = each.cost.finish_days if each.cost else 0
    soonest = min((one.miss_on for one in each.threatened), default=date.max)
    spare = min((one.spare_days for one in each.threatened), default=10_000)
    return -finish, soonest, spare, -each.fact.age_days


def blocked_owners(rows: Iterable[Blocked]) -> list[str]:
    """Who must move, or sees to it that somebody does; each once, by name."""
    return sorted({each.whose for each in rows if each.whose}, key=str.casefold)
