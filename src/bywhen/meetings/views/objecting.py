"""Editing what was considered, opening the window for objections, objecting and answering: each with its undo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import ByWhenError, InputRefusedError, StateWrongError
from bywhen.meetings.selectors.decisions import decision_get, objection_get
from bywhen.meetings.services.decisions import (
    decision_options_keep,
    objection_answer,
    objection_raise,
    objection_reopen,
    objection_take_back,
    objections_close,
    objections_invite,
)
from bywhen.meetings.views.decisions import decision_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from bywhen.meetings.models import Decision, Objection

Undo = dict[str, Any]
"""What was done (``said``), and the address and fields that take it back."""


@require_POST
def options(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep ``options``; refused where somebody has changed them since they were ``seen``."""

    def step(found: Decision) -> Undo:
        before = found.options
        if _plain(request.POST.get("seen", before)) != _plain(before):
            raise StateWrongError(
                "Somebody else has changed the options since you opened them. Nothing of yours was kept yet; copy"
                " it, reload the page to see theirs, then edit again."
            )
        decision_options_keep(decision=found, options=request.POST.get("options", ""))
        return _undo("The options were kept.", "meetings:options", pk, options=before)

    return _stepped(request, pk, "options", step)


@require_POST
def window(request: HttpRequest, pk: int) -> HttpResponse:
    """Take objections up to and including the day ``until``; without one, none any more."""

    def step(found: Decision) -> Undo:
        before, until = found.objections_until, _day(request.POST.get("until", ""))
        if until is None:
            objections_close(decision=found)
        else:
            objections_invite(decision=found, until=until)
        again = before.isoformat() if before and before >= current_clock().today() else ""
        said = "Objections are taken now." if until else "Objections are not taken any more."
        return _undo(said, "meetings:window", pk, until=again)

    return _stepped(request, pk, "window", step)


@require_POST
def raising(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the objection ``text`` of ``by``."""

    def step(found: Decision) -> Undo:
        made = objection_raise(decision=found, by=request.POST.get("by", ""), text=request.POST.get("text", ""))
        return _undo("The objection was kept.", "meetings:take_back", made.pk)

    return _stepped(request, pk, "object", step)


@require_POST
def answering(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the objection ``pk``."""
    found = _objection(pk)

    def step(_decision: Decision) -> Undo:
        before = found.answer
        objection_answer(objection=found, answer=request.POST.get("answer", ""))
        if before:
            return _undo("The answer was changed.", "meetings:answer", pk, answer=before)
        return _undo("The answer was kept.", "meetings:reopen", pk)

    return _stepped(request, found.decision.pk, f"answer-{pk}", step)


@require_POST
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the answer to the objection ``pk`` back."""
    found = _objection(pk)

    def step(_decision: Decision) -> Undo:
        objection_reopen(objection=found)
        return {}

    return _stepped(request, found.decision.pk, "", step)


@require_POST
def taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the objection ``pk`` back."""
    found = _objection(pk)

    def step(_decision: Decision) -> Undo:
        objection_take_back(objection=found)
        return {}

    return _stepped(request, found.decision.pk, "", step)


def _stepped(request: HttpRequest, pk: int, part: str, step: Callable[[Decision], Undo]) -> HttpResponse:
    """Do it; a refusal leaves the form of ``part`` open with what was typed."""
    found = decision_get(pk)
    if found is None:
        raise Http404
    try:
        undo = step(found)
    except ByWhenError as error:
        return decision_answer(request, pk, problem=str(error), edit=part, typed=request.POST.dict())
    return decision_answer(request, pk, undo=undo)


def _undo(said: str, name: str, pk: int, **fields: str) -> Undo:
    return {"said": said, "url": reverse(name, args=[pk]), "fields": fields}


def _objection(pk: int) -> Objection:
    found = objection_get(pk)
    if found is None:
        raise Http404
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputRefusedError(
            f"'{text[:20]}' is no day", place="field until", remedy="Write it as YYYY-MM-DD."
        ) from None


def _plain(text: str) -> str:
    """Browsers send line ends of their own."""
    return text.replace("\r\n", "\n").strip()
