"""What happened to an entry, from the audit trail, in words.

What does not live here: writing the trail (``platform.audit``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bywhen.kernel.wording import day_short
from bywhen.platform.audit import audit_trail
from bywhen.record.selectors.people import person_list
from bywhen.registers.selectors.catalogue import register_get

if TYPE_CHECKING:
    from bywhen.platform.models import AuditEntry
    from bywhen.registers.models import Entry

FIELD_NAMES = {
    "title": "Title", "description": "Description", "owner_id": "Owner", "probability": "Probability",
    "impact": "Impact", "response": "Response", "status": "Status", "progress": "State", "due": "Due",
    "review_on": "Next review", "reviewed_on": "Reviewed", "tags": "Tags", "requested_by_id": "Requested by",
    "reason": "Why", "options": "Options", "risk": "Risk of the change", "rollback": "Way back", "cost": "Cost",
    "currency": "Currency", "effort_days": "Effort", "quorum": "Quorum", "decision": "Decision",
    "decided_by": "Decided by", "decision_reason": "Reason", "decision_evidence": "Where it is written",
    "implemented_on": "Implemented", "implementation": "How it was done", "verified_on": "Verified",
    "verification": "What was looked at", "vote": "Vote", "note": "Note",
}  # fmt: skip
"""Columns that people know, in words; the others are bookkeeping."""
_PEOPLE = frozenset({"owner_id", "requested_by_id", "approver_id"})
LONGEST = 160
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Happened:
    """One change: when, by whom, what in words (each field a sentence part), and why."""

    at: datetime
    by: str
    what: tuple[str, ...]
    why: str


def entry_history(entry: Entry) -> list[Happened]:
    """What happened to an entry, to its request and to its votes, latest first; without mere bookkeeping."""
    subjects = {entry.audit_subject: ""}
    if hasattr(entry, "request"):
        subjects[entry.request.audit_subject] = ""
    subjects |= {each.audit_subject: each.approver.name for each in entry.approvals.select_related("approver")}
    names = {person.pk: person.name for person in person_list()}
    register = register_get(entry.kind)
    labels = {**FIELD_NAMES, **(register.LABELS if register else {})}
    rows = ((row, _what(row, subjects[row.subject], names, labels)) for row in audit_trail(subjects))
    return [Happened(row.at, row.actor, what, _reason(row)) for row, what in rows if what]


def _reason(row: AuditEntry) -> str:
    return row.reason if not row.reason.startswith("proposal ") else ""


def _what(row: AuditEntry, voter: str, names: dict[int, str], labels: dict[str, str]) -> tuple[str, ...]:
    if row.action == "create" and row.subject.startswith("registers.entry:"):
        return ("Raised",)
    if row.action == "create" and voter:
        return (f"{voter} is asked to vote",)
    found = tuple(
        f"{labels[name]}{f' of {voter}' if voter else ''}: {_change(name, before, after, names)}"
        for name, (before, after) in row.changes.items()
        if name in FIELD_NAMES and (before or after) and not (name == "currency" and not before)
    )
    return found if row.action != "delete" else ()


def _change(name: str, before: Any, after: Any, names: dict[int, str]) -> str:
    old, new = (_said(name, value, names) for value in (before, after))
    return f"{old} to {new}" if before not in (None, "", 0) else new


def _said(name: str, value: Any, names: dict[int, str]) -> str:
    if value in (None, ""):
        return "nothing"
    if name in _PEOPLE:
        return names.get(value, "somebody")
    if DAY.fullmatch(str(value)):
        return day_short(date.fromisoformat(value))
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"
