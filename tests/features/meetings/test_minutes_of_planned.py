"""Minutes of a meeting that was planned: its kind, hours, quorum, next meeting and agenda stand in them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.tables import PersonRow
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.meetings.engine.agenda import Agenda, AgendaItem, Point
from bywhen.meetings.engine.items import Item, ItemKind, Said
from bywhen.meetings.selectors.held import meeting_get
from bywhen.meetings.selectors.minutes import minutes_facts
from bywhen.meetings.selectors.planned import planned_list
from bywhen.meetings.services.planning import Guests, agenda_set, meeting_held, series_plan
from bywhen.meetings.services.proposing import items_propose
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.record.selectors.people import person_find
from bywhen.record.services.people import people_take_in
from factories import rows

pytestmark = pytest.mark.django_db
HELD = date(2026, 11, 18)
SAID = ("The hosting contract goes to the vendor on Friday.", "I will book the training rooms.", "Something else.")
NAMES = ("Ana Bo", "Bo Lind", "Cem Kaya", "Dana Whitfield")


@pytest.fixture(autouse=True)
def _monday():
    with clock_set(FrozenClock(datetime(2026, 11, 16, 8, tzinfo=UTC))):
        yield


@pytest.fixture
def project(db):
    made = rows.project()
    people = [PersonRow(place=str(n), name=name, role=f"Role {n}") for n, name in enumerate(NAMES, 1)]
    people_take_in(rows=people, projects={}, default=made)
    return made


def held(project, kind, speakers):
    lines = tuple(Utterance(n, text, speakers[n % len(speakers)], float(n)) for n, text in enumerate(SAID, 1))
    source = rows.source("2026-11-18-call.vtt", b"WEBVTT", "transcript", project)
    transcript = Transcript("Call", lines)
    meeting, _ = meeting_take_in(project=project, source=source, transcript=transcript, held_on=HELD)
    everybody = [person_find(name) for name in NAMES]
    series_plan(
        project=project,
        kind=kind,
        first=datetime(2026, 11, 18, 10),
        zone="Europe/Berlin",
        rule="FREQ=WEEKLY;COUNT=2",
        guests=Guests(required=everybody, organiser=everybody[0]),
        location="Room 4",
    )
    first, *_ = planned_list(project=project)
    agenda = Agenda((AgendaItem("Training", 5, (Point("Book the training rooms"),)), AgendaItem("Contracts", 5)), 60)
    meeting_held(planned=agenda_set(planned=first, agenda=agenda, version=first.agenda_version), meeting=meeting)
    said = [Item(str(n), ItemKind.ACTION, text, (Said(n, text),), 0.8, "rule") for n, text in enumerate(SAID, 1)]
    items_propose(meeting=meeting, items=said)
    return meeting_get(meeting.pk)


def test_facts_tell_kind_hours_place_and_the_next_meeting_when_it_was_planned(project):
    facts = minutes_facts(held(project, "steering_committee", NAMES[:2]))

    assert (facts.kind, facts.place) == ("Steering committee", "Room 4")
    assert facts.hours == "10:00 to 11:00 Europe/Berlin"
    assert facts.next_meeting == "Wed 25 Nov 2026, 10:00 Europe/Berlin"
    assert [(each.name, each.present, each.role) for each in facts.attendance] == [
        ("Ana Bo", True, "Role 1"),
        ("Bo Lind", True, "Role 2"),
        ("Cem Kaya", False, "Role 3"),
        ("Dana Whitfield", False, "Role 4"),
    ]


@pytest.mark.parametrize(
    ("speakers", "said"),
    [
        (NAMES[:2], "Quorum: 2 of 4 voting people were there, 2 needed; it was met"),
        (NAMES[:1], "it was not met, so what was decided has to be confirmed"),
    ],
)
def test_facts_tell_whether_the_quorum_was_met_when_the_kind_needs_one(project, speakers, said):
    assert said in minutes_facts(held(project, "steering_committee", speakers)).quorum


def test_facts_tell_no_quorum_when_the_kind_needs_none(project):
    assert minutes_facts(held(project, "vendor_call", NAMES)).quorum == ""


def test_talk_stands_under_the_item_of_the_agenda_that_it_speaks_of(project):
    points = minutes_facts(held(project, "status", NAMES)).discussion
    assert [(point.heading, [remark.text for remark in point.remarks]) for point in points] == [
        ("Training", [SAID[1]]),
        ("Contracts", [SAID[0]]),
        ("", [SAID[2]]),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Steering committee October", "Steering committee"), ("Weekly sync", ""), ("Sprint review 4", "Sprint review")],
)
def test_kind_is_what_the_title_names_when_nobody_planned_the_meeting(project, title, kind):
    source = rows.source("notes.md", title.encode(), "transcript", project)
    transcript = Transcript(title, (Utterance(1, "Nothing.", "Ana Bo"),))
    meeting, _ = meeting_take_in(project=project, source=source, transcript=transcript, held_on=HELD)
    facts = minutes_facts(meeting)
    assert facts.kind == kind
    assert bool(facts.sections) == bool(kind)
