"""Taking a plan in: choose or drop a file, see what was read of it, take it in or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bywhen.intake.dates import ORDERS
from bywhen.intake.port import Reading
from bywhen.intake.registry import format_named
from bywhen.kernel.errors import ByWhenError
from bywhen.kernel.plan import Plan
from bywhen.kernel.wording import counted, day_long
from bywhen.record.selectors.projects import CHOSEN
from bywhen.schedule.engine.compare import compare
from bywhen.schedule.engine.cpm import compute
from bywhen.schedule.forms import upload_read
from bywhen.schedule.selectors import schedule_of, version_current
from bywhen.schedule.services.taking_in import plan_file_take_in, plan_reading, project_for_plan
from bywhen.schedule.views.asked import project_asked

if TYPE_CHECKING:
    from bywhen.record.models import Project

MOST = 20
"""Findings, losses and skipped rows shown before the rest is counted."""


@require_GET
def first_page(request: HttpRequest) -> HttpResponse:
    """How to take in the first plan; it makes its project."""
    return render(request, "schedule/take_in.html", _page(None))


@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    """How to take in a project's plan, or its next state."""
    return render(request, "schedule/take_in.html", _page(project_asked(request, key)))


def _page(project: Project | None) -> dict[str, Any]:
    version = version_current(project) if project else None
    name = project.name if project else ""
    if version:
        title = f"Take in the next state of {name}."
        sub = f"It becomes version {version.number + 1}; version {version.number} stays, and any two can be compared."
    else:
        title = f"{name} has no plan yet." if project else "There is no plan yet."
        sub = "Drop a plan file here. You see what is read of it before anything is kept."
    return {
        "active": "plan",
        "project": project,
        "headline": title,
        "sub": sub,
        "orders": ORDERS,
        "preview_url": reverse("schedule:preview", args=[project.key])
        if project
        else reverse("schedule:first_preview"),
        "commit_url": reverse("schedule:take_in_commit", args=[project.key])
        if project
        else reverse("schedule:first_commit"),
    }


@require_POST
def preview(request: HttpRequest, key: str = "") -> HttpResponse:
    """What is read of the file; nothing is kept. A refusal is one sentence in the same place."""
    project = project_asked(request, key) if key else None
    context = _page(project)
    try:
        blob, options = upload_read(request)
        reading = plan_reading(blob, options)
        context["preview"] = _preview(project, blob.name, reading)
    except ByWhenError as error:
        context["refusal"] = str(error)
    if getattr(request, "htmx", False):
        return render(request, "schedule/_preview.html", context, status=422 if "refusal" in context else 200)
    return render(request, "schedule/take_in.html", context, status=422 if "refusal" in context else 200)


@require_POST
def commit(request: HttpRequest, key: str = "") -> HttpResponse:
    """Read the file again and make it the project's current version."""
    try:
        blob, options = upload_read(request)
        reading = plan_reading(blob, options)
    except ByWhenError as error:
        context = {**_page(project_asked(request, key) if key else None), "refusal": str(error)}
        return render(request, "schedule/take_in.html", context, status=422)
    project = project_asked(request, key) if key else project_for_plan(reading=reading, file=blob.name)
    version, counts = plan_file_take_in(project=project, blob=blob, reading=reading)
    request.session[CHOSEN] = project.key
    if counts.changed:
        told = f"{counted(counts.created, 'task')} new, {counts.updated} changed, {counts.unchanged} as before."
        messages.success(request, f"{blob.name} is version {version.number}: {told}")
    else:
        messages.success(request, f"{blob.name} says what version {version.number} says already; nothing was changed.")
    return redirect("schedule:plan", key=project.key)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list that is cut after so many rows, with how many are left."""

    rows: list[dict[str, str]]
    more: int


def _listed(rows: list[dict[str, str]]) -> _Listed:
    return _Listed(rows[:MOST], max(len(rows) - MOST, 0))


def _preview(project: Project | None, name: str, reading: Reading) -> dict[str, Any]:
    plan = reading.payload
    assert isinstance(plan, Plan)
    after = compute(plan)
    dates = {row.uid: row for row in after.rows()}
    return {
        "file": name,
        "format": _format_said(reading.format),
        "part": reading.part,
        "sentence": _sentence(plan, f"{day_long(after.start.date())} to {day_long(after.finish.date())}"),
        "against": _against(project, plan),
        "mapping": sorted(reading.mapping.items()),
        "findings": _listed(
            [{"place": each.subject, "text": each.text} for each in (*reading.findings, *after.findings)]
        ),
        "skipped": _listed([{"place": each.place, "text": each.reason} for each in reading.skipped]),
        "losses": _listed(
            [
                {"place": each.where, "text": f"{each.field}{f' ({each.value})' if each.value else ''}: {each.reason}"}
                for each in reading.losses
            ]
        ),
        "tasks": [
            {
                "wbs": task.wbs or task.outline_number,
                "name": task.name,
                "level": task.outline_level,
                "start": row.start,
                "finish": row.finish,
                "days": f"{row.duration_minutes / plan.minutes_per_day:.10g}",
                "summary": task.summary,
            }
            for task in plan.tasks[:MOST]
            if (row := dates.get(task.uid))
        ],
        "more_tasks": max(len(plan.tasks) - MOST, 0),
    }


def _format_said(name: str) -> str:
    """A format's title; its name when it is none of the registered ones."""
    try:
        return format_named(name).title
    except LookupError:
        return name


def _sentence(plan: Plan, span: str) -> str:
    people = sum(bool(each.name) for each in plan.resources)
    parts = (
        counted(sum(not task.is_null for task in plan.tasks), "task"),
        counted(len(plan.links), "link"),
        counted(len(plan.calendars), "calendar"),
        counted(people, "resource"),
    )
    return f"{', '.join(parts)}; {span}."


def _against(project: Project | None, plan: Plan) -> str:
    """What taking it in would change against the current version, in one sentence."""
    version = version_current(project) if project else None
    if version is None:
        return ""
    found = compare(schedule_of(version).plan, plan, recompute=True)
    days = found.finish_working_days
    end = (
        "the end holds"
        if not days
        else f"the end moves {counted(abs(days), 'working day')} {'later' if days > 0 else 'earlier'}"
    )
    return (
        f"Against version {version.number}: {counted(len(found.moved), 'task')} moved, {len(found.added)} added, "
        f"{len(found.removed)} removed, {len(found.reestimated)} re-estimated; {end}."
    )
