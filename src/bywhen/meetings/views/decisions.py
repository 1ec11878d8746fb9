"""The decision register: what was decided, by whom, and does it still stand?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import StateWrongError
from bywhen.kernel.wording import counted, day_long, day_short
from bywhen.meetings.selectors.decisions import decision_get, decision_list, decisions_replaced
from bywhen.meetings.selectors.searching import decision_search
from bywhen.meetings.services.decisions import decision_restore, decision_supersede, decision_withdraw
from bywhen.meetings.views.considered import considered, unanswered
from bywhen.record.selectors.projects import project_chosen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bywhen.meetings.models import Decision

_UNDO = "decision-undo"
_TONES = {"standing": "good", "superseded": "warn", "withdrawn": ""}


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """The register, latest first; with ``q`` the best answers first."""
    project = project_chosen(request.GET.get("project"), request.session)
    words, status = request.GET.get("q", "").strip(), request.GET.get("status", "")
    if words:
        found = decision_search(words, project, status=status)
    else:
        found = list(decision_list(project=project, status=status))
    rows = [_row(decision) for decision in found]
    for row in rows[:1]:
        row["chosen"] = True
    context = {
        "active": "decisions",
        "headline": _headline(found, words),
        "sub": "A decision is never rewritten: a later one supersedes it, or it is withdrawn, and both stay.",
        "rows": rows,
        "words": words,
        "status": status,
        "statuses": [("", "All"), ("standing", "Standing"), ("superseded", "Superseded"), ("withdrawn", "Withdrawn")],
        "evidence": _evidence(found[0]) if found else None,
        "empty": _empty(words, status),
    }
    htmx = getattr(request, "htmx", False)
    return render(
        request, "meetings/_found.html" if htmx else "meetings/decisions.html", {**context, "swap_head": htmx}
    )


@require_GET
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: its quotes, its meeting, what it replaced and what replaced it."""
    found = _found(pk)
    page = "meetings/_decision.html" if getattr(request, "htmx", False) else "meetings/decision.html"
    shown = {"active": "decisions", "evidence": _evidence(found), "edit": request.GET.get("edit", "")}
    return render(request, page, {**shown, "undo": request.session.pop(_UNDO, None)})


@require_POST
def change(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Supersede (``by``), withdraw or restore; answers the drawer and the row as they now stand."""
    found, problem = _found(pk), ""
    try:
        _step(request, found, step)
    except StateWrongError as error:
        problem = str(error)
    return decision_answer(request, pk, problem=problem)


def decision_answer(
    request: HttpRequest,
    pk: int,
    *,
    problem: str = "",
    edit: str = "",
    typed: Mapping[str, str] | None = None,
    undo: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The drawer and the row as they stand after a step; ``edit`` names the form that a refusal leaves open."""
    found = _found(pk)
    shown = {"evidence": _evidence(found), "problem": problem, "edit": edit, "typed": typed or {}, "undo": undo}
    if getattr(request, "htmx", False):
        return render(
            request, "meetings/_decision.html", {**shown, "row": {**_row(found), "chosen": True}, "swap": True}
        )
    if problem:
        return render(request, "meetings/decision.html", {**shown, "active": "decisions"}, status=409)
    request.session[_UNDO] = undo
    return redirect("meetings:decision", pk=pk)


def _step(request: HttpRequest, found: Decision, step: str) -> None:
    if step == "withdraw":
        decision_withdraw(decision=found)
    elif step == "restore":
        decision_restore(decision=found)
    elif request.POST.get("by", "").isdigit():
        decision_supersede(decision=found, by=_found(int(request.POST["by"])))
    else:
        raise StateWrongError("Choose the decision that takes its place.")


def _row(found: Decision) -> dict[str, Any]:
    today = current_clock().today()
    return {
        "key": found.pk,
        "text": found.text,
        "by": found.decided_by or "Nobody named",
        "on": day_short(found.decided_on, today),
        "project": found.project.name,
        "status": found.status,
        "tone": _TONES.get(found.status, ""),
        "meeting": found.meeting.title if found.meeting else "",
        "note": f"Superseded by: {found.superseded_by.text}" if found.superseded_by else unanswered(found),
        "evidence_url": reverse("meetings:decision", args=[found.pk]),
        "chosen": False,
    }


def _evidence(found: Decision) -> dict[str, Any]:
    meeting_url = reverse("meetings:review", args=[found.meeting.pk]) if found.meeting else ""
    others = decision_list(project=found.project, status="standing").exclude(pk=found.pk)
    chain = [{"title": "Took the place of", **_link(each)} for each in decisions_replaced(found)]
    if found.superseded_by:
        chain.append({"title": "Superseded by", **_link(found.superseded_by)})
    return {
        **considered(found),
        "key": found.pk,
        "title": found.text,
        "about": f"{found.decided_by or 'Nobody named'}, {day_long(found.decided_on)}. {found.project.name}.",
        "status": found.status,
        "tone": _TONES.get(found.status, ""),
        "meeting": found.meeting.title if found.meeting else "",
        "meeting_url": meeting_url,
        "quotes": [
            {"text": quote.text, "by": quote.speaker, "source": quote.source.name, "place": quote.place}
            for quote in found.quotes.all()
        ],
        "chain": chain,
        "others": [{"key": each.pk, "text": each.text, "on": day_short(each.decided_on)} for each in others],
    }


def _link(other: Decision) -> dict[str, str]:
    return {
        "text": other.text,
        "on": day_short(other.decided_on),
        "url": reverse("meetings:decision", args=[other.pk]),
    }


def _headline(found: list[Decision], words: str) -> str:
    if words:
        return f"{counted(len(found), 'decision')} with “{words}”"
    if not found:
        return "No decision is on record"
    standing = sum(each.status == "standing" for each in found)
    latest = found[0]
    said = f"{counted(standing, 'decision stands', 'decisions stand')}"
    return f"{said}; the latest was taken on {day_short(latest.decided_on, current_clock().today())}"


def _empty(words: str, status: str) -> dict[str, str]:
    if words or status:
        return {"title": "No decision matches", "text": "Search for other words, or look at all states."}
    return {
        "title": "No decision has been recorded",
        "text": "Accept a proposed decision in a meeting, or keep decisions in the RAID sheet; they appear here.",
    }


def _found(pk: int) -> Decision:
    found = decision_get(pk)
    if found is None:
        raise Http404
    return found
