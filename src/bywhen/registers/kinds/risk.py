"""The risk register: what may happen. Probability times impact; the worse, the sooner it is looked at again.

Source of the 5 x 5 matrix and its bands: PMI, Practice Standard for Project Risk Management, qualitative analysis.
"""

from __future__ import annotations

KIND = "risk"
TITLE = "Risks"
NOUN = "risk"
PREFIX = "R"
ABOUT = "What may happen, how likely it is, what it would do, and what is done about it."
FIELDS: tuple[str, ...] = ("probability", "impact", "response", "due", "review_on", "tags")
LABELS: dict[str, str] = {"response": "Response", "due": "May happen by"}
COLUMNS: tuple[str, ...] = (
    "reference",
    "title",
    "owner",
    "probability",
    "impact",
    "score",
    "band",
    "response",
    "due",
    "review_on",
    "progress",
)

_BANDS = ((17, "extreme"), (10, "high"), (5, "medium"), (1, "low"))
_REVIEW = {"extreme": 5, "high": 10, "medium": 20, "low": 40}


def exposure(probability: int | None, impact: int | None) -> int | None:
    """Probability times impact (1 to 25); None while one of them is missing.

    >>> exposure(4, 5), exposure(None, 5)
    (20, None)
    """
    return None if probability is None or impact is None else probability * impact


def band(score: int | None) -> str:
    """``extreme`` from 17, ``high`` from 10, ``medium`` from 5, else ``low``; '' while unscored."""
    return "" if score is None else next(name for least, name in _BANDS if score >= least)


def review_days(band_name: str) -> int:
    """Working days between two reviews; an unscored risk is looked at within a week, to be scored."""
    return _REVIEW.get(band_name, 5)


def staleness(idle_days: int, band_name: str) -> str:
    """Why it counts as stale after ``idle_days`` working days without movement; '' while it does not.

    Two review intervals without any movement mean that the reviews change nothing.
    """
    limit = 2 * review_days(band_name)
    return (
        f"no movement for {idle_days} working days; twice its review interval is {limit}" if idle_days > limit else ""
    )
