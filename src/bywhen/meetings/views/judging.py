"""Accepting, rejecting, merging and taking back one proposed item, with what was decided elsewhere told in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh
from rapidfuzz import fuzz

from bywhen.kernel.errors import ByWhenError, EditsClashError, InputRefusedError, StateWrongError
from bywhen.meetings.forms import NEEDS_OWNER
from bywhen.meetings.selectors.held import meeting_origin
from bywhen.meetings.views.review import LAST, review_state
from bywhen.meetings.views.rows import OPEN, item_row, quote_row
from bywhen.meetings.views.saving import clash_answer, decided_elsewhere, item_found, item_template, payload_sent
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.proposals import proposal_get, proposal_list
from bywhen.record.services.proposals import (
    proposal_accept,
    proposal_merge,
    proposal_reject,
    proposal_undo,
)

if TYPE_CHECKING:
    from bywhen.record.models import Proposal


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept with the fields as sent; what becomes an open loop needs an owner."""
    return _judged(request, pk, _accept)


@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no."""
    return _judged(request, pk, lambda _request, proposal: proposal_reject(proposal=proposal))


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the judgement back."""
    return _judged(request, pk, lambda _request, proposal: proposal_undo(proposal=proposal))


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Two items say the same: this one becomes part of another."""
    proposal, meeting = item_found(pk)
    into = proposal_get(int(request.POST.get("into") or 0))
    try:
        if into is None or into.origin != proposal.origin:
            raise StateWrongError("Choose the item that says the same; nothing was merged.")
        proposal_merge(proposal=proposal, into=into)
        _remember(request, proposal_get(pk) or proposal)
        where = into.pk
    except ByWhenError as error:
        messages.error(request, str(error))
        where = pk
    address = f"{reverse('meetings:review', args=[meeting.pk])}#item-{where}"
    if not getattr(request, "htmx", False):
        return redirect(address)
    return HttpResponseClientRefresh()


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item as it stands, or as a form for its words (``?edit=1``)."""
    proposal, meeting = item_found(pk)
    if not getattr(request, "htmx", False):
        return redirect(f"{reverse('meetings:review', args=[meeting.pk])}#item-{pk}")
    row = {**item_row(proposal), "chosen": True, "editing": bool(request.GET.get("edit"))}
    if request.GET.get("merge"):
        row["others"] = _alike(proposal)
    return render(request, item_template(proposal), {"item": row})


@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the item is proposed: its quotes, and how sure the reading is."""
    proposal, meeting = item_found(pk)
    quotes = [quote_row(quote) for quote in proposal.quotes.all()]
    address = reverse("meetings:review", args=[meeting.pk])
    shown = {
        "title": item_row(proposal)["text"],
        "about": f"{meeting.title}, {meeting.project.name}",
        "why_title": "What was said",
        "quotes": [
            {"text": q["text"], "by": q["speaker"] or "Nobody named", "at": q["at"], "source": meeting.source.name}
            | {"place": q["place"], "url": f"{address}#line-{q['line']}"}
            for q in quotes
        ],
        "computed": [
            f"The wording was read as {proposal.kind} with a confidence of {proposal.confidence:.2f} of 1.",
            str(proposal.consequence.get("text", "")),
        ],
        "changes": ["Accepting, editing or rejecting it. Nothing happens before."] if proposal.status == OPEN else [],
    }
    shown["computed"] = [sentence for sentence in shown["computed"] if sentence]
    page = "platform/parts/evidence.html" if getattr(request, "htmx", False) else "meetings/evidence.html"
    return render(request, page, {"evidence": shown, "active": "meetings"})


def _judged(request: HttpRequest, pk: int, judge: Callable[[HttpRequest, Proposal], Proposal]) -> HttpResponse:
    proposal, meeting = item_found(pk)
    problem = ""
    try:
        judge(request, proposal)
    except EditsClashError as error:
        return clash_answer(request, proposal, error)
    except StateWrongError as error:
        problem = decided_elsewhere(pk) or str(error)
    except InputRefusedError as error:
        problem = str(error)
    proposal, _ = item_found(pk)
    if not problem:
        _remember(request, proposal)
    if not getattr(request, "htmx", False):
        return redirect(f"{reverse('meetings:review', args=[meeting.pk])}#item-{pk}")
    known = list(proposal_list(origin=meeting_origin(meeting)))
    context: dict[str, Any] = {
        "item": {**item_row(proposal), "problem": problem},
        "meeting": meeting,
        "swap": True,
        "people": person_list().values_list("name", flat=True),
        **review_state(meeting, known, last=request.session.get(LAST)),
    }
    return render(request, "meetings/_answer.html", {**context, "item_template": item_template(proposal)})


def _accept(request: HttpRequest, proposal: Proposal) -> Proposal:
    payload = payload_sent(request, proposal)
    if proposal.status == OPEN and proposal.kind in NEEDS_OWNER and not payload.get("owner"):
        raise InputRefusedError(
            f"this {proposal.kind} has no owner", remedy="Name who sees to it, or reject it; nothing was decided."
        )
    return proposal_accept(proposal=proposal, edited=payload)


def _alike(proposal: Proposal) -> list[dict[str, Any]]:
    """Undecided items of the same kind, those that share most words first."""
    others = proposal_list(origin=proposal.origin, status=OPEN).filter(kind=proposal.kind).exclude(pk=proposal.pk)
    alike = sorted(others, key=lambda each: -fuzz.token_set_ratio(each.text, proposal.text))
    return [{"key": each.pk, "text": item_row(each)["text"]} for each in alike]


def _remember(request: HttpRequest, proposal: Proposal) -> None:
    if proposal.status == OPEN:
        request.session.pop(LAST, None)
    else:
        request.session[LAST] = proposal.pk
