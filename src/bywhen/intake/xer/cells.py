"""Values as cells of a Primavera export, and the rows gathered by table; the inverse of ``values`` and ``tables``.

What does not live here: what the tables mean (``writing`` and the modules beside it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from bywhen.intake.xer.columns import COLUMNS

_BREAKING = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
NAME_LETTERS, CODE_LETTERS, FIELD_LETTERS = 120, 40, 255
"""How long names, codes and user fields can be in Primavera's tables."""


def print_text(text: str, letters: int = NAME_LETTERS) -> str:
    r"""Text in one line, cut to what the column holds.

    >>> print_text("two\tcells\nno")
    'two cells no'
    """
    return _BREAKING.sub(" ", text)[:letters].strip()


def print_moment(value: datetime | None) -> str:
    """``2026-11-23 08:00``: Primavera knows no seconds."""
    return "" if value is None else f"{value:%Y-%m-%d %H:%M}"


def print_hours(minutes: float | None) -> str:
    """Minutes as hours, exact enough to find the tenth of a minute again.

    >>> print_hours(480), print_hours(0.1), print_hours(None)
    ('8', '0.0016666667', '')
    """
    return "" if minutes is None else print_number(minutes / 60)


def print_number(value: float | None) -> str:
    """A number without needless decimals."""
    return "" if value is None else f"{value:.10f}".rstrip("0").rstrip(".")


def print_money(amount: Decimal | None) -> str:
    """An amount of the file's currency."""
    return "" if amount is None else f"{amount:f}"


class Rows:
    """The rows of each table, in the order in which the tables are first named."""

    def __init__(self) -> None:
        self._tables: dict[str, list[str]] = {}

    def add(self, table: str, **cells: str | int) -> None:
        """One row; columns that are not given are empty."""
        line = "\t".join(str(cells.pop(column, "")) for column in COLUMNS[table])
        assert not cells, f"{table} has no {sorted(cells)}"
        self._tables.setdefault(table, []).append(f"%R\t{line}")

    def lines(self, order: Iterable[str]) -> Iterable[str]:
        """The filled tables in the order given."""
        for table in order:
            if table in self._tables:
                yield f"%T\t{table}"
                yield "\t".join(("%F", *COLUMNS[table]))
                yield from self._tables[table]
