"""Lines of notes that frame them."""

from __future__ import annotations

import pytest

from bywhen.meetings.engine.notes import frames


@pytest.mark.parametrize(
    ("text", "framing"),
    [
        ("2. Budget", False),
        ("## Budget:", True),
        ("Weekly sync", True),
        ("Date: 24 September 2026", True),
        ("Anwesende: Ana, Bo", True),
        ("Present were all but Ana", False),
        ("No. | Decision | Decided by |", True),
        ("Send the plan | Ana | Friday", False),
        ("Owner", False),
        ("---", True),
    ],
)
def test_a_line_frames_the_notes_when(text, framing):
    assert frames(text, heading="Budget", title="Weekly Sync") == framing
