"""Keeping what came in: sources by content hash, the intake ledger, quotes into sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.counts import Counts
from bywhen.kernel.errors import EvidenceMissingError
from bywhen.kernel.evidence import quote_stands
from bywhen.record.models import Intake, Project, Quote, Source


def source_keep(
    *, name: str, data: bytes, sha256: str, kind: str, file_format: str = "", project: Project | None = None
) -> tuple[Source, bool]:
    """Keep the bytes; answer the source and whether it is new. The same content is kept once."""
    return Source.objects.get_or_create(
        sha256=sha256,
        defaults={
            "name": name[:400],
            "kind": kind,
            "format": file_format,
            "size": len(data),
            "received_at": current_clock().now(),
            "project": project,
            "content": data,
        },
    )


@transaction.atomic
def intake_record(
    *,
    source: Source,
    kind: str,
    counts: Counts,
    part: str = "",
    losses: Sequence[Mapping[str, Any]] = (),
    mapping: Mapping[str, str] | None = None,
) -> Intake:
    """Write one line of the intake ledger."""
    return Intake.objects.create(
        source=source,
        part=part[:200],
        kind=kind,
        at=current_clock().now(),
        read=counts.read,
        created=counts.created,
        updated=counts.updated,
        unchanged=counts.unchanged,
        skipped=[{"place": place, "reason": reason} for place, reason in counts.skipped],
        losses=list(losses),
        mapping=dict(mapping or {}),
    )


def quote_keep(
    *, source: Source, place: str, text: str, within: str, speaker: str = "", at_seconds: float | None = None
) -> Quote:
    """Keep a verbatim quote. ``within`` is the source's own text at that place.

    Raises:
        EvidenceMissingError: when the words do not stand there.
    """
    if not quote_stands(text, within):
        raise EvidenceMissingError(f"{source.name}, {place}: the quoted words do not stand there: {text[:80]!r}.")
    quote, _ = Quote.objects.get_or_create(
        source=source, place=place[:200], text=text, defaults={"speaker": speaker[:200], "at_seconds": at_seconds}
    )
    return quote


def place_keep(*, source: Source, place: str, text: str = "") -> Quote:
    """Cite a place (a row, a cell, a task) by what the reader found in it."""
    quote, _ = Quote.objects.get_or_create(source=source, place=place[:200], text=text)
    return quote


def places_keep(*, source: Source, places: Sequence[tuple[str, str]]) -> list[Quote]:
    """Cite many places (place, text) of one source with two queries; answers the quotes in the same order."""
    wanted = [(place[:200], text) for place, text in places]
    known = {(quote.place, quote.text): quote for quote in Quote.objects.filter(source=source)}
    new = [
        Quote(source=source, place=place, text=text)
        for place, text in dict.fromkeys(wanted)
        if (place, text) not in known
    ]
    known |= {(quote.place, quote.text): quote for quote in Quote.objects.bulk_create(new)}
    return [known[each] for each in wanted]
