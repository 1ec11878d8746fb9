from __future__ import annotations

import pytest

from bywhen.kernel.transcript import Utterance
from bywhen.meetings.engine.grammar import inline, leading_names, marked, pointed, tasked


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("2.3 Action: send it", "action", "send it"),
        ("[DECISION] keep it", "decision", "keep it"),
        ("#risk it may break", "risk", "it may break"),
        ("👉 Action: send it", "action", "send it"),
        ("=> Decision: keep it", "decision", "keep it"),
        ("Beschluss: es bleibt so", "decision", "es bleibt so"),
        ("À faire : envoyer", "action", "envoyer"),
        ("Still open: who pays?", "question", "who pays?"),
        ("CR-12 approved: add the log", "decision", "add the log"),
    ],
)
def test_is_an_item_when_a_line_marks_itself(line: str, kind: str, text: str) -> None:
    found = marked(Utterance(1, line))
    assert found is not None
    assert (found.kind.value, found.text) == (kind, text)


@pytest.mark.parametrize(
    "line", ["Action: none", "The action was good", "Risk: keine", "#riskless", "Agreed", "Taskforce: meets"]
)
def test_is_no_item_when_nothing_is_marked(line: str) -> None:
    assert marked(Utterance(1, line)) is None


def test_finds_the_marker_when_it_stands_behind_the_discussion() -> None:
    found = inline("Costs are high. Decision: cut the training.")
    assert found is not None
    assert (found.kind.value, found.text) == ("decision", "cut the training.")
    assert inline("He said: no decision yet") is None


def test_names_who_is_told_when_minutes_report_it() -> None:
    assert tasked("Ben Carter was asked to call the vendor") == "Ben Carter"
    assert tasked("The vendor asked for more time") is None


def test_leads_to_somebody_when_an_arrow_does() -> None:
    assert pointed("search is slow -> Ben profiles it") == "Ben profiles it"
    assert pointed("search is slow") is None


@pytest.mark.parametrize("line", ["Grant access to all", "Mark the tickets", "Bill the customer"])
def test_names_nobody_when_a_line_begins_with_a_verb(line: str) -> None:
    assert leading_names(line) == []
