"""What holds for whatever is said in a meeting."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bywhen.kernel.evidence import quote_stands
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.meetings.engine.dates import find_due_date
from bywhen.meetings.engine.extraction import extract
from bywhen.meetings.engine.items import item_document
from bywhen.meetings.engine.projecttime import ProjectTime
from factories.meeting_talk import TASKS, TEAM, project_time
from shared_data import shared

WORDS = st.sampled_from(
    [
        "I'll",
        "we",
        "you",
        "Ana",
        "Ben",
        "send",
        "push",
        "delay",
        "agreed",
        "decided",
        "to",
        "by",
        "Friday",
        "next",
        "week",
        "two",
        "weeks",
        "the",
        "API",
        "delivery",
        "UAT",
        "action:",
        "decision:",
        "risk:",
        "not",
        "and",
        "before",
        "go-live",
        "end",
        "of",
        "month",
        "14",
        "March",
        "3/4",
        "?",
        ".",
        ",",
        "@ana",
        "can",
        "sure",
        "yes",
        "blocked",
        "in",
        "sprints",
        "|",
        "-",
    ]
)
LINES = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=80)
MEETINGS = st.lists(st.tuples(st.sampled_from(["Ana Souza", "Ben Carter", "", "Speaker 1"]), LINES), max_size=12)


@given(MEETINGS, st.booleans())
@settings(max_examples=150, deadline=None)
def test_items_quote_their_lines_when_anything_is_said(said: list[tuple[str, str]], written: bool) -> None:
    transcript = Transcript("", tuple(Utterance(n + 1, text, who) for n, (who, text) in enumerate(said)), notes=written)
    found = extract(transcript, time=project_time(), people=TEAM, tasks=TASKS)
    everything = [*found.items, *found.candidates]
    for item in everything:
        assert item.evidence
        assert 0 <= item.confidence <= 1
        assert item.due is None or item.due >= project_time().held_on
        assert all(quote_stands(s.quote, said[s.line - 1][1]) for s in item.evidence)
        json.dumps(item_document(item))
    assert len({i.id for i in everything}) == len(everything)
    assert extract(transcript, time=project_time(), people=TEAM, tasks=TASKS) == found


@given(LINES, st.dates(date(2000, 1, 1), date(2090, 1, 1)))
@settings(max_examples=300, deadline=None)
def test_deadlines_are_never_past_when_any_words_are_read(text: str, held_on: date) -> None:
    due = find_due_date(text, project_time(held_on))
    if due is not None:
        assert due.phrase == text[due.start : due.end]
        assert due.on is None or due.on >= held_on


def test_every_quote_stands_at_its_line_when_real_meetings_are_read() -> None:
    folder = shared("data", "meetings")
    quotes = 0
    for path in sorted(folder.glob("*/*.tsv")):
        rows = [line.split("\t", 5) for line in path.read_text(encoding="utf-8").splitlines()]
        said = {int(r[0]) + 1: r[5] for r in rows}
        transcript = Transcript(path.stem, tuple(Utterance(int(r[0]) + 1, r[5], r[3], float(r[1])) for r in rows))
        found = extract(transcript, time=ProjectTime(date(2026, 11, 23), project_time().working_time))
        for item in (*found.items, *found.candidates):
            for proof in item.evidence:
                quotes += 1
                assert quote_stands(proof.quote, said[proof.line]), f"{path.stem}, line {proof.line}"
    assert quotes > 1000
