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
    from 20 hours or red from 24.
    """

    hours: float
    over: float
    tone: str

    @property
    def left(self) -> float:
        """Clock hours until the promise ends."""
        return LIMIT_HOURS - self.hours


def promise(due_at: datetime, now: datetime) -> Promise:
    """How the promise stands. Both moments carry a zone.

    >>> from datetime import UTC
    >>> promise(datetime(2026, 11, 19, 17, tzinfo=UTC), datetime(2026, 11, 19, 14, tzinfo=UTC))
    Promise(hours=21.0, over=0.0, tone='amber')
    >>> promise(datetime(2026, 11, 19, 17, tzinfo=UTC), datetime(2026, 11, 20, 17, tzinfo=UTC))
    Promise(hours=24.0, over=24.0, tone='red')
    """
    passed = LIMIT_HOURS - (due_at - now).total_seconds() / 3600
    tone = "red" if passed >= LIMIT_HOURS else "amber" if passed >= WARN_HOURS else ""
    return Promise(min(max(passed, 0.0), float(LIMIT_HOURS)), max(passed - LIMIT_HOURS, 0.0), tone)
