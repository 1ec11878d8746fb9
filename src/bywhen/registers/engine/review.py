"""When an entry is looked at again, and what is doubtful about a row before it is taken in. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.tables import RaidRow
from bywhen.kernel.worktime import WorkingTime

SCALE = range(1, 6)
"""Probability and impact are 1 to 5."""


def next_review(last: date, interval_days: int, due: date | None, working_time: WorkingTime) -> date:
    """The day of the next review: ``interval_days`` working days after ``last``, or the working day before ``due`` when
    that comes first and still lies after ``last``.

    >>> next_review(date(2026, 11, 20), 5, date(2026, 11, 25), WorkingTime.standard())
    datetime.date(2026, 11, 24)
    """
    regular = working_time.add_days(last, interval_days)
    if due is None:
        return regular
    eve = working_time.add_days(due, -1)
    return eve if last < eve < regular else regular


def on_scale(value: int | None) -> int | None:
    """The value when it is 1 to 5, else None."""
    return value if value in SCALE else None


def row_findings(rows: Sequence[RaidRow], source: str) -> list[Finding]:
    """What a person should look at in rows of a register: values off the 1 to 5 scale, open rows without an owner.

    ``source`` is the content hash or file name cited as evidence. One finding per doubt, in the order of the rows.
    """
    return [finding for row in rows for finding in _doubts(row, source)]


def _doubts(row: RaidRow, source: str) -> list[Finding]:
    evidence = (EvidenceRef(source, row.place, row.title),)
    subject = row.id or row.title
    found = [
        Finding(
            "register-value-off-scale",
            Severity.WARNING,
            f"The {name} of {row.kind} '{row.title}' is {value}; it counts as unknown, because the scale is 1 to 5.",
            subject=f"{subject}, {name}",
            evidence=evidence,
        )
        for name, value in (("probability", row.probability), ("impact", row.impact))
        if value is not None and on_scale(value) is None
    ]
    if not row.owner:
        text = f"The {row.kind} '{row.title}' has no owner; name one."
        found.append(Finding("register-entry-ownerless", Severity.WARNING, text, subject=subject, evidence=evidence))
    return found
