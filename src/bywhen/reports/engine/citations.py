"""Numbers that lead from a sentence or row to the list of sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bywhen.kernel.evidence import EvidenceRef


def citation_ranges(evidence: Iterable[EvidenceRef], numbers: Mapping[EvidenceRef, int]) -> tuple[tuple[int, int], ...]:
    """The numbers of the references in rising order, neighbours joined: three and more in a row become one range.

    >>> refs = [EvidenceRef("plan", f"task {n}") for n in range(1, 7)]
    >>> citation_ranges(refs[:4] + refs[5:], {ref: n for n, ref in enumerate(refs, 1)})
    ((1, 4), (6, 6))
    """
    ranges: list[tuple[int, int]] = []
    for number in sorted({numbers[ref] for ref in evidence}):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    split: list[tuple[int, int]] = []
    for first, last in ranges:
        split += [(first, last)] if last - first != 1 else [(first, first), (last, last)]
    return tuple(split)


def range_text(first: int, last: int) -> str:
    """A range as printed: ``7`` or ``7-9`` with an en dash.

    >>> range_text(7, 7)
    '7'
    """
    return str(first) if first == last else f"{first}\N{EN DASH}{last}"
