"""Why a task stands where it does: the drawer of the Plan screen, and a page of its own without script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bywhen.kernel.durations import DurationUnit
from bywhen.kernel.errors import TaskUnknownError
from bywhen.kernel.wording import day_long, day_short, working_days
from bywhen.schedule.engine.explain import driving_path, explain
from bywhen.schedule.selectors import TaskFacts, schedule_of, task_facts, task_list
from bywhen.schedule.views.asked import project_asked, version_asked
from bywhen.schedule.views.island import constraint_words

if TYPE_CHECKING:
    from bywhen.kernel.plan import Plan
    from bywhen.record.models import Project
    from bywhen.schedule.engine.cpm import Schedule
    from bywhen.schedule.models import PlanVersion, TaskState

MOST_OF_PATH = 8
_PERCENT = (DurationUnit.PERCENT, DurationUnit.ELAPSED_PERCENT)


@require_GET
def why(request: HttpRequest, key: str, uid: int) -> HttpResponse:
    """The task's row in its source, what drives its date, and what would change it."""
    project = project_asked(request, key)
    version = version_asked(project)
    row = task_list(project).filter(uid=uid).first()
    if row is None:
        raise TaskUnknownError(uid, project.name)
    evidence = _evidence(project, version, row)
    context = {"evidence": evidence, "active": "plan", "project": project}
    if getattr(request, "htmx", False):
        return render(request, "platform/parts/evidence.html", context)
    back = f"{reverse('schedule:plan', args=[project.key])}?task={uid}"
    evidence["actions"] = [{"title": "Show it in the plan", "url": back, "method": "get"}]
    return render(request, "schedule/why.html", context)


def _evidence(project: Project, version: PlanVersion, row: TaskState) -> dict[str, Any]:
    schedule = schedule_of(version)
    facts = task_facts(project, [row.uid]).get(row.uid)
    return {
        "title": row.name,
        "about": f"{row.wbs} · {row.owner or 'nobody is assigned'}" if row.wbs else row.owner or "Nobody is assigned.",
        "why_title": "Where it stands in the plan",
        "quotes": [
            {
                "text": row.name,
                "by": version.made_by,
                "at": day_short(version.made_at.date()),
                "source": version.source.name,
                "place": f"task {row.uid}",
                "url": f"/evidence/{version.source.sha256}/?place=task {row.uid}",
            }
        ],
        "facts_title": "Its dates",
        "facts": _facts(schedule, row),
        "computed": [explain(schedule, row.uid), *_path(schedule, row)],
        "changes": _changes(facts),
        "decide_title": "Change it",
        "forms": _forms(project, version, schedule, row),
    }


def _forms(project: Project, version: PlanVersion, schedule: Schedule, row: TaskState) -> list[dict[str, Any]]:
    """What can be said about the task without the grid: what it waits for, how far it is, how long it takes."""
    if row.summary or not row.active:
        return []
    edit, impact = (reverse(f"schedule:{name}", args=[project.key]) for name in ("edit", "impact"))
    about = f"version={version.number}&uid={row.uid}"
    days = f"{row.duration_minutes / schedule.plan.minutes_per_day:.10g}"
    wanted = [
        (
            "What it waits for",
            "l",
            f"{edit}?{about}&act=link",
            "text",
            "text",
            links_said(schedule.plan, row.uid),
            "Set",
        ),
        (
            "How far it is",
            "p",
            f"{impact}?{about}",
            "percent",
            "number",
            f"{row.percent_complete:.0f}",
            "See what moves",
        ),
        ("How long it takes", "", f"{impact}?{about}", "duration_days", "number", days, "See what moves"),
    ]
    labels = {
        "text": "Row number, WBS or name, like 12FS+2d; 14. A dash for nothing.",
        "percent": "Per cent done",
        "duration_days": "Working days",
    }
    return [
        {
            "title": title,
            "key": key,
            "url": url,
            "target": "#impact" if url.startswith(impact) else "#evidence",
            "submit": submit,
            "fields": [{"name": name, "label": labels[name], "kind": kind, "value": value or "-", "low": "0"}],
        }
        for title, key, url, name, kind, value, submit in wanted
        if not (name == "duration_days" and (row.milestone or row.percent_complete >= 100))
    ]


def links_said(plan: Plan, uid: int) -> str:
    """What a task waits for, as planners write it: ``12FS+2d; 14FS``, tasks by their row numbers."""
    numbers = {task.uid: task.id or task.uid for task in plan.tasks}
    day = plan.minutes_per_day
    said = []
    for link in plan.links:
        if link.successor_uid == uid and link.predecessor_uid in numbers:
            lag = link.lag
            unit = "%" if lag.unit in _PERCENT else "ed" if lag.elapsed else "d"
            amount = lag.minutes if unit == "%" else lag.minutes / (1440 if lag.elapsed else day)
            said.append(f"{numbers[link.predecessor_uid]}{link.type.value}{f'{amount:+.10g}{unit}' if amount else ''}")
    return "; ".join(said)


def _facts(schedule: Schedule, row: TaskState) -> list[dict[str, str]]:
    day = schedule.plan.minutes_per_day
    values: list[tuple[str, str]] = [
        ("Start", _when(row.start)),
        ("Finish", _when(row.finish)),
        ("Baseline finish", _when(row.baseline_finish)),
        ("Duration", f"{row.duration_minutes / day:.10g} d"),
        ("Done", f"{row.percent_complete:.0f} %"),
        ("Total float", _float(row.total_float_minutes, day)),
        ("Free float", _float(row.free_float_minutes, day)),
        ("Constraint", constraint_words(schedule.network.tasks[row.uid])),
        ("Deadline", _when(row.deadline)),
    ]
    return [{"name": name, "value": value} for name, value in values if value]


def _path(schedule: Schedule, row: TaskState) -> list[str]:
    """What drives its date, first task first; only the last links of a long chain are named."""
    if row.percent_complete >= 100 or row.uid not in schedule.network.tasks:
        return []
    names = [schedule.network.tasks[uid].name for uid in driving_path(schedule, row.uid)]
    if len(names) < 2:
        return []
    left = len(names) - MOST_OF_PATH
    start = f"{left} tasks before → " if left > 0 else ""
    return [f"Driving path: {start}{' → '.join(names[-MOST_OF_PATH:])}."]


def _changes(facts: TaskFacts | None) -> list[str]:
    if facts is None or facts.percent >= 100:
        return []
    if facts.milestone is None:
        return ["No milestone hangs on it; delay here moves only the tasks after it."]
    name, on = facts.milestone.name, day_long(facts.milestone.on)
    if facts.float_days <= 0:
        return [f"It has no float: each working day of delay moves {name} ({on}) by one."]
    last = day_long(facts.miss_on) if facts.miss_on else ""
    begin = "be finished" if facts.percent else "have begun"
    days = working_days(int(facts.float_days)) if facts.float_days >= 1 else "less than a working day"
    return [f"It may wait {days}: it must {begin} by {last}, or {name} ({on}) moves."]


def _when(at: Any) -> str:
    return f"{day_long(at.date())}, {at:%H:%M}" if at else ""


def _float(minutes: float | None, day: int) -> str:
    return "" if minutes is None else f"{minutes / day:.10g} d"
