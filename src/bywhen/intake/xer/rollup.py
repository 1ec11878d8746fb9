"""What a Primavera export leaves to its reader: the cost of an activity, and the dates of the breakdown's nodes.

What does not live here: computing a schedule (room ``schedule``); only what the rows say is added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from bywhen.intake.xer import values
from bywhen.intake.xer.tables import Row
from bywhen.kernel.plan import Assignment, Task


@dataclass(frozen=True, slots=True)
class Cost:
    """What is expected in all, and what is spent of it; None where nothing is said."""

    total: Decimal | None = None
    spent: Decimal | None = None

    def __add__(self, other: Cost) -> Cost:
        return Cost(_sum(self.total, other.total), _sum(self.spent, other.spent))


def expenses(rows: Iterable[Row]) -> dict[int, Cost]:
    """The expenses of each activity, which no resource causes (table PROJCOST)."""
    found: dict[int, Cost] = defaultdict(Cost)
    for row in rows:
        uid = values.whole(row, "task_id")
        if uid is not None:
            spent, left = values.money(row, "act_cost"), values.money(row, "remain_cost")
            total = values.money(row, "target_cost") if left is None else left + (spent or 0)
            found[uid] += Cost(total, spent)
    return found


def with_costs(tasks: Iterable[Task], assignments: Iterable[Assignment], extra: Mapping[int, Cost]) -> list[Task]:
    """Tasks with the cost of their assignments and their expenses."""
    found: dict[int, Cost] = defaultdict(Cost, extra)
    for each in assignments:
        found[each.task_uid] += Cost(each.cost, each.actual_cost)
    return [
        replace(
            task,
            cost=cost.total,
            actual_cost=cost.spent,
            fixed_cost=extra[task.uid].total if task.uid in extra else None,
        )
        if (cost := found.get(task.uid))
        else task
        for task in tasks
    ]


def with_dates(tasks: Iterable[Task]) -> list[Task]:
    """Summary tasks from the first start to the last finish of what they hold."""
    ordered = list(tasks)
    starts: dict[int, datetime] = {}
    finishes: dict[int, datetime] = {}
    for task in reversed(ordered):
        start = starts.get(task.uid, task.start) if task.summary else task.start
        finish = finishes.get(task.uid, task.finish) if task.summary else task.finish
        if task.parent_uid is not None and start is not None:
            starts[task.parent_uid] = min(start, starts.get(task.parent_uid, start))
        if task.parent_uid is not None and finish is not None:
            finishes[task.parent_uid] = max(finish, finishes.get(task.parent_uid, finish))
    return [
        replace(task, start=starts.get(task.uid), finish=finishes.get(task.uid)) if task.summary else task
        for task in ordered
    ]


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one if other is None else one + other
