from __future__ import annotations

from time import process_time

import pytest

from bywhen.kernel.transcript import Utterance
from bywhen.meetings.engine.outline import Place, outlined


def _places(*lines: str) -> list[Place]:
    said = [Utterance(n, text) for n, text in enumerate(lines, 1)]
    return list(outlined(said, lambda name: name in ("Ana", "Ben Carter")))


@pytest.mark.parametrize(
    "title", ["**Action items**", "Action items", "__Action items__:", "Next steps and actions", "Offene Punkte"]
)
def test_stands_under_a_heading_when_a_line_is_bold_or_names_a_kind(title: str) -> None:
    head, line = _places(title, "- send the plan")
    assert head.heads
    assert line == Place(title.strip("*_:"))


def test_has_a_holder_when_a_name_stands_above_it() -> None:
    *_, first, _, second = _places("Action items", "**Ana**", "- send the plan", "**Ben Carter**", "- check it")
    assert (first.heading, first.holder, second.holder) == ("Action items", "Ana", "Ben Carter")


def test_ends_a_section_when_another_heading_follows() -> None:
    *_, line = _places("Action items", "- send the plan", "Summary", "It went well.")
    assert line == Place("Summary")


@pytest.mark.parametrize("line", ["Actions speak louder than words.", "- Risks", "We agreed on the next steps"])
def test_is_no_heading_when_it_is_a_sentence_or_a_bullet(line: str) -> None:
    assert not _places(line)[0].heads


def test_keeps_pace_when_a_line_repeats_the_words_of_headings() -> None:
    line = "open next steps items " * 2000
    started = process_time()
    assert not _places(line + "!")[0].heads
    assert process_time() - started < 1
