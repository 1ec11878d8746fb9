"""Decisions that a meeting asks for, and whether they were taken."""

from __future__ import annotations

import pytest

from bywhen.kernel.transcript import Utterance
from bywhen.meetings.engine.asking import ANSWERED_WITHIN, Asked, Taken, decisions_asked, decisions_untaken


@pytest.mark.parametrize(
    "text",
    [
        "We need to decide which vendor gets it.",
        "So the board has to approve the budget.",
        "Can we please agree on a date?",
        "Let's not decide that today.",
        "I am still waiting for your decision on the licences.",
        "The approval is still outstanding.",
        "It needs to be signed off before Friday.",
        "Who approves the load test?",
        "We should park that decision.",
        "Wir müssen das heute noch entscheiden.",
        "Die Entscheidung steht noch aus.",
    ],
)
def test_a_sentence_is_found_when_it_asks_for_a_decision(text):
    assert [each.text for each in decisions_asked([Utterance(1, f"Right. {text} Fine.")])] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "We decided to keep two cycles.",
        "You have to decide for yourself how you do it.",
        "That is a decision log.",
        "The approved plan stands.",
        "",
    ],
)
def test_nothing_is_found_when_nobody_asks(text):
    assert decisions_asked([Utterance(1, text)]) == ()


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], True),
        ([Taken("Something", (10,))], False),
        ([Taken("Something", (10 + ANSWERED_WITHIN,))], False),
        ([Taken("Something", (11 + ANSWERED_WITHIN,))], True),
        ([Taken("Something", (9,))], True),
        ([Taken("The hosting vendor stays", (99,))], False),
        ([Taken("The office moves", (99,))], True),
    ],
)
def test_a_question_is_left_when_no_decision_answers_it(taken, left):
    asked = (Asked(10, "We need to decide about the hosting vendor."),)
    assert decisions_untaken(asked, taken) == (asked if left else ())
