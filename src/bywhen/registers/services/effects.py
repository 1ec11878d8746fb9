"""What accepting a proposed risk or issue does: it enters its register; undoing cancels it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bywhen.record.engine.payloads import ItemPayload
from bywhen.record.selectors.people import person_find
from bywhen.record.selectors.plan import plan_working_time
from bywhen.record.services.proposals import proposal_key
from bywhen.registers.models import Entry
from bywhen.registers.services.entries import entry_change, entry_close, entry_open, entry_reopen

if TYPE_CHECKING:
    from bywhen.record.models import Proposal


def item_entry_open(proposal: Proposal, item: ItemPayload) -> int:
    """Open the entry of an accepted item, or the one that an undo had cancelled, as the item says it now."""
    calendar, owner = plan_working_time(proposal.project), person_find(item.owner)
    entry, created = entry_open(
        key=proposal_key("proposal", proposal.key),
        kind=item.kind,
        project=proposal.project,
        title=item.text,
        evidence=list(proposal.quotes.all()),
        working_time=calendar,
        owner=owner,
        owner_text=item.owner[:200],
        due=item.due,
        task_uid=item.task_uid,
    )
    if not created and entry.status != "open":
        entry_reopen(entry=entry, working_time=calendar)
        said: dict[str, Any] = {"title": item.text, "owner": owner, "owner_text": item.owner[:200], "due": item.due}
        entry_change(entry=entry, working_time=calendar, **said)
    return entry.pk


def item_entry_cancel(pk: int) -> None:
    """The acceptance was undone."""
    entry = Entry.objects.get(pk=pk)
    if entry.status == "open":
        entry_close(entry=entry, status="cancelled", note="the acceptance was undone")
