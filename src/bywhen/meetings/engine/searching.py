"""Words as they are searched for: folded alike in what is kept and in what is typed, and the ranking of what was found.

What does not live here: the index itself (``selectors.searching``, ``services.indexing``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MOST_WORDS = 12
LONGEST = 60
"""Letters of a word that are kept; longer ones are searched by their beginning."""
LEAST_WITHIN = 3
"""Letters that must be typed before they are looked for inside of words too, not only at their beginning."""
WITHIN = "\ue000"
"""Begins what is kept of a word's inside. It is in no alphabet: no word has it, yet databases take it for a letter."""

_WORD = re.compile(r"[^\W_]+")
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


def word_forms(text: str) -> list[tuple[str, ...]]:
    """Each word of ``text`` in the forms by which it is found: without its marks, and with umlauts spelt out.

    Everything but letters and digits only separates words, so that no sign of a query language is left.

    >>> word_forms('Grüße NEAR "Test-1*')
    [('grusse', 'gruesse'), ('near',), ('test',), ('1',)]
    """
    lowered = unicodedata.normalize("NFC", text).casefold()
    pairs = ((_folded(word), _folded(word.translate(_SPELT))) for word in _WORD.findall(lowered))
    return [tuple(dict.fromkeys(form for form in pair if form)) for pair in pairs if any(pair)]


def words_wanted(text: str) -> list[tuple[str, ...]]:
    """What was typed, as :func:`word_forms`: each word once, the first :data:`MOST_WORDS`."""
    return list(dict.fromkeys(word_forms(text)))[:MOST_WORDS]


def words_kept(*parts: str) -> str:
    """All forms of all words of the parts, each once, parted by blanks; then each form again without its first letter,
    without its first two and so on: what an index keeps. An index that finds words by their beginning thereby finds
    them by any part, on every database alike.

    >>> words_kept("Größe", "the größe").replace(WITHIN, "-")
    'grosse groesse the -rosse -osse -sse -roesse -oesse -esse'
    """
    forms = dict.fromkeys(form for part in parts for forms in word_forms(part) for form in forms)
    ends = (WITHIN + form[at:] for form in forms for at in range(1, len(form) - LEAST_WITHIN + 1))
    return " ".join(dict.fromkeys([*forms, *ends]))


def beginnings(form: str) -> tuple[str, ...]:
    """With what a kept word begins that holds the form: ``zyklus`` also finds ``Testzyklus``, ``te`` only ``Test``.

    >>> [each.replace(WITHIN, "-") for each in (*beginnings("zyklus"), *beginnings("te"))]
    ['zyklus', '-zyklus', 'te']
    """
    return (form, WITHIN + form) if len(form) >= LEAST_WITHIN else (form,)


def relevance(wanted: Sequence[Sequence[str]], text: str) -> int:
    """How well ``text`` answers: for each word 3 when it stands there whole, 2 when a word there begins with it, 1 when
    it stands inside of one.

    >>> [relevance(words_wanted("test cycle"), text) for text in ("One test cycle", "Test cycles", "Retest", "Go-live")]
    [6, 5, 1, 0]
    """
    there = [form for forms in word_forms(text) for form in forms]
    return sum(max((_answers(form, there) for form in forms), default=0) for forms in wanted)


def _answers(form: str, there: Sequence[str]) -> int:
    if form in there:
        return 3
    if any(word.startswith(form) for word in there):
        return 2
    return int(len(form) >= LEAST_WITHIN and any(form in word for word in there))


def _folded(word: str) -> str:
    parted = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    return "".join(_WORD.findall("".join(sign for sign in parted if not unicodedata.combining(sign))))[:LONGEST]
