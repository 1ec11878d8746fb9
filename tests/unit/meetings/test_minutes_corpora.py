"""The own corpora, all halves, with the floors they have to keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from corpora import minutes_cases
from corpora.minutes_cases import Outcome, rates


@pytest.mark.parametrize("part", ["tuning", "held_out", "open", "set_aside", "later"])
@pytest.mark.parametrize(
    ("cases", "least", "right", "wrong"),
    [
        (minutes_cases.dates, 45, 0.95, 0.02),
        (minutes_cases.owners, 25, 0.93, 0.03),
        (minutes_cases.links, 15, 0.88, 0.03),
        (minutes_cases.changes, 24, 0.90, 0.05),
    ],
    ids=["dates", "owners", "links", "changes"],
)
def test_corpus_keeps_its_floor_when_read_by_the_engines(
    cases: Callable[[str], Iterable[Outcome]], least: int, right: float, wrong: float, part: str
) -> None:
    outcomes = list(cases(part))
    found = rates(outcomes)
    assert found.cases >= least
    assert found.right >= right, [o for o in outcomes if not o.right]
    assert found.wrong <= wrong, [o for o in outcomes if o.wrong]
