from datetime import UTC, date, datetime

import pytest

from bywhen.intake.formats.icalendar_file import ICalendar
from bywhen.intake.port import ReadOptions
from bywhen.kernel.errors import FileMalformedError
from factories.format_samples import ICS, blob

TODAY = ReadOptions(today=date(2026, 11, 22))


def calendar(*events):
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
        + "".join(f"BEGIN:VEVENT\r\n{e}\r\nEND:VEVENT\r\n" for e in events)
        + "END:VCALENDAR\r\n"
    )


def reading(text):
    (found,) = ICalendar().read(blob(text), TODAY)
    return found


def test_recurrence_keeps_its_local_hour_when_clocks_change():
    rows = reading(
        calendar("UID:1\r\nDTSTART;TZID=Europe/Berlin:20261019T090000\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\nSUMMARY:x")
    ).payload
    assert [row.start.astimezone(UTC).hour for row in rows] == [7, 8]
    assert reading(ICS).payload[0].title == "Stand-up, daily"


def test_endless_recurrence_is_bounded_when_it_has_no_end():
    found = reading(calendar("UID:1\r\nDTSTART:20200101T090000Z\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:x"))
    assert 100 <= len(found.payload) <= 110
    assert found.payload[0].start >= datetime(2025, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5,6"])
def test_series_is_left_out_when_it_recurs_more_than_hourly(rule):
    found = reading(calendar(f"UID:1\r\nDTSTART:20261101T090000Z\r\nRRULE:{rule}\r\nSUMMARY:x"))
    assert not found.payload
    assert found.read == len(found.skipped) == 1


def test_unknown_zone_is_told_when_a_file_does_not_define_it():
    found = reading(calendar("UID:1\r\nDTSTART;TZID=Made Up:20261118T100000\r\nSUMMARY:x"))
    assert [each.rule for each in found.findings] == ["time-zone-unknown"]
    assert found.payload[0].start == datetime(2026, 11, 18, 10, tzinfo=UTC)


def test_injected_lines_stay_text_when_they_are_escaped():
    found = reading(calendar("UID:1\r\nDTSTART:20261118T100000Z\r\nSUMMARY:a\\nEND:VEVENT\\;b"))
    assert len(found.payload) == 1
    assert found.payload[0].title == "a\nEND:VEVENT;b"


def test_calendar_is_refused_when_it_is_cut_short():
    with pytest.raises(FileMalformedError, match="cut short"):
        reading(ICS[:-20])


def test_entry_is_left_out_when_its_start_is_broken():
    found = reading(
        calendar("UID:1\r\nDTSTART:2026yy18T100000Z\r\nSUMMARY:x", "UID:2\r\nDTSTART:20261118T100000Z\r\nSUMMARY:y")
    )
    assert [row.title for row in found.payload] == ["y"]
    assert "DTSTART" in found.skipped[0].reason
