"""Findings kept: one row per rule and subject, resolved when the data no longer show it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.findings import Finding as FindingValue
from bywhen.record.models import Finding, Project


@transaction.atomic
def findings_refresh(*, project: Project | None, scope: str, found: Sequence[FindingValue]) -> list[Finding]:
    """Make the stored findings of ``scope`` (a rule prefix such as ``plan``) equal to ``found``.

    New ones are added, known ones keep their first-seen day, absent ones are resolved. Answers the standing ones.
    """
    today = current_clock().today()
    rows = {_key(project, scope, value): value for value in found}
    stored = {row.key: row for row in Finding.objects.filter(project=project, rule__startswith=f"{scope}.")}
    for key, row in stored.items():
        gone = key not in rows
        if gone != bool(row.resolved_on):
            row.resolved_on = today if gone else None
            row.save()
    standing = []
    for key, value in rows.items():
        kept = stored.get(key)
        if kept is None:
            kept = Finding.objects.create(
                key=key,
                rule=f"{scope}.{value.rule}",
                severity=value.severity.value,
                text=value.text,
                subject=value.subject[:300],
                project=project,
                first_seen=today,
            )
        elif kept.text != value.text:
            kept.text = value.text
            kept.save()
        standing.append(kept)
    return standing


def _key(project: Project | None, scope: str, value: FindingValue) -> str:
    identity = f"{project.pk if project else ''}|{scope}|{value.rule}|{value.subject or value.text}"
    return hashlib.sha256(identity.encode()).hexdigest()
