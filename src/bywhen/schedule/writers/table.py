"""The plan's rows as CSV and Excel sheets.

What does not live here: how cells are made safe (``platform.spreadsheets``), Microsoft Project XML (``intake.mspdi``),
printing (``engine.paper``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bywhen.platform.spreadsheets import Cell, rows_csv, rows_xlsx

HEADINGS = (
    "UID", "WBS", "Level", "Task", "Owner", "Start", "Finish", "Days", "Done %", "Baseline start", "Baseline finish",
    "Total float days", "Free float days", "Critical", "Milestone", "Deadline", "Constraint", "Predecessors",
)  # fmt: skip
"""The columns, in order; names that the plan reader recognises when the sheet comes back."""
_WIDTHS = (7, 10, 6, 46, 24, 17, 17, 8, 8, 17, 17, 10, 10, 9, 10, 17, 30, 24)


def table_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte-order mark; text that looks like a formula is made harmless.

    >>> table_csv([("=1+1", 3, None)]).decode("utf-8-sig").splitlines()[1]
    "'=1+1,3,"
    """
    return rows_csv(HEADINGS, rows)


def table_xlsx(rows: Iterable[Sequence[Cell]], *, title: str) -> bytes:
    """One sheet with real dates and numbers, for A3."""
    return rows_xlsx(HEADINGS, rows, title=title, sheet="Plan", widths=_WIDTHS, frozen=4)
