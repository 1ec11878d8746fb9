"""A table as it stands in a file: rows of cells with their places. What lives here: the shape that spreadsheets and
delimited text share. What does not: reading files (``formats``) and what the columns mean (``headers``, ``sheets``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bywhen.intake.indentation import Indentation

Cell = str | float | int | bool | datetime | date | time | timedelta
"""One cell's value; '' is an empty cell. Formulas never get here, only the value the file stores for them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``number`` counts from 1 as the file's own program shows it."""

    number: int
    cells: tuple[Cell, ...]

    def filled(self) -> tuple[int, ...]:
        """The positions of the cells that hold something."""
        return tuple(n for n, cell in enumerate(self.cells) if not is_empty(cell))


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet, or a whole delimited file (``sheet`` empty). ``errors`` names cells that hold a formula error, with the
    error's text, because their value is lost; ``indentation`` is what a workbook keeps beside its values.
    """

    rows: Sequence[Row]
    sheet: str = ""
    hidden: bool = False
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    indentation: Indentation = field(default_factory=Indentation)

    def place(self, row: int, column: int | None = None) -> str:
        """A place a person finds again.

        >>> Grid((), sheet="RAID").place(7, 2)
        'sheet RAID, cell C7'
        """
        if not self.sheet:
            return f"line {row}" if column is None else f"line {row}, column {column + 1}"
        return f"sheet {self.sheet}, " + (f"row {row}" if column is None else f"cell {column_letters(column)}{row}")


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing but white space."""
    return isinstance(cell, str) and not cell.strip()


def shown(cell: Cell) -> str:
    """A cell as text, the way a person typed it: whole numbers without a fraction, dates in ISO order.

    >>> shown(3.0), shown(datetime(2026, 11, 18)), shown(" x ")
    ('3', '2026-11-18', ' x ')
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="minutes")
    return cell if isinstance(cell, str) else str(cell)


def column_letters(column: int) -> str:
    """A spreadsheet's name of the column at a position counted from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
