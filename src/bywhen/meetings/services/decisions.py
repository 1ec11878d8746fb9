"""The decision register: keeping, superseding, withdrawing. A decision's words are never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.counts import Counts
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.tables import RaidRow
from bywhen.meetings.models import Decision, Meeting, Objection
from bywhen.meetings.services.indexing import decision_index
from bywhen.platform.acting import current_actor
from bywhen.record.engine.payloads import ItemPayload
from bywhen.record.services.proposals import Effect, proposal_key
from bywhen.record.services.sources import place_keep

if TYPE_CHECKING:
    from bywhen.record.models import Project, Proposal, Quote, Source


@transaction.atomic
def decisions_take_in(
    *, rows: Sequence[RaidRow], project_of: Mapping[str, Project], default: Project, source: Source
) -> Counts:
    """Take the decision rows of a RAID sheet. A decision that is known is left as it was decided."""
    counts = Counts()
    for row in rows:
        project = project_of.get(row.project.casefold(), default)
        decided_on = row.raised_on or row.due
        if decided_on is None:
            counts.skip(row.place, "a decision needs the day on which it was made")
            continue
        _, created = decision_keep(
            key=proposal_key("raid", project.key, row.id or row.title.casefold()),
            project=project,
            text=row.title,
            decided_by=row.owner or row.raised_by,
            decided_on=decided_on,
            evidence=[place_keep(source=source, place=row.place, text=row.title)],
        )
        counts.created += created
        counts.unchanged += not created
    return counts


@transaction.atomic
def decision_keep(
    *,
    key: str,
    project: Project,
    text: str,
    decided_by: str,
    decided_on: date,
    evidence: Sequence[Quote],
    meeting: Meeting | None = None,
) -> tuple[Decision, bool]:
    """Keep a decision once per ``key``."""
    decision, created = Decision.objects.get_or_create(
        key=key,
        defaults={
            "project": project,
            "meeting": meeting,
            "text": text,
            "decided_by": decided_by[:200],
            "decided_on": decided_on,
        },
    )
    if created:
        decision.quotes.set(evidence)
        decision_index(decision=decision)
    return decision, created


@transaction.atomic
def decision_supersede(*, decision: Decision, by: Decision) -> Decision:
    """A later decision takes the place of this one; its words stay.

    Raises:
        StateWrongError: when this one no longer stands, or when ``by`` was itself replaced by it.
    """
    _expect_standing(decision)
    replaced, seen = by, {decision.pk}
    while replaced.superseded_by is not None and replaced.pk not in seen:
        replaced = replaced.superseded_by
    if replaced.pk in seen:
        raise StateWrongError(f"'{by.text}' was itself replaced by '{decision.text}'; choose another decision.")
    decision.status, decision.superseded_by = "superseded", by
    decision.save()
    return decision


@transaction.atomic
def decision_withdraw(*, decision: Decision) -> Decision:
    """It no longer holds, and nothing takes its place.

    Raises:
        StateWrongError: when it no longer stands.
    """
    _expect_standing(decision)
    decision.status = "withdrawn"
    decision.save()
    return decision


@transaction.atomic
def decision_restore(*, decision: Decision) -> Decision:
    """It stands again (undo of superseding or withdrawing)."""
    decision.status, decision.superseded_by = "standing", None
    decision.save()
    return decision


@transaction.atomic
def decision_options_keep(*, decision: Decision, options: str) -> Decision:
    """Say what else was considered; the audit trail keeps what stood there before.

    Raises:
        StateWrongError: when it no longer stands, or somebody has objected: they objected to what stood there.
    """
    _expect_standing(decision)
    if decision.objections.exists():
        raise StateWrongError(f"Somebody has objected to '{decision.text}'; what was considered stays as they saw it.")
    decision.options = options.strip()
    decision.save()
    decision_index(decision=decision)
    return decision


@transaction.atomic
def objections_invite(*, decision: Decision, until: date) -> Decision:
    """Let whoever was not there object up to and including a day.

    Raises:
        StateWrongError: when it no longer stands, or the day has passed.
    """
    _expect_standing(decision)
    if until < current_clock().today():
        raise StateWrongError(f"{until} has passed; give a day from today on.")
    decision.objections_until = until
    decision.save()
    return decision


@transaction.atomic
def objections_close(*, decision: Decision) -> Decision:
    """Take no objections any more; those that were raised stay."""
    decision.objections_until = None
    decision.save()
    return decision


@transaction.atomic
def objection_raise(*, decision: Decision, by: str, text: str) -> Objection:
    """Keep an objection; the decision stands until somebody supersedes or withdraws it.

    Raises:
        StateWrongError: when it no longer stands, or its window is not open.
        InputRefusedError: when nobody objects or nothing is said.
    """
    _expect_standing(decision)
    if decision.objections_until is None or decision.objections_until < current_clock().today():
        raise StateWrongError(f"'{decision.text}' takes no objections today; ask its owner to open the window.")
    if not by.strip() or not text.strip():
        raise InputRefusedError("an objection needs a name and a reason", remedy="Say who objects, and why.")
    return Objection.objects.create(
        decision=decision, by=by.strip()[:200], text=text.strip(), raised_at=current_clock().now()
    )


@transaction.atomic
def objection_answer(*, objection: Objection, answer: str) -> Objection:
    """Say what became of an objection; the last answer holds.

    Raises:
        InputRefusedError: when nothing is said.
    """
    if not answer.strip():
        raise InputRefusedError("the answer is empty", place="field answer", remedy="Say what becomes of it.")
    objection.answer, objection.answered_by = answer.strip(), current_actor().name[:200]
    objection.save()
    return objection


@transaction.atomic
def objection_reopen(*, objection: Objection) -> Objection:
    """Take the answer back (undo of answering)."""
    objection.answer = objection.answered_by = ""
    objection.save()
    return objection


@transaction.atomic
def objection_take_back(*, objection: Objection) -> None:
    """It was not meant (undo of raising); the audit trail keeps it.

    Raises:
        StateWrongError: when it was answered already.
    """
    if objection.answer:
        raise StateWrongError(f"The objection of {objection.by} was answered and stays; take the answer back first.")
    objection.delete()


def _expect_standing(decision: Decision) -> None:
    if decision.status != "standing":
        raise StateWrongError(f"'{decision.text}' is {decision.status} already; restore it first.")


def decision_effect() -> Effect:
    """Accepting a proposed decision writes it into the register; undoing withdraws it, visibly."""

    def apply(proposal: Proposal, document: Mapping[str, Any]) -> str:
        item = ItemPayload.from_document(document)
        meeting = Meeting.objects.filter(pk=item.meeting or 0).first()
        quotes = list(proposal.quotes.all())
        decision, _ = decision_keep(
            key=proposal_key("proposal", proposal.key, item.text),
            project=proposal.project,
            text=item.text,
            decided_by=item.owner or (quotes[0].speaker if quotes else ""),
            decided_on=meeting.held_on if meeting else proposal.proposed_at.date(),
            evidence=quotes,
            meeting=meeting,
        )
        if decision.status != "standing":
            decision.status = "standing"
            decision.save()
        return f"meetings.decision:{decision.pk}"

    def revert(_proposal: Proposal, effect: str) -> None:
        decision = Decision.objects.get(pk=int(effect.rpartition(":")[2]))
        decision.status = "withdrawn"
        decision.save()

    return Effect(lambda document: ItemPayload.from_document(document).document(), apply, revert)
