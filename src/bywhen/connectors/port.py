"""The contract of live systems: one file per vendor under ``vendors/``, each fulfilling the ports that it can.

Connectors fetch and never write; what they fetch is kept as it came, and read by room ``intake``. What does not live
here: Django, reading what was fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class CalendarSource(Protocol):
    """A calendar of one person on a live server."""

    def entries(self, first: date, last: date) -> tuple[bytes, ...]:
        """Every entry that touches the days from ``first`` to ``last`` (included, UTC), each as an iCalendar document
        with its whole recurrence, in the server's order.

        Raises:
            ExtraMissingError: when the library for it is not installed.
            InputRefusedError: when the server cannot be reached, refuses the sign-in or answers nonsense.
        """


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter as it lies in a mailbox; ``problem`` says why its bytes were not fetched."""

    number: int
    data: bytes
    problem: str = ""


class MailSource(Protocol):
    """A folder of letters on a live server."""

    @property
    def address(self) -> str:
        """How records name it; without any password."""

    def letters(self, validity: int, after: int) -> tuple[int, tuple[Mail, ...]]:
        """Letters with a number above ``after``, ascending, a bounded number at a time, and the folder's validity now:
        when it differs from ``validity`` the numbers have begun anew, and all letters come.

        Raises:
            InputRefusedError: when the server cannot be reached, refuses the sign-in or has no such folder.
        """
