"""The one shape of accepting a meeting's item: a room opens something of its own, undoing the acceptance cancels it.

What does not live here: what is opened (each room), the life of the proposal (``proposals``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bywhen.record.engine.payloads import ItemPayload
from bywhen.record.services.proposals import Effect

if TYPE_CHECKING:
    from bywhen.record.models import Proposal


def item_effect(
    what: str, *, opened: Callable[[Proposal, ItemPayload], int], cancelled: Callable[[int], None]
) -> Effect:
    """The effect of accepting an item.

    ``what`` names what is opened (``loops.loop``). ``opened`` opens it, or opens again what an undo had cancelled, with
    what the item says now, and answers its number; ``cancelled`` takes the thing of that number back, and leaves alone
    what has been closed since.
    """

    def apply(proposal: Proposal, document: Mapping[str, Any]) -> str:
        return f"{what}:{opened(proposal, ItemPayload.from_document(document))}"

    def revert(_proposal: Proposal, effect: str) -> None:
        cancelled(int(effect.rpartition(":")[2]))

    return Effect(lambda document: ItemPayload.from_document(document).document(), apply, revert)
