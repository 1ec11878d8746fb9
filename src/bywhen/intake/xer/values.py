"""Cells of a Primavera export: hours, dates, numbers; an empty cell is not zero. Codes and their meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation

from bywhen.intake.xer.tables import Row
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import ConstraintType, LinkType, TaskType

LINK_TYPES = {"PR_FS": LinkType.FS, "PR_SS": LinkType.SS, "PR_FF": LinkType.FF, "PR_SF": LinkType.SF}
CONSTRAINTS = {
    "CS_ALAP": ConstraintType.ALAP,
    "CS_MSO": ConstraintType.MSO,
    "CS_MSOA": ConstraintType.SNET,
    "CS_MSOB": ConstraintType.SNLT,
    "CS_MEO": ConstraintType.MFO,
    "CS_MEOA": ConstraintType.FNET,
    "CS_MEOB": ConstraintType.FNLT,
    "CS_MANDSTART": ConstraintType.MSO,
    "CS_MANDFIN": ConstraintType.MFO,
}
MANDATORY = frozenset({"CS_MANDSTART", "CS_MANDFIN"})
"""These move a task against its logic; the others only as far as the logic allows."""
TASK_TYPES = {
    "DT_FixedDrtn": TaskType.FIXED_DURATION,
    "DT_FixedDUR2": TaskType.FIXED_DURATION,
    "DT_FixedQty": TaskType.FIXED_WORK,
    "DT_FixedRate": TaskType.FIXED_UNITS,
}
PRIORITIES = {"PT_Top": 800, "PT_High": 600, "PT_Normal": 500, "PT_Low": 400, "PT_Lowest": 200}
_NUMBERS = ("_cnt", "_qty", "_pct")
MILESTONES = frozenset({"TT_Mile", "TT_FinMile"})
LEVEL_OF_EFFORT = frozenset({"TT_LOE", "TT_WBS"})
"""Activities that stretch over others and drive none."""
RESOURCE_DEPENDENT = "TT_Rsrc"
"""The activity runs on the calendars of its resources; all others run on their own."""
ROUND_THE_CLOCK = "rcal_24Hour"
"""The scheduling option by which every lag is elapsed time."""


def whole(row: Row, column: str) -> int | None:
    """A key, None when the cell is empty or no number."""
    text = row.get(column, "").strip()
    return int(text) if text.isdecimal() else None


def number(row: Row, column: str) -> float | None:
    """A number, None when the cell is empty or no finite number."""
    try:
        found = float(row.get(column, "").replace(",", "."))
    except ValueError:
        return None
    return found if found - found == 0 else None


def minutes(row: Row, column: str) -> float | None:
    """Hours as minutes."""
    hours = number(row, column)
    return None if hours is None else round(hours * 60, 4)


def money(row: Row, column: str) -> Decimal | None:
    """An amount of the file's currency."""
    try:
        found = Decimal(row.get(column, "").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def moment(row: Row, column: str) -> datetime | None:
    """A date-time ``2026-11-23 08:00``, None when the cell is empty or no date."""
    try:
        return datetime.fromisoformat(row.get(column, "").strip()).replace(tzinfo=None)
    except ValueError:
        return None


def unreadable(table: str, key: str, rows: Iterable[Row]) -> Iterator[Finding]:
    """One finding for each column whose cells are no dates or no numbers, with the first place and how many."""
    met: dict[str, tuple[str, str, int]] = {}
    for number_, row in enumerate(rows, start=1):
        for column, cell in row.items():
            wanted = moment if column.endswith("_date") else number if column.endswith(_NUMBERS) else None
            if wanted is not None and cell.strip() and wanted(row, column) is None:
                first, text, count = met.get(column, (row.get(key) or f"row {number_}", cell, 0))
                met[column] = first, text, count + 1
    for column, (first, text, count) in met.items():
        wanted_word = "date" if column.endswith("_date") else "number"
        more = f" and {count - 1} more" if count > 1 else ""
        yield Finding(
            "value-unreadable",
            Severity.WARNING,
            f"Table {table}, column {column}, {key} {first}{more}: {text[:40]!r} is no {wanted_word}; it was left out.",
            f"task {first}" if table == "TASK" else "project",
        )
