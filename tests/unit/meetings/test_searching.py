"""Folding words for the search, and ranking."""

from __future__ import annotations

import pytest

from bywhen.meetings.engine.searching import LONGEST, MOST_WORDS, relevance, word_forms, words_kept, words_wanted


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Müller", [("muller", "mueller")]),
        ("Mu\u0308ller", [("muller", "mueller")]),
        ("STRASSE", [("strasse",)]),
        ("Straße", [("strasse",)]),
        ("Łódź", [("lodz",)]),
        ("v2_final-x", [("v2",), ("final",), ("x",)]),
        ("'\"*():-&|!\\\0", []),
    ],
)
def test_word_forms_are_plain_when_words_have_marks(text, forms):
    assert word_forms(text) == forms


def test_words_are_bounded_when_many_or_long():
    assert len(words_wanted(" ".join(map(str, range(100))))) == MOST_WORDS
    assert words_kept("x" * 5000) == "x" * LONGEST


def test_relevance_prefers_whole_words_when_both_stand():
    wanted = words_wanted("größe")
    assert [relevance(wanted, text) for text in ("Groesse", "Größenordnung", "x")] == [2, 1, 0]
