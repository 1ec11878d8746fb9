from datetime import date

import pytest

from bywhen.intake.port import ReadOptions
from bywhen.intake.utterances import dialogue, facts_of, is_name, notes, speaker_split, spoken_share


def numbered(text):
    return list(enumerate(text.split("\n"), start=1))


@pytest.mark.parametrize(
    "text", ["Action: x", "Decision: y", "https: z", "so he said: no", "Next steps: a", "and then: b"]
)
def test_label_is_no_speaker_when_words_follow_a_colon(text):
    assert speaker_split(text) == ("", text)


@pytest.mark.parametrize(
    "name", ["Ana", "Jane Doe", "Dr. Ludwig van Beethoven", "O'Brien", "Speaker 1", "Doe, Jane (Vendor)"]
)
def test_name_is_a_speaker_when_it_looks_like_one(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "text",
    ["Ana Bo  0:00\nhello there\n\nJane Doe  1:05\nhi",
     "00:00:00 Ana Bo: hello there\n00:01:05 Jane Doe: hi",
     "[00:00] Ana Bo: hello there\n[01:05] Jane Doe: hi",
     "[Ana Bo] 10:00:00\nhello there\n\n[Jane Doe] 10:01:05\nhi",
     "Ana Bo (10:00 AM): hello there\nJane Doe (10:01 AM): hi"],
)  # fmt: skip
def test_turns_are_read_when_a_tool_wrote_them_its_own_way(text):
    said, left = dialogue(numbered(text))
    assert [(u.speaker, u.text) for u in said] == [("Ana Bo", "hello there"), ("Jane Doe", "hi")]
    assert said[0].start == 0.0
    assert said[1].start in (60.0, 65.0)
    assert not left
    assert spoken_share(numbered(text)) > 0.3


def test_line_is_the_words_own_when_a_turn_has_several():
    said, _ = dialogue(numbered("Ana Bo  0:00\none\ntwo"))
    assert [(u.line, u.text) for u in said] == [(2, "one"), (3, "two")]


def test_notes_are_not_spoken_when_labels_lead_their_lines():
    assert spoken_share(numbered("Action: a\nAction: b\nDecision: c\nAction: d")) == 0.0


def test_facts_are_taken_when_the_file_states_them():
    text = "Title: Weekly\nDate: 18 November 2026 at 10:00\nAttendees:\n- Ana Bo (PM)\n- Jane Doe\n\nnothing"
    found = facts_of(numbered(text), ReadOptions())
    assert (found.title, found.held_on, found.attendees) == ("Weekly", date(2026, 11, 18), ("Ana Bo", "Jane Doe"))


def test_date_is_not_guessed_when_the_file_leaves_its_order_open():
    assert facts_of([(1, "Date: 3/4/2026")], ReadOptions()).held_on is None
    assert facts_of([(1, "Date: 3/4/2026")], ReadOptions(date_order="DMY")).held_on == date(2026, 4, 3)


def test_heading_reaches_its_lines_when_it_ends_in_a_colon():
    found = notes(numbered("Decisions:\nWe stay.\n\nRISKS\nVendor"))
    assert [(u.line, u.heading) for u in found] == [(1, "Decisions"), (2, "Decisions"), (4, "RISKS"), (5, "RISKS")]
