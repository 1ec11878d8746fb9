"""Which heading each line of notes stands under, and whose name heads it.

Formats know the headings of their own kind; people also write bold lines, bare lines ("Action items") and names above
what is theirs. What does not live here: what a heading announces (:mod:`bywhen.meetings.engine.grammar`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bywhen.kernel.transcript import Utterance
from bywhen.meetings.engine.grammar import clean
from bywhen.meetings.engine.markers import NAMES_OF_KINDS, OTHER_HEADING

_BOLD = re.compile(r"^\s*(?:[-*•]\s+)?(\*\*|__)(?P<text>[^*_]{2,60})\1\s*:?\s*$")
_MOST_WORDS, _LONGEST = 8, 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: the ``heading`` above it, the ``holder`` whose name heads it ('' = nobody's), and whether
    the line itself is such a heading.
    """

    heading: str
    holder: str = ""
    heads: bool = False


def outlined(utterances: Sequence[Utterance], is_person: Callable[[str], bool]) -> tuple[Place, ...]:
    """The place of every line of notes, in order.

    >>> lines = [Utterance(1, "**Action items**"), Utterance(2, "**Ana**"), Utterance(3, "- send the plan")]
    >>> outlined(lines, lambda name: name == "Ana")[2]
    Place(heading='Action items', holder='Ana', heads=False)
    """
    places: list[Place] = []
    heading = holder = given = ""
    for utterance in utterances:
        title = _title(utterance, given)
        given = utterance.heading
        if title and is_person(title):
            holder = title
        elif title:
            heading, holder = title, ""
        places.append(Place(heading, holder, bool(title)))
    return tuple(places)


def _title(utterance: Utterance, given: str) -> str:
    """The heading that a line is, '' when it is none. ``given`` is the heading its format saw above."""
    text = utterance.text.strip()
    if utterance.heading and utterance.heading != given:
        return utterance.heading.strip(" *_:")
    bold = _BOLD.match(text)
    if bold and len(text.split()) <= _MOST_WORDS:
        return bold["text"].strip(" :")
    bare = clean(text)
    if bare == text and len(bare) <= _LONGEST and (_names_a_kind(bare) or OTHER_HEADING.fullmatch(bare)):
        return bare.rstrip(":")
    return ""


def _names_a_kind(line: str) -> bool:
    """Whether nothing is left of a line without the names of kinds and the words beside them."""
    return not NAMES_OF_KINDS.sub("", line).strip(" :&/")
