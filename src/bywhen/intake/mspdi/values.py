"""Text of Microsoft Project's XML to values and back: dates, durations, numbers, money.

Parsing never raises: what cannot be read becomes None and is remembered with its place, for the findings.
What does not live here: which element holds what (``tasks``, ``resources``, ``calendars``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from bywhen.kernel.findings import Finding, Severity

_DURATION = re.compile(
    r"(-)?P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(-?\d+(?:\.\d+)?)H)?(?:(-?\d+(?:\.\d+)?)M)?(?:(-?\d+(?:\.\d+)?)S)?)?"
)
_DAY = 1440
_SIZES = (365 * _DAY, 30 * _DAY, 7 * _DAY, _DAY, 60, 1, 1 / 60)
_MONEY_SCALE = Decimal(100)

Fields = Mapping[str, str | None]
"""An element's simple children: name to text."""


class Values:
    """Parses with memory: equal texts give the same object (plans repeat dates), and faults are kept.

    ``place`` is set by the caller to the record being read (``task 41``).
    """

    def __init__(self) -> None:
        self.place = ""
        self.faults: list[Finding] = []
        self._dates: dict[str, datetime | None] = {}
        self._minutes: dict[str, float | None] = {}

    def date(self, text: str | None) -> datetime | None:
        """A date-time without zone; a zone that is written is dropped, for plan dates are local."""
        if not text:
            return None
        try:
            return self._dates[text]
        except KeyError:
            pass
        try:
            found = datetime.fromisoformat(text.strip()).replace(tzinfo=None)
        except ValueError:
            self.fault(text, "a date")
            return None
        self._dates[text] = found
        return found

    def minutes(self, text: str | None) -> float | None:
        """A duration ``PT8H0M0S`` in minutes; days, weeks, months and years in it are calendar ones."""
        if not text:
            return None
        try:
            return self._minutes[text]
        except KeyError:
            pass
        found = parse_minutes(text.strip())
        if found is None:
            self.fault(text, "a duration")
            return None
        self._minutes[text] = found
        return found

    def number(self, text: str | None, default: float = 0.0) -> float:
        """A plain number; ``default`` when it is missing or wrong."""
        if not text:
            return default
        try:
            found = float(text)
        except ValueError:
            self.fault(text, "a number")
            return default
        if found - found == 0:
            return found
        self.fault(text, "a finite number")
        return default

    def whole(self, text: str | None, default: int = 0) -> int:
        """A whole number; ``default`` when it is missing or wrong."""
        if not text:
            return default
        try:
            return int(text)
        except ValueError:
            return int(self.number(text, default))

    def tenths(self, text: str | None) -> float | None:
        """Minutes, written in tenths of a minute (slack, lag, delay)."""
        return self.number(text) / 10 if text else None

    def money(self, text: str | None) -> Decimal | None:
        """An amount, written in hundredths of the currency."""
        found = self.decimal(text)
        return None if found is None else found / _MONEY_SCALE

    def decimal(self, text: str | None) -> Decimal | None:
        """An exact number (a rate)."""
        if not text:
            return None
        try:
            found = Decimal(text.strip())
        except InvalidOperation:
            self.fault(text, "an amount")
            return None
        if found.is_finite():
            return found
        self.fault(text, "a finite amount")
        return None

    def fault(self, text: str, wanted: str) -> None:
        """Remember a value that cannot be read."""
        self.faults.append(
            Finding(
                "value-unreadable", Severity.WARNING, f"{text[:40]!r} is not {wanted}; it was left out.", self.place
            )
        )


def parse_minutes(text: str) -> float | None:
    """Minutes of an ISO 8601 duration, None when it is none.

    >>> parse_minutes("PT2H24M6S"), parse_minutes("-PT1H0M0S"), parse_minutes("two days")
    (144.1, -60.0, None)
    """
    found = _DURATION.fullmatch(text)
    if not found or not any(found.groups()[1:]):
        return None
    # Whole seconds first: 144.1 minutes is 8,646 seconds exactly, but not 120 + 24 + 0.1 in binary.
    seconds = sum(float(part) * round(size * 60) for part, size in zip(found.groups()[1:], _SIZES, strict=True) if part)
    return (-seconds if found.group(1) else seconds) / 60


def print_minutes(minutes: float) -> str:
    """The same duration as Microsoft Project writes it.

    >>> print_minutes(144.1), print_minutes(-60)
    ('PT2H24M6S', '-PT1H0M0S')
    """
    seconds = round(abs(minutes) * 60, 6)
    whole = int(seconds)
    rest = f"{round(seconds - whole, 6):f}"[1:].rstrip("0").rstrip(".") if seconds != whole else ""
    return f"{'-' if minutes < 0 and seconds else ''}PT{whole // 3600}H{whole // 60 % 60}M{whole % 60}{rest}S"


def print_number(value: float) -> str:
    """A number without a needless ``.0``.

    >>> print_number(0.5), print_number(4800.0)
    ('0.5', '4800')
    """
    return str(int(value)) if value == int(value) else repr(value)


def print_tenths(minutes: float) -> str:
    """Tenths of a minute, for slack, lag and delay."""
    return print_number(round(minutes * 10, 6))


def print_money(amount: Decimal) -> str:
    """Hundredths of the currency."""
    return f"{(amount * _MONEY_SCALE).normalize():f}"


def print_date(moment: datetime) -> str:
    """``2026-11-23T08:00:00``, with the fraction of a second only where there is one."""
    return moment.isoformat()
