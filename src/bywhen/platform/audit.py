"""The audit trail: who or what changed which field from what to what, and why. Append-only, hash-chained.

Each entry's hash covers its content and the hash before it; the head row holds the last sequence and hash, so that a
changed, missing or cut-off entry is found by :func:`audit_verify`. What does not live here: who acts (``acting``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import AuditBrokenError
from bywhen.platform.acting import current_actor, current_reason
from bywhen.platform.models import AuditEntry, AuditHead

Change = Mapping[str, tuple[Any, Any]]
"""Field -> (before, after)."""


def audit_record(*, action: str, subject: str, changes: Change, reason: str = "") -> AuditEntry:
    """Append one entry. ``subject`` is ``room.model:key``; call inside the transaction of the change itself."""
    return audit_record_many(action=action, rows=[(subject, changes)], reason=reason)[0]


def audit_record_many(*, action: str, rows: Iterable[tuple[str, Change]], reason: str = "") -> list[AuditEntry]:
    """Append one entry per ``(subject, changes)`` row with two queries, however many rows (imports)."""
    actor = current_actor()
    with transaction.atomic():
        head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1)
        entries = []
        for subject, changes in rows:
            entry = AuditEntry(
                sequence=head.sequence + 1,
                at=current_clock().now(),
                actor_kind=actor.kind,
                actor=actor.name,
                action=action,
                subject=subject,
                changes=_plain({field: list(pair) for field, pair in changes.items()}),
                reason=reason or current_reason(),
                previous=head.hash,
            )
            entry.hash = entry_hash(entry)
            head.sequence, head.hash = entry.sequence, entry.hash
            entries.append(entry)
        AuditEntry.objects.bulk_create(entries)
        head.save()
    return entries


def audit_latest(*, subject: str) -> AuditEntry | None:
    """Who or what touched ``subject`` last, and when; None when nothing is known of it."""
    return AuditEntry.objects.filter(subject=subject).order_by("-sequence").first()


def audit_verify() -> int:
    """Walk the whole chain; answer the number of entries.

    Raises:
        AuditBrokenError: naming the first entry that was changed, removed or added behind the product's back.
    """
    previous, expected = "", 1
    for entry in AuditEntry.objects.order_by("sequence").iterator():
        if entry.sequence != expected:
            raise AuditBrokenError(expected, "the entry is missing")
        if entry.previous != previous or entry.hash != entry_hash(entry):
            raise AuditBrokenError(entry.sequence, "its content was changed")
        previous, expected = entry.hash, expected + 1
    head = AuditHead.objects.filter(pk=1).first()
    if (head.sequence if head else 0) != expected - 1 or (head and head.hash != previous):
        raise AuditBrokenError(expected, "entries at the end are missing")
    return expected - 1


def audit_trail(subjects: Iterable[str]) -> list[AuditEntry]:
    """What happened to these subjects, latest first."""
    return list(AuditEntry.objects.filter(subject__in=list(subjects)).order_by("-sequence"))


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 (hex) over the previous hash and the entry's content in canonical JSON."""
    content = {
        "sequence": entry.sequence,
        "at": entry.at.isoformat(),
        "actor": [entry.actor_kind, entry.actor],
        "action": entry.action,
        "subject": entry.subject,
        "changes": entry.changes,
        "reason": entry.reason,
        "previous": entry.previous,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
