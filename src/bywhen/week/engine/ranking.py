"""What needs a person first: ordered by what is lost by waiting. Pure.

A need that costs the end date when it waits comes before one that costs a promise, that before one that costs only
clarity. What does not live here: where needs come from (``week.selectors``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bywhen.kernel.evidence import EvidenceRef


@dataclass(frozen=True, slots=True)
class Need:
    """One row of Today. ``loses_on`` is the day from which waiting costs something; ``float_days`` the working days
    left before the end date moves (None = not tied to the plan); ``rag`` red, amber, green or grey; ``act`` names the
    next step; ``ref`` is ``loop:7``, ``meeting:3`` or the like.
    """

    ref: str
    kind: str
    project: str
    title: str
    loss: str
    rag: str
    whose: str = ""
    whose_note: str = ""
    age_days: int | None = None
    float_days: float | None = None
    loses_on: date | None = None
    act: str = ""
    address: str = ""
    evidence: tuple[EvidenceRef, ...] = field(default=())


_GRAVITY = {"red": 0, "amber": 1, "grey": 2, "green": 3}


def ranked(needs: Iterable[Need]) -> list[Need]:
    """Most is lost by waiting first: by judgement, then by the day the loss begins, then by float, then by age.

    >>> late, later = (Need(str(d), "blocker", "ERP", "x", "", "red", loses_on=date(2026, 11, d)) for d in (25, 27))
    >>> [need.ref for need in ranked([later, late])]
    ['25', '27']
    """
    return sorted(
        needs,
        key=lambda need: (
            _GRAVITY[need.rag],
            need.loses_on or date.max,
            need.float_days if need.float_days is not None else float("inf"),
            -(need.age_days or 0),
            need.title,
        ),
    )


_WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def headline(needs: Iterable[Need], today: date) -> str:
    """One sentence: how many things need a person, and how many of them today.

    >>> headline([], date(2026, 11, 23))
    'Nothing needs you today'
    """
    rows = list(needs)
    if not rows:
        return "Nothing needs you today"
    urgent = sum(1 for need in rows if need.rag == "red" or (need.loses_on is not None and need.loses_on <= today))
    things = f"{counted(len(rows))} thing{'' if len(rows) == 1 else 's'} need{'s' if len(rows) == 1 else ''} you"
    if not urgent:
        return f"{things}, none of them today"
    if urgent == len(rows):
        return f"{things} today"
    return f"{things}, {counted(urgent).lower()} of them today"


def counted(number: int) -> str:
    """A small number as a word, a large one in figures."""
    return _WORDS[number] if number < len(_WORDS) else str(number)
