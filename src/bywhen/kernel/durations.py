"""Durations and lags with their units: working, elapsed, percent. Minutes are the base unit throughout.

What does not live here: placing a duration on a calendar (:mod:`bywhen.kernel.worktime`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bywhen.kernel.errors import DateUnreadableError


class DurationUnit(StrEnum):
    """How a length of time is meant. ``working`` runs on a calendar, ``elapsed`` round the clock, ``percent`` of a
    predecessor's duration, ``elapsed_percent`` of its elapsed span.
    """

    WORKING = "working"
    ELAPSED = "elapsed"
    PERCENT = "percent"
    ELAPSED_PERCENT = "elapsed_percent"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: ``minutes`` (or per cent) in ``unit``; ``shown`` is the unit a person typed (``d``, ``ed``)."""

    minutes: float
    unit: DurationUnit = DurationUnit.WORKING
    shown: str = "d"

    @property
    def elapsed(self) -> bool:
        """Whether it runs round the clock, ignoring calendars."""
        return self.unit in (DurationUnit.ELAPSED, DurationUnit.ELAPSED_PERCENT)


@dataclass(frozen=True, slots=True)
class DayLength:
    """What a day, a week and a month mean when typed: working minutes a day and a week, working days a month."""

    minutes_per_day: int = 480
    minutes_per_week: int = 2400
    days_per_month: int = 20

    def working_minutes(self, unit: str) -> float:
        """Working minutes in one ``m``, ``h``, ``d``, ``w``, ``mo`` or ``y``."""
        sizes: dict[str, float] = {
            "m": 1,
            "h": 60,
            "d": self.minutes_per_day,
            "w": self.minutes_per_week,
            "mo": self.minutes_per_day * self.days_per_month,
            "y": self.minutes_per_day * self.days_per_month * 12,
        }
        return sizes[unit]


ELAPSED_MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10080, "mo": 43200, "y": 525600}
_UNITS = {
    "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "d": "d", "dy": "d", "day": "d", "days": "d", "wd": "d", "bd": "d",
    "w": "w", "wk": "w", "wks": "w", "week": "w", "weeks": "w",
    "mo": "mo", "mon": "mo", "mons": "mo", "month": "mo", "months": "mo",
    "y": "y", "yr": "y", "yrs": "y", "year": "y", "years": "y",
}  # fmt: skip
_DURATION = re.compile(r"^\s*([+-]?\d+(?:[.,]\d+)?)\s*(%|[a-z]*)\s*\??\s*$", re.IGNORECASE)


def parse_duration(text: str, day: DayLength | None = None, *, default: str = "d") -> Duration:
    """Read ``10d``, ``3 ed``, ``2w``, ``-4h``, ``25%``, ``1,5 days?``; without a unit, ``default`` is meant.

    Raises:
        DateUnreadableError: when the text is no duration.

    >>> parse_duration("2w").minutes, parse_duration("3ed").unit.value
    (4800.0, 'elapsed')
    """
    found = _DURATION.match(text)
    if not found:
        raise DateUnreadableError(f"{text!r} is not a duration", remedy="Write for example 10d, 3ed, 2w, 4h or 25%.")
    number, word = float(found.group(1).replace(",", ".")), found.group(2).lower() or default
    if word == "%":
        return Duration(number, DurationUnit.PERCENT, "%")
    if word == "e%":
        return Duration(number, DurationUnit.ELAPSED_PERCENT, "e%")
    if word in _UNITS:
        return Duration(number * (day or DayLength()).working_minutes(_UNITS[word]), DurationUnit.WORKING, _UNITS[word])
    if word.startswith("e") and word[1:] in _UNITS:
        unit = _UNITS[word[1:]]
        return Duration(number * ELAPSED_MINUTES[unit], DurationUnit.ELAPSED, f"e{unit}")
    raise DateUnreadableError(
        f"{text!r} has an unknown unit", remedy="Use m, h, d, w, mo, with e before it for elapsed."
    )
