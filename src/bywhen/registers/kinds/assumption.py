"""The assumption log: what is taken for true. ``probability`` is the probability that it is wrong."""

from __future__ import annotations

KIND = "assumption"
TITLE = "Assumptions"
NOUN = "assumption"
PREFIX = "A"
ABOUT = "What is taken for true without proof, and who confirms it by when."
FIELDS: tuple[str, ...] = ("probability", "impact", "response", "due", "review_on", "tags")
LABELS: dict[str, str] = {
    "probability": "Probability that it is wrong",
    "response": "How it is confirmed",
    "due": "To be confirmed by",
}
COLUMNS: tuple[str, ...] = (
    "reference",
    "title",
    "owner",
    "probability",
    "impact",
    "score",
    "band",
    "due",
    "review_on",
    "progress",
)

_BANDS = ((15, "high"), (6, "medium"), (1, "low"))
_REVIEW = {"high": 10, "medium": 20, "low": 40}
_STALE_AFTER = 40


def exposure(probability: int | None, impact: int | None) -> int | None:
    """Probability of being wrong times the impact if it is; None while one is missing.

    >>> exposure(3, 5)
    15
    """
    return None if probability is None or impact is None else probability * impact


def band(score: int | None) -> str:
    """``high`` from 15, ``medium`` from 6, else ``low``; '' while unscored."""
    return "" if score is None else next(name for least, name in _BANDS if score >= least)


def review_days(band_name: str) -> int:
    """Working days between two reviews; an unscored assumption is looked at within a month."""
    return _REVIEW.get(band_name, 20)


def staleness(idle_days: int, _band_name: str) -> str:
    """Why it counts as stale; '' while it does not. After two months nobody knows whether it still holds."""
    return (
        f"not confirmed for {idle_days} working days; the limit is {_STALE_AFTER}" if idle_days > _STALE_AFTER else ""
    )
