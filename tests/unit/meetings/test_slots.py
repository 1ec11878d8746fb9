from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bywhen.meetings.engine.slots import Diary, propose_slots, read_hours

BERLIN, DELHI, SYDNEY = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata"), ZoneInfo("Australia/Sydney")
DAY = date(2026, 11, 24)


def at(hour, minute=0, day=24):
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def hours(slots):
    return [slot.start.astimezone(BERLIN).strftime("%H:%M") for slot in slots]


def test_only_common_working_hours_are_proposed_when_zones_differ():
    people = [Diary(name="Tom", zone=BERLIN), Diary(name="Priya", zone=DELHI)]
    found = propose_slots(people, first=DAY, last=DAY, minutes=30, most=20)
    shown = sorted(hours(found))
    assert (shown[0], shown[-1]) == ("09:00", "12:00")  # Delhi closes when it is 12:30 in Berlin
    assert all("Both are free, within everybody's hours" in slot.reasons for slot in found)


def test_nobody_is_booked_twice_when_diaries_are_full():
    busy = ((at(9), at(11)), (at(12), at(17)))
    (slot,) = propose_slots([Diary(name="Tom", zone=BERLIN, busy=busy)], first=DAY, last=DAY, minutes=60)
    assert hours([slot]) == ["11:00"]
    assert "No pause beside another meeting for Tom" in slot.reasons


def test_slot_with_a_pause_comes_first_when_there_is_one():
    found = propose_slots([Diary(name="Tom", zone=BERLIN, busy=((at(10), at(11)),))], first=DAY, last=DAY, minutes=60)
    assert hours(found)[0] == "11:30"


def test_optional_person_is_missed_first_when_no_slot_suits_all():
    people = [Diary(name="Tom", zone=BERLIN), Diary(name="Eva", zone=BERLIN, required=False, busy=((at(9), at(17)),))]
    found = propose_slots(people, first=DAY, last=DAY, minutes=60)
    assert {slot.reasons[0] for slot in found} == {"Without Eva (optional): taken 09:00 to 17:00"}


def test_missing_person_is_named_when_required_people_share_no_time():
    people = [Diary(name="Tom", zone=BERLIN), Diary(name="Eva", zone=BERLIN), Diary(name="Ruth", zone=SYDNEY)]
    found = propose_slots(people, first=DAY, last=DAY, minutes=60)
    assert {slot.missing for slot in found} == {("Ruth",)}


def test_nothing_is_proposed_when_nobody_required_has_time_or_is_there():
    full = Diary(name="Tom", zone=BERLIN, busy=((at(0), at(23)),))
    assert propose_slots([full], first=DAY, last=DAY, minutes=60) == []
    assert propose_slots([], first=DAY, last=DAY, minutes=60) == []


def test_early_slot_falls_to_the_one_whose_turn_it_is_when_somebody_must_take_it():
    tired = Diary(name="Tom", zone=BERLIN, hours=(time(9), time(12)), burden=3)
    fresh = Diary(name="Eva", zone=BERLIN, hours=(time(9), time(12)), burden=0)
    other = Diary(name="Priya", zone=DELHI)
    alone = propose_slots([tired, other], first=DAY, last=DAY, minutes=60)[0]
    spared = propose_slots([fresh, other], first=DAY, last=DAY, minutes=60)[0]
    assert alone.score <= spared.score


def test_weekend_is_left_out_when_the_window_covers_it():
    found = propose_slots(
        [Diary(name="Tom", zone=BERLIN)], first=date(2026, 11, 28), last=date(2026, 11, 30), minutes=60
    )
    assert {slot.start.date() for slot in found} == {date(2026, 11, 30)}


def test_local_day_counts_when_clocks_change_within_the_window():
    people = [Diary(name="Tom", zone=BERLIN, hours=(time(9), time(10)))]
    found = propose_slots(people, first=date(2027, 3, 26), last=date(2027, 3, 29), minutes=60)
    assert [slot.start.astimezone(UTC).hour for slot in found] == [8, 7]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("08:00-16:30", (time(8), time(16, 30))),
        ("9 to 18", (time(9), time(18))),
        ("25-99", (time(9), time(17))),
        ("17-9", (time(9), time(17))),
        ("", (time(9), time(17))),
    ],
)
def test_hours_are_read_when_people_write_them_differently(text, wanted):
    assert read_hours(text) == wanted
