"""Publishing minutes: what refuses it, what waives it, what a version keeps, and when the clock stops."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.minutes_document import minutes_from_document
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.meetings.selectors.clock import minutes_promise, minutes_sending, minutes_sent, version_origin
from bywhen.meetings.selectors.held import meeting_origin
from bywhen.meetings.selectors.minutes import minutes_facts, minutes_lacking, minutes_latest, minutes_list
from bywhen.meetings.services.publishing import minutes_publish, minutes_sent_note
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.platform.acting import Actor, acting
from bywhen.platform.outgoing import mail_approve, mail_prepare, mails_send
from bywhen.platform.transports import Null
from bywhen.record.services.proposals import proposal_accept, proposal_key, proposal_make, proposal_reject
from bywhen.record.services.sources import quote_keep
from factories import rows

pytestmark = pytest.mark.django_db
HELD = date(2026, 11, 18)
PRIYA = Actor("person", "Priya Nair")
SAID = (
    ("Cut-over", "Ana will send the rehearsal plan by Friday."),
    ("Cut-over", "We decided to keep two test cycles."),
    ("Budget", "Nobody has the figures today."),
    ("Budget", "Let us move on."),
)


@pytest.fixture(autouse=True)
def _day_after():
    with clock_set(FrozenClock(datetime(2026, 11, 19, 9, tzinfo=UTC))), acting(PRIYA):
        yield


@pytest.fixture
def meeting(db):
    project = rows.project()
    source = rows.source("2026-11-18-notes.md", b"notes", "transcript", project)
    lines = tuple(Utterance(n, text, "", None, heading=heading) for n, (heading, text) in enumerate(SAID, 1))
    made, _ = meeting_take_in(
        project=project, source=source, transcript=Transcript("Weekly sync", lines, notes=True), held_on=HELD
    )
    return made


def propose(meeting, kind, line, **payload):
    text = SAID[line - 1][1]
    quote = quote_keep(source=meeting.source, place=f"line {line}", text=text, within=text)
    made, _ = proposal_make(
        key=proposal_key(meeting.pk, kind, line),
        kind=kind,
        project=meeting.project,
        text=text,
        payload={"kind": kind, "text": text, "meeting": meeting.pk, **payload},
        evidence=[quote],
        origin=meeting_origin(meeting),
    )
    return made


def accepted_action(meeting, **payload):
    return proposal_accept(proposal=propose(meeting, "action", 1, **payload))


def test_publish_is_refused_when_action_has_no_owner_or_date(meeting):
    accepted_action(meeting)
    with pytest.raises(StateWrongError, match=r"has no owner.*has no date.*give a reason to publish without"):
        minutes_publish(meeting=meeting)

    assert minutes_latest(meeting) is None


def test_publish_keeps_the_waiver_when_reason_is_given(meeting):
    accepted_action(meeting, owner="Ana Bo")
    version = minutes_publish(meeting=meeting, waiver=" the date follows on Monday ")
    facts = minutes_from_document(version.facts)

    assert version.waived == ["'Ana will send the rehearsal plan by Friday.' has no date"]
    assert facts.waiver == "the date follows on Monday"
    assert facts.published_by == "Priya Nair"


def test_publish_keeps_no_waiver_when_nothing_needed_one(meeting):
    accepted_action(meeting, owner="Ana Bo", due="2026-11-27")
    assert minutes_publish(meeting=meeting, waiver="just in case").waiver == ""


def test_publish_is_refused_when_item_is_not_judged(meeting):
    propose(meeting, "decision", 2)
    with pytest.raises(StateWrongError, match="1 item is not judged"):
        minutes_publish(meeting=meeting)


def test_publish_shows_items_as_left_open_when_told_to(meeting):
    propose(meeting, "decision", 2)
    facts = minutes_from_document(minutes_publish(meeting=meeting, leave_open=True).facts)

    assert [(item.kind, item.settled) for item in facts.items] == [("decision", False)]
    assert facts.of_kind("decision") == ()


def test_publish_leaves_out_what_was_rejected_when_it_was(meeting):
    proposal_reject(proposal=propose(meeting, "decision", 2))
    assert minutes_from_document(minutes_publish(meeting=meeting).facts).items == ()


def test_publish_is_refused_when_no_person_acts(meeting):
    with acting(Actor("system", "week")), pytest.raises(StateWrongError, match="only be published by a person"):
        minutes_publish(meeting=meeting)


def test_publish_is_refused_when_nothing_has_changed_since(meeting):
    minutes_publish(meeting=meeting)
    with pytest.raises(StateWrongError, match="Version 1 of the minutes says the same already"):
        minutes_publish(meeting=meeting)


def test_publish_adds_a_version_and_keeps_the_first_when_something_changed(meeting):
    first = minutes_publish(meeting=meeting)
    proposal_accept(proposal=propose(meeting, "decision", 2))
    second = minutes_publish(meeting=meeting)

    assert [each.number for each in minutes_list(meeting)] == [2, 1]
    assert minutes_list(meeting).last().facts == first.facts != second.facts


def test_version_is_never_written_again_when_somebody_tries(meeting):
    version = minutes_publish(meeting=meeting)
    version.waiver = "afterwards"
    with pytest.raises(StateWrongError, match="is published and is not written again"):
        version.save()


def test_facts_tell_what_was_said_and_missed_when_notes_have_headings(meeting):
    proposal_accept(proposal=propose(meeting, "decision", 2))
    facts = minutes_facts(meeting, agenda=["Cut-over", "Vendor contract"])

    assert [(point.heading, [r.text for r in point.remarks]) for point in facts.discussion] == [
        ("Cut-over", [SAID[0][1]]),
        ("Budget", [SAID[2][1], SAID[3][1]]),
    ]
    assert [point.heading for point in facts.missed] == ["Vendor contract", "Budget"]


def test_lacking_counts_edited_values_when_a_person_changed_them(meeting):
    proposal = propose(meeting, "action", 1)
    document = {**proposal.payload, "owner": "Ana Bo", "due": "2026-11-27"}
    proposal_accept(proposal=proposal, edited=document)

    assert minutes_lacking(meeting) == ()


@pytest.mark.parametrize(
    ("hours", "tone"), [(0, ""), (19.9, ""), (20, "amber"), (23.9, "amber"), (24, "red"), (100, "red")]
)
def test_promise_turns_amber_then_red_when_hours_pass(meeting, hours, tone):
    ended = meeting.minutes_due_at - timedelta(hours=24)
    assert minutes_promise(meeting, ended + timedelta(hours=hours)).tone == tone


def letter(version, address):
    mail, _ = mail_prepare(
        key=f"{version.pk}:{address}", address=address, subject="Minutes", text="x", origin=version_origin(version)
    )
    return mail_approve(mail=mail)


def test_clock_stops_when_every_letter_has_left(meeting):
    version = minutes_publish(meeting=meeting)
    letter(version, "ana@example.org")
    letter(version, "bo@example.org")
    mails_send(transport=Null(), most=1)

    assert minutes_sending(version).sent_at is None
    assert minutes_promise(meeting, meeting.minutes_due_at + timedelta(days=3)).tone == "red"

    mails_send(transport=Null())
    stopped = minutes_promise(meeting, meeting.minutes_due_at + timedelta(days=3))

    assert minutes_sending(version).sent_at == datetime(2026, 11, 19, 9, tzinfo=UTC)
    assert minutes_sending(version).proof.startswith("letters ")
    assert (stopped.tone, stopped.kept) == ("", True)


def test_clock_stays_red_when_letters_left_late(meeting):
    version = minutes_publish(meeting=meeting)
    letter(version, "ana@example.org")
    with clock_set(FrozenClock(meeting.minutes_due_at + timedelta(hours=5))):
        mails_send(transport=Null())
    stopped = minutes_promise(meeting, meeting.minutes_due_at + timedelta(days=30))

    assert (stopped.tone, stopped.kept, stopped.over) == ("red", False, 5.0)


def test_clock_stops_when_a_person_notes_how_they_were_sent(meeting):
    version = minutes_sent_note(version=minutes_publish(meeting=meeting), proof="printed, handed to all")

    assert minutes_sending(version).proof == "Priya Nair: printed, handed to all"
    with pytest.raises(StateWrongError, match="noted as sent before"):
        minutes_sent_note(version=version, proof="again")
    with pytest.raises(InputRefusedError, match="nothing says how"):
        minutes_sent_note(version=version, proof=" ")


def test_sent_asks_the_database_twice_when_there_are_many_versions(meeting, django_assert_num_queries):
    minutes_publish(meeting=meeting)
    proposal_accept(proposal=propose(meeting, "decision", 2))
    minutes_publish(meeting=meeting)
    with django_assert_num_queries(2):
        minutes_sent([meeting])
