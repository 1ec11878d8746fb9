"""The plan's rows as CSV and Excel sheets. Text stays text: no cell that came from a plan is ever a formula.

What does not live here: Microsoft Project XML (``intake.mspdi``), printing (``engine.paper``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter

Cell = str | float | int | bool | datetime | None
HEADINGS = (
    "UID", "WBS", "Level", "Task", "Owner", "Start", "Finish", "Days", "Done %", "Baseline start", "Baseline finish",
    "Total float days", "Free float days", "Critical", "Milestone", "Deadline", "Constraint", "Predecessors",
)  # fmt: skip
"""The columns, in order; names that the plan reader recognises when the sheet comes back."""
_WIDTHS = (7, 10, 6, 46, 24, 17, 17, 8, 8, 17, 17, 10, 10, 9, 10, 17, 30, 24)
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_ILLEGAL = {code: " " for code in range(32) if code not in (9, 10, 13)}


def table_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel reads names rightly. A text that a spreadsheet would take for a
    formula gets an apostrophe before it.

    >>> table_csv([("=1+1", 3, None)]).decode("utf-8-sig").splitlines()[1]
    "'=1+1,3,"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for row in rows:
        writer.writerow([_text(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, str):
        plain = cell.translate(_ILLEGAL)
        return f"'{plain}" if plain.startswith(_RISKY) else plain
    return f"{cell:.10g}"


def table_xlsx(rows: Iterable[Sequence[Cell]], *, title: str) -> bytes:
    """One sheet with real dates and numbers, headings that stay in sight, a filter, and print settings for A3."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title})
    sheet = book.add_worksheet("Plan")
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
    count = 0
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.write_string(0, column, heading, head)
        sheet.set_column(column, column, width)
    for count, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, count, column, cell, moment)
    sheet.freeze_panes(1, 4)
    sheet.autofilter(0, 0, max(count, 1), len(HEADINGS) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, moment: object) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_string(row, column, "yes" if cell else "no")
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell, moment)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell.translate(_ILLEGAL)[:32_767])
    else:
        sheet.write_number(row, column, cell)
