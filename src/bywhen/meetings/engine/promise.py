"""The promise that minutes are out within 24 hours: how much of it has passed.

What does not live here: when a promise ends (the meeting knows), what is open in a meeting (selectors).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

LIMIT_HOURS = 24
WARN_HOURS = 20


@dataclass(frozen=True, slots=True)
class Promise:
    """``hours`` of the 24 that have passed (clock hours, 0 to 24), ``over`` hours past the end, ``tone`` '' or amber
    from 20 hours or red from 24. ``kept`` tells whether the minutes left in time; None while they have not left.
    """

    hours: float
    over: float
    tone: str
    kept: bool | None = None

    @property
    def left(self) -> float:
        """Clock hours until the promise ends."""
        return LIMIT_HOURS - self.hours


def promise(due_at: datetime, now: datetime, *, sent_at: datetime | None = None) -> Promise:
    """How the promise stands. All moments carry a zone. Once the minutes have left, time no longer counts: the hours
    stand at ``sent_at``, and what left in time is neither amber nor red.

    >>> from datetime import UTC
    >>> due = datetime(2026, 11, 19, 17, tzinfo=UTC)
    >>> promise(due, datetime(2026, 11, 19, 14, tzinfo=UTC))
    Promise(hours=21.0, over=0.0, tone='amber', kept=None)
    >>> promise(due, datetime(2026, 11, 20, 17, tzinfo=UTC))
    Promise(hours=24.0, over=24.0, tone='red', kept=None)
    >>> promise(due, datetime(2026, 11, 25, 9, tzinfo=UTC), sent_at=datetime(2026, 11, 19, 16, tzinfo=UTC))
    Promise(hours=23.0, over=0.0, tone='', kept=True)
    """
    passed = LIMIT_HOURS - (due_at - (sent_at or now)).total_seconds() / 3600
    tone = "red" if passed >= LIMIT_HOURS else "amber" if passed >= WARN_HOURS else ""
    kept = None if sent_at is None else sent_at <= due_at
    return Promise(
        hours=min(max(passed, 0.0), float(LIMIT_HOURS)),
        over=max(passed - LIMIT_HOURS, 0.0),
        tone="" if kept else tone,
        kept=kept,
    )
