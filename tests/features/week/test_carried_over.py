"""What next week's minutes say again: one action stays one, whoever reads what how often."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.transcript import Transcript
from bywhen.loops.selectors import loop_list
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.platform.acting import Actor, acting
from bywhen.record.selectors.proposals import proposal_list
from bywhen.record.services.proposals import proposal_accept
from bywhen.week.services.understanding import meeting_understand
from factories import rows

pytestmark = pytest.mark.django_db
FIRST = "# Weekly sync\n\nAction (Ana): send the draft contract to legal by 23 November\nDecision: two test cycles\n"
SECOND = (
    "# Weekly sync\n\nAction (Ana): send the draft contract to legal by 30 November\nAction (Ana): book the test lab\n"
)


@pytest.fixture(autouse=True)
def _day_after():
    with clock_set(FrozenClock(datetime(2026, 11, 26, 9, tzinfo=UTC))), acting(Actor("person", "Priya Nair")):
        yield


def _meeting(project, name, text, held_on):
    blob = blob_from(name, text.encode())
    (reading,) = read_blob(blob)
    assert isinstance(reading.payload, Transcript)
    source = rows.source(name, blob.data, "transcript", project)
    return meeting_take_in(project=project, source=source, transcript=reading.payload, held_on=held_on)


def _texts(project, meeting):
    return [each.text for each in proposal_list(project=project, origin=f"meeting:{meeting.pk}")]


@pytest.fixture
def project(db):
    project = rows.project()
    meeting, _ = _meeting(project, "2026-11-18-sync.md", FIRST, date(2026, 11, 18))
    meeting_understand(meeting.pk)
    for proposal in proposal_list(project=project):
        if proposal.kind == "action":
            proposal_accept(proposal=proposal)
    return project


def test_proposes_only_what_is_new_when_an_open_action_is_minuted_again(project):
    again, _ = _meeting(project, "2026-11-25-sync.md", SECOND, date(2026, 11, 25))
    assert meeting_understand(again.pk) == 1
    assert _texts(project, again) == ["book the test lab"]
    again.refresh_from_db()
    assert "send the draft contract to legal by 30 November" in [each["text"] for each in again.candidates]
    assert loop_list(project=project, kind="action").count() == 1


def test_proposes_nothing_twice_when_the_same_file_comes_again(project):
    meeting, new = _meeting(project, "2026-11-18-sync.md", FIRST, date(2026, 11, 18))
    assert not new
    before = _texts(project, meeting)
    assert meeting_understand(meeting.pk) == 0
    assert _texts(project, meeting) == before
    assert not [each for each in meeting.candidates if each["text"] in before]
