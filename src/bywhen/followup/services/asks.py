"""Deciding about a draft: edit, approve, hold, discard, and take each back. Approving sends nothing."""

from __future__ import annotations

from django.db import transaction

from bywhen.followup.engine.tone import tone_findings
from bywhen.followup.models import Ask
from bywhen.followup.services.drafting import draft_compose
from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.findings import Finding
from bywhen.platform.acting import current_actor


@transaction.atomic
def ask_edit(*, ask: Ask, subject: str, body: str) -> tuple[Ask, list[Finding]]:
    """Take over a person's words, which are then never composed again; answers what the tone linter says to them.

    Raises:
        StateWrongError: when it is no draft.
        InputRefusedError: when the text is empty.
    """
    _expect(ask, "draft")
    if not body.strip():
        raise InputRefusedError("the message is empty", place="field body", remedy="Write it, or discard the ask.")
    ask.subject, ask.body = " ".join(subject.split())[:200] or ask.subject, body.strip()
    ask.edited, ask.outdated = True, False
    ask.save()
    return ask, tone_findings(ask.body, ask.lines.count())


@transaction.atomic
def ask_approve(*, ask: Ask) -> Ask:
    """Approve it as it stands, in the name of who acts.

    Raises:
        StateWrongError: when it is no draft, or its items changed after somebody edited the words.
    """
    _expect(ask, "draft")
    if ask.outdated:
        raise StateWrongError(
            f"What the message to {ask.person} is about changed after it was edited; look at it again."
        )
    clock = current_clock()
    ask.approved_by, ask.approved_at, ask.approved_on = current_actor().name, clock.now(), clock.today()
    return _set(ask, "approved", "")


@transaction.atomic
def ask_hold(*, ask: Ask, reason: str = "") -> Ask:
    """Not now: it stays as it is and is not drafted again this week."""
    _expect(ask, "draft")
    return _set(ask, "held", reason)


@transaction.atomic
def ask_discard(*, ask: Ask, reason: str = "") -> Ask:
    """Not at all this week."""
    _expect(ask, "draft", "held")
    return _set(ask, "discarded", reason)


@transaction.atomic
def ask_undo(*, ask: Ask) -> Ask:
    """Take the last step back: a decided message is a draft again; an edited draft gets its composed words back.

    Raises:
        StateWrongError: when there is nothing to take back.
    """
    if ask.status != "draft":
        if not ask.lines.exists():
            raise StateWrongError(f"Nothing is left to ask {ask.person}; it cannot become a draft again.")
        ask.approved_by, ask.approved_at, ask.approved_on = "", None, None
        return _set(ask, "draft", "")
    if not ask.edited:
        raise StateWrongError(f"The message to {ask.person} is a draft as it was composed; there is nothing to undo.")
    ask.subject, ask.body = draft_compose(ask)
    ask.edited = ask.outdated = False
    ask.save()
    return ask


def _set(ask: Ask, status: str, reason: str) -> Ask:
    ask.status, ask.status_reason = status, reason
    ask.save()
    return ask


def _expect(ask: Ask, *statuses: str) -> None:
    if ask.status not in statuses:
        wanted = " or ".join(statuses)
        raise StateWrongError(f"The message to {ask.person} is {ask.status}; this needs it to be {wanted}.")
