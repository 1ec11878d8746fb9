"""Recognising column headings in their usual spellings, in English, German, French and Spanish.

What does not live here: the spellings themselves, which each kind of sheet lists beside its builder (``sheets``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from bywhen.kernel.errors import MappingWrongError

_TYPO_LETTERS = 8
"""Headings at least this long may hold one slip of the keyboard."""
_HEADING_LETTERS = 80
_REMEMBERED = 10_000
_TYPO, _OTHERS = 100, 1000
"""What a slip of the keyboard, and being another field's spelling first, take from how sure a heading is."""
_Fields = tuple[tuple[str, int], ...]
"""Fields that a heading may be, with how unsure each is."""


@lru_cache(maxsize=20_000)
def normal(heading: str) -> str:
    """A heading as compared: no case, accents, punctuation, brackets or doubled spaces.

    >>> normal(" % Complete* "), normal("Début (date)"), normal("Budget [k€]"), normal("PO #")
    ('percent complete', 'debut', 'budget', 'po number')
    """
    plain = unicodedata.normalize("NFKD", heading.lower().replace("ß", "ss"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    outside = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", plain)
    kept = outside if outside.strip(" .:*") else plain
    kept = kept.replace("%", " percent ").replace("#", " number ").replace("&", " and ")
    return re.sub(r"[^0-9a-z]+", " ", kept).strip()


class Vocabulary:
    """The fields of one kind of sheet with their spellings, the surest first. A spelling of two fields is the first
    one's column; where that has a surer column, it is the other's.

    >>> words = Vocabulary({"name": ("task name",), "predecessors": ("predecessors",)})
    >>> words.columns(["ID", "Task Name", "Predecesors"])
    {'name': 1, 'predecessors': 2}
    """

    def __init__(self, spellings: Mapping[str, tuple[str, ...]]) -> None:
        self.fields = tuple(spellings)
        self._index: dict[str, _Fields] = {}
        for name, words in spellings.items():
            for rank, word in enumerate(words):
                known = self._index.get(normal(word), ())
                self._index[normal(word)] = (*known, (name, rank + _OTHERS * len(known)))
        self._close = [word for word in self._index if len(word) >= _TYPO_LETTERS]
        self._met: dict[str, _Fields] = {}

    def columns(self, headings: Sequence[str]) -> dict[str, int]:
        """Which column holds which field. Every column serves one field at most; of two columns for one field the
        one with the surer spelling wins, then the first.
        """
        ranked = [(rank, at, name) for at, text in enumerate(headings) for name, rank in self._fields_of(text)]
        columns: dict[str, int] = {}
        for _, position, name in sorted(ranked):
            if name not in columns and position not in columns.values():
                columns[name] = position
        return dict(sorted(columns.items(), key=lambda pair: pair[1]))

    def spells(self, heading: str) -> bool:
        """Whether a heading is, to the letter, one of the listed spellings."""
        return normal(heading) in self._index

    def _fields_of(self, heading: str) -> _Fields:
        """The fields that a heading may be."""
        if not heading or len(heading) > _HEADING_LETTERS:
            return ()
        if heading not in self._met:
            if len(self._met) > _REMEMBERED:
                self._met.clear()
            self._met[heading] = self._looked_up(normal(heading))
        return self._met[heading]

    def _looked_up(self, heading: str) -> _Fields:
        if heading in self._index:
            return self._index[heading]
        if len(heading) < _TYPO_LETTERS:
            return ()
        close = [word for word in self._close if abs(len(word) - len(heading)) <= 1]
        slips = [word for word in close if DamerauLevenshtein.distance(word, heading, score_cutoff=1) <= 1]
        return tuple((name, rank + _TYPO) for name, rank in self._index[slips[0]]) if len(slips) == 1 else ()


def columns_mapped(
    headings: Sequence[str], words: Vocabulary, mapping: Mapping[str, str], *, file: str, place: str
) -> dict[str, int]:
    """The columns of a vocabulary with a person's own mapping (field -> heading) in front of it.

    Raises:
        MappingWrongError: when the mapping names a field or a heading that is not there; it lists what is.
    """
    taken: dict[str, int] = {}
    by_name = {normal(heading): n for n, heading in reversed(list(enumerate(headings))) if heading.strip()}
    for name, heading in mapping.items():
        if name not in words.fields:
            raise MappingWrongError(
                f"the mapping names the field '{name}', which this kind of sheet does not have",
                file=file,
                place=place,
                remedy=f"Fields are: {', '.join(sorted(words.fields))}.",
            )
        if normal(heading) not in by_name:
            raise MappingWrongError(
                f"the mapping names the column '{heading}', which is not there",
                file=file,
                place=place,
                remedy=f"Columns are: {', '.join(h for h in headings if h.strip())}.",
            )
        taken[name] = by_name[normal(heading)]
    recognised = words.columns(headings)
    free = {n: c for n, c in recognised.items() if n not in taken and c not in taken.values()}
    return dict(sorted({**taken, **free}.items(), key=lambda pair: pair[1]))
