"""Opening, moving and closing loops. Every change is a movement; only meaningful ones reset the silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.counts import Counts
from bywhen.kernel.errors import StateWrongError
from bywhen.kernel.tables import RaidRow
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.engine.movement import MEANINGFUL, next_check
from bywhen.loops.models import Loop, Movement
from bywhen.platform.acting import current_actor
from bywhen.record.engine.payloads import ItemPayload
from bywhen.record.selectors.people import person_find
from bywhen.record.selectors.plan import plan_working_time
from bywhen.record.services.proposals import proposal_key
from bywhen.record.services.sources import place_keep

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project, Proposal, Quote, Source

CLOSED_WORDS = frozenset(
    {"closed", "done", "complete", "completed", "resolved", "cancelled", "canceled", "mitigated", "erledigt"}
)
LOOP_KINDS = frozenset({"action", "blocker", "question", "decision needed"})
"""Rows of a RAID sheet that are open loops; the others belong to a register."""


@transaction.atomic
def loop_open(
    *,
    key: str,
    kind: str,
    project: Project,
    title: str,
    evidence: Sequence[Quote],
    working_time: WorkingTime,
    owner: Person | None = None,
    owner_text: str = "",
    opened_on: date | None = None,
    due: date | None = None,
    **fields: Any,
) -> tuple[Loop, bool]:
    """Open a loop once per ``key``; answers it and whether it is new. A next check is always set; a missing owner is
    left missing, and shown as a breach of the invariant until somebody takes it.
    """
    today = current_clock().today()
    loop, created = Loop.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "project": project,
            "title": title,
            "owner": owner,
            "owner_text": owner_text[:200],
            "opened_on": opened_on or today,
            "last_moved_on": opened_on or today,
            "due": due,
            "next_check": next_check(kind, today, due, working_time),
            **fields,
        },
    )
    if created:
        loop.quotes.set(evidence)
        _move(loop, "opened", on=loop.opened_on)
    return loop, created


@transaction.atomic
def loop_change(
    *, loop: Loop, working_time: WorkingTime, note: str = "", on: date | None = None, **fields: Any
) -> Loop:
    """Change owner, due, waiting_on, progress, title or next_check; each real change is a movement of its kind."""
    if loop.status != "open":
        raise StateWrongError(f"'{loop.title}' is {loop.status}; reopen it before changing it.")
    kinds = {
        "owner": "owner",
        "due": "due",
        "waiting_on": "waiting",
        "progress": "progress",
        "title": "comment",
        "next_check": "check",
    }
    changed = {field: value for field, value in fields.items() if getattr(loop, field) != value}
    for field, value in changed.items():
        _move(loop, kinds.get(field, "comment"), before=getattr(loop, field), after=value, note=note, on=on)
        setattr(loop, field, value)
    if changed and "next_check" not in changed:
        loop.next_check = next_check(loop.kind, current_clock().today(), loop.due, working_time)
    if changed:
        loop.deferred_reason = ""
        loop.save()
    return loop


@transaction.atomic
def loop_close(*, loop: Loop, note: str = "", on: date | None = None, status: str = "closed") -> Loop:
    """Close (or cancel) it."""
    if loop.status != "open":
        raise StateWrongError(f"'{loop.title}' is already {loop.status}.")
    day = on or current_clock().today()
    _move(loop, "status", before="open", after=status, note=note, on=day)
    loop.status, loop.closed_on, loop.next_check = status, day, None
    loop.save()
    return loop


@transaction.atomic
def loop_reopen(*, loop: Loop, working_time: WorkingTime, note: str = "") -> Loop:
    """Open it again (undo, or it came back)."""
    today = current_clock().today()
    _move(loop, "status", before=loop.status, after="open", note=note)
    loop.status, loop.closed_on = "open", None
    loop.next_check = next_check(loop.kind, today, loop.due, working_time)
    loop.save()
    return loop


@transaction.atomic
def loop_defer(*, loop: Loop, until: date | None, reason: str) -> Loop:
    """It can wait: look again on ``until``; the reason is kept. No movement: the silence goes on counting. An empty
    reason takes a deferral back.
    """
    _move(loop, "check", before=loop.next_check, after=until, note=reason)
    loop.next_check, loop.deferred_reason = until, reason
    loop.save()
    return loop


@transaction.atomic
def loop_comment(*, loop: Loop, note: str) -> None:
    """A word on it; no movement."""
    _move(loop, "comment", note=note)


@transaction.atomic
def loops_take_in(
    *,
    rows: Sequence[RaidRow],
    project_of: Mapping[str, Project],
    default: Project,
    source: Source,
    working_time: WorkingTime,
) -> Counts:
    """Take the action, blocker and question rows of a RAID sheet; a second call with the same rows changes nothing."""
    counts, seen = Counts(), dict[str, str]()
    for row in rows:
        project = project_of.get(row.project.casefold(), default)
        key = _row_key(project, row)
        if key in seen:
            counts.skip(row.place, f"duplicate of {seen[key]}")
            continue
        seen[key] = row.place
        known = Loop.objects.filter(key=key).first()
        if known is None:
            _row_open(row, project, source, working_time)
            counts.created += 1
        elif _row_update(row, known, working_time):
            counts.updated += 1
        else:
            counts.unchanged += 1
    return counts


def _row_key(project: Project, row: RaidRow) -> str:
    return proposal_key("raid", project.key, row.id or row.title.casefold())


def _row_open(row: RaidRow, project: Project, source: Source, working_time: WorkingTime) -> None:
    owner = person_find(row.owner)
    moved = row.last_movement or row.raised_on
    loop, _ = loop_open(
        key=_row_key(project, row),
        kind="decision" if row.kind == "decision needed" else row.kind,
        project=project,
        title=row.title,
        detail=row.description,
        reference=row.id[:40],
        evidence=[place_keep(source=source, place=row.place, text=row.title)],
        working_time=working_time,
        owner=owner,
        owner_text=row.owner,
        raised_by=row.raised_by[:200],
        waiting_on=row.waiting_on[:200],
        opened_on=row.raised_on,
        due=row.due,
        progress=row.status[:40],
        task_uid=row.task_uid,
    )
    if moved and moved > loop.opened_on:
        _move(loop, "progress", after=row.status, on=moved)
        loop.save()
    if row.status.casefold() in CLOSED_WORDS:
        loop_close(loop=loop, on=row.last_movement or row.due)


def _row_update(row: RaidRow, loop: Loop, working_time: WorkingTime) -> bool:
    closed = row.status.casefold() in CLOSED_WORDS
    if loop.status != "open":
        return False
    if closed:
        loop_close(loop=loop, on=row.last_movement, note=f"closed in {row.place}")
        return True
    owner = person_find(row.owner) or loop.owner
    wanted: dict[str, Any] = {
        "title": row.title,
        "owner": owner,
        "due": row.due or loop.due,
        "waiting_on": row.waiting_on[:200] or loop.waiting_on,
        "progress": row.status[:40] or loop.progress,
    }
    before = loop.last_moved_on
    changed = any(getattr(loop, field) != value for field, value in wanted.items())
    if changed:
        loop_change(loop=loop, working_time=working_time, on=row.last_movement, **wanted)
    if row.last_movement and row.last_movement > before and not changed:
        _move(loop, "evidence", note=row.place, on=row.last_movement)
        loop.save()
        return True
    return changed


def item_loop_open(proposal: Proposal, item: ItemPayload) -> int:
    """Open the loop of an accepted action or question, or the one that an undo had cancelled; answers its number."""
    calendar, owner = plan_working_time(proposal.project), person_find(item.owner)
    loop, created = loop_open(
        key=proposal_key("proposal", proposal.key),
        kind=item.kind,
        project=proposal.project,
        title=item.text,
        evidence=list(proposal.quotes.all()),
        working_time=calendar,
        owner=owner,
        owner_text=item.owner,
        due=item.due,
        task_uid=item.task_uid,
        raised_by=current_actor().name,
    )
    if not created and loop.status != "open":
        loop_reopen(loop=loop, working_time=calendar, note="accepted again")
        said: dict[str, Any] = {"title": item.text, "owner": owner, "owner_text": item.owner[:200], "due": item.due}
        loop_change(loop=loop, working_time=calendar, **said)
    return loop.pk


def item_loop_cancel(pk: int) -> None:
    """The acceptance was undone."""
    loop = Loop.objects.get(pk=pk)
    if loop.status == "open":
        loop_close(loop=loop, status="cancelled", note="the acceptance was undone")


def _move(loop: Loop, kind: str, *, before: Any = "", after: Any = "", note: str = "", on: date | None = None) -> None:
    day = on or current_clock().today()
    Movement.objects.create(
        loop=loop,
        on=day,
        kind=kind,
        before=_shown(before),
        after=_shown(after),
        by=current_actor().name,
        note=note,
    )
    if kind in MEANINGFUL and day > loop.last_moved_on:
        loop.last_moved_on = day


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:400]
