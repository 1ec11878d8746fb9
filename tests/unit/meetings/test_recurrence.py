from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bywhen.kernel.errors import InputRefusedError
from bywhen.meetings.engine.recurrence import MOST, occurrences, rule_check

YEAR = {"after": datetime(2027, 1, 1, tzinfo=UTC), "before": datetime(2028, 1, 1, tzinfo=UTC)}
TUESDAY = datetime(2027, 1, 5, 9, 30)


@pytest.mark.parametrize(
    ("zone", "winter", "summer", "changes"),
    [
        ("Europe/Berlin", "08:30", "07:30", ("2027-03-30", "2027-11-02")),
        ("America/New_York", "14:30", "13:30", ("2027-03-16", "2027-11-09")),
        ("Australia/Sydney", "23:30", "22:30", ("2027-04-06", "2027-10-05")),
        ("Asia/Kolkata", "04:00", "04:00", ()),
    ],
)
def test_hour_on_the_wall_stays_when_clocks_change(zone, winter, summer, changes):
    found = occurrences(TUESDAY, zone, "FREQ=WEEKLY;BYDAY=TU", **YEAR)
    assert len(found) == 52
    assert {each.strftime("%a %H:%M") for each in found} == {"Tue 09:30"}
    utc = [each.astimezone(UTC).strftime("%H:%M") for each in found]
    assert set(utc) == {winter, summer}
    moved = [
        each.date().isoformat() for each, before, now in zip(found[1:], utc, utc[1:], strict=False) if before != now
    ]
    assert tuple(moved) == changes


def test_start_moves_by_the_gap_when_its_hour_does_not_exist():
    found = occurrences(datetime(2027, 3, 21, 2, 30), "Europe/Berlin", "FREQ=WEEKLY;COUNT=2", **YEAR)
    assert [each.strftime("%H:%M %Z") for each in found] == ["02:30 CET", "03:30 CEST"]


def test_first_of_two_hours_is_meant_when_the_hour_comes_twice():
    (found,) = occurrences(datetime(2027, 10, 31, 2, 30), "Europe/Berlin", **YEAR)
    assert found.astimezone(UTC).hour == 0


def test_day_is_left_out_when_it_was_taken_out():
    found = occurrences(TUESDAY, "UTC", "FREQ=WEEKLY;COUNT=3", without=[datetime(2027, 1, 12, 9, 30)], **YEAR)
    assert [each.day for each in found] == [5, 19]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYDAY=1TH", ["01-07", "02-04"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["01-29", "02-26"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", ["01-05", "01-19"]),
        ("FREQ=DAILY;BYDAY=MO,WE", ["01-06", "01-11"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20270112", ["01-05", "01-12"]),
    ],
)
def test_days_are_right_when_rules_differ(rule, days):
    assert [each.strftime("%m-%d") for each in occurrences(TUESDAY, "UTC", rule, **YEAR)][:2] == days


def test_series_ends_when_its_until_or_count_is_reached():
    assert len(occurrences(TUESDAY, "UTC", "FREQ=DAILY;UNTIL=20270107T093000Z", **YEAR)) == 3
    assert len(occurrences(TUESDAY, "UTC", "FREQ=DAILY;COUNT=4", **YEAR)) == 4


def test_count_counts_from_the_first_when_the_window_begins_later():
    found = occurrences(datetime(2026, 12, 29, 9), "UTC", "FREQ=WEEKLY;COUNT=2", **YEAR)
    assert [each.date().isoformat() for each in found] == ["2027-01-05"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTHDAY=40",
        "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=many",
        "FREQ=WEEKLY;UNTIL=soon",
        "FREQ=WEEKLY;BYDAY=XX",
        "every Tuesday",
        "FREQ=DAILY;FREQ=DAILY",
    ],
)
def test_rule_is_refused_with_its_place_when_it_cannot_be_counted_out(rule):
    with pytest.raises(InputRefusedError, match="RRULE"):
        rule_check(rule)


def test_zone_is_refused_when_nobody_knows_it():
    for zone in ("Mars/Olympus", "", "../../etc/passwd", "W. Europe Standard Time"):
        with pytest.raises(InputRefusedError, match="time zone"):
            occurrences(TUESDAY, zone, **YEAR)


def test_counting_is_bounded_when_a_rule_has_no_end():
    begun = time.process_time()
    found = occurrences(
        datetime(1970, 1, 1, 9), "UTC", "FREQ=DAILY", after=YEAR["after"], before=datetime(9000, 1, 1, tzinfo=UTC)
    )
    assert (len(found), found[0]) == (MOST, datetime(2027, 1, 1, 9, tzinfo=ZoneInfo("UTC")))
    assert time.process_time() - begun < 3
