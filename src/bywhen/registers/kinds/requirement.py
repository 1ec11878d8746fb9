"""The requirements register: what the result must do, by whom it is wanted, how it is accepted.

Impact is the priority (5 must, 4 and 3 should, 2 could, 1 will not this time). Source of the words: DSDM, MoSCoW.
"""

from __future__ import annotations

KIND = "requirement"
TITLE = "Requirements"
NOUN = "requirement"
PREFIX = "REQ"
ABOUT = "What the result must do, who wants it, and how it is shown to be met."
COLUMNS: tuple[str, ...] = ("reference", "title", "owner", "impact", "band", "response", "due", "review_on", "progress")
FIELDS: tuple[str, ...] = ("impact", "response", "due", "review_on", "tags")
LABELS: dict[str, str] = {"impact": "Priority", "response": "Accepted when", "due": "Needed by"}

_BANDS = ((5, "must"), (3, "should"), (2, "could"), (1, "won't"))
_REVIEW = {"must": 20, "should": 40}
_STALE_AFTER = {"must": 40, "should": 60}


def exposure(_probability: int | None, impact: int | None) -> int | None:
    """The priority itself.

    >>> exposure(2, 5)
    5
    """
    return impact


def band(score: int | None) -> str:
    """``must`` 5, ``should`` 3 and 4, ``could`` 2, ``won't`` 1; '' without a priority.

    >>> band(4)
    'should'
    """
    return "" if score is None else next(name for least, name in _BANDS if score >= least)


def review_days(band_name: str) -> int:
    """Working days between two looks; one without a priority is looked at within two weeks, to get one."""
    return _REVIEW.get(band_name, 10 if not band_name else 60)


def staleness(idle_days: int, band_name: str) -> str:
    """Why it counts as stale; '' while it does not. Nobody misses what may be left out."""
    limit = _STALE_AFTER.get(band_name)
    return f"no movement for {idle_days} working days; the limit is {limit}" if limit and idle_days > limit else ""
