"""Every file of the example is read, as what it is, with nothing left out."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from bywhen.intake.port import ReadOptions
from bywhen.intake.reading import read_file
from factories.meridian import FOLDER

KINDS = {
    "plan.xml": "plan",
    "plans/gateway.xml": "plan",
    "plans/migration.xlsx": "plan",
    "plans/rollout.csv": "plan",
    "people.csv": "people",
    "raid.xlsx": "raid",
    "budget.xlsx": "budget",
    "ledger.csv": "ledger",
    "forecasts.csv": "forecasts",
    "status.csv": "status",
    "calendar.ics": "calendar",
}
MEETINGS = sorted(path.relative_to(FOLDER).as_posix() for path in (FOLDER / "meetings").rglob("*") if path.is_file())


@pytest.mark.parametrize(("name", "kind"), [*KINDS.items(), *((name, "transcript") for name in MEETINGS)])
def test_is_read_as_what_it_is_when_taken_in(name: str, kind: str) -> None:
    (reading,) = read_file(FOLDER / name, ReadOptions(today=date(2026, 11, 23)))
    assert reading.kind == kind
    assert reading.read > 0
    assert not reading.skipped
    assert not reading.findings


def test_holds_18_meetings_in_five_formats_when_counted() -> None:
    formats = Counter(reading.format for name in MEETINGS for reading in read_file(FOLDER / name))
    assert formats.total() == 18
    assert formats.keys() >= {"webvtt", "subrip", "speech-text", "markdown", "word"}


def test_says_who_spoke_when_a_transcript_is_read() -> None:
    for name in MEETINGS:
        (reading,) = read_file(FOLDER / name)
        if not reading.payload.notes:
            assert all(utterance.speaker for utterance in reading.payload.utterances)
