"""Dates that people name by an occasion: a milestone of the plan, a meeting of the calendar, a release.

What does not live here: where the occasions come from (:mod:`bywhen.meetings.engine.projecttime`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bywhen.meetings.engine.daterule import Found, Meant
from bywhen.meetings.engine.projecttime import Occasion, ProjectTime

_BESIDE_THE_POINT = frozenset(
    [
        "the",
        "der",
        "die",
        "das",
        "dem",
        "den",
        "le",
        "la",
        "a",
        "an",
        "our",
        "this",
        "that",
        "next",
        "of",
        "for",
        "to",
        "and",
        "in",
        "on",
        "at",
        "milestone",
        "meeting",
        "complete",
        "completed",
        "done",
        "is",
        "we",
        "have",
        "with",
        "review",
        "date",
        "day",
        "planned",
        "due",
        "achieved",
        "reached",
        "approved",
        "signed",
        "ready",
        "held",
        "call",
        "m1",
        "m2",
        "m3",
        "m4",
        "m5",
        "m6",
    ]
)
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9&/+']*")
_SAME = {"golive": "live", "steerco": "steering", "kickoff": "kick", "signoff": "sign"}
_MOST_WORDS = 7


def occasion_at(text: str, at: int, time: ProjectTime) -> Found | None:
    """The one occasion whose name the words from ``at`` on say; None when none or several different ones fit.

    All its telling words must follow one another, or the phrase must say the telling words of one occasion only. Of
    one occasion held again and again the next is meant.
    """
    said = _words_from(text, at)
    if not said:
        return None
    fitting: dict[tuple[str, ...], list[tuple[int, Occasion]]] = {}
    for occasion in time.occasions:
        if occasion.on < time.held_on:
            continue
        telling = telling_words(occasion.name)
        taken = _taken(said, telling)
        if taken:
            fitting.setdefault(telling, []).append((taken, occasion))
    if not fitting:
        return None
    most = max(taken for found in fitting.values() for taken, _ in found)
    longest_names = [found for found in fitting.values() if found[0][0] == most]
    exact = [found for found in longest_names if len(telling_words(found[0][1].name)) == len(_telling(said[:most]))]
    chosen = exact if len(exact) == 1 else longest_names
    if len(chosen) != 1:
        return None
    occasion = min((o for _, o in chosen[0]), key=lambda o: o.on)
    confidence = 0.9 if exact else 0.75
    return Found(at, said[most - 1].end(), f"occasion {occasion.name}", Meant(occasion.on), confidence)


def telling_words(name: str) -> tuple[str, ...]:
    """The words of an occasion's name that tell it from others, in lower case.

    >>> telling_words("M3: Go-live of the customer portal")
    ('go', 'live', 'customer', 'portal')
    """
    return tuple(_telling(list(_WORD.finditer(name))))


def _telling(words: Sequence[re.Match[str]]) -> list[str]:
    lowered = (w[0].lower().removesuffix("'s") for w in words)
    return [_SAME.get(w, w) for w in lowered if w not in _BESIDE_THE_POINT]


def _words_from(text: str, at: int) -> list[re.Match[str]]:
    """Up to seven words from ``at`` within the clause; the first telling one must come within three."""
    clause = re.compile(r"[^.,;:!?()]*").match(text, at)
    end = clause.end() if clause else at
    return list(_WORD.finditer(text, at, end))[:_MOST_WORDS]


def _taken(said: Sequence[re.Match[str]], telling: tuple[str, ...]) -> int:
    """How many of the said words it takes to name the occasion, 0 when they do not.

    Named is: an unbroken run (fillers aside) of said words, from the first telling one on, each of which is the next
    of the name's telling words in order. A name of several words may be cut short at its end or its beginning.
    """
    best = 0
    for begin in range(len(telling)):
        step, taken = begin, 0
        for number, word in enumerate(said):
            heard = _telling([word])
            if not heard:
                continue
            if step >= len(telling) or heard[0] != telling[step]:
                break
            step, taken = step + 1, number + 1
        best = max(best, taken)
    return best
