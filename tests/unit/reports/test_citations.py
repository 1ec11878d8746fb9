from __future__ import annotations

import pytest

from bywhen.kernel.evidence import EvidenceRef
from bywhen.reports.engine.citations import citation_ranges, range_text

REFS = {EvidenceRef("s", str(n)): n for n in range(1, 10)}


@pytest.mark.parametrize(
    ("numbers", "ranges"),
    [
        ((), ()),
        ((2,), ((2, 2),)),
        ((2, 3), ((2, 2), (3, 3))),
        ((4, 2, 3, 3), ((2, 4),)),
        ((1, 3, 4, 5), ((1, 1), (3, 5))),
    ],
)
def test_citation_ranges_joins_three_neighbours_when_sorted(numbers, ranges):
    assert citation_ranges([ref for wanted in numbers for ref, n in REFS.items() if n == wanted], REFS) == ranges


def test_range_text_uses_en_dash_when_range_is_wide():
    assert (range_text(3, 3), range_text(3, 5)) == ("3", "3\N{EN DASH}5")
