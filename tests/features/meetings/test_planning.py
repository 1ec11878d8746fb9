"""Series and single meetings from planning to the answers of the guests, with letters through a real mail server."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.selectors import loop_list
from bywhen.meetings.engine.agenda import Agenda, AgendaItem, Point
from bywhen.meetings.selectors.catalogue import kind_get
from bywhen.meetings.selectors.feeds import feed_list, feed_person
from bywhen.meetings.selectors.minutes import minutes_facts
from bywhen.meetings.selectors.planned import (
    attendance_of,
    planned_agenda,
    planned_before,
    planned_coming,
    planned_get,
    planned_list,
    start_local,
)
from bywhen.meetings.services.feeds import feed_address_make, feed_address_revoke
from bywhen.meetings.services.inviting import invitations_prepare, letters_waiting
from bywhen.meetings.services.papers import papers_missed, papers_prepare
from bywhen.meetings.services.planning import (
    Guests,
    agenda_draft_keep,
    agenda_set,
    meeting_call_off,
    meeting_move,
    meeting_plan,
    meeting_restore,
    meetings_match,
    meetings_plan,
    series_plan,
)
from bywhen.meetings.services.replies import replies_take_in
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.platform.acting import Actor, acting
from bywhen.platform.outgoing import mail_approve, mails_send
from bywhen.platform.transports import smtp_from
from bywhen.record.models import Address, Person
from factories import rows
from factories.mail_sink import sink

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 3, 15, 8, tzinfo=UTC)
AGENDA = Agenda(
    (AgendaItem("Decisions needed", 20, (Point("Take the second supplier", "open since 1 March", "Tom Becker"),)),), 60
)


@pytest.fixture(autouse=True)
def _monday():
    with clock_set(FrozenClock(MONDAY)), acting(Actor("person", "Priya Raman")):
        yield


@pytest.fixture
def people(db):
    found = {}
    for name in ("Priya Raman", "Tom Becker", "Eva Lind", "Ruth Novak"):
        found[name.split()[0]] = person = Person.objects.create(name=name)
        Address.objects.create(person=person, kind="email", value=f"{name.split()[0].lower()}@example.org")
    return found


@pytest.fixture
def guests(people):
    return Guests([people["Tom"], people["Eva"]], [people["Ruth"]], people["Priya"])


@pytest.fixture
def steering(guests):
    return meeting_plan(
        project=rows.project(),
        kind="steering_committee",
        start=datetime(2027, 3, 30, 9, 30),
        zone="Europe/Berlin",
        guests=guests,
        location="Room 4",
    )


def weekly(guests, **given):
    return series_plan(
        **{
            "project": rows.project(),
            "kind": "status",
            "first": datetime(2027, 3, 16, 9),
            "zone": "Europe/Berlin",
            "rule": "FREQ=WEEKLY;BYDAY=TU",
            "guests": guests,
            **given,
        }
    )


def approved(letters):
    return [mail_approve(mail=mail) for mail in letters]


def answer(planned, who, word, sequence=None, at="20270316T080000Z"):
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{planned.uid}\r\nSEQUENCE:{planned.sequence if sequence is None else sequence}\r\n"
        f"DTSTAMP:{at}\r\nATTENDEE;PARTSTAT={word}:mailto:{who}@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def test_meetings_keep_their_hour_when_clocks_change_in_the_series(guests):
    weekly(guests)
    found = list(planned_coming())
    assert [start_local(each).strftime("%d %b %H:%M") for each in found][:3] == [
        "16 Mar 09:00",
        "23 Mar 09:00",
        "30 Mar 09:00",
    ]
    assert [each.start.hour for each in found][:3] == [8, 8, 7]
    assert all(each.seats.count() == 3 for each in found)


def test_nothing_is_planned_twice_when_it_is_planned_again(guests):
    series = weekly(guests)
    before = planned_list().count()
    assert meetings_plan(series=series) == []
    with clock_set(FrozenClock(MONDAY + timedelta(weeks=1))):
        assert len(meetings_plan(series=series)) == 1
    assert planned_list().count() == before + 1
    assert planned_before(planned_coming()[1]).pk == planned_coming()[0].pk


@pytest.mark.parametrize("given", [{"kind": "tea"}, {"zone": "Mars"}, {"rule": "FREQ=SECONDLY"}, {"minutes": 99999}])
def test_series_is_refused_when_it_cannot_be(guests, given):
    with pytest.raises(InputRefusedError):
        weekly(guests, **given)


def test_kind_gives_length_quorum_and_papers_when_a_board_is_planned(steering):
    assert (steering.minutes, steering.quorum, steering.papers_due) == (60, 0.5, date(2027, 3, 23))
    assert steering.title == "Steering committee ERP core"


@pytest.mark.enable_socket
def test_invitation_update_and_cancellation_share_their_uid_when_sent(steering):
    with sink() as server:
        transport = smtp_from(server.address)

        def send():
            approved(invitations_prepare(planned=planned_get(steering.pk))[0])
            return mails_send(transport=transport)

        assert len(send().sent) == 3
        meeting_move(planned=steering, start=datetime(2027, 3, 30, 11))
        assert len(send().sent) == 3
        meeting_call_off(planned=steering)
        assert len(send().sent) == 3
    heard = [letter for letter in server.letters if letter["to"].endswith("<tom@example.org>")]
    assert [letter["subject"] for letter in heard] == [
        steering.title,
        f"Updated: {steering.title}",
        f"Cancelled: {steering.title}",
    ]
    events = []
    for letter in heard:
        part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
        calendar = Calendar.from_ical(part.get_content())
        events.append((part.get_param("method"), calendar.walk("VEVENT")[0]))
    assert [method for method, _ in events] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {str(event["UID"]) for _, event in events} == {steering.uid}
    assert [event["SEQUENCE"] for _, event in events] == [0, 1, 2]
    assert [event["DTSTART"].dt.hour for _, event in events] == [7, 9, 9]
    assert str(events[0][1]["ORGANIZER"]) == "mailto:priya@example.org"


def test_one_letter_a_guest_is_kept_when_invitations_are_prepared_twice(steering):
    first, _ = invitations_prepare(planned=steering)
    again, _ = invitations_prepare(planned=steering)
    assert [mail.pk for mail in first] == [mail.pk for mail in again]
    assert len(letters_waiting(steering)) == 3


def test_outdated_letters_never_leave_when_the_meeting_moves_before_they_are_approved(steering):
    invitations_prepare(planned=steering)
    meeting_move(planned=steering, location="Room 5")
    invitations_prepare(planned=steering)
    waiting = letters_waiting(steering)
    assert {mail.subject for mail in waiting} == {f"Updated: {steering.title}"}
    assert len(waiting) == 3


def test_guest_is_named_when_no_address_is_known(steering, people):
    people["Eva"].addresses.all().delete()
    letters, unreachable = invitations_prepare(planned=planned_get(steering.pk))
    assert [person.name for person in unreachable] == ["Eva Lind"]
    assert len(letters) == 2


def test_nobody_is_told_when_nobody_was_invited_to_what_is_called_off(steering):
    meeting_call_off(planned=steering)
    with pytest.raises(StateWrongError, match="Nobody was invited"):
        invitations_prepare(planned=steering)
    assert meeting_restore(planned=steering).sequence == 2


def test_answers_become_attendance_when_replies_come(steering):
    assert replies_take_in(data=answer(steering, "Tom", "ACCEPTED")).updated == 1
    assert replies_take_in(data=answer(steering, "tom", "ACCEPTED")).unchanged == 1
    assert replies_take_in(data=answer(steering, "ruth", "TENTATIVE")).updated == 1
    found = attendance_of(planned_get(steering.pk))
    assert (found.accepted, found.declined, found.open, found.quorum, found.problem) == (1, 0, 2, 2, "")
    replies_take_in(data=answer(steering, "tom", "DECLINED", at="20270317T080000Z"))
    replies_take_in(data=answer(steering, "eva", "DECLINED"))
    assert attendance_of(planned_get(steering.pk)).problem == "No quorum: 2 of 3 voting people must come, 1 can."


def test_answer_is_left_out_with_its_reason_when_it_does_not_count(steering):
    meeting_move(planned=steering, start=datetime(2027, 3, 31, 9))
    cases = [
        answer(steering, "tom", "ACCEPTED", sequence=0),
        answer(steering, "mallory", "ACCEPTED"),
        answer(steering, "tom", "ACCEPTED").replace(steering.uid.encode(), b"other@x"),
    ]
    reasons = [replies_take_in(data=case).skipped[0][1] for case in cases]
    assert [reason.split(" of ")[0].split(" is ")[0] for reason in reasons] == [
        "it answers an earlier state",
        "nobody with this address",
        "the meeting",
    ]
    assert attendance_of(planned_get(steering.pk)).open == 3


def test_late_answer_does_not_overwrite_a_newer_one_when_it_arrives_after_it(steering):
    replies_take_in(data=answer(steering, "tom", "DECLINED", at="20270317T080000Z"))
    assert replies_take_in(data=answer(steering, "tom", "ACCEPTED", at="20270316T080000Z")).unchanged == 1
    assert attendance_of(planned_get(steering.pk)).declined == 1


def test_answers_are_asked_anew_when_the_meeting_moves(steering):
    replies_take_in(data=answer(steering, "tom", "ACCEPTED"))
    meeting_move(planned=steering, start=datetime(2027, 4, 1, 9))
    assert attendance_of(planned_get(steering.pk)).open == 3
    assert planned_get(steering.pk).papers_due == date(2027, 3, 25)


def test_missed_papers_become_a_loop_until_they_are_sent_when_the_day_has_passed(steering):
    check = {"project": steering.project, "working_time": WorkingTime.standard()}
    assert papers_missed(**check) == 0
    with clock_set(FrozenClock(datetime(2027, 3, 24, 8, tzinfo=UTC))):
        assert papers_missed(**check) == 1
        assert papers_missed(**check) == 0
        (loop,) = loop_list()
        assert (loop.title, loop.owner.name, loop.due) == (
            "Send the papers for 'Steering committee ERP core' on Tue 30 Mar",
            "Priya Raman",
            date(2027, 3, 30),
        )
        assert loop.next_check is not None
        agenda_set(planned=steering, agenda=AGENDA, version=0)
        letters, _ = papers_prepare(planned=planned_get(steering.pk))
        assert "Take the second supplier (Tom Becker, open since 1 March)" in letters[0].text
        assert loop_list().count() == 0


def test_papers_are_refused_when_there_is_nothing_to_read(steering):
    with pytest.raises(StateWrongError, match="neither an agenda nor papers"):
        papers_prepare(planned=steering)


def test_second_editor_is_told_when_two_edit_an_agenda_at_once(steering):
    agenda_set(planned=steering, agenda=AGENDA, version=0)
    with pytest.raises(StateWrongError, match="meanwhile; reload it"):
        agenda_set(planned=steering, agenda=Agenda((), 60), version=0)
    assert planned_agenda(planned_get(steering.pk)) == AGENDA


def test_draft_never_overwrites_when_a_person_has_edited(steering):
    assert agenda_draft_keep(planned=steering, agenda=AGENDA)
    assert not agenda_draft_keep(planned=steering, agenda=AGENDA)
    edited = agenda_set(planned=steering, agenda=Agenda((), 60), version=0)
    assert not agenda_draft_keep(planned=edited, agenda=AGENDA)


def test_feed_shows_only_the_persons_meetings_until_it_is_revoked(steering, people, client):
    token = feed_address_make(person=people["Tom"])
    assert len(token) >= 43
    assert feed_person(token) == people["Tom"]
    assert [each.pk for each in feed_list(people["Tom"])] == [steering.pk]
    assert list(feed_list(Person.objects.create(name="Other"))) == []
    newer = feed_address_make(person=people["Tom"])
    assert feed_person(token) is None
    assert feed_address_revoke(person=people["Tom"])
    assert feed_person(newer) is None


def test_planned_meeting_is_held_when_its_transcript_comes(steering):
    source = rows.source("steering.vtt", b"WEBVTT", "transcript", steering.project)
    held, _ = meeting_take_in(
        project=steering.project,
        source=source,
        transcript=Transcript("Notes", (Utterance(1, "Hello"),)),
        held_on=date(2027, 3, 30),
    )
    assert meetings_match(meetings=[held]) == 1
    assert meetings_match(meetings=[held]) == 0
    assert (planned_get(steering.pk).status, planned_get(steering.pk).meeting) == ("held", held)
    assert minutes_facts(held).sections == kind_get(steering.kind).MINUTES_SECTIONS
    with pytest.raises(StateWrongError, match="is held already"):
        meeting_move(planned=planned_get(steering.pk), location="elsewhere")
