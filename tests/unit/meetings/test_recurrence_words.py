from __future__ import annotations

from datetime import date, datetime

import pytest

from bywhen.kernel.errors import InputRefusedError
from bywhen.meetings.engine.recurrence import first_of, rule_check, rule_less, rule_universal, rule_until
from bywhen.meetings.engine.recurrence_words import EXAMPLES, read_recurrence, tell_recurrence

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("", ""),
        ("once", ""),
        ("daily", "FREQ=DAILY"),
        ("every working day", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
        ("every weekday until 30 April", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270430"),
        ("weekly", "FREQ=WEEKLY;BYDAY=TU"),
        ("Weekly on Mon and Thu", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("Thursdays & Mondays", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("every Mon, Wed and Fri until 31 Mar 2027", "FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20270331"),
        ("every other Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every two weeks until March 26, 2027", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270326"),
        ("fortnightly on Wednesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ("every 3 weeks on Mon, 6 times", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO;COUNT=6"),
        ("third Tuesday", "FREQ=MONTHLY;BYDAY=3TU"),
        ("every third Tuesday of the month", "FREQ=MONTHLY;BYDAY=3TU"),
        ("the 1st and 3rd Wednesday of each month", "FREQ=MONTHLY;BYDAY=1WE,3WE"),
        ("last Friday of the month until 2027-12-31", "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231"),
        ("second to last Thursday", "FREQ=MONTHLY;BYDAY=-2TH"),
        ("last working day", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("10th working day of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=10"),
        ("monthly on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("monthly", "FREQ=MONTHLY;BYMONTHDAY=24"),
        ("first day of the month", "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("every 2 months on the first Monday", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("quarterly on the last working day", "FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("yearly", "FREQ=YEARLY"),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU"),
    ],
)
def test_words_mean_a_rule_when_people_say_how_often(words, rule):
    assert read_recurrence(words, TUESDAY) == rule
    rule_check(rule)


@pytest.mark.parametrize(
    "words",
    [
        "biweekly",
        "bi-monthly",
        "whenever",
        "every",
        "every Friday until Christmas",
        "every so often",
        "third",
        "sixth Tuesday of the month",
        "every week until 31 February 2027",
        "weekly; DROP",
    ],
)
def test_words_are_refused_when_they_are_not_understood_or_mean_two_things(words):
    with pytest.raises(InputRefusedError, match="how often"):
        read_recurrence(words, TUESDAY)


@pytest.mark.parametrize(
    "example",
    [
        *EXAMPLES,
        "every day",
        "the 31st of the month",
        "second to last Friday of the month",
        "every 2 weeks on Monday and Friday, 8 times",
    ],
)
def test_what_is_told_means_the_same_when_it_is_read_again(example):
    rule = read_recurrence(example, TUESDAY)
    assert read_recurrence(tell_recurrence(rule), TUESDAY) == rule


@pytest.mark.parametrize(
    "rule", ["FREQ=YEARLY;BYMONTH=3;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=1MO,2TU", "FREQ=WEEKLY;WKST=SU"]
)
def test_rule_is_told_as_it_is_when_words_would_lose_something(rule):
    assert tell_recurrence(rule) == rule


def test_last_day_of_the_month_is_meant_when_a_series_begins_on_its_end():
    assert read_recurrence("monthly", date(2027, 1, 31)) == "FREQ=MONTHLY;BYMONTHDAY=-1"


def test_series_begins_with_its_rule_when_the_day_given_is_none_of_it():
    assert first_of(datetime(2026, 11, 23, 9), "FREQ=WEEKLY;BYDAY=TH") == datetime(2026, 11, 26, 9)
    with pytest.raises(InputRefusedError, match="ends before it begins"):
        first_of(datetime(2026, 11, 23, 9), "FREQ=WEEKLY;UNTIL=20261101")


def test_end_is_replaced_and_counted_when_a_rule_is_cut():
    assert rule_until("FREQ=WEEKLY;UNTIL=20270101", datetime(2026, 12, 1, 9)) == "FREQ=WEEKLY;UNTIL=20261201T090000"
    assert rule_less("FREQ=WEEKLY;COUNT=5", 9) == "FREQ=WEEKLY;COUNT=1"
    assert rule_universal("FREQ=DAILY;UNTIL=20270701", "America/New_York") == "FREQ=DAILY;UNTIL=20270702T035900Z"
