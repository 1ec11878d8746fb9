"""A change is done, and somebody has looked whether it does what was asked; each can be taken back.

What does not live here: changes that the plan shows; accepting their proposal implements them (``changes``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.platform.acting import current_actor
from bywhen.record.selectors.plan import plan_working_time
from bywhen.registers.services.entries import entry_change, entry_close, entry_reopen
from bywhen.registers.services.requests import request_of

if TYPE_CHECKING:
    from bywhen.registers.models import Entry


@transaction.atomic
def change_implement(*, entry: Entry, note: str = "", on: date | None = None) -> Entry:
    """It is done: for changes that the plan does not show. One without approval stands as a finding from now on.

    Raises:
        StateWrongError: when it is rejected or done already, or its change of the plan still waits.
    """
    request = request_of(entry)
    if entry.status != "open" or request.implemented_on is not None:
        raise StateWrongError(f"{entry.reference} is {entry.progress or entry.status} already.")
    if entry.proposal is not None and entry.proposal.status == "proposed":
        raise StateWrongError(f"The change of {entry.reference} waits at the plan; accepting it there implements it.")
    day = on or current_clock().today()
    request.implemented_on, request.implemented_by = day, current_actor().name[:200]
    request.implementation = note.strip()
    request.save()
    entry_change(entry=entry, working_time=plan_working_time(entry.project), progress="implemented")
    return entry_close(entry=entry, on=day, note=f"{entry.reference} is implemented")


@transaction.atomic
def change_implement_undo(*, entry: Entry) -> Entry:
    """It is not done after all.

    Raises:
        StateWrongError: when it is not implemented, or the change stands in the plan.
    """
    request = request_of(entry)
    if request.implemented_on is None:
        raise StateWrongError(f"{entry.reference} is not implemented.")
    if entry.proposal is not None and entry.proposal.status in {"accepted", "edited"}:
        raise StateWrongError(f"The change of {entry.reference} stands in the plan; undo it there first.")
    request.implemented_on, request.implemented_by, request.implementation = None, "", ""
    request.verified_on, request.verified_by, request.verification = None, "", ""
    request.save()
    calendar = plan_working_time(entry.project)
    entry_reopen(entry=entry, working_time=calendar)
    state = request.decision or ("assessed" if entry.effect else "raised")
    entry_change(entry=entry, working_time=calendar, progress=state)
    return entry


@transaction.atomic
def change_verify(*, entry: Entry, note: str = "", on: date | None = None) -> Entry:
    """Somebody has looked whether it does what was asked.

    Raises:
        StateWrongError: when it is not implemented, or verified already.
        InputRefusedError: without a word on what was looked at.
    """
    request = request_of(entry)
    if request.implemented_on is None or request.verified_on is not None:
        state = "verified already" if request.verified_on else "not implemented yet"
        raise StateWrongError(f"{entry.reference} is {state}.")
    if not note.strip():
        raise InputRefusedError("nothing is said", place="field note", remedy="Say what was looked at.")
    request.verified_on, request.verified_by = on or current_clock().today(), current_actor().name[:200]
    request.verification = note.strip()
    request.save()
    return entry


@transaction.atomic
def change_verify_undo(*, entry: Entry) -> Entry:
    """The verification does not count after all."""
    request = request_of(entry)
    request.verified_on, request.verified_by, request.verification = None, "", ""
    request.save()
    return entry
