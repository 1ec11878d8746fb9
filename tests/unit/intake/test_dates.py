from datetime import date, datetime

import pytest

from bywhen.intake.dates import DateHabit, date_is_ambiguous, is_open, order_of, read_date, read_month


@pytest.mark.parametrize(
    "text",
    ["2026-11-18", "2026/11/18", "18.11.2026", "18.11.26", "18/11/2026", "11/18/2026", "18 Nov 2026", "18-Nov-26", "18/Nov/26",
     "Nov 18, 2026", "November 18 2026", "18. November 2026", "18 novembre 2026", "18 de noviembre de 2026", "Wed 18/11/26",
     "Mi 18.11.2026", "Wednesday, 18 November 2026", "18th November 2026", "20261118", "46344"],
)  # fmt: skip
def test_date_is_read_when_it_is_written_in_a_usual_way(text):
    assert read_date(text) == datetime(2026, 11, 18)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-18T08:30",
        "2026-11-18 08:30:00",
        "2026-11-18T08:30:00.000+0100",
        "Wed 11/18/26 8:30 AM",
        "18.11.2026 08:30 Uhr",
    ],
)
def test_time_is_kept_when_it_is_written_beside_the_date(text):
    assert read_date(text) == datetime(2026, 11, 18, 8, 30)


@pytest.mark.parametrize(
    "text", ["", "tbd", "31.02.2026", "2026-13-01", "12", "hello 5", "45/45/2026", "99999999", "Q3"]
)
def test_date_is_none_when_the_text_is_none(text):
    assert read_date(text) is None


def test_date_is_left_unread_when_two_days_are_possible():
    assert date_is_ambiguous("3/4/2026")
    assert not date_is_ambiguous("3.4.2026")
    assert not date_is_ambiguous("4/4/2026")
    assert read_date("3/4/2026", DateHabit("MDY")) == datetime(2026, 3, 4)


def test_order_is_proved_when_a_weekday_stands_beside_the_date():
    assert order_of(["Mon 1/5/26"]) == "MDY"
    assert order_of(["Fri 1/5/26"]) == "DMY"
    assert order_of(["13/2/2026", "2/13/2026"]) == "mixed"


def test_year_is_the_nearest_when_the_text_leaves_it_out():
    assert read_date("5 Jan", DateHabit(today=date(2026, 11, 22))) == datetime(2027, 1, 5)
    assert read_date("5 Jan") is None
    assert read_date("29 Feb", DateHabit(today=date(2026, 1, 1))) is None


def test_serial_is_a_date_when_it_lies_in_this_age():
    assert read_date(46344.0) == datetime(2026, 11, 18)
    assert read_date(12.0) is None


def test_month_is_read_when_a_heading_names_it():
    assert read_month("März 2026") == date(2026, 3, 1)
    assert read_month("Q2/26") == date(2026, 4, 1)
    assert read_month("2026") is None
    assert is_open("TBC")
