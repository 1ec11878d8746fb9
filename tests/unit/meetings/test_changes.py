from __future__ import annotations

from datetime import date

import pytest

from bywhen.meetings.engine.changes import LONGEST_SENTENCE, find_change
from factories.meeting_talk import project_time


def test_is_agreed_when_the_sentence_says_so() -> None:
    decided = find_change("We agreed to push the API delivery two weeks.", project_time())
    thought = find_change("What if UAT slips by two weeks?", project_time())
    assert decided is not None
    assert thought is not None
    assert decided.agreed
    assert not thought.agreed
    assert thought.confidence < decided.confidence


@pytest.mark.parametrize(
    "said", ["We will not delay the go-live by a week.", "Let's push on.", "I moved house two weeks ago."]
)
def test_finds_nothing_when_it_is_denied_or_no_change(said: str) -> None:
    assert find_change(said, project_time()) is None


@pytest.mark.parametrize(
    ("said", "days"),
    [("by 3 days", 3), ("by a week", 5), ("by half a day", 0.5), ("by one sprint", 10), ("by two months", 40)],
)
def test_counts_working_days_when_an_amount_is_said(said: str, days: float) -> None:
    found = find_change(f"Delay the API delivery {said}.", project_time())
    assert found is not None
    assert found.change.days == days


def test_has_no_days_when_the_length_of_a_sprint_is_unknown() -> None:
    found = find_change("Delay the API delivery by one sprint.", project_time(sprints=None))
    assert found is not None
    assert (found.change.days, found.change.amount, found.change.unit) == (None, 1.0, "sprint")


def test_names_the_new_date_when_a_date_is_said() -> None:
    found = find_change("Move the cutover to 14 April", project_time())
    assert found is not None
    assert (found.change.verb, found.change.finish) == ("set", date(2025, 4, 14))


def test_spans_its_words_when_other_sentences_stand_before() -> None:
    text = "Good morning. Let's delay the go-live by a week. Thanks."
    found = find_change(text, project_time())
    assert found is not None
    assert text[found.start : found.end].startswith("delay the go-live")


def test_leaves_endless_sentences_alone_when_speech_has_no_marks() -> None:
    assert find_change("we push the release and " * LONGEST_SENTENCE, project_time()) is None
