"""Findings kept: one row per rule and subject, resolved when the data no longer show it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError
from bywhen.kernel.findings import Finding as FindingValue
from bywhen.platform.acting import current_actor
from bywhen.platform.audit import audit_record
from bywhen.record.models import Finding, Project, Quote, Source
from bywhen.record.services.sources import place_keep


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
            # Somebody judged the old words: what it says now is for a person again.
            kept.text, kept.dismissed_on, kept.dismissed_by, kept.dismissed_reason = value.text, None, "", ""
            kept.save()
        kept.quotes.set(_quotes(value))
        standing.append(kept)
    return standing


@transaction.atomic
def findings_add(*, project: Project | None, scope: str, found: Sequence[FindingValue]) -> int:
    """Keep what was noticed once, while a file was read; answers how many are new. A person resolves them."""
    new = 0
    for value in found:
        finding, created = Finding.objects.get_or_create(
            key=_key(project, scope, value),
            defaults={
                "rule": f"{scope}.{value.rule}",
                "severity": value.severity.value,
                "text": value.text,
                "subject": value.subject[:300],
                "project": project,
                "first_seen": current_clock().today(),
            },
        )
        if created:
            finding.quotes.set(_quotes(value))
        new += created
    return new


@transaction.atomic
def finding_dismiss(*, finding: Finding, reason: str) -> Finding:
    """Seen, and it does not matter, because ...: it leaves the queue until its text changes.

    Raises:
        InputRefusedError: without a reason.
    """
    if not reason.strip():
        raise InputRefusedError(
            "no reason is given", place="field reason", remedy="Say in a few words why it can be left."
        )
    finding.dismissed_on = current_clock().today()
    finding.dismissed_by = current_actor().name
    finding.dismissed_reason = reason.strip()
    finding.save()
    _told(finding, "finding dismissed", finding.dismissed_reason)
    return finding


@transaction.atomic
def finding_restore(*, finding: Finding) -> Finding:
    """Take a dismissal back: it needs a person again."""
    finding.dismissed_on, finding.dismissed_by, finding.dismissed_reason = None, "", ""
    finding.save()
    _told(finding, "finding restored", "")
    return finding


def _told(finding: Finding, action: str, reason: str) -> None:
    audit_record(action=action, subject=f"record.finding:{finding.pk}", changes={}, reason=reason)


def _quotes(value: FindingValue) -> list[Quote]:
    """The evidence as stored quotes; what cites a source that was not kept is left out."""
    sources = {
        s.sha256: s for s in Source.objects.filter(sha256__in={ref.source for ref in value.evidence}).defer("content")
    }
    return [
        place_keep(source=sources[ref.source], place=ref.place, text=ref.quote)
        for ref in value.evidence
        if ref.source in sources
    ]


def _key(project: Project | None, scope: str, value: FindingValue) -> str:
    identity = f"{project.pk if project else ''}|{scope}|{value.rule}|{value.subject or value.text}"
    return hashlib.sha256(identity.encode()).hexdigest()
