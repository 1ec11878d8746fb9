"""Small rows that feature tests build on."""

from __future__ import annotations

import hashlib
from datetime import datetime

from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import Assignment, Baseline, Link, Plan, Resource, Task, standard_calendar
from bywhen.record.models import Portfolio, Project, Source
from bywhen.record.services.sources import source_keep


def project(key: str = "erp", name: str = "ERP core") -> Project:
    portfolio, _ = Portfolio.objects.get_or_create(name="Meridian")
    return Project.objects.create(portfolio=portfolio, key=key, name=name)


def source(
    name: str = "plan.xml", data: bytes = b"words", kind: str = "plan", project: Project | None = None
) -> Source:
    kept, _ = source_keep(name=name, data=data, sha256=hashlib.sha256(data).hexdigest(), kind=kind, project=project)
    return kept


def plan() -> Plan:
    """Build (5 d) -> Test (3 d) -> Go-live; Training (2 d) beside them with float; all from Mon 2 Nov 2026."""
    day = 480.0
    return Plan(
        "Roll-out",
        (
            Task(
                1,
                "Build the API",
                id=1,
                duration=Duration(5 * day),
                baselines=(Baseline(0, datetime(2026, 11, 2, 8), datetime(2026, 11, 6, 17)),),
            ),
            Task(2, "Security test", id=2, duration=Duration(3 * day)),
            Task(3, "Training", id=3, duration=Duration(2 * day)),
            Task(4, "Go-live", id=4, milestone=True, duration=Duration(0.0)),
        ),
        (Link(1, 2), Link(2, 4), Link(3, 4)),
        (standard_calendar(),),
        (Resource(1, "Ana Duarte"),),
        (Assignment(1, 1, 1, work_minutes=5 * day),),
        calendar_uid=1,
        start=datetime(2026, 11, 2, 8),
    )
