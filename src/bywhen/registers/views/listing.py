"""One page for every register, driven by its kind: what is in it, what needs a look, where the worst stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, listed
from bywhen.record.engine.payloads import ITEM_KINDS
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.plan import plan_tasks, plan_working_time
from bywhen.record.selectors.projects import project_chosen, project_list
from bywhen.registers.kinds.change import KIND as CHANGE
from bywhen.registers.selectors.catalogue import register_get, register_list
from bywhen.registers.selectors.changes import change_state
from bywhen.registers.selectors.entries import SHOWN, entries_shown, entry_counts
from bywhen.registers.views.changes import request_fields
from bywhen.registers.views.entries import drawer
from bywhen.registers.views.pictures import address_of, board, matrix
from bywhen.registers.views.rows import form_fields, label, row_shown

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.registers.models import Entry
    from bywhen.registers.selectors.catalogue import RegisterKind

UNDO = "registers-undo"
SHOWS = (
    ("open", "Open"),
    ("due", "Review due"),
    ("stale", "Not moving"),
    ("ownerless", "No owner"),
    ("closed", "Closed"),
)
MOST = 300
"""Rows of one page; a search narrows more."""


@require_GET
def home(_request: HttpRequest) -> HttpResponseRedirect:
    """The first register."""
    return redirect("registers:list", kind=register_list()[0].KIND)


@require_GET
def register(request: HttpRequest, kind: str) -> HttpResponse:
    """The list of one register."""
    asked = register_asked(kind)
    page = "registers/_list.html" if _partly(request) else "registers/list.html"
    return render(request, page, page_of(request, asked))


def register_asked(kind: str) -> RegisterKind:
    """The register of the address.

    Raises:
        Http404: when there is none.
    """
    found = register_get(kind)
    if found is None:
        raise Http404(kind)
    return found


def _partly(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False)) and "q" in request.GET


def page_of(request: HttpRequest, asked: RegisterKind, chosen: int = 0) -> dict[str, Any]:
    """The context of ``registers/list.html``."""
    today = current_clock().today()
    project = project_chosen(request.GET.get("project"), request.session)
    choice = chosen_of(request)
    every = entries_shown(asked.KIND, project=project, show=choice["show"], today=today)
    found = entries_of(asked, project, choice, today)
    calendars = {each.pk: plan_working_time(each) for each in project_list()}
    rows = [row_shown(entry, today, calendars[entry.project_id]) for entry in found[:MOST]]
    pk = chosen if any(row["pk"] == chosen for row in rows) else rows[0]["pk"] if rows else 0
    for row in rows:
        row["chosen"] = row["pk"] == pk
    selected = next((entry for entry in found if entry.pk == pk), None)
    people, tasks = [person.name for person in person_list()], _tasks(project) if asked.KIND == CHANGE else []
    fields: list[Any] = form_fields(asked, None, people)
    if asked.KIND == CHANGE:
        fields = request_fields(None, people, tasks)
    return {
        "active": "changes" if asked.KIND == CHANGE else "registers",
        "register": asked,
        "is_change": asked.KIND == CHANGE,
        "tabs": _tabs(asked, project),
        "headline": _headline(asked, found, choice, today),
        "rows": rows,
        "more": len(found) - MOST if len(found) > MOST else 0,
        "shows": [{"key": key, "title": title, "url": address_of(choice, show=key)} for key, title in SHOWS],
        **choice,
        "owners": sorted({entry.owner.name for entry in every if entry.owner}),
        "columns": {name: label(asked, name) for name in ("due", "review_on")},
        "matrix": matrix(asked, every, choice) if choice["show"] != "closed" else None,
        "board": board(project, today, calendars) if asked.KIND == CHANGE else None,
        "fields": fields,
        "people_known": people,
        "tasks_known": tasks,
        "projects_of": list(project_list()),
        "chosen_project": project.key if project else "",
        "entry": drawer(selected) if selected else None,
        "last": request.session.get(UNDO),
        "exports": _exports(asked, choice),
        "empty": None if rows else _empty(asked, choice),
    }


def chosen_of(request: HttpRequest) -> dict[str, str]:
    """What the address asks for; open entries when it says nothing."""
    choice = {name: request.GET.get(name, "").strip() for name in ("show", "owner", "q", "cell")}
    return {**choice, "show": choice["show"] if choice["show"] in SHOWN else "open"}


def entries_of(asked: RegisterKind, project: Project | None, choice: dict[str, str], today: date) -> list[Entry]:
    """The entries asked for; change requests that wait for a decision before those that are decided."""
    found = entries_shown(
        asked.KIND,
        project=project,
        show=choice["show"],
        words=choice["q"],
        owner=choice["owner"],
        cell=choice["cell"],
        today=today,
    )
    return sorted(found, key=_decided) if asked.KIND == CHANGE else found


def _decided(entry: Entry) -> bool:
    return change_state(entry) not in {"raised", "assessed"}


def _tabs(asked: RegisterKind, project: Project | None) -> list[dict[str, Any]]:
    counts = entry_counts(project)
    return [
        {
            "title": each.TITLE,
            "url": reverse("registers:list", args=[each.KIND]),
            "count": counts.get(each.KIND, 0),
            "current": each.KIND == asked.KIND,
        }
        for each in register_list()
    ]


def _headline(asked: RegisterKind, found: Sequence[Entry], choice: dict[str, str], today: date) -> str:
    count = counted(len(found), asked.NOUN)
    if choice["q"] or choice["owner"] or choice["cell"]:
        return f"{count} {'matches' if len(found) == 1 else 'match'} what you look for"
    if choice["show"] == "closed":
        return f"{count} {'is' if len(found) == 1 else 'are'} closed"
    if not found:
        return f"No {asked.NOUN} {'is open' if choice['show'] == 'open' else 'needs that'}"
    if asked.KIND == CHANGE:
        return _change_headline(found)
    due = sum(entry.review_on is not None and entry.review_on <= today for entry in found)
    worst = found[0]
    parts = [f"{counted(due, 'review')} {'is' if due == 1 else 'are'} due"] if due else ["every review is up to date"]
    if worst.band in {"extreme", "high"}:
        bad = sum(entry.band in {"extreme", "high"} for entry in found)
        parts.insert(0, f"{bad} {'is' if bad == 1 else 'are'} high or worse")
    return f"{count} {'is' if len(found) == 1 else 'are'} open; {listed(parts)}"


def _change_headline(found: Sequence[Entry]) -> str:
    waiting = [entry for entry in found if change_state(entry) in {"raised", "assessed"}]
    approved = len(found) - len(waiting)
    parts = []
    if waiting:
        said = counted(len(waiting), "change request waits", "change requests wait")
        parts.append(f"{said} for a decision")
    if approved:
        parts.append(f"{approved} {'is' if approved == 1 else 'are'} approved and not done yet")
    return "; ".join(parts)


def _tasks(project: Project | None) -> list[str]:
    """Tasks to choose from; without a chosen project those of all, with the project's key behind."""
    if project is not None:
        return [f"{uid}: {name}" for uid, name in plan_tasks(project)]
    return [f"{uid}: {name} ({each.key})" for each in project_list() for uid, name in plan_tasks(each)]


def _exports(asked: RegisterKind, choice: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"title": title, "url": f"{reverse('registers:export', args=[asked.KIND, suffix])}{address_of(choice)}"}
        for suffix, title in (("xlsx", "Excel"), ("csv", "CSV"))
    ]


def _empty(asked: RegisterKind, choice: dict[str, str]) -> dict[str, str]:
    if choice["q"] or choice["owner"] or choice["cell"]:
        return {"title": "Nothing matches", "text": "Look for other words, or at all owners and cells."}
    if choice["show"] != "open":
        return {"title": "Nothing is listed here", "text": f"No {asked.NOUN} is in this state."}
    if asked.KIND == CHANGE:
        return {
            "title": "No change is asked for",
            "text": "A change spoken of in a meeting, or proposed at the plan, is raised here when its effect reaches"
            " the limits of the project; others can be raised by hand with N.",
        }
    spoken = "by accepted items of meetings, " if asked.KIND in ITEM_KINDS else ""
    return {
        "title": f"No {asked.NOUN} is open",
        "text": f"{asked.ABOUT} It is filled by a RAID log in the project folder, {spoken}or by hand with N.",
    }
