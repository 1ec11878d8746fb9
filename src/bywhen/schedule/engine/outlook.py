"""Looking ahead and back: what is due in the next weeks, how milestones moved over versions, histories for the signals.

What does not live here: the versions themselves (room ``schedule``), how a trend is drawn (room ``reports``), judging
the histories (:mod:`.signals`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bywhen.kernel.plan import Plan
from bywhen.schedule.engine.cpm import Schedule, TaskDates, compute
from bywhen.schedule.engine.signals import Observation, TaskHistory

_MERGES_FROM = 3
"""A task with this many predecessors is a merge point."""


def lookahead(schedule: Schedule, first: date, *, weeks: int = 4) -> list[TaskDates]:
    """The open tasks that start, run or end in the ``weeks`` from ``first`` on, by start; what should have ended before
    and is not complete comes with them. Summaries are left out.
    """
    last = first + timedelta(weeks=weeks)
    rows = (schedule.row(uid) for uid in schedule.network.node_of if _is_open(schedule, uid))
    return sorted((row for row in rows if row.start.date() < last), key=lambda row: (row.start, row.finish))


def _is_open(schedule: Schedule, uid: int) -> bool:
    task = schedule.network.tasks[uid]
    return task.active and task.actual_finish is None and task.percent_complete < 100


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One milestone over the versions of a plan: (day of the version, forecast finish), oldest first."""

    uid: int
    name: str
    points: tuple[tuple[date, datetime], ...]


def milestone_trend(versions: Sequence[tuple[date, Plan]]) -> list[TrendLine]:
    """How each milestone of the newest version was forecast in all versions, by stored dates (computed where a version
    stores none). ``versions`` stand oldest first; a milestone is the same when its uid is.
    """
    if not versions:
        return []
    finishes = [(day, _finishes(plan)) for day, plan in versions]
    newest = versions[-1][1]
    return [
        TrendLine(task.uid, task.name, tuple((day, dates[task.uid]) for day, dates in finishes if task.uid in dates))
        for task in newest.tasks
        if task.milestone and not task.summary and task.active
    ]


def _finishes(plan: Plan) -> dict[int, datetime]:
    stored = {task.uid: task.finish for task in plan.tasks if task.finish}
    return stored or {row.uid: row.finish for row in compute(plan).rows()}


def histories(versions: Sequence[tuple[date, Plan]]) -> list[TaskHistory]:
    """The histories of the tasks in the newest version, as :func:`~bywhen.schedule.engine.signals.signals` wants them.

    Forecasts and floats are computed anew for each version (oldest first); owner is the first resource, vendor its
    group, component the summary that holds the task.
    """
    return histories_of([(day, compute(plan)) for day, plan in versions])


def histories_of(computed: Sequence[tuple[date, Schedule]]) -> list[TaskHistory]:
    """The same from versions that are computed already, oldest first."""
    if not computed:
        return []
    last = computed[-1][1]
    newest = last.plan
    merges = _merges(last)
    people = {resource.uid: resource for resource in newest.resources}
    staffed = {a.task_uid: people[a.resource_uid] for a in reversed(newest.assignments) if a.resource_uid in people}
    found = []
    for uid in last.network.node_of:
        task, owner = last.network.tasks[uid], staffed.get(uid)
        parent = last.network.tasks.get(task.parent_uid) if task.parent_uid is not None else None
        baseline = next((each.finish for each in task.baselines if each.number == 0), None)
        found.append(
            TaskHistory(
                uid,
                task.name,
                tuple(_observation(day, schedule, uid) for day, schedule in computed if uid in schedule),
                owner=owner.name if owner else "",
                vendor=owner.group if owner else "",
                component=parent.name if parent else "",
                baseline_finish=baseline.date() if baseline else None,
                duration_days=last.row(uid).duration_minutes / newest.minutes_per_day,
                merges=tuple(merges.get(uid, ())),
            )
        )
    return found


def forecast_histories(points: Iterable[tuple[str, date, date]]) -> list[TaskHistory]:
    """The same from a sheet of forecasts: (milestone, reported on, forecast), in any order. Milestones are numbered
    from 1 in the order in which they first appear.

    >>> [each.name for each in forecast_histories([("Go live", date(2026, 11, 2), date(2026, 12, 1))])]
    ['Go live']
    """
    seen: dict[str, set[Observation]] = {}
    for name, on, forecast in points:
        seen.setdefault(name, set()).add(Observation(on, forecast))
    return [
        TaskHistory(uid, name, tuple(sorted(observations, key=lambda each: each.on)))
        for uid, (name, observations) in enumerate(seen.items(), start=1)
    ]


def _merges(schedule: Schedule) -> dict[int, list[float]]:
    """For each task the float days of the merge points that follow it directly."""
    links, day = schedule.plan.links, schedule.plan.minutes_per_day
    count = Counter(link.successor_uid for link in links)
    found: dict[int, list[float]] = {}
    for link in links:
        if count[link.successor_uid] >= _MERGES_FROM and link.successor_uid in schedule:
            slack = schedule.row(link.successor_uid).total_slack_minutes / day
            found.setdefault(link.predecessor_uid, []).append(slack)
    return found


def _observation(day: date, schedule: Schedule, uid: int) -> Observation:
    row = schedule.row(uid)
    slack = row.total_slack_minutes / schedule.plan.minutes_per_day
    return Observation(day, row.finish.date(), slack, schedule.network.tasks[uid].percent_complete)
