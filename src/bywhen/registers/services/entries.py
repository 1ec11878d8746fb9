"""Opening, changing, reviewing and closing entries of the registers.

Movement is a change of score, response, status, owner or due date; a review that changes nothing sets the next review
day but is no movement. What does not live here: taking in sheets (``intake``), proposals' effects (``effects``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.selectors import loop_list
from bywhen.loops.services import loop_close
from bywhen.record.services.proposals import proposal_key
from bywhen.registers.engine.review import next_review, on_scale
from bywhen.registers.models import Entry
from bywhen.registers.selectors.catalogue import RegisterKind, register_get, register_list

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project, Quote

MOVING = frozenset({"probability", "impact", "response", "status", "progress", "owner", "due"})
"""Fields whose change is a movement; a new title or description is not."""


@transaction.atomic
def entry_open(
    *,
    key: str,
    kind: str,
    project: Project,
    title: str,
    evidence: Sequence[Quote],
    working_time: WorkingTime,
    owner: Person | None = None,
    raised_on: date | None = None,
    **fields: Any,
) -> tuple[Entry, bool]:
    """Open an entry once per ``key``; answers it and whether it is new. Score, band and review day are always computed.

    Raises:
        InputRefusedError: when no register has this kind, or probability or impact are off the 1 to 5 scale.
    """
    register = _register(kind)
    known = Entry.objects.filter(key=key).first()
    if known is not None:
        return known, False
    raised = raised_on or current_clock().today()
    values = {"last_moved_on": raised, **fields}
    entry = Entry(key=key, kind=kind, project=project, title=title, owner=owner, raised_on=raised, **values)
    _scored(entry, register)
    if entry.review_on is None:
        entry.review_on = _review_after(entry, entry.last_moved_on, working_time)
    entry.save()
    entry.quotes.set(evidence)
    return entry, True


@transaction.atomic
def entry_change(*, entry: Entry, working_time: WorkingTime, on: date | None = None, **fields: Any) -> bool:
    """Change fields of an open entry; answers whether anything differed. A new score sets a new review day.

    Raises:
        StateWrongError: when it is not open.
        InputRefusedError: when probability or impact are off the 1 to 5 scale.
    """
    _expect_open(entry)
    changed = {name: value for name, value in fields.items() if getattr(entry, name) != value}
    asked, band = review_key(entry), entry.band
    for name, value in changed.items():
        setattr(entry, name, value)
    if not changed:
        return False
    day = on or current_clock().today()
    if MOVING & changed.keys():
        entry.last_moved_on = max(entry.last_moved_on, day)
    _scored(entry, _register(entry.kind))
    if entry.band != band and "review_on" not in changed:
        entry.review_on = _review_after(entry, day, working_time)
    if review_key(entry) != asked:
        _review_loops_close(entry, asked, "the review day was moved")
    entry.save()
    return True


@transaction.atomic
def entry_review(
    *, entry: Entry, working_time: WorkingTime, note: str = "", on: date | None = None, **fields: Any
) -> Entry:
    """Somebody looked at it: take over what they changed, set the next review day, close the loop that asked for it."""
    day = on or current_clock().today()
    asked = review_key(entry)
    entry_change(entry=entry, working_time=working_time, on=day, **fields)
    _review_loops_close(entry, asked, note or "reviewed")
    entry.reviewed_on = day
    entry.review_on = _review_after(entry, day, working_time)
    entry.save()
    return entry


@transaction.atomic
def entry_close(*, entry: Entry, note: str = "", on: date | None = None, status: str = "closed") -> Entry:
    """Close (or cancel) it; nothing asks for its review any more."""
    _expect_open(entry)
    day = on or current_clock().today()
    _review_loops_close(entry, review_key(entry), note or f"the {entry.kind} is {status}")
    entry.status, entry.closed_on, entry.review_on = status, day, None
    entry.last_moved_on = max(entry.last_moved_on, day)
    entry.save()
    return entry


@transaction.atomic
def entry_reopen(*, entry: Entry, working_time: WorkingTime, on: date | None = None) -> Entry:
    """Open it again (undo, or it came back)."""
    if entry.status == "open":
        raise StateWrongError(f"'{entry.title}' is open already.")
    day = on or current_clock().today()
    entry.status, entry.closed_on = "open", None
    entry.last_moved_on = max(entry.last_moved_on, day)
    entry.review_on = _review_after(entry, day, working_time)
    entry.save()
    return entry


def review_key(entry: Entry) -> str:
    """The key of the loop that asks for the entry's present review."""
    return proposal_key("review", entry.key, entry.review_on)


def _review_loops_close(entry: Entry, key: str, note: str) -> None:
    for loop in loop_list(project=entry.project, kind="review").filter(key=key):
        loop_close(loop=loop, note=note)


def _review_after(entry: Entry, day: date, working_time: WorkingTime) -> date:
    return next_review(day, _register(entry.kind).review_days(entry.band), entry.due, working_time)


def _scored(entry: Entry, register: RegisterKind) -> None:
    for name in ("probability", "impact"):
        value = getattr(entry, name)
        if value is not None and on_scale(value) is None:
            raise InputRefusedError(f"{value} is off the scale", place=f"field {name}", remedy="Give 1 to 5.")
    entry.score = register.exposure(entry.probability, entry.impact)
    entry.band = register.band(entry.score)


def _register(kind: str) -> RegisterKind:
    register = register_get(kind)
    if register is None:
        known = ", ".join(each.KIND for each in register_list())
        raise InputRefusedError(
            f"kind {kind!r} belongs to no register", place="field kind", remedy=f"Use one of {known}."
        )
    return register


def _expect_open(entry: Entry) -> None:
    if entry.status != "open":
        raise StateWrongError(f"'{entry.title}' is {entry.status}; reopen it first.")
