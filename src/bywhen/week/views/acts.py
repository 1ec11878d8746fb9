"""Acting on a need: one address per act; the row goes, the next one is chosen, the last thing can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import StateWrongError
from bywhen.loops.selectors import loop_get
from bywhen.record.selectors.projects import project_chosen
from bywhen.record.selectors.proposals import finding_get, proposal_get
from bywhen.week.forms import AcceptForm, OwnerForm, ReasonForm, WaitForm, cleaned
from bywhen.week.selectors.needs import finding_loop, need_list
from bywhen.week.services.acts import (
    Done,
    blocker_escalate,
    change_decide,
    finding_ask,
    finding_leave,
    loop_ask_again,
    loop_end,
    loop_own,
    loop_wait,
    steps_undo,
)
from bywhen.week.views.today import UNDO, page

if TYPE_CHECKING:
    from bywhen.loops.models import Loop
    from bywhen.record.models import Finding, Proposal


@require_POST
def act(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """Do ``name`` about the need ``ref``."""
    if name not in _ACTS:
        raise StateWrongError(f"Nothing is called '{name}'; choose one of the acts shown.")
    project = project_chosen(None, request.session)
    needs = need_list(today=current_clock().today(), project=project)
    at = next((i for i, each in enumerate(needs) if each.ref == ref), 0)
    done = _ACTS[name](request, ref)
    return answered(request, done, at)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last act back."""
    last = request.session.get(UNDO)
    if not last:
        raise StateWrongError("There is nothing to take back.")
    steps_undo(last["steps"])
    del request.session[UNDO]
    if request.POST.get("back") == "loops":
        messages.info(request, f"Taken back: {last['said']}")
        return redirect("week:loops")
    return _told(request, f"Taken back: {last['said']}", page(request, last.get("ref", "")))


def answered(request: HttpRequest, done: Done, at: int = 0) -> HttpResponse:
    """Keep the way back and show the page with the next row chosen."""
    if done.undo:
        request.session[UNDO] = {"said": done.said, "steps": list(done.undo)}
    return _told(request, done.said, page(request, at=at), undo=bool(done.undo))


def _told(request: HttpRequest, said: str, context: dict[str, object], *, undo: bool = False) -> HttpResponse:
    if not getattr(request, "htmx", False):
        messages.info(request, said)
        return redirect("week:today")
    response = render(request, "week/_acted.html", context)
    response["HX-Trigger"] = json.dumps({"bywhen:flash": {"text": said, "undo": undo}})
    return response


def _loop(ref: str) -> Loop:
    """The loop that a need is about, by itself or through a finding."""
    room, _, pk = ref.partition(":")
    loop = loop_get(int(pk)) if room == "loop" else finding_loop(_finding(ref))
    if loop is None:
        raise StateWrongError("This open loop is no longer there; look at the page again.")
    return loop


def _finding(ref: str) -> Finding:
    room, _, pk = ref.partition(":")
    found = finding_get(int(pk)) if room == "finding" and pk.isdigit() else None
    if found is None:
        raise StateWrongError("This is no longer there; look at the page again.")
    return found


def _proposal(ref: str) -> Proposal:
    room, _, pk = ref.partition(":")
    found = proposal_get(int(pk)) if room == "proposal" and pk.isdigit() else None
    if found is None:
        raise StateWrongError("This proposal is no longer there; look at the page again.")
    return found


def _wait(request: HttpRequest, ref: str) -> Done:
    values = cleaned(WaitForm(request.POST))
    return loop_wait(loop=_loop(ref), until=values["until"], reason=values["reason"])


def _accept(request: HttpRequest, ref: str) -> Done:
    return change_decide(proposal=_proposal(ref), accept=True, days=cleaned(AcceptForm(request.POST))["days"])


_ACTS: dict[str, Callable[[HttpRequest, str], Done]] = {
    "escalate": lambda _request, ref: blocker_escalate(loop=_loop(ref)),
    "again": lambda _request, ref: loop_ask_again(loop=_loop(ref)),
    "wait": _wait,
    "close": lambda _request, ref: loop_end(loop=_loop(ref)),
    "owner": lambda request, ref: loop_own(loop=_loop(ref), name=cleaned(OwnerForm(request.POST))["owner"]),
    "question": lambda _request, ref: finding_ask(finding=_finding(ref)),
    "leave": lambda request, ref: finding_leave(
        finding=_finding(ref), reason=cleaned(ReasonForm(request.POST))["reason"]
    ),
    "accept": _accept,
    "reject": lambda _request, ref: change_decide(proposal=_proposal(ref), accept=False),
}
"""Act -> what it does."""
