"""The registers that exist: the built-in ones as an explicit list, third parties' by entry point ``bywhen.registers``.

A new register is one file under ``kinds/`` and one line here.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Protocol

from bywhen.registers.kinds import assumption, change, dependency, issue, lesson, requirement, risk

ENTRY_POINTS = "bywhen.registers"


class RegisterKind(Protocol):
    """What a register must say about its entries. Modules with these names fulfil it; days are working days.

    ``NOUN`` is one entry in words, ``PREFIX`` begins its references (``CR-1``), ``ABOUT`` says what belongs here.
    ``COLUMNS`` are the entry's fields that a list and an export show, ``FIELDS`` those that a person edits beside
    title, description and owner; ``LABELS`` names a field where the register has a word of its own for it. With
    probability and impact among ``FIELDS`` the register has a matrix.
    """

    KIND: str
    TITLE: str
    NOUN: str
    PREFIX: str
    ABOUT: str
    COLUMNS: tuple[str, ...]
    FIELDS: tuple[str, ...]
    LABELS: dict[str, str]

    def exposure(self, probability: int | None, impact: int | None, /) -> int | None:
        """The score, 1 to 25; None while it cannot be told."""

    def band(self, score: int | None, /) -> str:
        """The score in words; '' while unscored."""

    def review_days(self, band_name: str, /) -> int:
        """Working days from one review to the next."""

    def staleness(self, idle_days: int, band_name: str, /) -> str:
        """Why an entry without movement for so long counts as stale; '' while it does not."""


BUILT_IN: tuple[RegisterKind, ...] = (risk, assumption, issue, dependency, change, lesson, requirement)


@cache
def register_list() -> tuple[RegisterKind, ...]:
    """Every register: built-in ones first, then third parties' in the order of their names."""
    points = sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)
    return (*BUILT_IN, *(point.load() for point in points))


def register_get(kind: str) -> RegisterKind | None:
    """The register of this kind; None when there is none."""
    return next((register for register in register_list() if kind == register.KIND), None)
