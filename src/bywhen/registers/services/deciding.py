"""Deciding a change request, and taking the decision back.

An approval never changes the plan: it puts the change before whoever keeps the plan, as a proposal. What does not live
here: votes (``votes``), accepting that proposal (room ``schedule`` and Today).
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.platform.acting import current_actor
from bywhen.record.selectors.plan import plan_working_time
from bywhen.record.services.proposals import proposal_key, proposal_make, proposal_reject, proposal_undo
from bywhen.record.services.sources import place_keep, source_keep
from bywhen.registers.kinds.change import KIND, state_of_words
from bywhen.registers.services.entries import entry_change, entry_close, entry_reopen
from bywhen.registers.services.requests import request_of
from bywhen.registers.services.votes import votes_counted

if TYPE_CHECKING:
    from bywhen.record.models import Proposal
    from bywhen.registers.models import ChangeRequest, Entry

DECISIONS = ("approved", "rejected")


@transaction.atomic
def change_decide(
    *, entry: Entry, decision: str, by: str = "", reason: str = "", evidence: str = "", on: date | None = None
) -> Entry:
    """Record the decision: ``approved`` or ``rejected``, by whom, when, why, and where that can be read (``evidence``).

    An approved change of the plan becomes a proposal to whoever keeps the plan; a rejected one takes its proposal out
    of the queue. A request that was implemented without approval can still be approved: that heals the finding.

    Raises:
        StateWrongError: when it is decided already, or the votes do not carry an approval and no reason is given.
        InputRefusedError: for another word, or a rejection without a reason.
    """
    request = request_of(entry)
    _expect_decidable(entry, request, decision, reason)
    request.decision, request.decided_via = decision, "board"
    request.decided_on, request.decided_by = on or current_clock().today(), (by.strip() or current_actor().name)[:200]
    request.decision_reason, request.decision_evidence = reason.strip(), evidence.strip()
    request.save()
    if request.implemented_on is not None:
        return entry
    if decision == "approved":
        _approved(entry, request)
    else:
        _rejected(entry, request)
    entry.refresh_from_db()
    return entry


@transaction.atomic
def change_decision_undo(*, entry: Entry) -> Entry:
    """Take the decision back; what it proposed leaves the queue, what it rejected comes back.

    Raises:
        StateWrongError: when there is none, or the change is in the plan already.
    """
    request = request_of(entry)
    if not request.decision or request.decided_via != "board":
        raise StateWrongError(f"{entry.reference} has no decision of the board to take back.")
    approved = request.decision == "approved"
    request.decision, request.decided_via, request.decided_on, request.decided_by = "", "", None, ""
    request.decision_reason = request.decision_evidence = ""
    request.save()
    if request.implemented_on is not None:
        return entry
    _undecided(entry, approved=approved)
    entry.refresh_from_db()
    return entry


def _undecided(entry: Entry, *, approved: bool) -> None:
    calendar, proposal = plan_working_time(entry.project), entry.proposal
    if entry.status != "open":
        entry_reopen(entry=entry, working_time=calendar)
    own = proposal is not None and proposal.origin == origin_of(entry)
    entry_change(
        entry=entry,
        working_time=calendar,
        progress="assessed" if entry.effect else "raised",
        **({"proposal": None} if own else {}),
    )
    if proposal is None:
        return
    if approved and own and proposal.status == "proposed":
        proposal_reject(proposal=proposal, reason=f"the approval of {entry.reference} was taken back")
    elif not approved and proposal.status == "rejected":
        proposal_undo(proposal=proposal)


def _approved(entry: Entry, request: ChangeRequest) -> None:
    calendar = plan_working_time(entry.project)
    entry_change(entry=entry, working_time=calendar, progress="approved")
    if entry.proposal is None and request.payload:
        proposal = _proposed(entry, request)
        entry_change(entry=entry, working_time=calendar, proposal=proposal)


def _proposed(entry: Entry, request: ChangeRequest) -> Proposal:
    """The approved change as a proposal on the plan; an earlier one of this request is taken up again."""
    said = _as_text(entry, request)
    source, _ = source_keep(
        name=f"{entry.reference} as approved.txt",
        data=said.encode(),
        sha256=hashlib.sha256(said.encode()).hexdigest(),
        kind="change request",
        file_format="plain-notes",
        project=entry.project,
    )
    proposal, created = proposal_make(
        key=proposal_key("change request approved", entry.key, sorted(request.payload.items(), key=str)),
        kind=KIND,
        project=entry.project,
        text=f"{entry.reference}: {entry.title}",
        payload=request.payload,
        evidence=list(entry.quotes.all()) or [place_keep(source=source, place="line 1", text=said.split("\n", 1)[0])],
        consequence=request.consequence,
        origin=origin_of(entry),
    )
    return proposal if created or proposal.status != "rejected" else proposal_undo(proposal=proposal)


def _as_text(entry: Entry, request: ChangeRequest) -> str:
    lines = (
        f"{entry.reference}: {entry.title}",
        entry.description,
        request.reason,
        str(request.consequence.get("text", "")),
        f"Approved by {request.decided_by} on {request.decided_on}. {request.decision_reason}".strip(),
        request.decision_evidence,
    )
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def origin_of(entry: Entry) -> str:
    """How a proposal names the request that it came from."""
    return f"change request:{entry.pk}"


def _rejected(entry: Entry, request: ChangeRequest) -> None:
    proposal = entry.proposal
    if proposal is not None and proposal.status == "proposed":
        proposal_reject(proposal=proposal, reason=f"{entry.reference} is rejected: {request.decision_reason}")
        entry.refresh_from_db()
    if entry.status == "open":
        entry_change(entry=entry, working_time=plan_working_time(entry.project), progress="rejected")
        entry_close(entry=entry, on=request.decided_on, note=f"{entry.reference} is rejected")


def _expect_decidable(entry: Entry, request: ChangeRequest, decision: str, reason: str) -> None:
    name = entry.reference or f"'{entry.title}'"
    if decision not in DECISIONS:
        raise InputRefusedError(f"{decision!r} is no decision", remedy=f"Use one of {', '.join(DECISIONS)}.")
    late = request.implemented_on is not None and request.decision != "approved"
    if request.decision and not late:
        raise StateWrongError(f"{name} is {request.decision} already; take that back first.")
    if not late and (entry.status != "open" or state_of_words(entry.progress) not in {"raised", "assessed"}):
        raise StateWrongError(f"{name} is {entry.progress or entry.status}; there is nothing to decide.")
    if decision == "rejected" and not reason.strip():
        raise InputRefusedError("the rejection gives no reason", place="field reason", remedy="Say why in a sentence.")
    counted = votes_counted(entry)
    if decision == "approved" and counted.outcome not in {"", "approved"} and not reason.strip():
        raise StateWrongError(
            f"The votes do not carry {name}: {counted.words}. Wait for them, or give the reason why it is approved all"
            " the same."
        )
