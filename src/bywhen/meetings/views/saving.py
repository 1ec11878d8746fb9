"""Keeping what is typed into an item while it is typed, also when two people type into the same one.

A field that only one of the two changed is kept; where both changed the same one, both texts are shown and a person
chooses. What does not live here: judging the item (``views.judging``).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bywhen.kernel.errors import ByWhenError, EditsClashError, InputRefusedError
from bywhen.meetings.engine.merging import merge_fields
from bywhen.meetings.forms import ItemForm
from bywhen.meetings.selectors.held import meeting_of_origin
from bywhen.meetings.views.rows import OPEN, mark_of
from bywhen.platform.audit import audit_latest
from bywhen.record.engine.payloads import ITEM_KINDS
from bywhen.record.selectors.people import person_find
from bywhen.record.selectors.proposals import proposal_get
from bywhen.record.services.proposals import proposal_edit

if TYPE_CHECKING:
    from bywhen.meetings.models import Meeting
    from bywhen.record.models import Proposal

_FIELDS = {"text": "Words", "owner": "Owner", "due": "Due"}


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed, without judging; answers one line that says so, or both texts where two people clash."""
    proposal, meeting = item_found(pk)
    try:
        kept = proposal_edit(proposal=proposal, payload=payload_sent(request, proposal))
    except EditsClashError as error:
        return clash_answer(request, proposal, error)
    except ByWhenError as error:
        return _refused(request, meeting, proposal, decided_elsewhere(pk) or str(error))
    if not getattr(request, "htmx", False):
        return redirect(f"{reverse('meetings:review', args=[meeting.pk])}#item-{pk}")
    payload = _said(kept)
    owner = payload["owner"]
    unknown = owner if owner and person_find(owner) is None else ""
    sent = {name: value for name, value in _sent(request).items() if payload.get(name) == value}
    whole = len(sent) == len(_sent(request)) and _fresh(request, payload)
    shown = {"unknown": unknown, "key": pk, "kept": sent, "mark": mark_of(kept) if whole else ""}
    return render(request, "meetings/_saved.html", shown)


def clash_answer(request: HttpRequest, proposal: Proposal, error: EditsClashError) -> HttpResponse:
    """Both texts, and the way to either; the fields keep what was typed."""
    if not getattr(request, "htmx", False):
        messages.error(request, str(error))
        meeting = meeting_of_origin(proposal.origin)
        return redirect(f"{reverse('meetings:review', args=[meeting.pk if meeting else 0])}#item-{proposal.pk}")
    titles = {title: name for name, title in _FIELDS.items()}
    shown = {
        "key": proposal.pk,
        "who": error.who,
        "rows": [{"title": title, "theirs": both[0], "mine": both[1]} for title, both in error.fields.items()],
        "seen": json.dumps({f"was-{titles[title]}": both[0] for title, both in error.fields.items()}),
    }
    answer = render(request, "meetings/_clash.html", shown)
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = f"#saved-{proposal.pk}", "innerHTML"
    return answer


def payload_sent(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """The payload as it stands now with what the request changes in it.

    Raises:
        InputRefusedError: when a field cannot be read.
        EditsClashError: when somebody else has changed the same field since this page showed it.
    """
    current = proposal.edited or proposal.payload
    if proposal.kind not in ITEM_KINDS:
        return dict(current)
    was = {name: request.POST[f"was-{name}"] for name in _FIELDS if f"was-{name}" in request.POST}
    kept, clashes = merge_fields(was, _sent(request), _said(proposal))
    if clashes and proposal.status == OPEN:
        both = {_FIELDS[clash.field]: (clash.theirs, clash.mine) for clash in clashes}
        raise EditsClashError(changed_by(proposal), both)
    form = ItemForm(kept)
    if not form.is_valid():
        name = next(iter(form.errors))
        raise InputRefusedError(f"{name} cannot be read", remedy="Write a date as YYYY-MM-DD, a name in 200 letters.")
    return form.changed(current)


def changed_by(proposal: Proposal) -> str:
    """Who touched it last."""
    entry = audit_latest(subject=proposal.audit_subject)
    return entry.actor if entry and entry.actor else "Somebody else"


def decided_elsewhere(pk: int) -> str:
    """Who decided it meanwhile; '' when nobody did."""
    proposal, _ = item_found(pk)
    if proposal.status == OPEN:
        return ""
    who = proposal.decided_by or "Somebody"
    return f"{who} has decided this meanwhile: it is {proposal.status}. Nothing was changed by you."


def item_found(pk: int) -> tuple[Proposal, Meeting]:
    """A proposal and the meeting that it came from; nothing else is judged here."""
    proposal = proposal_get(pk)
    meeting = meeting_of_origin(proposal.origin) if proposal else None
    if proposal is None or meeting is None:
        raise Http404
    return proposal, meeting


def item_template(proposal: Proposal) -> str:
    """An item that waits is a form; what was judged is a row."""
    return "meetings/_item.html" if proposal.status == OPEN else "meetings/_judged.html"


def _refused(request: HttpRequest, meeting: Meeting, proposal: Proposal, problem: str) -> HttpResponse:
    if not getattr(request, "htmx", False):
        messages.error(request, problem)
        return redirect(f"{reverse('meetings:review', args=[meeting.pk])}#item-{proposal.pk}")
    theirs = [value for name, value in _sent(request).items() if value and value != _said(proposal).get(name)]
    shown = {"problem": problem, "key": proposal.pk, "typed": theirs if proposal.status != OPEN else []}
    return render(request, "meetings/_saved.html", shown)


def _sent(request: HttpRequest) -> dict[str, str]:
    """The fields of the item that the page sent, lines parted as the record keeps them."""
    sent = {name: request.POST[name].replace("\r\n", "\n").strip() for name in _FIELDS if name in request.POST}
    if not sent.get("text", "given"):
        del sent["text"]  # an item is never without words: an emptied field means nothing
    return sent


def _said(proposal: Proposal) -> dict[str, str]:
    """What the item says now, by field."""
    payload = proposal.edited or proposal.payload
    told = {name: str(payload.get(name) or "") for name in _FIELDS}
    return {**told, "text": told["text"] or proposal.text}


def _fresh(request: HttpRequest, payload: dict[str, str]) -> bool:
    """Whether the page shows what the fields that it did not send say now."""
    sent = _sent(request)
    return all(request.POST.get(f"was-{name}", now) == now for name, now in payload.items() if name not in sent)
