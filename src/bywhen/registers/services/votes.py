"""Who is asked to vote on a change request, and the votes. What they amount to: ``engine.voting``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.registers.engine.voting import VOTES, Tally, tally
from bywhen.registers.models import Approval
from bywhen.registers.services.requests import request_of

if TYPE_CHECKING:
    from bywhen.record.models import Person
    from bywhen.registers.models import Entry


@transaction.atomic
def approver_add(*, entry: Entry, person: Person, due: date | None = None) -> Approval:
    """Ask somebody for a vote, by a day; who is asked already keeps the vote and gets the new day.

    Raises:
        StateWrongError: once it is decided.
    """
    _expect_undecided(entry)
    approval, created = Approval.objects.get_or_create(entry=entry, approver=person, defaults={"due": due})
    if not created and approval.due != due:
        approval.due = due
        approval.save()
    return approval


@transaction.atomic
def approver_remove(*, approval: Approval) -> None:
    """Ask somebody no more; the vote, when there is one, stays in the audit trail only.

    Raises:
        StateWrongError: once it is decided.
    """
    _expect_undecided(approval.entry)
    approval.delete()


@transaction.atomic
def vote_cast(*, approval: Approval, vote: str, note: str = "", on: date | None = None) -> Approval:
    """Keep a vote: for, against or abstain; '' takes it back. A vote against says why.

    Raises:
        StateWrongError: once it is decided.
        InputRefusedError: for another word, or a vote against without a reason.
    """
    _expect_undecided(approval.entry)
    if vote and vote not in VOTES:
        raise InputRefusedError(f"{vote!r} is no vote", place="field vote", remedy=f"Use one of {', '.join(VOTES)}.")
    if vote == "against" and not note.strip():
        raise InputRefusedError("the vote against gives no reason", place="field note", remedy="Say why in a sentence.")
    approval.vote, approval.note = vote, note.strip()
    approval.voted_on = (on or current_clock().today()) if vote else None
    approval.save()
    return approval


def votes_counted(entry: Entry) -> Tally:
    """What the votes amount to now."""
    return tally([approval.vote for approval in entry.approvals.all()], request_of(entry).quorum)


def _expect_undecided(entry: Entry) -> None:
    if request_of(entry).decision:
        raise StateWrongError(f"{entry.reference} is decided; take the decision back first.")
