"""The JSON shapes of schedules: what ``bywhen plan`` prints and other programs rely on.

What does not live here: how they are computed (:mod:`.cpm`, :mod:`.whatif`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bywhen.kernel.findings import Finding
from bywhen.kernel.plan import Plan, Task
from bywhen.schedule.engine.conflicts import constraint_conflicts

if TYPE_CHECKING:  # a schedule's document does not need what computes the others
    from bywhen.schedule.engine.compare import Comparison
    from bywhen.schedule.engine.cpm import Schedule, TaskDates
    from bywhen.schedule.engine.signals import Signal
    from bywhen.schedule.engine.whatif import Impact

Document = dict[str, Any]


def schedule_document(schedule: Schedule) -> Document:
    """A computed schedule: project, tasks in the plan's order, findings."""
    tasks = schedule.network.tasks
    rows = {row.uid: row for row in schedule.rows()}
    return {
        "project": _project(schedule.plan, schedule.start, schedule.finish),
        "tasks": [_computed_task(task, rows.get(uid)) for uid, task in tasks.items()],
        "findings": findings_document((*schedule.findings, *constraint_conflicts(schedule))),
    }


def stored_document(plan: Plan, findings: tuple[Finding, ...] = ()) -> Document:
    """The dates and slack that the file itself stores, in the same shape."""
    return {
        "project": _project(plan, plan.start, plan.finish),
        "tasks": [_stored_task(task) for task in plan.tasks if not task.is_null],
        "findings": findings_document(findings),
    }


def impact_document(impact: Impact) -> Document:
    """What a change would do."""
    return {
        "finish": {
            "from": iso(impact.finish.before),
            "to": iso(impact.finish.after),
            "working_days": impact.finish.working_days,
        },
        "milestones": [
            {"uid": m.uid, "name": m.name, "from": iso(m.before), "to": iso(m.after), "working_days": m.working_days}
            for m in impact.milestones
        ],
        "moved_tasks": impact.moved_tasks,
        "moved": list(impact.moved),
        "now_critical": list(impact.now_critical),
        "float_used": [
            {"uid": f.uid, "before_minutes": number(f.before_minutes), "after_minutes": number(f.after_minutes)}
            for f in impact.float_used
        ],
    }


def comparison_document(comparison: Comparison) -> Document:
    """Two versions of a plan side by side."""
    return {
        "finish": {
            "from": iso(comparison.finish_before),
            "to": iso(comparison.finish_after),
            "working_days": comparison.finish_working_days,
        },
        "moved": [
            {"uid": m.uid, "name": m.name, "from": iso(m.before), "to": iso(m.after), "working_days": m.working_days}
            for m in comparison.moved
        ],
        "added": [{"uid": t.uid, "name": t.name} for t in comparison.added],
        "removed": [{"uid": t.uid, "name": t.name} for t in comparison.removed],
        "relinked": [
            {"uid": r.uid, "name": r.name, "added": list(r.added), "removed": list(r.removed)}
            for r in comparison.relinked
        ],
        "reestimated": [
            {
                "uid": r.uid,
                "name": r.name,
                "from_minutes": number(r.before_minutes),
                "to_minutes": number(r.after_minutes),
            }
            for r in comparison.reestimated
        ],
        "cut_corners": [{"uid": c.uid, "name": c.name, "text": c.text} for c in comparison.cut_corners],
    }


def path_document(schedule: Schedule, to: int | None, near_minutes: float) -> Document:
    """The critical tasks, those with at most ``near_minutes`` of total float, and the path that drives task ``to`` (or,
    without one, the project's finish) with the reason of each date.
    """
    from bywhen.schedule.engine.explain import driving_path, explain, near_critical  # noqa: PLC0415 - for this verb only

    names = schedule.network.tasks
    return {
        "finish": iso(schedule.finish),
        "critical": schedule.critical(),
        "near_critical": near_critical(schedule, near_minutes),
        "path": [
            {
                "uid": row.uid,
                "name": names[row.uid].name,
                "start": iso(row.start),
                "finish": iso(row.finish),
                "total_slack_minutes": number(row.total_slack_minutes),
                "why": explain(schedule, row.uid),
            }
            for row in map(schedule.row, driving_path(schedule, to))
        ],
    }


def counts_document(plan: Plan) -> Document:
    """How much a plan holds."""
    tasks = [t for t in plan.tasks if not t.is_null]
    return {
        "tasks": len(tasks),
        "summaries": sum(t.summary for t in tasks),
        "milestones": sum(t.milestone for t in tasks),
        "links": len(plan.links),
        "resources": len(plan.resources),
        "calendars": len(plan.calendars),
    }


def signals_document(found: Iterable[Signal]) -> list[Document]:
    """The slips that mean more, each with its reasons and the days and tasks they rest on."""
    return [
        {
            "uid": signal.uid,
            "name": signal.name,
            "slipped_days": signal.slipped_days,
            "weight": signal.weight,
            "reasons": [
                {
                    "kind": reason.kind.value,
                    "weight": reason.weight,
                    "text": reason.text,
                    "days": [day.isoformat() for day in reason.days],
                    "tasks": list(reason.tasks),
                }
                for reason in signal.reasons
            ],
        }
        for signal in found
    ]


def findings_document(findings: tuple[Finding, ...]) -> list[Document]:
    """Findings as JSON."""
    return [{"rule": f.rule, "severity": f.severity.value, "text": f.text, "subject": f.subject} for f in findings]


def _project(plan: Plan, start: datetime | None, finish: datetime | None) -> Document:
    return {"name": plan.name, "start": iso(start), "finish": iso(finish), "status_date": iso(plan.status_date)}


def _named(task: Task) -> Document:
    return {
        "uid": task.uid,
        "id": task.id,
        "wbs": task.wbs,
        "name": task.name,
        "summary": task.summary,
        "milestone": task.milestone,
        "percent_complete": number(task.percent_complete),
    }


def _computed_task(task: Task, row: TaskDates | None) -> Document:
    fields = (
        "start", "finish", "early_start", "early_finish", "late_start", "late_finish", "duration_minutes",
        "total_slack_minutes", "free_slack_minutes", "start_slack_minutes", "finish_slack_minutes", "critical",
    )  # fmt: skip
    return _named(task) | {name: _plain(getattr(row, name) if row else None) for name in fields}


def _stored_task(task: Task) -> Document:
    dates = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish")
    slack = ("total_slack_minutes", "free_slack_minutes", "start_slack_minutes", "finish_slack_minutes", "critical")
    result = _named(task) | {name: _plain(getattr(task, name)) for name in (*dates, *slack)}
    result["duration_minutes"] = number(task.duration.minutes) if task.duration else None
    return result


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return iso(value)
    return number(value) if isinstance(value, float) else value


def iso(at: datetime | None) -> str | None:
    """ISO 8601 without zone."""
    return None if at is None else at.isoformat()


def number(value: float) -> float | int:
    """Whole minutes without a decimal point.

    >>> number(480.0), number(0.1)
    (480, 0.1)
    """
    return int(value) if value == int(value) else round(value, 4)
