"""Names in steps: sheets that show the outline by writing names ever further to the right, or beside their numbers.

What does not live here: outlines by numbers, levels, parents or indentation (``hierarchy``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bywhen.intake.grid import Cell, Row, is_empty
from bywhen.intake.headers import normal
from bywhen.intake.numbers import read_number
from bywhen.intake.table import Table

_STEP = re.compile(r"(?:level|ebene|niveau|nivel|stufe) [1-9]")


def unstaggered(table: Table) -> Table:
    """The table with each name in the column of names, indented by its step; the table itself where none are in steps.

    Steps are the columns to the right of the names whose heading is empty (one heading merged over them) or that are
    called Level 2, Level 3. Where the column of names holds numbers only, the step beside it holds the names.
    """
    first = table.columns.get("name")
    if first is None:
        return table
    steps = [first, *_steps(table, first)]
    if len(steps) > 1 and _all_numbers(table.column("name")) and _has_text(table, steps[1]):
        columns = {"id": first, **table.columns, "name": steps[1]}
        table, steps = replace(table, columns=columns), steps[1:]
    if not any(is_empty(_cell(row, steps[0])) and _step(row, steps) is not None for row in table.rows):
        return table
    return replace(table, rows=tuple(_joined(row, steps) for row in table.rows))


def _steps(table: Table, first: int) -> list[int]:
    used = set(table.columns.values())
    width = max((len(row.cells) for row in table.rows), default=0)
    found: list[int] = []
    for at in range(first + 1, width):
        heading = normal(table.headings[at]) if at < len(table.headings) else ""
        if at in used or (heading and not _STEP.fullmatch(heading)):
            break
        found.append(at)
    return found


def _all_numbers(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(read_number(cell) is not None for cell in cells)


def _has_text(table: Table, at: int) -> bool:
    texts = [cell for row in table.rows if isinstance(cell := _cell(row, at), str) and cell.strip()]
    return len(texts) * 2 > len(table.rows) and not _all_numbers(texts)


def _cell(row: Row, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else ""


def _step(row: Row, steps: Sequence[int]) -> int | None:
    """Which step holds the row's name; None for a row without one."""
    held = (at for at, column in enumerate(steps) if isinstance(cell := _cell(row, column), str) and cell.strip())
    return next(held, None)


def _joined(row: Row, steps: Sequence[int]) -> Row:
    step = _step(row, steps)
    if not step:
        return row
    cells = list(row.cells)
    cells[steps[0]] = "  " * step + str(cells[steps[step]]).strip()
    cells[steps[step]] = ""
    return Row(row.number, tuple(cells))
