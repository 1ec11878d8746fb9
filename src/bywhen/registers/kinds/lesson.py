"""The lessons-learned log: what was found out, and what to do the next time. Impact says how much it is worth."""

from __future__ import annotations

KIND = "lesson"
TITLE = "Lessons"
NOUN = "lesson"
PREFIX = "L"
ABOUT = "What was found out the hard way or went well, and what to do the next time."
COLUMNS: tuple[str, ...] = (
    "reference",
    "title",
    "owner",
    "impact",
    "band",
    "response",
    "tags",
    "raised_on",
    "progress",
)
FIELDS: tuple[str, ...] = ("impact", "response", "review_on", "tags")
LABELS: dict[str, str] = {"response": "What to do next time", "impact": "Worth", "raised_on": "Learned on"}

_BANDS = ((4, "high"), (3, "medium"), (1, "low"))
_REVIEW = 60


def exposure(_probability: int | None, impact: int | None) -> int | None:
    """What it is worth, 1 to 5: nothing about it is uncertain.

    >>> exposure(None, 4)
    4
    """
    return impact


def band(score: int | None) -> str:
    """``high`` from 4, ``medium`` from 3, else ``low``; '' while unscored."""
    return "" if score is None else next(name for least, name in _BANDS if score >= least)


def review_days(_band_name: str) -> int:
    """Working days until somebody asks whether it was taken to heart: a quarter."""
    return _REVIEW


def staleness(_idle_days: int, _band_name: str) -> str:
    """Always '': what was learned does not grow stale by waiting; its review asks for it."""
    return ""
