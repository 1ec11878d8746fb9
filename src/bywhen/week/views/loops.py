"""All open loops of all projects: whose, due when, looked at again when, moved when. The invariant is shown here."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.wording import counted, day_long, day_short
from bywhen.loops.engine.movement import idle_days
from bywhen.loops.selectors import loop_get, loop_list, loops_broken
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.projects import project_chosen, project_get, project_list
from bywhen.record.selectors.shown import quote_shown
from bywhen.schedule.selectors import working_time_of
from bywhen.week.forms import DatesForm, LoopForm, NoteForm, OwnerForm, cleaned
from bywhen.week.services.acts import Done, loop_add, loop_end, loop_own, loop_plan, loop_say
from bywhen.week.views.today import UNDO

if TYPE_CHECKING:
    from bywhen.kernel.worktime import WorkingTime
    from bywhen.loops.models import Loop, Movement

SHOWS = (("all", "All"), ("overdue", "Overdue"), ("broken", "Incomplete"), ("closed", "Closed"))
KINDS = ("action", "blocker", "question", "decision", "review")
_MOVED = {
    "opened": "Opened",
    "status": "Status",
    "progress": "Progress",
    "due": "Due",
    "owner": "Owner",
    "evidence": "New evidence",
    "waiting": "Waiting on",
    "answer": "Answer",
    "comment": "Comment",
    "check": "Next check",
}


@require_GET
def loops(request: HttpRequest) -> HttpResponse:
    """The list."""
    return render(request, "week/loops.html", _page(request))


@require_GET
def loop(request: HttpRequest, pk: int) -> HttpResponse:
    """One loop for the drawer; without script the list with this row chosen."""
    if getattr(request, "htmx", False):
        return render(request, "week/_loop.html", {"loop": _drawer(_loop(pk))})
    return render(request, "week/loops.html", _page(request, pk))


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Open one by hand."""
    values = cleaned(LoopForm(request.POST))
    project = project_get(values.pop("project"))
    if project is None:
        raise InputRefusedError("there is no such project", place="field project", remedy="Choose one from the list.")
    return _answered(request, loop_add(project=project, **values))


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Change, close or comment on one."""
    if name not in _ACTS:
        raise StateWrongError(f"Nothing is called '{name}'; choose one of the acts shown.")
    done = _ACTS[name](_loop(pk), request)
    return _answered(request, done, 0 if name == "close" else pk)


def _page(request: HttpRequest, chosen: int = 0) -> dict[str, Any]:
    today = current_clock().today()
    project = project_chosen(request.GET.get("project"), request.session)
    show, owner = request.GET.get("show", "all"), request.GET.get("owner", "")
    found = loop_list(project=project, status="closed" if show == "closed" else "open")
    listed = [each for each in found if _shown(each, show, owner, today)]
    calendars = {each.pk: working_time_of(each) for each in project_list()}
    rows = [_row(each, today, calendars[each.project_id]) for each in listed]
    pk = chosen if any(row["pk"] == chosen for row in rows) else rows[0]["pk"] if rows else 0
    for row in rows:
        row["chosen"] = row["pk"] == pk
    broken = loops_broken(project=project).count()
    return {
        "active": "loops",
        "headline": _headline(len(rows), show),
        "broken": broken,
        "rows": rows,
        "show": show,
        "owner": owner,
        "shows": [
            {"key": key, "title": title, "url": f"?{urlencode({'show': key, 'owner': owner})}"} for key, title in SHOWS
        ],
        "owners": sorted({each.owner.name for each in loop_list(project=project) if each.owner}),
        "projects_of": list(project_list()),
        "people": [person.name for person in person_list()],
        "kinds": KINDS[:4],
        "chosen_project": project.key if project else "",
        "loop": _drawer(next(each for each in listed if each.pk == pk)) if rows else None,
        "last": request.session.get(UNDO),
        "empty": None if rows else _empty(show),
    }


def _headline(count: int, show: str) -> str:
    words = {"overdue": "overdue", "closed": "closed"}.get(show, "open")
    if show == "broken":
        return (
            f"{counted(count, 'open loop')} without an owner or a next check"
            if count
            else "Every open loop has an owner and a next check"
        )
    return f"{counted(count, 'loop')} {'is' if count == 1 else 'are'} {words}" if count else f"No loop is {words}"


def _empty(show: str) -> dict[str, str]:
    if show == "broken":
        return {
            "title": "Nothing falls through",
            "text": "Each open loop has somebody who owns it and a day on which it is looked at again.",
        }
    return {
        "title": "Nothing is listed here",
        "text": "Actions, blockers and questions come from the RAID log and accepted meeting items; or add one above.",
    }


def _shown(each: Loop, show: str, owner: str, today: date) -> bool:
    if owner and (each.owner is None or each.owner.name != owner):
        return False
    if show == "overdue":
        return each.due is not None and each.due < today
    if show == "broken":
        return each.owner is None or each.next_check is None
    return True


def _row(each: Loop, today: date, calendar: WorkingTime) -> dict[str, Any]:
    late = each.status == "open" and each.due is not None and each.due < today
    return {
        "pk": each.pk,
        "title": each.title,
        "kind": each.kind,
        "reference": each.reference,
        "project": each.project.name,
        "owner": each.owner.name if each.owner else "",
        "owner_text": each.owner_text,
        "waiting_on": each.waiting_on,
        "due": each.due,
        "late": late,
        "due_note": f"{counted(calendar.working_days_between(each.due, today), 'day')} late"
        if late and each.due
        else "",
        "next_check": each.next_check,
        "check_note": each.deferred_reason,
        "open": each.status == "open",
        "age": counted(max(0, calendar.working_days_between(each.opened_on, today)), "day"),
        "idle": counted(idle_days(each.last_moved_on, today, calendar), "day"),
        "evidence_url": reverse("week:loop", args=[each.pk]),
        "chosen": False,
    }


def _drawer(each: Loop) -> dict[str, Any]:
    raised = f" by {each.raised_by}" if each.raised_by else ""
    return {
        "pk": each.pk,
        "title": each.title,
        "about": f"{f'{each.kind.capitalize()} {each.reference}'.strip()} · {each.project.name} · "
        f"raised {day_short(each.opened_on)}{raised}",
        "detail": each.detail if each.detail != each.title else "",
        "quotes": [quote_shown(quote) for quote in each.quotes.all()],
        "moves": [_move(move) for move in reversed(list(each.movements.all()))],
        "open": each.status == "open",
        "status": each.status,
        "owner": each.owner.name if each.owner else "",
        "due": each.due.isoformat() if each.due else "",
        "next_check": each.next_check.isoformat() if each.next_check else "",
        "people": [person.name for person in person_list()],
    }


def _move(move: Movement) -> dict[str, str]:
    change = f"{move.before or 'nothing'} to {move.after or 'nothing'}" if move.before or move.after else ""
    return {
        "on": day_long(move.on),
        "what": _MOVED.get(move.kind, move.kind),
        "change": change,
        "by": move.by,
        "note": move.note,
    }


def _loop(pk: int) -> Loop:
    found = loop_get(pk)
    if found is None:
        raise Http404(pk)
    return found


def _answered(request: HttpRequest, done: Done, chosen: int = 0) -> HttpResponse:
    if done.undo:
        request.session[UNDO] = {"said": done.said, "steps": list(done.undo)}
    if not getattr(request, "htmx", False):
        messages.info(request, done.said)
        return redirect("week:loops")
    response = render(request, "week/_loops_acted.html", _page(request, chosen))
    response["HX-Trigger"] = json.dumps({"bywhen:flash": {"text": done.said, "undo": bool(done.undo)}})
    return response


_ACTS: dict[str, Callable[[Loop, HttpRequest], Done]] = {
    "owner": lambda each, request: loop_own(loop=each, name=cleaned(OwnerForm(request.POST))["owner"]),
    "dates": lambda each, request: loop_plan(loop=each, **cleaned(DatesForm(request.POST))),
    "close": lambda each, request: loop_end(loop=each, note=cleaned(NoteForm(request.POST))["note"]),
    "comment": lambda each, request: loop_say(loop=each, note=cleaned(NoteForm(request.POST))["note"]),
}
"""Act -> what it does."""
