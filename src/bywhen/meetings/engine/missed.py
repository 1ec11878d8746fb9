"""What the meeting missed: items of its agenda of which nothing came.

An item has an outcome when a minuted item was said under its heading, or speaks of the same thing. What does not live
here: building agendas, finding items (:mod:`bywhen.meetings.engine.extraction`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bywhen.kernel.evidence import folded

_SAME_WORDS = 75.0
"""Part of a heading's words (0-100, words that carry no meaning left out) that an outcome must share with it."""
_LEAST_LETTERS = 4
_PASSING = frozenset(
    {"agenda", "attendees", "attendance", "present", "apologies", "welcome", "introductions", "aob",
     "any other business", "next meeting", "close", "minutes of the last meeting", "approval of minutes", "actions",
     "action items", "decisions", "risks", "issues", "notes", "summary", "next steps", "open questions", "questions",
     "discussion"}
)  # fmt: skip
"""Headings that order the minutes or open and close the meeting: nobody expects an outcome of them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that came of the meeting: its words and the headings under which it was said."""

    text: str
    headings: tuple[str, ...] = ()


def missed(agenda: Iterable[str], outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The headings of the agenda without an outcome, in order, each once.

    >>> missed(["Cut-over", "Budget to completion"], [Outcome("Rehearse the cut-over", ())])
    ('Budget to completion',)
    """
    headings = {_key(heading): heading.strip() for heading in agenda if heading.strip()}
    return tuple(
        heading
        for key, heading in headings.items()
        if key not in _PASSING and not any(_covers(outcome, key) for outcome in outcomes)
    )


def section_of(text: str, agenda: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The section of the agenda (title, titles of its points) that a sentence speaks of; '' when none or several do.

    >>> section_of("I'll send the rehearsal plan", [("Risks", []), ("Actions", ["Rehearsal plan to Maren"])])
    ''
    >>> section_of("Maren has the rehearsal plan", [("Risks", []), ("Actions", ["Rehearsal plan to Maren"])])
    'Actions'
    """
    said = Outcome(text)
    found = [title for title, points in agenda if any(_covers(said, _key(each)) for each in (title, *points))]
    return found[0] if len(found) == 1 else ""


def _covers(outcome: Outcome, key: str) -> bool:
    if any(_key(heading) == key for heading in outcome.headings):
        return True
    words = [word for word in key.split() if len(word) >= _LEAST_LETTERS] or key.split()
    said = _key(outcome.text).split()
    shared = sum(any(fuzz.ratio(word, other) >= 85 for other in said) for word in words)
    return bool(words) and 100 * shared / len(words) >= _SAME_WORDS


def _key(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c == "-" else " " for c in folded(text).casefold()).split())
