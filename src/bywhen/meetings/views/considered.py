"""What a decision's page shows of its options and objections, and what may be changed there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_long
from bywhen.platform.acting import current_actor

if TYPE_CHECKING:
    from bywhen.meetings.models import Decision


def considered(found: Decision) -> dict[str, Any]:
    """The options, the window and the objections of a decision."""
    objections = list(found.objections.all())
    standing = found.status == "standing"
    until, today = found.objections_until, current_clock().today()
    return {
        "options": found.options,
        "options_editable": standing and not objections,
        "until": until.isoformat() if until else "",
        "today": today.isoformat(),
        "window": _window(found),
        "standing": standing,
        "open": standing and until is not None and until >= today,
        "objections": [
            {
                "key": each.pk,
                "part": f"answer-{each.pk}",
                "by": each.by,
                "text": each.text,
                "on": day_long(each.raised_at.date()),
                "answer": each.answer,
                "answer_title": _answer_title(each.answered_by),
            }
            for each in objections
        ],
    }


def _answer_title(by: str) -> str:
    """Whose answer it is, as the reader would say it."""
    if by == current_actor().name:
        return "Your answer"
    return f"Answer of {by}" if by else "Answer"


def unanswered(found: Decision) -> str:
    """How many objections wait for an answer; '' when none does."""
    waiting = sum(not each.answer for each in found.objections.all())
    return f"{counted(waiting, 'objection')} without an answer" if waiting else ""


def _window(found: Decision) -> str:
    until = found.objections_until
    if until is None:
        return "Nobody has been asked for objections."
    if until < current_clock().today():
        return f"Objections were taken until {day_long(until)}."
    return f"Whoever was not there may object until {day_long(until)}."
