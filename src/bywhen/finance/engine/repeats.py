"""Bookings that stand in a ledger twice, or may do. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.tables import LedgerRow


def repeat_finding(row: LedgerRow, first_place: str, source: str) -> Finding:
    """A row that says exactly what another one says; it is counted once."""
    name = row.document or row.supplier or row.description or "a booking"
    return Finding(
        "ledger-row-twice",
        Severity.WARNING,
        f"{name} over {row.amount:,} {row.currency} stands in {first_place} and in {row.place}; it is counted once.",
        subject=f"{row.place} repeats {first_place}",
        evidence=(EvidenceRef(source, first_place), EvidenceRef(source, row.place)),
    )


def possible_repeats(rows: Sequence[LedgerRow], source: str) -> list[Finding]:
    """Rows with the same document, supplier and amount that differ in something else: both are counted, and shown.

    One finding per document, in the order of the rows. Rows without a document number are not judged.
    """
    groups: defaultdict[tuple[object, ...], list[LedgerRow]] = defaultdict(list)
    for row in rows:
        if row.document.strip() and row.amount.is_finite():
            words = (row.document, row.supplier, row.currency, row.project)
            groups[row.amount, *(word.strip().casefold() for word in words)].append(row)
    return [_possible(group, source) for group in groups.values() if _differ(group)]


def _differ(group: list[LedgerRow]) -> bool:
    return len({(row.booked_on, row.category.casefold(), row.order, row.description) for row in group}) > 1


def _possible(group: list[LedgerRow], source: str) -> Finding:
    first = group[0]
    places = "; ".join(row.place for row in group)
    return Finding(
        "ledger-document-twice",
        Severity.WARNING,
        f"{first.document} over {first.amount:,} {first.currency} stands in {places} with other particulars; "
        "all are counted, so check whether it was booked twice.",
        subject=f"{first.supplier} {first.document} {first.amount}",
        evidence=tuple(EvidenceRef(source, row.place) for row in group),
    )
