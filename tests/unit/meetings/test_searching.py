"""Folding words for the search, and ranking."""

from __future__ import annotations

import pytest

from bywhen.meetings.engine.searching import (
    LEAST_WITHIN,
    LONGEST,
    MOST_WORDS,
    WITHIN,
    beginnings,
    relevance,
    word_forms,
    words_kept,
    words_wanted,
)


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
    assert words_kept("x" * 5000).split()[0] == "x" * LONGEST
    assert len(words_kept("x" * 5000).split()) == LONGEST - LEAST_WITHIN + 1


def test_relevance_prefers_whole_words_when_both_stand():
    wanted = words_wanted("größe")
    assert [relevance(wanted, text) for text in ("Groesse", "Größenordnung", "x")] == [3, 2, 0]


@pytest.mark.parametrize(
    ("word", "typed", "found"),
    [
        ("Testzyklus", "zyklus", True),
        ("Testzyklus", "zyk", True),
        ("Testzyklus", "zy", False),
        ("Testzyklus", "te", True),
        ("Testzyklus", "zyklen", False),
        ("Go", "o", False),
        ("Prüfgröße", "groesse", True),
        ("Prüfgröße", "grosse", True),
    ],
)
def test_a_word_is_found_by_its_part_when_enough_of_it_is_typed(word, typed, found):
    (forms,) = words_wanted(typed)
    starts = tuple(start for form in forms for start in beginnings(form))
    assert any(kept.startswith(starts) for kept in words_kept(word).split()) == found


def test_inner_sign_is_no_letter_of_any_word_when_folded():
    assert word_forms(f"a{WITHIN}b") == [("a",), ("b",)]
