"""Putting XML text together: escaping, and elements that are left out when they have nothing to say.

What does not live here: which elements there are (``writing``, ``taskwriting``, ``calendarwriting``).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from bywhen.intake.mspdi.values import print_date, print_minutes, print_money, print_tenths

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML document may hold, however they are written."""
_SPECIAL = re.compile("[&<>\r]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def escaped(text: str) -> str:
    """Text as XML character data; forbidden control characters are left out.

    >>> escaped("R&D <1>")
    'R&amp;D &lt;1&gt;'
    """
    return _SPECIAL.sub(lambda found: _ESCAPES[found.group()], _FORBIDDEN.sub("", text))


class Markup:
    """Collects elements; every method but ``open`` and ``close`` leaves out what is None or empty."""

    def __init__(self) -> None:
        self._parts: list[str] = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']

    def open(self, name: str, attributes: str = "") -> None:
        """Begin an element."""
        self._parts.append(f"<{name}{attributes}>")

    def close(self, name: str) -> None:
        """End an element, and the line."""
        self._parts.append(f"</{name}>\n")

    def code(self, name: str, value: str | int) -> None:
        """A value that needs no escaping."""
        self._parts.append(f"<{name}>{value}</{name}>")

    def flag(self, name: str, value: bool) -> None:
        """1 or 0."""
        self._parts.append(f"<{name}>{int(value)}</{name}>")

    def text(self, name: str, value: str) -> None:
        """Text that somebody wrote."""
        if value:
            self._parts.append(f"<{name}>{escaped(value)}</{name}>")

    def moment(self, name: str, value: datetime | None) -> None:
        """A date-time."""
        if value is not None:
            self._parts.append(f"<{name}>{print_date(value)}</{name}>")

    def day(self, name: str, value: date, time: str) -> None:
        """A day, with the time that stands for its beginning or its end."""
        self._parts.append(f"<{name}>{value.isoformat()}T{time}</{name}>")

    def minutes(self, name: str, value: float | None) -> None:
        """A duration."""
        if value is not None:
            self._parts.append(f"<{name}>{print_minutes(value)}</{name}>")

    def tenths(self, name: str, value: float | None) -> None:
        """Minutes in tenths."""
        if value is not None:
            self._parts.append(f"<{name}>{print_tenths(value)}</{name}>")

    def money(self, name: str, value: Decimal | None) -> None:
        """An amount in hundredths."""
        if value is not None:
            self._parts.append(f"<{name}>{print_money(value)}</{name}>")

    def done(self) -> bytes:
        """The whole document."""
        return "".join(self._parts).encode()
