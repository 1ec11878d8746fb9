"""The dependency register: what others must deliver. ``probability`` is the probability that it comes late."""

from __future__ import annotations

KIND = "dependency"
TITLE = "Dependencies"
NOUN = "dependency"
PREFIX = "D"
ABOUT = "What others must deliver, and when it is needed."
FIELDS: tuple[str, ...] = ("probability", "impact", "response", "due", "review_on", "tags")
LABELS: dict[str, str] = {
    "probability": "Probability that it comes late",
    "response": "What is agreed",
    "due": "Needed by",
}
COLUMNS: tuple[str, ...] = (
    "reference",
    "title",
    "owner",
    "due",
    "probability",
    "impact",
    "score",
    "band",
    "review_on",
    "progress",
)

_BANDS = ((15, "high"), (6, "medium"), (1, "low"))
_REVIEW = {"high": 5, "medium": 10, "low": 20}
_STALE_AFTER = {"high": 5, "medium": 10, "low": 20}


def exposure(probability: int | None, impact: int | None) -> int | None:
    """Probability of coming late times the impact if it does; None while one is missing.

    >>> exposure(4, 4)
    16
    """
    return None if probability is None or impact is None else probability * impact


def band(score: int | None) -> str:
    """``high`` from 15, ``medium`` from 6, else ``low``; '' while unscored."""
    return "" if score is None else next(name for least, name in _BANDS if score >= least)


def review_days(band_name: str) -> int:
    """Working days between two looks at it; an unscored dependency counts as medium."""
    return _REVIEW.get(band_name, 10)


def staleness(idle_days: int, band_name: str) -> str:
    """Why it counts as stale; '' while it does not. The other side's silence is the first sign of being late."""
    limit = _STALE_AFTER.get(band_name, 10)
    return f"nothing heard for {idle_days} working days; the limit is {limit}" if idle_days > limit else ""
