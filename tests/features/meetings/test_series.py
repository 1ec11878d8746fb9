"""A series as calendars know it: one entry that comes again, its exceptions, its end, and what guests answer to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar
from recurring_ical_events import of

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.meetings.engine.agenda import Agenda, AgendaItem
from bywhen.meetings.models import PlannedMeeting
from bywhen.meetings.selectors.planned import attendance_of, planned_coming, planned_get, planned_list, start_local
from bywhen.meetings.services.inviting import (
    invitations_prepare,
    letters_waiting,
    series_invitations_prepare,
    uninvitations_prepare,
)
from bywhen.meetings.services.planning import (
    Guests,
    Terms,
    agenda_set,
    meeting_call_off,
    meeting_move,
    meeting_restore,
    meetings_plan,
    series_plan,
)
from bywhen.meetings.services.replies import replies_take_in
from bywhen.meetings.services.series import guests_set, rhythm_of, series_end, series_revise, starts_preview
from bywhen.platform.acting import Actor, acting
from bywhen.platform.models import OutgoingMail
from bywhen.record.models import Address, Person
from factories import rows

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 3, 15, 8, tzinfo=UTC)


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
def series(people):
    return series_plan(
        project=rows.project(),
        kind="status",
        first=datetime(2027, 3, 15, 9),
        zone="Europe/Berlin",
        rule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20270608",
        guests=Guests([people["Tom"], people["Eva"]], organiser=people["Priya"]),
        location="Room 4",
    )


def coming(series):
    return list(planned_coming().filter(series=series))


def nth(series, number):
    return coming(series)[number]


def days(found):
    return [f"{start_local(each):%d %b %H:%M}" for each in found]


def calendar_of(letters, who="tom"):
    import base64

    mail = next(each for each in letters if each.recipient_address.startswith(who))
    whole = OutgoingMail.objects.get(pk=mail.pk)
    return Calendar.from_ical(base64.b64decode(whole.attachments[0]["base64"]))


def told(series, who="tom"):
    return calendar_of(series_invitations_prepare(series=type(series).objects.get(pk=series.pk))[0], who)


def seen(calendar, first="20270301", last="20270701"):
    """What a calendar program shows in London, where nobody's own zone helps it."""
    found = of(calendar).between(first, last)
    return [event["DTSTART"].dt.astimezone(UTC).strftime("%d %b %H:%M") for event in found]


def reply(uid, who="tom", word="ACCEPTED", more="", sequence=0):
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nSEQUENCE:{sequence}\r\n{more}"
        f"DTSTAMP:20270316T080000Z\r\nATTENDEE;PARTSTAT={word}:mailto:{who}@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def test_series_begins_on_a_day_of_its_rule_when_the_day_given_is_none(series):
    assert series.first == datetime(2027, 3, 16, 9)
    assert days(coming(series))[:2] == ["16 Mar 09:00", "23 Mar 09:00"]


def test_series_is_one_entry_that_keeps_its_hour_when_it_is_told(series):
    calendar = told(series)
    assert calendar["METHOD"] == "REQUEST"
    (event,) = calendar.walk("VEVENT")
    assert (str(event["UID"]), event["SEQUENCE"]) == (series.uid, 0)
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20270608T215900Z;BYDAY=TU"
    assert seen(calendar)[:4] == ["16 Mar 08:00", "23 Mar 08:00", "30 Mar 07:00", "06 Apr 07:00"]
    assert len(seen(calendar)) == 13
    assert all(each.invited_sequence == each.sequence for each in coming(series))


def test_one_meeting_is_named_by_its_start_when_it_moves(series):
    told(series)
    moved = meeting_move(planned=nth(series, 1), start=datetime(2027, 3, 24, 14))
    calendar = calendar_of(invitations_prepare(planned=planned_get(moved.pk))[0])
    (event,) = calendar.walk("VEVENT")
    assert (str(event["UID"]), event["SEQUENCE"]) == (series.uid, 1)
    assert event["RECURRENCE-ID"].dt.isoformat() == "2027-03-23T09:00:00+01:00"
    assert event["DTSTART"].dt.isoformat() == "2027-03-24T14:00:00+01:00"
    # Whoever gets the whole series afterwards finds it moved there too.
    assert "24 Mar 13:00" in seen(told(series))
    assert "23 Mar 08:00" not in seen(told(series))


def test_one_meeting_is_taken_out_when_it_is_called_off(series):
    told(series)
    off = meeting_call_off(planned=nth(series, 2))
    calendar = calendar_of(invitations_prepare(planned=planned_get(off.pk))[0])
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], str(event["UID"]), event["SEQUENCE"]) == ("CANCEL", series.uid, 1)
    assert event["RECURRENCE-ID"].dt.isoformat() == "2027-03-30T09:00:00+02:00"
    assert "30 Mar 07:00" not in seen(told(series))
    series.refresh_from_db()
    assert series.without == ["2027-03-30T09:00:00"]
    assert meetings_plan(series=series) == []
    meeting_restore(planned=planned_get(off.pk))
    assert "30 Mar 07:00" in seen(told(series))


def test_earlier_meetings_stay_when_the_rest_moves(series):
    told(series)
    third = nth(series, 2)
    changed = series_revise(
        planned=third,
        rhythm=replace(rhythm_of(third), first=datetime(2027, 3, 31, 10, 30), rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
    )
    series.refresh_from_db()
    assert days(coming(series)) == ["16 Mar 09:00", "23 Mar 09:00"]
    assert changed.series.follows == series
    assert days(coming(changed.series)) == ["31 Mar 10:30", "14 Apr 10:30"]
    letters, _ = series_invitations_prepare(series=changed.series)
    entries = {str(mail.origin): calendar_of([mail]) for mail in letters if mail.recipient_address.startswith("tom")}
    assert seen(entries[f"series:{series.pk}:invite"]) == ["16 Mar 08:00", "23 Mar 08:00"]
    assert entries[f"series:{series.pk}:invite"].walk("VEVENT")[0]["SEQUENCE"] == 1
    assert seen(entries[f"series:{changed.series.pk}:invite"])[:2] == ["31 Mar 08:30", "14 Apr 08:30"]


def test_entry_stays_the_same_when_the_whole_series_moves(series):
    told(series)
    first = nth(series, 0)
    agenda_set(planned=first, agenda=Agenda((AgendaItem("Ours", 5),), 60), version=0)
    changed = series_revise(
        planned=first,
        rhythm=replace(rhythm_of(first), first=datetime(2027, 3, 18, 9), rule="FREQ=WEEKLY;BYDAY=TH;UNTIL=20270608"),
    )
    assert (changed.pk, changed.series, days(coming(series))[0]) == (first.pk, series, "18 Mar 09:00")
    assert planned_get(first.pk).agenda["items"][0]["title"] == "Ours"
    calendar = told(series)
    (event,) = calendar.walk("VEVENT")
    assert (str(event["UID"]), event["SEQUENCE"]) == (series.uid, 1)
    assert seen(calendar)[0] == "18 Mar 08:00"


def test_what_was_worked_on_is_kept_when_fewer_meetings_are_left(series):
    last = coming(series)[-1]
    agenda_set(planned=last, agenda=Agenda((AgendaItem("Ours", 5),), 60), version=0)
    first = nth(series, 0)
    series_revise(planned=first, rhythm=replace(rhythm_of(first), rule="FREQ=MONTHLY;BYDAY=3TU"))
    kept = planned_get(last.pk)
    assert (kept.status, kept.agenda["items"][0]["title"]) == ("cancelled", "Ours")
    assert days(coming(series)) == ["16 Mar 09:00", "20 Apr 09:00"]


def test_nothing_changes_when_the_rhythm_is_the_same(series):
    first = nth(series, 0)
    assert series_revise(planned=first, rhythm=rhythm_of(first)).sequence == 0


@pytest.mark.parametrize("given", [{"rule": ""}, {"rule": "FREQ=HOURLY"}, {"zone": "Mars"}, {"minutes": 0}])
def test_rhythm_is_refused_when_it_cannot_be(series, given):
    first = nth(series, 0)
    with pytest.raises(InputRefusedError):
        series_revise(planned=first, rhythm=replace(rhythm_of(first), **given))


def test_nothing_is_lost_when_the_rhythm_leaves_no_meeting(series):
    first = nth(series, 0)
    with pytest.raises(StateWrongError, match="nothing was changed"):
        series_revise(
            planned=first, rhythm=replace(rhythm_of(first), first=datetime(2029, 1, 1, 9), rule="FREQ=WEEKLY")
        )
    assert len(coming(series)) == 6


def test_rest_does_not_take_place_when_the_series_ends(series):
    told(series)
    assert series_end(planned=nth(series, 2)) == 4
    assert len(coming(series)) == 2
    assert seen(told(series)) == ["16 Mar 08:00", "23 Mar 08:00"]


def test_whole_entry_is_cancelled_when_the_series_ends_with_its_first(series):
    told(series)
    series_end(planned=nth(series, 0))
    calendar = told(series)
    assert (calendar["METHOD"], calendar.walk("VEVENT")[0]["SEQUENCE"]) == ("CANCEL", 1)
    assert meetings_plan(series=type(series).objects.get(pk=series.pk)) == []


def test_meeting_is_an_entry_of_its_own_when_it_was_told_before_its_series(series):
    letters, _ = invitations_prepare(planned=nth(series, 0))
    (event,) = calendar_of(letters).walk("VEVENT")
    assert "RECURRENCE-ID" not in event
    assert str(event["UID"]) != series.uid
    assert seen(told(series))[0] == "23 Mar 08:00"


def test_people_are_told_when_they_come_and_go(series, people):
    told(series)
    guests = Guests([people["Tom"]], [people["Ruth"]], people["Priya"])
    left = guests_set(planned=nth(series, 0), guests=guests, following=True)
    assert [person.name for person in left] == ["Eva Lind"]
    series.refresh_from_db()
    letters, _ = uninvitations_prepare(planned=nth(series, 0), people=left, following=True)
    calendar = calendar_of(letters, "eva")
    assert (calendar["METHOD"], str(calendar.walk("VEVENT")[0]["UID"])) == ("CANCEL", series.uid)
    asked = told(series, "ruth").walk("VEVENT")[0]["ATTENDEE"]
    assert {str(each) for each in asked} == {"mailto:tom@example.org", "mailto:ruth@example.org"}
    assert {mail.recipient_address for mail in letters_waiting(nth(series, 1))} == {
        f"{who}@example.org" for who in ("tom", "eva", "ruth")
    }


def test_only_one_meeting_gets_other_people_when_the_series_is_left_alone(series, people):
    replies_take_in(data=reply(nth(series, 0).uid))
    guests_set(planned=nth(series, 0), guests=Guests([people["Tom"], people["Ruth"]], organiser=people["Priya"]))
    assert nth(series, 0).seats.get(person=people["Tom"]).answer == "accepted"
    assert {seat.person.name for seat in nth(series, 1).seats.all()} == {"Tom Becker", "Eva Lind"}


def test_answer_counts_for_every_meeting_when_it_names_none(series):
    told(series)
    assert replies_take_in(data=reply(series.uid)).updated == 1
    assert [attendance_of(each).accepted for each in coming(series)] == [1] * 6
    assert replies_take_in(data=reply(series.uid)).unchanged == 1


@pytest.mark.parametrize(
    "named",
    [
        "RECURRENCE-ID:20270330T070000Z\r\n",
        "RECURRENCE-ID;TZID=Europe/Berlin:20270330T090000\r\n",
        "RECURRENCE-ID:20270330T090000\r\n",
        "RECURRENCE-ID;VALUE=DATE:20270330\r\n",
    ],
    ids=["utc", "zone", "floating", "day"],
)
def test_answer_counts_for_one_meeting_when_it_names_it(series, named):
    told(series)
    assert replies_take_in(data=reply(series.uid, word="DECLINED", more=named)).updated == 1
    assert [attendance_of(each).declined for each in coming(series)] == [0, 0, 1, 0, 0, 0]


def test_answer_is_left_out_when_the_series_has_no_such_meeting(series):
    told(series)
    (skipped,) = replies_take_in(data=reply(series.uid, more="RECURRENCE-ID:20270331T070000Z\r\n")).skipped
    assert skipped[1] == f"'{series.title}' has no meeting to come at that time"


def test_answer_still_counts_when_only_the_place_changed_meanwhile(series):
    told(series)
    meeting_move(planned=nth(series, 0), location="Room 9")
    assert replies_take_in(data=reply(series.uid, more="RECURRENCE-ID:20270316T080000Z\r\n")).updated == 1
    meeting_move(planned=nth(series, 0), start=datetime(2027, 3, 16, 11))
    late = replies_take_in(data=reply(series.uid, word="DECLINED", more="RECURRENCE-ID:20270316T080000Z\r\n"))
    assert "earlier state" in late.skipped[0][1]


def test_another_time_is_kept_when_a_guest_proposes_one(series):
    told(series)
    counter = reply(
        series.uid,
        word="TENTATIVE",
        more="RECURRENCE-ID:20270316T080000Z\r\nDTSTART:20270316T130000Z\r\nCOMMENT:after lunch?\r\n",
    ).replace(b"METHOD:REPLY", b"METHOD:COUNTER")
    assert replies_take_in(data=counter).updated == 1
    seat = nth(series, 0).seats.get(person__name="Tom Becker")
    assert (seat.answer, seat.proposes, seat.comment) == (
        "tentative",
        datetime(2027, 3, 16, 13, tzinfo=UTC),
        "after lunch?",
    )
    assert replies_take_in(data=counter).unchanged == 1


def test_quorum_and_papers_are_the_series_own_when_they_are_given(people):
    board = series_plan(
        project=rows.project(),
        kind="cab",
        first=datetime(2027, 3, 16, 9),
        zone="Europe/Berlin",
        rule="FREQ=WEEKLY",
        guests=Guests([people["Tom"], people["Eva"], people["Ruth"]], organiser=people["Priya"]),
        terms=Terms(quorum=1.0, organiser_votes=False, papers_days=1),
    )
    first = planned_get(nth(board, 0).pk)
    assert (first.papers_due.isoformat(), attendance_of(first).quorum, attendance_of(first).voters) == (
        "2027-03-15",
        3,
        3,
    )


def test_dates_are_shown_across_the_change_of_clocks_when_a_rhythm_is_tried(series):
    rhythm = replace(rhythm_of(nth(series, 0)), rule="FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")
    found = starts_preview(rhythm)
    assert [f"{each:%d %b %H:%M}" for each in found] == [
        "31 Mar 09:00",
        "30 Apr 09:00",
        "31 May 09:00",
        "30 Jun 09:00",
        "30 Jul 09:00",
        "31 Aug 09:00",
    ]
    assert [each.astimezone(UTC).hour for each in found] == [7] * 6


def test_count_goes_on_when_a_counted_series_is_split(people):
    counted = series_plan(
        project=rows.project(),
        kind="status",
        first=datetime(2027, 3, 16, 9),
        zone="UTC",
        rule="FREQ=WEEKLY;COUNT=5",
        guests=Guests([people["Tom"]]),
    )
    third = nth(counted, 2)
    changed = series_revise(planned=third, rhythm=replace(rhythm_of(third), first=datetime(2027, 3, 31, 9)))
    assert changed.series.rule == "FREQ=WEEKLY;COUNT=3"
    assert planned_list().count() == 5


def test_only_the_next_weeks_are_planned_when_the_rule_has_no_end_or_a_huge_count(people):
    project = rows.project()
    for rule in ("FREQ=DAILY", "FREQ=DAILY;COUNT=99999999999999999999999"):
        first, guests = datetime(2027, 3, 16, 9), Guests([people["Tom"]])
        series_plan(project=project, kind="stand_up", first=first, zone="UTC", rule=rule, guests=guests)
    assert PlannedMeeting.objects.count() == 2 * 41
