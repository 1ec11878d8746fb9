"""What came of each item of the agenda."""

from __future__ import annotations

import pytest

from bywhen.meetings.engine.missed import Outcome, missed


@pytest.mark.parametrize(
    ("agenda", "outcomes", "left"),
    [
        (["Budget"], [], ("Budget",)),
        (["Budget"], [Outcome("Somebody asks the vendor", ("Budget",))], ()),
        (["1. Budget"], [Outcome("Somebody asks the vendor", ("1 budget",))], ()),
        (["Interface tests"], [Outcome("Repeat the interface test on Monday")], ()),
        (["Interface tests", "Interface tests"], [], ("Interface tests",)),
        (["Budget to completion"], [Outcome("The completion of the tests is at risk")], ("Budget to completion",)),
        (["Welcome", "AOB", "Actions", "", "Next meeting"], [], ()),
    ],
)
def test_missed_names_headings_without_outcome_when(agenda, outcomes, left):
    assert missed(agenda, outcomes) == left
