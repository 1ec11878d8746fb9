"""Baselines: the dates that a plan has now become what was agreed; up to eleven of them, each with a name. Pure.

Names and the day of setting stand in the plan's own fields (``baseline 3``, ``baseline 3 set``): the interchange
formats number baselines and do not name them. What does not live here: progress against a baseline
(:mod:`.progress`), drift from it over many reports (:mod:`.signals`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bywhen.kernel.plan import Baseline, Plan, Task
from bywhen.kernel.worktime import WorkingTime

NUMBERS = range(11)
"""The numbers that a baseline may have; 0 is the one that status and forecasts are held against."""


@dataclass(frozen=True, slots=True)
class BaselineSummary:
    """One baseline of a plan: how many tasks it holds, when the last of them ended by it, when it was set if known."""

    number: int
    name: str
    tasks: int
    finish: datetime | None
    set_on: date | None


@dataclass(frozen=True, slots=True)
class Drift:
    """A task's finish by one baseline and by another, or by the plan itself; working days, later is positive."""

    uid: int
    name: str
    before: datetime
    after: datetime
    working_days: int


def baselines_of(plan: Plan) -> list[BaselineSummary]:
    """The baselines that a plan holds, by number. Work packages are not counted as tasks.

    >>> agreed = Task(1, "Build", baselines=(Baseline(2, finish=datetime(2026, 11, 23, 17)),))
    >>> [(each.number, each.name, each.tasks) for each in baselines_of(Plan("P", (agreed,)))]
    [(2, 'Baseline 2', 1)]
    """
    finishes: dict[int, list[datetime]] = {}
    for task in plan.tasks:
        for each in task.baselines:
            if each.finish is not None and not task.summary:
                finishes.setdefault(each.number, []).append(each.finish)
    return [
        BaselineSummary(number, baseline_name(plan, number), len(ends), max(ends), _set_on(plan, number))
        for number, ends in sorted(finishes.items())
    ]


def baseline_name(plan: Plan, number: int) -> str:
    """The name that somebody gave it, else its number in words."""
    return plan.custom.get(f"baseline {number}") or (f"Baseline {number}" if number else "Baseline")


def _set_on(plan: Plan, number: int) -> date | None:
    text = plan.custom.get(f"baseline {number} set", "")
    return date.fromisoformat(text) if text else None


def baseline_named(plan: Plan, number: int, name: str, set_on: date | None = None) -> Plan:
    """The plan with a name for baseline ``number``, and the day on which it was set where that is given."""
    said = {f"baseline {number}": " ".join(name.split())} | (
        {f"baseline {number} set": set_on.isoformat()} if set_on else {}
    )
    return replace(plan, custom={**plan.custom, **said})


def without_baseline(plan: Plan, number: int) -> Plan:
    """The plan without baseline ``number`` and its name."""
    gone = {f"baseline {number}", f"baseline {number} set"}
    return replace(
        plan,
        tasks=tuple(
            replace(task, baselines=tuple(each for each in task.baselines if each.number != number))
            for task in plan.tasks
        ),
        custom={key: value for key, value in plan.custom.items() if key not in gone},
    )


def baselines_carried(before: Plan, after: Plan) -> Plan:
    """The later state of a plan with the baselines of the earlier one that it does not hold itself: a file saved by
    somebody who does not know them takes no agreement away. Tasks are the same when their uid is.
    """
    own = {each.number for task in after.tasks for each in task.baselines}
    kept = {task.uid: tuple(each for each in task.baselines if each.number not in own) for task in before.tasks}
    names = {key: value for key, value in before.custom.items() if key.startswith("baseline ")}
    if not any(kept.values()) and not names:
        return after
    tasks = tuple(
        replace(task, baselines=tuple(sorted((*task.baselines, *kept[task.uid]), key=lambda each: each.number)))
        if kept.get(task.uid)
        else task
        for task in after.tasks
    )
    return replace(after, tasks=tasks, custom={**names, **after.custom})


def baseline_drift(
    plan: Plan, number: int, dates: Mapping[int, tuple[datetime, datetime]], calendar: WorkingTime
) -> list[Drift]:
    """Every task of baseline ``number`` whose finish is another one in ``dates`` (start and finish by uid), most days
    later first; days are working days of ``calendar``.
    """
    found = []
    for task in plan.tasks:
        agreed = next((each.finish for each in task.baselines if each.number == number), None)
        if agreed is None or task.summary or task.uid not in dates or dates[task.uid][1] == agreed:
            continue
        now = dates[task.uid][1]
        found.append(Drift(task.uid, task.name, agreed, now, calendar.working_days_between(agreed.date(), now.date())))
    return sorted(found, key=lambda each: -each.working_days)


def baseline_dates(plan: Plan, number: int) -> dict[int, tuple[datetime, datetime]]:
    """Start and finish by task uid as baseline ``number`` has them."""
    return {
        task.uid: (each.start or each.finish, each.finish)
        for task in plan.tasks
        for each in task.baselines
        if each.number == number and each.finish is not None
    }


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
