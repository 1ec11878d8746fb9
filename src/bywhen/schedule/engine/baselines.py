"""Setting a baseline: the dates that a plan has now become what was agreed. Pure.

What does not live here: progress against a baseline (:mod:`.progress`), drift from it (:mod:`.signals`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bywhen.kernel.plan import Baseline, Plan, Task


def with_baseline(plan: Plan, number: int, dates: Mapping[int, tuple[datetime, datetime]]) -> Plan:
    """The plan with baseline ``number`` (0 to 10) set from ``dates``: start and finish by task uid. Duration, work
    and cost are the tasks' own, in working minutes. Other baselines stay; a task without dates loses this one.

    >>> from bywhen.kernel.durations import Duration
    >>> build = Task(1, "Build", duration=Duration(480.0))
    >>> agreed = with_baseline(Plan("P", (build,)), 3, {1: (datetime(2026, 11, 23, 8), datetime(2026, 11, 23, 17))})
    >>> [(each.number, each.finish.isoformat(), each.duration_minutes) for each in agreed.tasks[0].baselines]
    [(3, '2026-11-23T17:00:00', 480.0)]
    """
    return replace(plan, tasks=tuple(_agreed(task, number, dates.get(task.uid)) for task in plan.tasks))


def _agreed(task: Task, number: int, dates: tuple[datetime, datetime] | None) -> Task:
    kept = [each for each in task.baselines if each.number != number]
    if dates is not None:
        minutes = task.duration.minutes if task.duration else None
        kept.append(Baseline(number, *dates, minutes, task.work_minutes, task.cost))
    return replace(task, baselines=tuple(sorted(kept, key=lambda each: each.number)))
