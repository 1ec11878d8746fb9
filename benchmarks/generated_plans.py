"""Plans made by a seeded generator: the networks of the schedule benchmarks. Own content, no third-party data."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import Calendar, ConstraintType, Link, Plan, Task, standard_calendar

START = datetime(2026, 1, 5, 8)


def simple_plan(count: int, *, seed: int = 7, links_per_task: int = 3, window: int = 100) -> Plan:
    """One 5x8 calendar, durations of 1-10 days, ``links_per_task`` finish-to-start links from the ``window`` before."""
    chance = random.Random(seed)
    lengths = [480.0 * chance.randint(1, 10) for _ in range(count)]
    tasks = tuple(
        Task(
            uid,
            f"Task {uid}",
            id=uid,
            duration=Duration(length),
            actual_duration_minutes=0.0,
            remaining_duration_minutes=length,
        )
        for uid, length in enumerate(lengths, start=1)
    )
    links = []
    for uid in range(2, count + 1):
        first = max(1, uid - window)
        before = chance.sample(range(first, uid), min(links_per_task, uid - first))
        links.extend(Link(each, uid) for each in before)
    return Plan(f"Generated {count}", tasks, tuple(links), (standard_calendar(),), calendar_uid=1, start=START)


def rich_plan(count: int, *, seed: int = 7) -> Plan:
    """The same network with three calendars, constraints on a tenth of the tasks and actuals on another tenth."""
    plan = simple_plan(count, seed=seed)
    chance = random.Random(seed + 1)
    night = Calendar(2, "Night shift", (((1320, 1800),),) * 5 + ((), ()))
    around = Calendar(3, "24 hours", (((0, 1440),),) * 7)
    tasks = []
    for task in plan.tasks:
        fields: dict[str, object] = {"calendar_uid": chance.choice((None, None, 2, 3))}
        if chance.random() < 0.1:
            kind = chance.choice((ConstraintType.SNET, ConstraintType.FNET, ConstraintType.FNLT))
            day = chance.randint(1, 700) + (20_000 if kind is ConstraintType.FNLT else 0)
            fields |= {"constraint": kind, "constraint_date": START + timedelta(days=day)}
        elif chance.random() < 0.1:
            begun = START + timedelta(days=7 * (task.uid // 50))
            fields |= {
                "actual_start": begun,
                "percent_complete": 50.0,
                "remaining_duration_minutes": (task.duration.minutes if task.duration else 0.0) / 2,
                "actual_duration_minutes": (task.duration.minutes if task.duration else 0.0) / 2,
                "stop": begun + timedelta(hours=4),
            }
        tasks.append(_with(task, fields))
    return _with(plan, {"tasks": tuple(tasks), "calendars": (*plan.calendars, night, around)})


def _with(value, fields):
    from dataclasses import replace

    return replace(value, **fields)
