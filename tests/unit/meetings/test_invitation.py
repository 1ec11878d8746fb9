from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bywhen.kernel.errors import FileMalformedError, FileTooLargeError
from bywhen.meetings.engine.invitation import Guest, Invitation, feed_text, invitation_text, read_replies

ONE = Invitation(
    uid="m1@bywhen",
    sequence=2,
    title="Steering, March; part 2",
    start=datetime(2027, 3, 30, 9, 30, tzinfo=ZoneInfo("Europe/Berlin")),
    minutes=60,
    stamp=datetime(2027, 3, 1, 12, tzinfo=UTC),
    organiser=Guest("Priya Raman", "priya@example.org"),
    guests=(Guest("Tom Becker", "tom@example.org"), Guest("Eva Lind", "eva@example.org", required=False)),
    description="Agenda:\n1. Budget, plan; scope",
    location="Room 4",
)
EVENT = {
    "UID",
    "SEQUENCE",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "LOCATION",
    "DESCRIPTION",
    "STATUS",
    "ORGANIZER",
    "ATTENDEE",
}
NASTY = [
    "\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT",
    "\r\nATTENDEE:mailto:all@example.org",
    "a;b,c\\n:d",
    '"\r\n;CN="x',
    "\x00\x0b\u2028\u0085x",
    "\nMETHOD:CANCEL",
]


def parsed(data):
    calendar = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_times_are_utc_and_uid_and_sequence_stand_when_invited():
    calendar, event = parsed(invitation_text(ONE))
    assert (str(calendar["METHOD"]), str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) == (
        "REQUEST",
        "m1@bywhen",
        2,
        "CONFIRMED",
    )
    assert event["DTSTART"].dt == datetime(2027, 3, 30, 7, 30, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2027, 3, 30, 8, 30, tzinfo=UTC)
    assert [each.params["ROLE"] for each in event["ATTENDEE"]] == ["REQ-PARTICIPANT", "OPT-PARTICIPANT"]
    assert str(event["SUMMARY"]) == "Steering, March; part 2"
    assert str(event["DESCRIPTION"]) == ONE.description


def test_same_uid_is_cancelled_when_the_meeting_is_off():
    calendar, event = parsed(invitation_text(replace(ONE, cancelled=True, sequence=3)))
    assert (str(calendar["METHOD"]), str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) == (
        "CANCEL",
        "m1@bywhen",
        3,
        "CANCELLED",
    )


def test_lines_end_with_crlf_and_are_folded_when_written():
    data = invitation_text(replace(ONE, description="long " * 100))
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_other_guests_are_left_out_when_it_is_a_feed():
    data = feed_text("Tom's meetings", [ONE, replace(ONE, uid="m2@bywhen")])
    assert len(Calendar.from_ical(data).walk("VEVENT")) == 2
    assert b"ATTENDEE" not in data
    assert b"eva@" not in data


def injected(field, text):
    if field in ("organiser", "guest"):
        guest = Guest(text, "a@example.org" + text)
        return replace(ONE, organiser=guest) if field == "organiser" else replace(ONE, guests=(guest,))
    return replace(ONE, **{field: text})


@pytest.mark.parametrize("field", ["uid", "title", "description", "location", "organiser", "guest"])
@pytest.mark.parametrize("text", NASTY)
def test_nothing_is_added_when_a_field_holds_line_breaks_and_separators(field, text):
    check(injected(field, text))


@given(
    st.sampled_from(["uid", "title", "description", "location", "organiser", "guest"]),
    st.text(st.sampled_from('\r\n;,:\\"=x \x00\u2028BEGIN'), max_size=30),
)
def test_nothing_is_added_when_a_field_is_any_text(field, text):
    check(injected(field, text))


def check(invitation):
    data = invitation_text(invitation)
    calendar, event = parsed(data)
    lines = data.replace(b"\r\n ", b"").split(b"\r\n")
    assert sum(line.startswith(b"BEGIN:") for line in lines) == 2
    assert not any(mark in line for line in lines for mark in (b"\r", b"\n"))
    assert set(event) <= EVENT
    assert set(calendar) == {"PRODID", "VERSION", "CALSCALE", "METHOD"}
    people = event.get("ATTENDEE", [])
    assert len(people if isinstance(people, list) else [people]) == len(invitation.guests)
    assert str(calendar["METHOD"]) == "REQUEST"
    feed = feed_text(invitation.title, [invitation])
    assert len(Calendar.from_ical(feed).walk("VEVENT")) == 1


def reply(answer="ACCEPTED", method="REPLY"):
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:m1@bywhen\r\nSEQUENCE:2\r\n"
        f"DTSTAMP:20270302T080000Z\r\nDTSTART:20270330T073000Z\r\nATTENDEE;PARTSTAT={answer};CN=Tom:MAILTO:Tom@example.org\r\n"
        "COMMENT:five minutes late\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("word", "answer"), [("ACCEPTED", "accepted"), ("DECLINED", "declined"), ("TENTATIVE", "tentative")]
)
def test_answer_is_read_when_somebody_replied(word, answer):
    (got,) = read_replies(reply(word))
    assert (got.uid, got.sequence, got.address, got.answer, got.comment) == (
        "m1@bywhen",
        2,
        "Tom@example.org",
        answer,
        "five minutes late",
    )
    assert got.at == datetime(2027, 3, 2, 8, tzinfo=UTC)


def test_nothing_is_read_when_it_is_no_reply():
    assert read_replies(reply(method="REQUEST")) == ()
    assert read_replies(reply("NEEDS-ACTION")) == ()


@pytest.mark.parametrize("data", [b"", b"hello", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"\xff\xfe\x00"])
def test_reply_is_refused_when_it_is_no_calendar(data):
    with pytest.raises(FileMalformedError, match=r"reply\.ics"):
        read_replies(data)


def test_reply_is_refused_when_it_is_far_too_large():
    with pytest.raises(FileTooLargeError):
        read_replies(b"x" * 300_000)
