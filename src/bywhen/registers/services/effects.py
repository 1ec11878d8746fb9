"""What accepting a proposed risk or issue does: it enters its register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bywhen.kernel.worktime import WorkingTime
from bywhen.record.engine.payloads import ItemPayload
from bywhen.record.selectors.people import person_find
from bywhen.record.services.proposals import Effect, proposal_key
from bywhen.registers.models import Entry
from bywhen.registers.services.entries import entry_close, entry_open, entry_reopen

if TYPE_CHECKING:
    from bywhen.record.models import Proposal


def entry_effect() -> Effect:
    """Accepting opens the entry (or reopens the one that an undo had cancelled); undoing cancels it."""

    def apply(proposal: Proposal, document: Mapping[str, Any]) -> str:
        item = ItemPayload.from_document(document)
        entry, created = entry_open(
            key=proposal_key("proposal", proposal.key),
            kind=item.kind,
            project=proposal.project,
            title=item.text,
            evidence=list(proposal.quotes.all()),
            working_time=WorkingTime.standard(),
            owner=person_find(item.owner),
            owner_text=item.owner[:200],
            due=item.due,
            task_uid=item.task_uid,
        )
        if not created and entry.status != "open":
            entry_reopen(entry=entry, working_time=WorkingTime.standard())
        return f"registers.entry:{entry.pk}"

    def revert(_proposal: Proposal, effect: str) -> None:
        entry = Entry.objects.get(pk=int(effect.rpartition(":")[2]))
        if entry.status == "open":
            entry_close(entry=entry, status="cancelled", note="the acceptance was undone")

    return Effect(lambda document: ItemPayload.from_document(document).document(), apply, revert)
