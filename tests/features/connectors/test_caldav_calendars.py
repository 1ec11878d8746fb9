"""Busy times through a real CalDAV server, up to proposed slots."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bywhen.connectors.vendors.caldav import CalDav
from bywhen.intake.port import ReadOptions
from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.errors import InputRefusedError
from bywhen.meetings.engine.slots import Diary, busy_times, propose_slots

pytest.importorskip("caldav", reason="needs the extra bywhen[calendars]")
pytest.importorskip("radicale", reason="needs a Radicale server")
from factories.radicale_server import PASSWORD, USER, radicale

pytestmark = [pytest.mark.enable_socket]
DAY = date(2026, 11, 24)
EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T080000Z\r\n"
    "DTSTART:{start}\r\nDTEND:{end}\r\n{rule}SUMMARY:taken\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def account(tmp_path):
    from caldav import DAVClient

    with radicale(tmp_path) as address:
        with DAVClient(
            url=address, username=USER, password=PASSWORD, enable_rfc6764=False, require_tls=False
        ) as client:
            calendar = client.principal().make_calendar(name="Work")
            calendar.add_event(EVENT.format(uid="one", start="20261124T080000Z", end="20261124T100000Z", rule=""))
            calendar.add_event(
                EVENT.format(
                    uid="weekly", start="20261103T110000Z", end="20261103T160000Z", rule="RRULE:FREQ=WEEKLY\r\n"
                )
            )
            calendar.add_event(EVENT.format(uid="far", start="20270301T080000Z", end="20270301T100000Z", rule=""))
            own = str(calendar.url)
        yield address, own


def taken(address):
    documents = CalDav(address, USER, PASSWORD).entries(DAY, DAY)
    rows = [
        row
        for number, data in enumerate(documents)
        for reading in read_blob(blob_from(f"{number}.ics", data), ReadOptions(today=DAY))
        for row in reading.payload
    ]
    return busy_times(rows, DAY, DAY)


@pytest.mark.parametrize("which", [0, 1], ids=["account", "calendar"])
def test_taken_times_are_read_when_the_server_is_asked(account, which):
    assert [(begin.hour, end.hour) for begin, end in taken(account[which])] == [(8, 10), (11, 16)]


def test_slots_avoid_what_the_server_says_when_they_are_proposed(account):
    diary = Diary(name="Ana", zone=ZoneInfo("UTC"), busy=taken(account[0]))
    found = sorted(slot.start for slot in propose_slots([diary], first=DAY, last=DAY, minutes=60))
    assert found == [datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (10, 16)]


def test_sign_in_is_refused_in_words_when_the_password_is_wrong(account):
    with pytest.raises(InputRefusedError, match="refuses the sign-in") as told:
        CalDav(account[0], USER, "wrong").entries(DAY, DAY)
    assert "wrong" not in str(told.value)


def test_server_is_named_when_nobody_answers():
    with pytest.raises(InputRefusedError, match=r"127\.0\.0\.1: the calendar cannot be read"):
        CalDav("http://127.0.0.1:9/x/").entries(DAY, DAY)


@pytest.mark.parametrize("address", ["ftp://x/y", "calendar", "http://calendar.example.org/ana/"])
def test_address_is_refused_before_anything_leaves_when_it_is_no_safe_one(address):
    with pytest.raises(InputRefusedError, match=r"https://"):
        CalDav(address, "ana", "s3cret").entries(DAY, DAY)
