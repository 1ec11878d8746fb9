"""The Plan screen: what moves if this moves?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bywhen.record.selectors.projects import project_chosen, project_list
from bywhen.schedule.engine.baselines import baseline_dates, baselines_of
from bywhen.schedule.forms import number_read
from bywhen.schedule.selectors import plan_working_time, schedule_of, task_list, undo_next, version_current
from bywhen.schedule.views.asked import project_asked, reader_name
from bywhen.schedule.views.island import island_data
from bywhen.schedule.views.wording import headline, version_said

if TYPE_CHECKING:
    from datetime import datetime

    from bywhen.record.models import Project
    from bywhen.schedule.models import PlanVersion, TaskState


@require_GET
def home(request: HttpRequest) -> HttpResponseRedirect:
    """The plan of the chosen project, else of the first one; without projects, how to take a plan in."""
    project = project_chosen(request.GET.get("project"), request.session) or project_list().first()
    return redirect("schedule:plan", key=project.key) if project else redirect("schedule:first")


@require_GET
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Grid and Gantt, or the same rows as a table (``?view=table``)."""
    project = project_asked(request, key)
    version = version_current(project)
    if version is None:
        return redirect("schedule:take_in", key=project.key)
    return render(request, "schedule/plan.html", _context(request, project, version))


def _context(request: HttpRequest, project: Project, version: PlanVersion) -> dict[str, Any]:
    rows = list(task_list(project))
    known = baselines_of(schedule_of(version).plan)
    asked = number_read(request.GET.get("baseline", ""))
    held = next((each for each in known if each.number == asked), None)
    if held is not None and held.number:
        _held_against(rows, baseline_dates(schedule_of(version).plan, held.number))
    data = island_data(version, rows, me=reader_name(request))
    as_table = request.GET.get("view") == "table"
    here = reverse("schedule:plan", args=[project.key])
    return {
        "active": "plan",
        "project": project,
        "version": version,
        "headline": headline(project, rows, plan_working_time(schedule_of(version).plan)),
        "sub": version_said(version),
        "plan_name": f"Plan of {project.name}",
        "view": "table" if as_table else "gantt",
        "gantt_url": here,
        "table_url": f"{here}?view=table",
        "plan_data": data,
        "rows": _table_rows(rows, data["rows"]) if as_table else (),
        "owners": sorted({name for row in rows for name in row.owner.split(", ") if name}, key=str.casefold),
        "me": data["me"],
        "impact_url": reverse("schedule:impact", args=[project.key]),
        "evidence_url": reverse("schedule:why", args=[project.key, 0]).removesuffix("0/"),
        "undo": undo_next(project),
        "edit_url": reverse("schedule:edit", args=[project.key]),
        "baselines": known if len(known) > 1 else (),
        "baseline_held": held.number if held else 0,
        "chosen_uid": request.GET.get("task", ""),
    }


def _held_against(rows: list[TaskState], dates: dict[int, tuple[datetime, datetime]]) -> None:
    """Show the rows beside another baseline than number 0."""
    for row in rows:
        row.baseline_start, row.baseline_finish = dates.get(row.uid, (None, None))


def _table_rows(rows: list[Any], shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    days = {row.uid: row for row in rows}
    numbers = {each["uid"]: each["id"] for each in shown}
    return [
        {
            **each,
            "start_day": days[each["uid"]].start,
            "finish_day": days[each["uid"]].finish,
            "baseline_day": days[each["uid"]].baseline_finish,
            "links": [{**link, "number": numbers.get(link["from"], "")} for link in each["links"]],
        }
        for each in shown
    ]
