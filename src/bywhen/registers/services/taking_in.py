"""Taking in the register rows of a RAID sheet, again and again, without doubling anything."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.counts import Counts
from bywhen.kernel.tables import RaidRow
from bywhen.kernel.worktime import WorkingTime
from bywhen.record.selectors.people import person_find
from bywhen.record.services.proposals import proposal_key
from bywhen.record.services.sources import place_keep
from bywhen.registers.engine.review import on_scale
from bywhen.registers.kinds.change import state_of_words
from bywhen.registers.models import Entry
from bywhen.registers.selectors.catalogue import register_get
from bywhen.registers.services.entries import entry_change, entry_close, entry_open, entry_reopen
from bywhen.registers.services.sheet_requests import sheet_progress, sheet_request_keep

if TYPE_CHECKING:
    from bywhen.record.models import Project, Source

CLOSED_WORDS = frozenset(
    {
        "closed",
        "done",
        "complete",
        "completed",
        "resolved",
        "rejected",
        "implemented",
        "cancelled",
        "canceled",
        "mitigated",
        "retired",
        "expired",
        "erledigt",
    }
)


@transaction.atomic
def entries_take_in(
    *,
    rows: Sequence[RaidRow],
    project_of: Mapping[str, Project],
    default: Project,
    source: Source,
    working_time: WorkingTime,
) -> Counts:
    """Take in risks, assumptions, issues, dependencies and change requests; the same rows again change nothing.

    ``project_of`` maps a row's project (lower case) to the project. A row of another kind, or one that stands in the
    sheet twice, is skipped with its reason. A row that says what it said last time leaves alone what people changed.
    """
    counts, seen = Counts(), dict[str, str]()
    for row in rows:
        project = project_of.get(row.project.casefold(), default)
        key = proposal_key("register", project.key, row.kind, (row.id or row.title).casefold())
        if register_get(row.kind) is None:
            counts.skip(row.place, f"kind '{row.kind}' belongs to no register")
        elif not row.title.strip():
            counts.skip(row.place, "no title")
        elif key in seen:
            counts.skip(row.place, f"duplicate of {seen[key]}")
        else:
            seen[key] = row.place
            outcome = _row_take_in(row, key, project, source, working_time)
            setattr(counts, outcome, getattr(counts, outcome) + 1)
    return counts


def _row_take_in(row: RaidRow, key: str, project: Project, source: Source, working_time: WorkingTime) -> str:
    digest = hashlib.sha256(repr(astuple(replace(row, place=""))).encode("utf-8", "surrogatepass")).hexdigest()
    known = Entry.objects.filter(key=key).first()
    if known is None:
        _row_open(row, key, digest, project, source, working_time)
        return "created"
    if known.row_digest == digest:
        return _owner_found(known, row, working_time)
    changed = _row_update(row, known, working_time)
    known.row_digest = digest
    known.save()
    known.quotes.add(place_keep(source=source, place=row.place, text=row.title))
    return "updated" if changed else "unchanged"


def _row_open(row: RaidRow, key: str, digest: str, project: Project, source: Source, working_time: WorkingTime) -> None:
    values = _values(row)
    moved = row.last_movement or row.raised_on
    if moved is not None:
        values["last_moved_on"] = moved
    entry, _ = entry_open(
        key=key,
        kind=row.kind,
        project=project,
        evidence=[place_keep(source=source, place=row.place, text=row.title)],
        working_time=working_time,
        raised_on=row.raised_on or moved,
        row_digest=digest,
        reference=row.id[:40],
        review_on=row.review_on,
        **values,
    )
    sheet_request_keep(entry=entry, row=row, before="")
    if _closed(row):
        entry_close(entry=entry, on=row.last_movement or row.due or entry.last_moved_on, note=f"closed in {row.place}")


def _row_update(row: RaidRow, entry: Entry, working_time: WorkingTime) -> bool:
    if entry.status != "open":
        came_back = not _closed(row) and row.last_movement and entry.closed_on and row.last_movement > entry.closed_on
        if not came_back:
            return False
        entry_reopen(entry=entry, working_time=working_time, on=row.last_movement)
    values, before = _values(row), state_of_words(entry.progress)
    values["owner"] = values["owner"] or entry.owner
    values["progress"] = sheet_progress(row, entry)
    reviewed_since = row.review_on and entry.reviewed_on and row.review_on <= entry.reviewed_on
    values["review_on"] = (None if reviewed_since else row.review_on) or entry.review_on
    values["last_moved_on"] = max(row.last_movement or entry.last_moved_on, entry.last_moved_on)
    changed = entry_change(entry=entry, working_time=working_time, on=row.last_movement, **values)
    changed = sheet_request_keep(entry=entry, row=row, before=before) or changed
    if _closed(row):
        entry_close(entry=entry, on=row.last_movement, note=f"closed in {row.place}")
    return changed or _closed(row)


def _owner_found(entry: Entry, row: RaidRow, working_time: WorkingTime) -> str:
    """The people list may come after the sheet: a name that meant nobody then may mean somebody now."""
    owner = person_find(row.owner) if entry.owner is None and entry.status == "open" else None
    if owner is None:
        return "unchanged"
    entry_change(entry=entry, working_time=working_time, on=entry.last_moved_on, owner=owner)
    return "updated"


def _values(row: RaidRow) -> dict[str, Any]:
    return {
        "title": row.title,
        "description": row.description,
        "owner": person_find(row.owner),
        "owner_text": row.owner[:200],
        "probability": on_scale(row.probability),
        "impact": on_scale(row.impact),
        "response": row.response,
        "progress": row.status[:40],
        "due": row.due,
        "task_uid": row.task_uid,
    }


def _closed(row: RaidRow) -> bool:
    return row.status.strip().casefold() in CLOSED_WORDS
