from __future__ import annotations

from datetime import date

import pytest

from bywhen.meetings.engine.dates import due_date, find_due_date
from factories.meeting_talk import project_time


def test_keeps_the_words_and_the_rule_when_a_deadline_is_found() -> None:
    due = find_due_date("I'll have it ready by end of next week, promised.", project_time())
    assert due is not None
    assert (due.on, due.phrase, due.rule) == (date(2025, 3, 21), "by end of next week", "part-of-period")
    assert 0 < due.confidence <= 1


@pytest.mark.parametrize(
    "said", ["last Friday", "every Monday", "since Tuesday", "after Thursday", "we sat down", "v2.3", "3/4 of it", ""]
)
def test_finds_no_deadline_when_the_time_is_past_repeated_or_none(said: str) -> None:
    assert find_due_date(said, project_time()) is None or find_due_date(said, project_time()).on is None


@pytest.mark.parametrize("said", ["as soon as possible", "by Q3", "on Monday 18 March", "by 3/4/2025"])
def test_keeps_the_words_without_a_day_when_no_day_is_certain(said: str) -> None:
    due = find_due_date(said, project_time(day_order=""))
    assert due is not None
    assert due.on is None
    assert due.phrase in said


def test_prefers_the_deadline_when_several_times_are_said() -> None:
    due = find_due_date("On Monday we meet the vendor, I need the figures by Friday", project_time())
    assert due is not None
    assert due.on == date(2025, 3, 14)


def test_takes_the_correction_when_the_speaker_corrects_himself() -> None:
    due = find_due_date("by Thursday, no, Friday", project_time())
    assert due is not None
    assert due.on == date(2025, 3, 14)


def test_skips_holidays_when_business_days_are_counted() -> None:
    due = find_due_date("within two business days", project_time(date(2025, 4, 17)))
    assert due is not None
    assert due.on == date(2025, 4, 22)


def test_takes_the_next_one_when_an_occasion_is_held_again_and_again() -> None:
    from bywhen.meetings.engine.projecttime import Occasion

    twice = (Occasion("Steering committee", date(2025, 4, 24)), Occasion("Steering committee", date(2025, 3, 27)))
    due = find_due_date("before the steering committee", project_time(occasions=twice))
    assert due is not None
    assert due.on == date(2025, 3, 26)


def test_abstains_when_an_occasion_fits_two_names() -> None:
    from bywhen.meetings.engine.projecttime import Occasion

    two = (Occasion("Go-live wave 1", date(2025, 5, 5)), Occasion("Go-live wave 2", date(2025, 6, 2)))
    assert find_due_date("by go-live", project_time(occasions=two)) is None


def test_reads_another_language_when_the_phrase_is_known_to_be_a_date() -> None:
    due = due_date("14 marzo 2025", project_time())
    assert due is not None
    assert (due.on, due.rule) == (date(2025, 3, 14), "dateparser, strict")
    assert due_date("version 2", project_time()) is None


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("Ana schickt das Protokoll bis Freitag", date(2025, 3, 14)),
        ("bis Ende nächster Woche", date(2025, 3, 21)),
        ("innerhalb von drei Arbeitstagen", date(2025, 3, 17)),
        ("bis zum 28. März", date(2025, 3, 28)),
        ("Übergabe in KW 14", date(2025, 4, 4)),
        ("d'ici vendredi", date(2025, 3, 14)),
        ("d'ici la fin de la semaine prochaine", date(2025, 3, 21)),
        ("sous trois jours ouvrés", date(2025, 3, 17)),
        ("au plus tard le 28 mars", date(2025, 3, 28)),
    ],
)
def test_reads_german_and_french_when_a_deadline_is_written_in_them(said: str, on: date) -> None:
    due = find_due_date(said, project_time())
    assert due is not None
    assert due.on == on


@pytest.mark.parametrize("said", ["seit Montag", "letzten Freitag", "vor zwei Wochen", "jeden Montag", "ab Dienstag", "bis KW 20",
                                  "Guten Morgen", "hier", "il y a deux semaines", "chaque lundi", "depuis mardi", "la semaine dernière"])  # fmt: skip
def test_finds_no_deadline_when_german_or_french_speak_of_the_past_or_of_every_week(said: str) -> None:
    due = find_due_date(said, project_time())
    assert due is None or due.on is None


@pytest.mark.parametrize(
    "said", ["I'm out Friday and Monday", "the Friday release failed", "we can't start until Friday", "version 3.11."]
)
def test_finds_no_deadline_when_a_day_is_named_for_something_else(said: str) -> None:
    due = find_due_date(said, project_time())
    assert due is None or due.on is None
