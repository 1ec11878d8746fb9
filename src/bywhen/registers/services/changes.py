"""Change requests that proposed changes of the plan raise, and their way through the register.

What does not live here: rows of sheets (``taking_in``), the change itself and its undoing (room ``schedule``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.worktime import WorkingTime
from bywhen.record.engine.payloads import ChangePayload, change_words
from bywhen.record.services.proposals import proposal_key
from bywhen.registers.kinds.change import FINAL, KIND, ChangeEffect, Thresholds, effect_of, state_of_proposal
from bywhen.registers.models import Entry
from bywhen.registers.selectors.entries import change_reference_next
from bywhen.registers.services.entries import entry_change, entry_close, entry_open, entry_reopen

if TYPE_CHECKING:
    from bywhen.record.models import Proposal

THRESHOLDS = Thresholds()


@transaction.atomic
def changes_follow(
    *, proposals: Iterable[Proposal], working_time: WorkingTime, thresholds: Thresholds = THRESHOLDS
) -> int:
    """Bring the change register up to date with proposed changes of the plan; answers how many entries differ.

    One that waits or was accepted is raised once when its effect reaches ``thresholds``; afterwards the entry follows
    the proposal: accepted is implemented, rejected is rejected, undone is assessed again. Other kinds are left alone.
    """
    changes = [each for each in proposals if each.kind == KIND]
    return sum(_follow(each, working_time, thresholds) for each in changes)


def _follow(proposal: Proposal, working_time: WorkingTime, thresholds: Thresholds) -> bool:
    state, effect = state_of_proposal(proposal.status), effect_of(proposal.consequence)
    entry = Entry.objects.filter(proposal=proposal).first()
    if entry is not None:
        return _brought_up(entry, proposal, state, effect, working_time)
    if effect is None or state in ("", "rejected") or not effect.reaches(thresholds):
        return False
    _brought_up(_raised(proposal, effect, working_time), proposal, state, effect, working_time)
    return True


def _raised(proposal: Proposal, effect: ChangeEffect, working_time: WorkingTime) -> Entry:
    project = proposal.project
    entry, _ = entry_open(
        key=proposal_key("change request", proposal.key),
        kind=KIND,
        project=project,
        title=_title(proposal),
        evidence=list(proposal.quotes.all()),
        working_time=working_time,
        owner=project.lead,
        raised_on=proposal.proposed_at.date(),
        reference=change_reference_next(project),
        description=str(proposal.consequence.get("text", "")),
        effect=effect.document(),
        progress="raised",
        proposal=proposal,
        task_uid=proposal.payload.get("task_uid"),
    )
    return entry


def _title(proposal: Proposal) -> str:
    task = proposal.consequence.get("task")
    payload = ChangePayload.from_document(proposal.edited or proposal.payload)
    return f"'{task}' {change_words(payload)}" if task else proposal.text


def _brought_up(
    entry: Entry, proposal: Proposal, state: str, effect: ChangeEffect | None, working_time: WorkingTime
) -> bool:
    wanted = "open" if state and state not in FINAL else "closed" if state else "cancelled"
    if entry.status != "open" and (entry.status, entry.progress) == (wanted, state or entry.progress):
        return False
    reopened = entry.status != "open"
    if reopened:
        entry_reopen(entry=entry, working_time=working_time)
    values: dict[str, Any] = {
        "title": _title(proposal),
        "progress": state or entry.progress,
        "description": str(proposal.consequence.get("text", "")),
        "effect": effect.document() if effect else entry.effect,
    }
    changed = entry_change(entry=entry, working_time=working_time, **values)
    if wanted != "open":
        day = proposal.decided_at.date() if proposal.decided_at else None
        note = f"the proposed change is {proposal.status}"
        entry_close(entry=entry, note=note, on=day, status=wanted)
    return changed or reopened or wanted != "open"
