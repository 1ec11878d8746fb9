"""Why a task landed where it did, the path that drives a milestone, and by when a blocker becomes a miss.

What does not live here: the computation (:mod:`.cpm`), impacts of changes (:mod:`.whatif`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bywhen.kernel.errors import TaskUnknownError
from bywhen.kernel.plan import ConstraintType, LinkType, Task
from bywhen.kernel.wording import day_long
from bywhen.schedule.engine import sweep
from bywhen.schedule.engine.cpm import Schedule
from bywhen.schedule.engine.shifts import moment_of
from bywhen.schedule.engine.sweep import ALWAYS, STARTED

_ENDS = {LinkType.FS: "finishes", LinkType.SS: "starts", LinkType.FF: "finishes", LinkType.SF: "starts"}
_CONSTRAINTS = {
    ConstraintType.MSO: "it must start on",
    ConstraintType.MFO: "it must finish on",
    ConstraintType.SNET: "it may start no earlier than",
    ConstraintType.SNLT: "it must start no later than",
    ConstraintType.FNET: "it may finish no earlier than",
    ConstraintType.FNLT: "it must finish no later than",
}


def explain(schedule: Schedule, uid: int) -> str:
    """One sentence: which link, constraint, progress, calendar or project start put the task where it is.

    Raises:
        TaskUnknownError: when the plan has no such task, or it has no dates.
    """
    row = schedule.row(uid)
    task, node = schedule.network.tasks[uid], schedule.network.node_of.get(uid)
    name, start = f"'{task.name}'", _said(row.start, schedule)
    if task.actual_start and node is not None:
        return f"{name} started {start} in fact."
    levelled = f", levelled {task.leveling_delay_minutes / 60:g} elapsed h later" if task.leveling_delay_minutes else ""
    return f"{name} starts {start} because {_reason(schedule, task, node)}{levelled}."


def _reason(schedule: Schedule, task: Task, node: int | None) -> str:
    if node is None:
        return "its first task does"
    if task.manual:
        return "it is scheduled by hand"
    if task.external:
        return "another project says so"
    if schedule.early.driver[node] >= 0:
        return _link_said(schedule, schedule.early.driver[node])
    return _own_reason(schedule, task)


def _own_reason(schedule: Schedule, task: Task) -> str:
    if task.constraint in _CONSTRAINTS and task.constraint_date:
        return f"{_CONSTRAINTS[task.constraint]} {_said(task.constraint_date, schedule)}"
    if task.constraint is ConstraintType.ALAP:
        return "it is scheduled as late as possible"
    return "the project does and nothing holds it"


def _link_said(schedule: Schedule, driver: int) -> str:
    network = schedule.network
    before = network.links.predecessor[driver]
    owner = network.tasks[network.owner[before]]
    place = network.link_of[driver]
    if place < 0:
        return f"its summary task '{owner.name}' may not start earlier"
    link = network.plan.links[place]
    at = schedule.early.start[before] if network.links.code[driver] & 1 else schedule.early.finish[before]
    lag = _lag_said(network.links.lag[driver], link.lag.elapsed)
    return f"'{owner.name}' {_ENDS[link.type]} {_said(moment_of(at), schedule)} ({link.type}{lag})"


def _lag_said(seconds: int, elapsed: bool) -> str:
    return (
        f", {'lead' if seconds < 0 else 'lag'} {abs(seconds) / 3600:g} {'elapsed ' if elapsed else ''}h"
        if seconds
        else ""
    )


def _said(at: datetime, schedule: Schedule) -> str:
    """As people write it; the year only where it is not the one in which the project starts."""
    return f"{day_long(at.date(), schedule.start.date())} {at:%H:%M}"


def driving_path(schedule: Schedule, uid: int | None = None) -> list[int]:
    """The chain of tasks that drives a task's start (or, without one, the project's finish), first task first."""
    network = schedule.network
    if uid is None:
        node = max(network.node_of.values(), key=lambda n: (schedule.early.finish[n], n), default=None)
    else:
        node = network.finish_of.get(uid)
        if node is None:
            node = _last_inside(schedule, uid)
    path: list[int] = []
    while node is not None and node >= 0:
        owner = network.owner[node]
        if owner in network.node_of:
            path.append(owner)
        driver = schedule.early.driver[node]
        node = network.links.predecessor[driver] if driver >= 0 else None
    return path[::-1]


def _last_inside(schedule: Schedule, uid: int) -> int:
    waiting, nodes = list(schedule.network.children.get(uid, ())), []
    while waiting:
        child = waiting.pop()
        if child in schedule.network.node_of:
            nodes.append(schedule.network.node_of[child])
        waiting.extend(schedule.network.children.get(child, ()))
    if not nodes:
        raise TaskUnknownError(uid, schedule.plan.name)
    return max(nodes, key=lambda n: schedule.early.finish[n])


def near_critical(schedule: Schedule, within_minutes: float) -> list[int]:
    """Uids of tasks that are not critical but have at most this many working minutes of total float, in plan order."""
    return [
        uid
        for uid, node in schedule.network.node_of.items()
        if not schedule.is_critical(uid)
        and schedule.total_slack(node) <= within_minutes * 60
        and schedule.network.tasks[uid].percent_complete < 100
    ]


@dataclass(frozen=True, slots=True)
class MissDate:
    """By when a blocker on a task becomes a miss of a milestone: the latest start and finish of the task that leave the
    milestone (or, without one, the project's finish) where it is; ``float_minutes`` is what is left in working minutes.
    """

    task_uid: int
    milestone_uid: int | None
    latest_start: datetime
    latest_finish: datetime
    float_minutes: float


def miss_date(schedule: Schedule, uid: int, milestone_uid: int | None = None) -> MissDate | None:
    """When a blocker on ``uid`` becomes a miss of the milestone; None when the task does not lead to it.

    The milestone's own computed date is what must hold, not its late date: float behind the milestone does not count.

    Raises:
        TaskUnknownError: when a task is not in the plan or has no dates.
    """
    network, early = schedule.network, schedule.early
    node = network.finish_of.get(uid)
    node = _last_inside(schedule, uid) if node is None else node
    if milestone_uid is None:
        row = schedule.row(network.owner[node])
        return MissDate(uid, None, row.late_start, row.late_finish, row.total_slack_minutes)
    target = network.finish_of.get(milestone_uid)
    target = _last_inside(schedule, milestone_uid) if target is None else target
    if node not in _leading_to(schedule, target):
        return None
    late = _late_for(schedule, node, target)
    slack = min(late.start_work[node] - early.start_work[node], late.finish_work[node] - early.finish_work[node])
    if network.nodes.kind[node] == STARTED:
        slack = late.finish_work[node] - early.finish_work[node]
    return MissDate(uid, milestone_uid, moment_of(late.start[node]), moment_of(late.finish[node]), slack / 60)


def _leading_to(schedule: Schedule, target: int) -> set[int]:
    first, predecessor = schedule.network.links.first, schedule.network.links.predecessor
    waiting, found = [target], {target}
    while waiting:
        at = waiting.pop()
        for before in predecessor[first[at] : first[at + 1]]:
            if before not in found:
                found.add(before)
                waiting.append(before)
    return found


def _late_for(schedule: Schedule, node: int, target: int) -> sweep.Late:
    """Late dates when nothing but the target's computed finish has to hold."""
    network, early = schedule.network, schedule.early
    count = len(network)
    limits, late = [ALWAYS] * count, sweep.Late(*([ALWAYS] * count for _ in sweep.Late._fields))
    limits[target] = early.finish[target]
    order = sorted((n for n in _leading_to(schedule, target) if n >= node), reverse=True)
    free = network.nodes._replace(late_start=[ALWAYS] * count, pinned=[0] * count)
    sweep.backward(order, free, network.followers, network.strands, network.shifts, early, limits, late)
    return late
