from datetime import date

import pytest

from bywhen.followup.engine.ladder import Line
from bywhen.followup.engine.message import body, paragraph, subject, title_shown
from bywhen.followup.engine.tone import Tone, tone_findings
from bywhen.kernel.asking import Fired, Urgency
from factories.loop_facts import TODAY, facts

ASK = Fired("it is due now", Urgency.SOON, TODAY, "Which day will it be done?")
FRIDAY = date(2026, 11, 27)


def words(person="Ana", reasons=("it is due now",), **known):
    return paragraph(Line(facts(**known), "due-soon", ASK, tuple(reasons)), person).text.split("\n")


def test_an_item_says_when_and_what_who_waits_what_slips_one_question_and_why():
    known = {
        "owner": "Lea",
        "waiting_on": "Ana",
        "due": FRIDAY,
        "due_in_days": 4,
        "float_days": 3.5,
        "milestone": "UAT start",
        "kind": "blocker",
    }
    assert words(**known, miss_on=date(2026, 12, 3)) == [
        "By Fri 27 Nov 2026: Sign the terms",
        "Lea waits for it.",
        "UAT start can bear 3 working days of delay; from 3 Dec 2026 on it is missed.",
        "Which day will it be done?",
        "Why you get this: it is due now.",
    ]


def test_an_overdue_item_says_since_when_without_blame():
    lines = words(due=date(2026, 11, 20), due_in_days=-1)
    assert lines[0] == "Due Fri 20 Nov 2026: Sign the terms"
    assert tone_findings("\n".join(lines)) == []


def test_an_item_without_date_says_so():
    assert words()[0] == "No date yet: Sign the terms"


def test_an_empty_title_still_names_the_item():
    assert words(loop=7, title="\u200b ")[0] == "No date yet: open item 7"


def test_a_blocked_task_without_float_moves_its_milestone_day_by_day():
    known = {"kind": "blocker", "float_days": 0.0, "milestone": "Go-live"}
    assert "Each working day it waits moves Go-live by one." in words(**known)
    assert "From 3 Dec 2026 on, each working day it waits moves Go-live by one." in words(
        **known, miss_on=date(2026, 12, 3)
    )


def test_what_is_no_blocker_is_not_said_to_move_a_milestone():
    assert len(words(kind="review", float_days=0.0, milestone="Go-live")) == 3


def test_a_long_title_gives_way_so_that_the_whole_stays_short():
    long = "word " * 60
    item = "\n".join(
        words(title=long, waiting_on_text=long, kind="blocker", float_days=2.0, milestone=long, reasons=(long,))
    )
    assert len(body([item], Tone.SENIOR).split()) <= 90
    assert "word word word word" in item.split("\n")[0]


@pytest.mark.parametrize(
    "known", [{}, {"float_days": 2.0}, {"milestone": "UAT"}, {"milestone": "UAT", "float_days": 0.5}]
)
def test_nothing_is_said_about_slipping_that_the_plan_does_not_say(known):
    assert len(words(kind="blocker", **known)) == 3


def test_float_without_a_day_of_missing_leaves_the_day_out():
    assert "UAT can bear 2 working days of delay." in words(kind="blocker", float_days=2.0, milestone="UAT")


@pytest.mark.parametrize(
    ("person", "known", "line"),
    [
        ("Ana", {"waiting_on_text": "the bank's lawyers"}, "It waits on the bank's lawyers."),
        ("Lea", {"owner": "Ana"}, "It is with Ana."),
        ("Lea", {"owner": "", "waiting_on": "Bo"}, "It is with Bo."),
    ],
)
def test_who_has_it_is_told_to_whom_it_may_concern(person, known, line):
    assert words(person=person, **known)[1] == line


def test_a_title_from_a_file_cannot_break_the_lines():
    assert title_shown("Sign\r\nBcc: all@example.org\u2028now\x00") == "Sign Bcc: all@example.org now"
    assert len(title_shown("x" * 5000)) < 120
    assert title_shown("word " * 40).endswith("word ...")


def test_the_subject_is_the_item_or_how_many():
    assert subject(["By Fri: sign"]) == "By Fri: sign"
    assert subject(["By Fri: sign", "By Mon: test"]) == "2 items for you: By Fri: sign"
    assert subject([]) == ""


def test_the_closing_follows_the_tone():
    assert body(["Item"], Tone.SENIOR) == "Item\n\nOne line back is enough; if it is somebody else's, name them."
    assert body(["Item"], Tone.PEER).endswith("Thank you; a short reply is enough.")


def test_several_items_are_numbered():
    assert body(["First", "Second"], Tone.PEER).startswith("1. First\n\n2. Second\n\n")
