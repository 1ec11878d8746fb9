"""Editing the outline of a plan: rows put in, taken out, renamed, moved in and out, as a planner does in the grid.

Each function answers a new plan whose levels, parents, outline numbers and row numbers fit together; links, resources
and everything else of the rows stay. What does not live here: changes of a task's dates and progress (:mod:`.edits`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import ChangeImpossibleError, TaskUnknownError
from bywhen.kernel.plan import ConstraintType, Link, Plan, Task


@dataclass(frozen=True, slots=True)
class Draft:
    """A row that is to be put in: its name, its length in working days of the plan, 0 for a milestone."""

    name: str
    days: float = 1.0


def tasks_inserted(
    plan: Plan, after_uid: int | None, drafts: Sequence[Draft], *, not_before: datetime | None = None
) -> tuple[Plan, tuple[int, ...]]:
    """The plan with rows below the row ``after_uid`` (at the end without one), and their uids in the same order.

    Below a work package they are its first tasks, below a task they stand on its level. ``not_before`` keeps them out
    of the past of a plan that is under way.

    >>> plan, uids = tasks_inserted(Plan("P", (Task(4, "Build", id=1, outline_level=1),)), 4, [Draft("Test", 2)])
    >>> [(task.id, task.name, task.outline_number) for task in plan.tasks], uids
    ([(1, 'Build', '1'), (2, 'Test', '2')], (5,))

    Raises:
        TaskUnknownError: when the plan has no such row.
    """
    rows = list(plan.tasks)
    place, level = len(rows), 1
    if after_uid is not None:
        place = _place(plan, after_uid) + 1
        above = rows[place - 1]
        level = max(above.outline_level + above.summary, 1)
    first = max((task.uid for task in rows), default=0) + 1
    new = [_drafted(plan, first + n, draft, level, not_before) for n, draft in enumerate(drafts)]
    return _ordered(plan, [*rows[:place], *new, *rows[place:]]), tuple(task.uid for task in new)


def task_deleted(plan: Plan, uid: int) -> Plan:
    """The plan without a row and what stands below it; what came before it still comes before what came after.

    Raises:
        TaskUnknownError: when the plan has no such row.
    """
    gone = {task.uid for task in _branch(plan, uid)}
    kept = replace(
        plan,
        links=_bridged(plan.links, gone),
        assignments=tuple(each for each in plan.assignments if each.task_uid not in gone),
    )
    return _ordered(kept, [task for task in plan.tasks if task.uid not in gone])


def task_renamed(plan: Plan, uid: int, name: str) -> Plan:
    """The plan with another name on one row.

    Raises:
        TaskUnknownError: when the plan has no such row.
        ChangeImpossibleError: when the name is empty.
    """
    task = plan.tasks[_place(plan, uid)]
    if not name.strip():
        raise ChangeImpossibleError(task.name, "a task needs a name")
    renamed = replace(task, name=" ".join(name.split()))
    return replace(plan, tasks=tuple(renamed if each.uid == uid else each for each in plan.tasks))


def task_indented(plan: Plan, uid: int, by: int) -> Plan:
    """The plan with a row and what stands below it moved ``by`` levels in (1) or out (-1).

    Raises:
        TaskUnknownError: when the plan has no such row.
        ChangeImpossibleError: when the outline has no such place.
    """
    place = _place(plan, uid)
    task, branch = plan.tasks[place], {each.uid for each in _branch(plan, uid)}
    above = plan.tasks[place - 1] if place else None
    if task.outline_level + by < 1:
        raise ChangeImpossibleError(task.name, "it stands on the outermost level")
    if by > 0 and (above is None or above.outline_level < task.outline_level):
        raise ChangeImpossibleError(task.name, "there is no row above it that it could belong to")
    return _ordered(
        plan,
        [replace(each, outline_level=each.outline_level + by) if each.uid in branch else each for each in plan.tasks],
    )


def predecessors_set(plan: Plan, uid: int, links: Sequence[Link]) -> Plan:
    """The plan with these links into a task instead of those it had; their successor is ``uid``.

    Raises:
        TaskUnknownError: when a task of them is not in the plan.
        ChangeImpossibleError: when the task would wait for itself.
    """
    task = plan.tasks[_place(plan, uid)]
    for link in links:
        _place(plan, link.predecessor_uid)
        if link.predecessor_uid == uid:
            raise ChangeImpossibleError(task.name, "it cannot wait for itself")
    others = [link for link in plan.links if link.successor_uid != uid]
    return replace(plan, links=(*others, *links))


def _place(plan: Plan, uid: int) -> int:
    place = next((n for n, task in enumerate(plan.tasks) if task.uid == uid), None)
    if place is None:
        raise TaskUnknownError(uid, plan.name)
    return place


def _branch(plan: Plan, uid: int) -> list[Task]:
    """A row and all rows below it."""
    place = _place(plan, uid)
    found = [plan.tasks[place]]
    for task in plan.tasks[place + 1 :]:
        if task.outline_level <= found[0].outline_level:
            break
        found.append(task)
    return found


def _drafted(plan: Plan, uid: int, draft: Draft, level: int, not_before: datetime | None) -> Task:
    length = Duration(draft.days * plan.minutes_per_day)
    return Task(
        uid,
        " ".join(draft.name.split()),
        outline_level=level,
        milestone=not draft.days,
        duration=length,
        actual_duration_minutes=0.0,
        remaining_duration_minutes=length.minutes,
        constraint=ConstraintType.SNET if not_before else ConstraintType.ASAP,
        constraint_date=not_before,
    )


def _bridged(links: Sequence[Link], gone: set[int]) -> tuple[Link, ...]:
    """The links without those of the tasks ``gone``; who waited for one of them waits for what it waited for."""
    kept = [link for link in links if not {link.predecessor_uid, link.successor_uid} & gone]
    into: dict[int, list[Link]] = {}
    for link in links:
        into.setdefault(link.successor_uid, []).append(link)
    have = {(link.predecessor_uid, link.successor_uid) for link in kept}
    for link in links:
        if link.predecessor_uid in gone and link.successor_uid not in gone:
            for before in sorted(_before(link.predecessor_uid, into, gone)):
                if before != link.successor_uid and (before, link.successor_uid) not in have:
                    have.add((before, link.successor_uid))
                    kept.append(Link(before, link.successor_uid))
    return tuple(kept)


def _before(uid: int, into: dict[int, list[Link]], gone: set[int]) -> set[int]:
    """What a task that goes waited for, looking through others that go too."""
    found, seen, todo = set(), {uid}, [uid]
    while todo:
        for link in into.get(todo.pop(), ()):
            before = link.predecessor_uid
            if before not in gone:
                found.add(before)
            elif before not in seen:
                seen.add(before)
                todo.append(before)
    return found


def _ordered(plan: Plan, rows: Sequence[Task]) -> Plan:
    """The rows with levels that leave no gap, parents, work packages, outline and row numbers that follow from them.

    A WBS that repeats the outline's numbers goes on doing so; codes of the planner's own stay as they are.
    """
    numbered = all(task.wbs in ("", task.outline_number) for task in plan.tasks)
    levels = _levels(rows)
    counts: list[int] = []
    above: list[int] = []
    found = []
    number = 0
    for n, (task, level) in enumerate(zip(rows, levels, strict=True)):
        if task.is_null or level == 0:
            found.append(task)
            continue
        number += 1
        del counts[level:], above[level - 1 :]
        counts += [0] * (level - len(counts))
        counts[level - 1] += 1
        outline = ".".join(map(str, counts))
        summary = n + 1 < len(rows) and levels[n + 1] > level
        found.append(
            replace(
                _as_leaf(plan, task) if task.summary and not summary else task,
                id=number,
                outline_level=level,
                outline_number=outline,
                wbs=outline if numbered else task.wbs,
                parent_uid=above[-1] if above else None,
                summary=summary,
                milestone=task.milestone and not summary,
            )
        )
        above.append(task.uid)
    return replace(plan, tasks=tuple(found))


def _levels(rows: Sequence[Task]) -> list[int]:
    """Each row's level, at most one deeper than the row before it."""
    levels: list[int] = []
    last = 0
    for task in rows:
        level = task.outline_level if task.is_null else min(task.outline_level, last + 1)
        levels.append(level)
        last = last if task.is_null else level
    return levels


def _as_leaf(plan: Plan, task: Task) -> Task:
    """A work package that has nothing left in it is a task of a day: what it lasted came from its tasks."""
    length = Duration(float(plan.minutes_per_day))
    return replace(
        task,
        duration=length,
        percent_complete=0.0,
        actual_start=None,
        actual_finish=None,
        actual_duration_minutes=0.0,
        remaining_duration_minutes=length.minutes,
    )
