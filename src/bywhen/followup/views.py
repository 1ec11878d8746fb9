"""The outbox: one card a person, the message as they will read it, and what is done with it. Nothing is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from bywhen.followup.channels.mail import message_address
from bywhen.followup.channels.mail import message_file as mail_file
from bywhen.followup.forms import MessageForm
from bywhen.followup.selectors.asks import ask_get, ask_list, asked_last, week_of
from bywhen.followup.services.asks import ask_approve, ask_discard, ask_edit, ask_hold, ask_undo
from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.wording import counted, day_long, day_short
from bywhen.record.selectors.projects import project_chosen

if TYPE_CHECKING:
    from bywhen.followup.models import Ask
    from bywhen.record.models import Person

UNDO = "followup.undo"
_STATES = {"draft": "to look at", "approved": "approved", "held": "held", "discarded": "discarded"}


@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """The page: drafts first, then what was decided this week."""
    return render(request, "followup/outbox.html", _page(request))


@require_POST
def decide(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Approve, hold, discard or reopen one message."""
    if name not in _DECISIONS:
        raise StateWrongError(f"Nothing is called '{name}'; choose one of the acts shown.")
    ask = _ask(pk)
    said = _DECISIONS[name](ask)
    request.session[UNDO] = {"said": said, "asks": [] if name == "reopen" else [pk]}
    return _told(request, said)


@require_POST
def approve_all(request: HttpRequest) -> HttpResponse:
    """Approve every draft of the week that can be; what changed after it was edited stays a draft."""
    drafts = [ask for ask in _asks(request) if ask.status == "draft" and not ask.outdated]
    if not drafts:
        raise StateWrongError("No message waits to be approved.")
    for ask in drafts:
        ask_approve(ask=ask)
    said = f"{counted(len(drafts), 'message')} approved; nothing was sent."
    request.session[UNDO] = {"said": said, "asks": [ask.pk for ask in drafts]}
    return _told(request, said)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last decision back."""
    last = request.session.pop(UNDO, None)
    if not last or not last["asks"]:
        raise StateWrongError("There is nothing to take back.")
    for pk in last["asks"]:
        ask_undo(ask=_ask(pk))
    return _told(request, f"Taken back: {last['said']}")


@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over a person's words, and say what the tone linter finds in them."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        field, problems = next(iter(form.errors.items()))
        raise InputRefusedError(str(problems[0]).rstrip("."), place=f"field {field}")
    ask, findings = ask_edit(ask=_ask(pk), **form.cleaned_data)
    said = f"The message to {ask.person.name} says what you wrote."
    request.session[UNDO] = {"said": said, "asks": [pk]}
    return _told(request, " ".join([said, *(finding.text for finding in findings)]))


@require_GET
def message_file(_request: HttpRequest, pk: int) -> HttpResponse:
    """An approved message as a file for a mail program."""
    ask = _ask(pk)
    if ask.status != "approved":
        raise StateWrongError(f"The message to {ask.person.name} is {ask.status}; approve it first.")
    address = ask.address if ask.channel == "email" else ""
    data = mail_file(name=ask.person.name, address=address, subject=ask.subject, body=ask.body)
    response = HttpResponse(data, content_type="message/rfc822")
    response.headers["Content-Disposition"] = f'attachment; filename="message-{ask.pk}.eml"'
    return response


@require_GET
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why each line stands in a message, for the drawer."""
    ask = _ask(pk)
    page = "followup/_why.html" if getattr(request, "htmx", False) else "followup/outbox.html"
    context = _page(request, pk) if page == "followup/outbox.html" else {"evidence": _evidence(ask)}
    return render(request, page, context)


def _page(request: HttpRequest, chosen: int = 0) -> dict[str, Any]:
    asks = _asks(request)
    today = current_clock().today()
    last = asked_last({ask.person_id for ask in asks}, before=today)
    cards = [_card(ask, last.get(ask.person_id), today) for ask in asks if ask.lines.all() or ask.status != "discarded"]
    waiting = [card for card in cards if card["state"] == "draft"]
    position = next((i for i, card in enumerate(cards) if card["pk"] == chosen), 0)
    if cards:
        cards[position]["chosen"] = True
    undone = request.session.get(UNDO)
    return {
        "active": "followup",
        "headline": _headline(len(waiting), len(cards)),
        "cards": cards,
        "waiting": len(waiting),
        "evidence": _evidence(next(ask for ask in asks if ask.pk == cards[position]["pk"])) if cards else None,
        "last": undone if undone and undone["asks"] else None,
        "empty": None
        if cards
        else {
            "title": "Nobody needs to be asked this week",
            "text": "An ask is drafted when something of theirs is overdue, falls due before the next turn, holds up "
            "the plan or stands still. The next turn of the week looks again.",
        },
    }


def _headline(waiting: int, cards: int) -> str:
    if not cards:
        return "Nobody needs to be asked"
    if not waiting:
        return "Every message of this week is decided"
    return f"{counted(waiting, 'message')} to look at, one a person"


def _asks(request: HttpRequest) -> list[Ask]:
    project = project_chosen(request.GET.get("project"), request.session)
    found = ask_list(week=week_of(current_clock().today()), project=project)
    order = {"draft": 0, "approved": 1, "held": 2, "discarded": 3}
    return sorted(
        found,
        key=lambda ask: (
            order[ask.status],
            -max((line.urgency for line in ask.lines.all()), default=0),
            ask.person.name,
        ),
    )


def _card(ask: Ask, asked: date | None, today: date) -> dict[str, Any]:
    email = ask.channel == "email" and bool(ask.address)
    return {
        "pk": ask.pk,
        "state": ask.status,
        "state_words": _STATES[ask.status],
        "person": ask.person.name,
        "role": ask.person.role,
        "local_time": local_time(ask.person, current_clock().now()),
        "hours": ask.person.working_hours,
        "asked": f"last asked {day_short(asked, today)}" if asked else "not asked before",
        "address": ask.address,
        "kind": {"escalation": "Escalation", "again": "Asked by hand"}.get(ask.kind, ""),
        "subject": ask.subject,
        "body": ask.body,
        "lines": len(ask.lines.all()),
        "edited": ask.edited,
        "outdated": ask.outdated,
        "reason": ask.status_reason,
        "mailto": message_address(address=ask.address, subject=ask.subject, body=ask.body) if email else "",
        "evidence_url": reverse("followup:why", args=[ask.pk]),
        "chosen": False,
    }


def local_time(person: Person, now: datetime) -> str:
    """The clock where a person is; '' when nobody said where that is."""
    try:
        there = now.astimezone(ZoneInfo(person.time_zone)) if person.time_zone else None
    except (ZoneInfoNotFoundError, ValueError):
        there = None
    return f"{there:%a %H:%M} in {person.time_zone}" if there else ""


def _evidence(ask: Ask) -> dict[str, Any]:
    return {
        "title": f"Why {ask.person.name} is asked",
        "about": f"{counted(len(ask.lines.all()), 'item')}, most urgent first; week of {day_long(ask.week)}",
        "lines": [
            {
                "headline": line.headline,
                "reason": line.reason,
                "project": line.loop.project.name,
                "quotes": [
                    {
                        "text": quote.text or quote.place,
                        "by": quote.speaker,
                        "source": quote.source.name.rpartition("/")[2],
                        "place": quote.place,
                        "url": _place(quote.source.sha256, quote.place),
                    }
                    for quote in line.loop.quotes.all()
                ],
            }
            for line in ask.lines.all()
        ],
    }


def _place(sha256: str, place: str) -> str:
    return f"{reverse('record:evidence', args=[sha256])}?{urlencode({'place': place})}"


def _ask(pk: int) -> Ask:
    ask = ask_get(pk)
    if ask is None:
        raise Http404(pk)
    return ask


def _told(request: HttpRequest, said: str) -> HttpResponse:
    if not getattr(request, "htmx", False):
        messages.info(request, said)
        return redirect("followup:outbox")
    response = render(request, "followup/_acted.html", _page(request))
    undo_there = bool((request.session.get(UNDO) or {}).get("asks"))
    response["HX-Trigger"] = json.dumps({"bywhen:flash": {"text": said, "undo": undo_there}})
    return response


def _approve(ask: Ask) -> str:
    ask_approve(ask=ask)
    return f"The message to {ask.person.name} is approved; nothing was sent."


def _hold(ask: Ask) -> str:
    ask_hold(ask=ask)
    return f"The message to {ask.person.name} is held; it is not drafted again this week."


def _discard(ask: Ask) -> str:
    ask_discard(ask=ask)
    return f"The message to {ask.person.name} is discarded for this week."


def _reopen(ask: Ask) -> str:
    ask_undo(ask=ask)
    return f"The message to {ask.person.name} is a draft again."


_DECISIONS: dict[str, Callable[[Ask], str]] = {
    "approve": _approve,
    "hold": _hold,
    "discard": _discard,
    "reopen": _reopen,
}
"""Decision -> what it does and says."""
