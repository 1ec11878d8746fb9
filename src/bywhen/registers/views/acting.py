"""What a person does on the pages of the registers: each act answers the page it was done on, with its way back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bywhen.kernel.errors import ByWhenError, InputRefusedError, StateWrongError
from bywhen.record.selectors.projects import project_get
from bywhen.registers.forms import (
    ApproverForm,
    DecisionForm,
    EntryForm,
    NoteForm,
    RequestForm,
    VoteForm,
    cleaned,
    person_named,
    sent_fields,
)
from bywhen.registers.kinds.change import KIND as CHANGE
from bywhen.registers.selectors.catalogue import register_get
from bywhen.registers.selectors.changes import approval_get
from bywhen.registers.services.acts import entry_add, entry_again, entry_edit, entry_end, entry_look, risk_happen
from bywhen.registers.services.change_acts import (
    approver_ask,
    approver_drop,
    request_add,
    request_compute,
    request_decide,
    request_edit,
    request_implement,
    request_undecide,
    request_verify,
    vote_give,
)
from bywhen.registers.services.undoing import Done, steps_undo
from bywhen.registers.views.entries import entry_asked, page
from bywhen.registers.views.listing import UNDO, page_of, register_asked

if TYPE_CHECKING:
    from bywhen.registers.models import Entry


@require_POST
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Put an entry into a register by hand."""
    asked = register_asked(kind)
    project = project_get(request.POST.get("project", ""))
    if project is None:
        raise InputRefusedError("no project is chosen", place="field project", remedy="Choose one from the list.")
    if kind == CHANGE:
        done = request_add(project=project, **RequestForm(request.POST).values())
        _remember(request, done)
        messages.info(request, done.said)
        return redirect("registers:entry", pk=done.entry)
    sent = EntryForm(sent_fields(request.POST, asked.FIELDS)).values()
    return _listed(request, kind, entry_add(project=project, kind=kind, **sent))


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do something with one entry; on a request's own page a refusal stands in the page with what was typed kept."""
    entry = entry_asked(pk)
    acts = _REQUEST_ACTS if entry.kind == CHANGE else _ACTS
    if name not in acts:
        raise StateWrongError(f"Nothing is called '{name}'; choose one of the acts shown.")
    if entry.kind != CHANGE:
        return _listed(request, entry.kind, acts[name](entry, request))
    return _on_page(request, pk, lambda: acts[name](entry, request), name)


@require_POST
def vote(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Cast a vote, take it back, or ask somebody no more."""
    approval = approval_get(pk)
    if approval is None:
        raise StateWrongError("Nobody is asked for this vote any more; look at the page again.")

    def done() -> Done:
        if name == "drop":
            return approver_drop(approval=approval)
        return vote_give(approval=approval, **cleaned(VoteForm(request.POST)))

    return _on_page(request, approval.entry_id, done, f"vote-{pk}")


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last act on the registers back."""
    last = request.session.pop(UNDO, None)
    if last is None:
        raise StateWrongError("There is nothing to undo.")
    steps_undo(last["steps"])
    messages.info(request, f"Taken back: {last['said']}")
    return redirect(last.get("back") or reverse("registers:home"))


def _remember(request: HttpRequest, done: Done, back: str = "") -> None:
    if done.undo:
        address = back or reverse("registers:entry", args=[done.entry])
        request.session[UNDO] = {"said": done.said, "steps": list(done.undo), "back": address}


def _listed(request: HttpRequest, kind: str, done: Done) -> HttpResponse:
    address = reverse("registers:list", args=[kind])
    _remember(request, done, address)
    if not getattr(request, "htmx", False):
        messages.info(request, done.said)
        return redirect(address)
    asked = register_get(kind)
    assert asked is not None
    response = render(request, "registers/_acted.html", page_of(request, asked, done.entry))
    response["HX-Trigger"] = json.dumps({"bywhen:flash": {"text": done.said, "undo": bool(done.undo)}})
    return response


def _on_page(request: HttpRequest, pk: int, doing: Callable[[], Done], part: str) -> HttpResponse:
    try:
        done = doing()
    except ByWhenError as error:
        more = {"problem": str(error), "part": part, "typed": request.POST.dict()}
        return render(request, *page(request, entry_asked(pk), **more), status=409)
    _remember(request, done)
    messages.info(request, done.said)
    return redirect("registers:entry", pk=pk)


def _edited(entry: Entry, request: HttpRequest) -> Done:
    register = register_get(entry.kind)
    assert register is not None
    return entry_edit(entry=entry, **EntryForm(sent_fields(request.POST, register.FIELDS)).values())


def _looked(entry: Entry, request: HttpRequest) -> Done:
    given = cleaned(NoteForm(request.POST))
    return entry_look(entry=entry, note=given["note"], review_on=given["review_on"])


def _asked(entry: Entry, request: HttpRequest) -> Done:
    given = cleaned(ApproverForm(request.POST))
    return approver_ask(entry=entry, person=person_named(given["person"], "person"), due=given["due"])


def _decided(decision: str) -> Callable[[Entry, HttpRequest], Done]:
    return lambda entry, request: request_decide(entry=entry, decision=decision, **cleaned(DecisionForm(request.POST)))


def _noted(request: HttpRequest) -> dict[str, object]:
    given = cleaned(NoteForm(request.POST))
    return {"note": given["note"], "on": given["on"]}


_ACTS: dict[str, Callable[[Entry, HttpRequest], Done]] = {
    "edit": _edited,
    "review": _looked,
    "close": lambda entry, request: entry_end(entry=entry, note=cleaned(NoteForm(request.POST))["note"]),
    "reopen": lambda entry, _request: entry_again(entry=entry),
    "happen": lambda entry, _request: risk_happen(entry=entry),
}
"""Act -> what it does with an entry."""
_REQUEST_ACTS: dict[str, Callable[[Entry, HttpRequest], Done]] = {
    "edit": lambda entry, request: request_edit(entry=entry, **RequestForm(request.POST).values()),
    "compute": lambda entry, _request: request_compute(entry=entry),
    "ask": _asked,
    "approve": _decided("approved"),
    "reject": _decided("rejected"),
    "undecide": lambda entry, _request: request_undecide(entry=entry),
    "implement": lambda entry, request: request_implement(entry=entry, **_noted(request)),  # type: ignore[arg-type]
    "verify": lambda entry, request: request_verify(entry=entry, **_noted(request)),  # type: ignore[arg-type]
}
"""Act -> what it does with a change request."""
