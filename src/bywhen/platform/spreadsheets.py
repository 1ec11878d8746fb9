"""Rows as CSV and Excel sheets. Text stays text: no cell is ever a formula, a link or a number by its looks.

What does not live here: which rows and columns (each room), reading sheets (``intake``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

Cell = str | float | int | bool | Decimal | datetime | date | None
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_ILLEGAL = {code: " " for code in range(32) if code not in (9, 10, 13)}


def rows_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel reads names rightly. A text that a spreadsheet would take for a
    formula gets an apostrophe before it.

    >>> rows_csv(("Title", "Score"), [("=1+1", 3)]).decode("utf-8-sig").splitlines()[1]
    "'=1+1,3"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
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
    if isinstance(cell, date | Decimal):
        return str(cell)
    if isinstance(cell, str):
        plain = cell.translate(_ILLEGAL)
        return f"'{plain}" if plain.startswith(_RISKY) else plain
    return f"{cell:.10g}"


def rows_xlsx(
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str,
    sheet: str,
    widths: Sequence[int],
    frozen: int = 1,
    paper: int = 8,
) -> bytes:
    """One sheet with real dates and numbers, headings that stay in sight, a filter, and print settings.

    ``frozen`` columns stay in sight too; ``widths`` are in characters; ``paper`` is Excel's number (8 A3, 9 A4).
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title})
    page = book.add_worksheet(sheet[:31])
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    count = 0
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        page.write_string(0, column, heading, head)
        page.set_column(column, column, width)
    for count, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(page, count, column, cell, moment if isinstance(cell, datetime) else day)
    page.freeze_panes(1, frozen)
    page.autofilter(0, 0, max(count, 1), len(headings) - 1)
    page.set_landscape()
    page.set_paper(paper)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    book.close()
    return out.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, dated: object) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        page.write_string(row, column, "yes" if cell else "no")
    elif isinstance(cell, datetime | date):
        page.write_datetime(row, column, cell, dated)
    elif isinstance(cell, str):
        page.write_string(row, column, cell.translate(_ILLEGAL)[:32_767])
    else:
        page.write_number(row, column, cell)
