"""Today at "/": what needs a person, the first row chosen, its evidence open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted
from bywhen.record.selectors.projects import project_chosen, project_list
from bywhen.record.selectors.proposals import proposal_list
from bywhen.week.engine.ranking import Need, headline
from bywhen.week.selectors.needs import consequence_of_waiting, need_list
from bywhen.week.selectors.strip import strip_list
from bywhen.week.views.drawers.drawer import drawer

if TYPE_CHECKING:
    from bywhen.record.models import Project

UNDO = "undo"
"""The session's key for the last act: what it said, and the steps back."""
_REASONS = {
    "red": "waiting costs the end date or a milestone",
    "amber": "waiting costs a promise",
    "green": "it can wait",
    "grey": "no evidence",
}


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "week/today.html", page(request))


@require_GET
def need(request: HttpRequest, ref: str) -> HttpResponse:
    """One need's evidence for the drawer; without script the page with this row chosen."""
    if not getattr(request, "htmx", False):
        return render(request, "week/today.html", page(request, ref))
    found = next((each for each in need_list(today=current_clock().today()) if each.ref == ref), None)
    return render(request, "week/_drawer.html", {"evidence": drawer(found) if found else None})


def page(request: HttpRequest, ref: str = "", at: int = 0) -> dict[str, Any]:
    """The page's context; the row ``ref`` is chosen, else the one at ``at``."""
    project = project_chosen(request.GET.get("project"), request.session)
    day = current_clock().today()
    needs = need_list(today=day, project=project)
    position = next((i for i, each in enumerate(needs) if each.ref == ref), min(at, max(len(needs) - 1, 0)))
    if project == project_chosen(None, request.session):
        request.needs_shown = len(needs)  # type: ignore[attr-defined] # the frame counts the same rows
    names = {each.key: each.name for each in project_list()}
    return {
        "active": "today",
        "headline": headline(needs, day),
        "consequence": consequence_of_waiting(proposal_list(project=project, status="proposed")),
        "today": day,
        "week_number": day.isocalendar().week,
        "strip": strip_list(today=day, project=project),
        "rows": [
            _row(each, day, "" if project else names.get(each.project, ""), chosen=i == position)
            for i, each in enumerate(needs)
        ],
        "evidence": drawer(needs[position]) if needs else None,
        "last": request.session.get(UNDO),
        "empty": None if needs else _empty(project),
    }


def _row(each: Need, day: date, project: str, *, chosen: bool) -> dict[str, Any]:
    return {
        "key": each.ref.replace(":", "-"),
        "rag": each.rag,
        "rag_reason": _REASONS[each.rag],
        "title": each.title,
        "loss": each.loss,
        "note": project,
        "owner": each.whose or "Nobody",
        "owner_note": each.whose_note,
        "age": "" if each.age_days is None else counted(each.age_days, "day") if each.age_days else "today",
        "age_note": "" if not each.age_days else "working time",
        "float": "" if each.float_days is None else f"{each.float_days:g} d",
        "float_note": "critical" if each.float_days is not None and each.float_days <= 0 else "",
        "late": each.loses_on is not None and each.loses_on < day,
        "evidence_url": reverse("week:need", args=[each.ref]),
        "chosen": chosen,
    }


def _empty(project: Project | None) -> dict[str, Any]:
    if not project_list().exists():
        return {
            "title": "No project has been taken in",
            "text": "Take in a plan, a RAID log, meetings, a ledger: what they hold and what needs a person then "
            "stands here. 'bywhen week FOLDER' does the same for a whole folder.",
            "action": {"title": "Take in files", "url": reverse("week:files_upload"), "primary": True},
        }
    where = f" in {project.name}" if project else ""
    return {
        "title": f"Nothing waits for you{where}",
        "text": "Every blocker is owned and has time, every proposal is decided, every message is looked at. The next "
        "turn of the week fills this page with what is new.",
    }
