"""The issue log: what has happened. Its probability is certain, so the impact alone decides."""

from __future__ import annotations

KIND = "issue"
TITLE = "Issues"
NOUN = "issue"
PREFIX = "I"
ABOUT = "What has gone wrong already, who solves it by when."
FIELDS: tuple[str, ...] = ("impact", "response", "due", "review_on", "tags")
LABELS: dict[str, str] = {"response": "Resolution", "due": "To be solved by"}
COLUMNS: tuple[str, ...] = (
    "reference",
    "title",
    "owner",
    "impact",
    "score",
    "band",
    "response",
    "due",
    "review_on",
    "progress",
)

_CERTAIN = 5
_BANDS = ((25, "extreme"), (20, "high"), (15, "medium"), (1, "low"))
_REVIEW = {"extreme": 2, "high": 5, "medium": 10, "low": 20}
_STALE_AFTER = 10


def exposure(_probability: int | None, impact: int | None) -> int | None:
    """Five times the impact: an issue is a risk that came true, whatever probability was written beside it.

    >>> exposure(2, 4), exposure(5, None)
    (20, None)
    """
    return None if impact is None else _CERTAIN * impact


def band(score: int | None) -> str:
    """By impact: 5 ``extreme``, 4 ``high``, 3 ``medium``, else ``low``; '' while unscored."""
    return "" if score is None else next(name for least, name in _BANDS if score >= least)


def review_days(band_name: str) -> int:
    """Working days between two reviews; an unscored issue is looked at as if it were high."""
    return _REVIEW.get(band_name, 5)


def staleness(idle_days: int, _band_name: str) -> str:
    """Why it counts as stale; '' while it does not. An issue hurts every day: two weeks are the limit for all."""
    return (
        f"no movement for {idle_days} working days; an issue should move within {_STALE_AFTER}"
        if idle_days > _STALE_AFTER
        else ""
    )
