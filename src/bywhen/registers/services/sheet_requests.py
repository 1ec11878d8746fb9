"""What a sheet says about its change requests: who asked, and how far they are.

A sheet never takes a decision back that was recorded here, and never moves a request backwards. What does not live
here: the other columns of the row (``taking_in``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bywhen.kernel.clock import current_clock
from bywhen.kernel.tables import RaidRow
from bywhen.record.selectors.people import person_find
from bywhen.registers.kinds.change import KIND, later_state, state_of_words
from bywhen.registers.services.requests import request_of

if TYPE_CHECKING:
    from bywhen.registers.models import Entry

SHEET = "sheet"
"""How a decision was recorded that a sheet tells."""


def sheet_progress(row: RaidRow, known: Entry | None) -> str:
    """The row's own word for the status, unless the request is further on here."""
    said = row.status[:40]
    if known is None or known.kind != KIND:
        return said
    here = state_of_words(known.progress)
    return said if later_state(state_of_words(said), here) != here or here == state_of_words(said) else known.progress


def sheet_request_keep(*, entry: Entry, row: RaidRow, before: str) -> bool:
    """Keep what the row says of the request. ``before`` is the state in which it was known, '' for a new row: only a
    change that was seen waiting can be seen to be made without approval. Answers whether anything differs.
    """
    if entry.kind != KIND:
        return False
    request, state = request_of(entry), state_of_words(entry.progress)
    wanted: dict[str, Any] = {}
    if row.raised_by and not request.requested_by_text:
        wanted |= {"requested_by": person_find(row.raised_by), "requested_by_text": row.raised_by[:200]}
    day = row.last_movement or current_clock().today()
    if state in {"approved", "rejected"} and not request.decision:
        wanted |= _decided(row, state, day)
    if state == "implemented" and before and before != state and request.implemented_on is None:
        wanted |= {"implemented_on": day, "implementation": f"says {row.place}"}
    for name, value in wanted.items():
        setattr(request, name, value)
    if wanted:
        request.save()
    return bool(wanted)


def _decided(row: RaidRow, state: str, day: date) -> dict[str, Any]:
    return {
        "decision": state,
        "decided_via": SHEET,
        "decided_on": day,
        "decided_by": "the register's own sheet",
        "decision_evidence": row.place,
    }
