"""Tables in Word: hairlines, a header row that repeats on each page, rows that stay together, marks with letters.

What does not live here: the other blocks (``blocks``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from bywhen.kernel.document import Align, Cell, Column, Row, Table
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import Rag
from bywhen.reports.engine.plain import plain_text
from bywhen.reports.writers.docx.oxml import cell_edges, element, style_put
from bywhen.reports.writers.docx.palette import LINE, LINE_STRONG, MARKS, TEXT_WIDTH_MM

Cite = Callable[[Paragraph, Sequence[EvidenceRef]], None]
_SOURCES = Column("Source", 1.05)
_EVEN = 4


def plain_table(word: WordDocument, shares: Sequence[float], rows: int, *, title: str, air: int = 50) -> WordTable:
    """An empty table over the whole text width, without lines; ``title`` is read out by screen readers,
    ``air`` is the space above and below each cell in twentieths of a point.
    """
    table: WordTable = word.add_table(rows=rows, cols=len(shares))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    properties = table._tbl.tblPr  # noqa: SLF001 - no call
    look = properties.find(qn("w:tblLook"))
    assert look is not None
    look.addprevious(_margins(air))
    properties.append(element("tblCaption", val=title))
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(round(TEXT_WIDTH_MM * share / sum(shares), 2))
        for cell in column.cells:
            cell.width = column.width
    return table


def _margins(air: int) -> Any:
    margins = element("tblCellMar")
    for side, twips in (("top", str(air)), ("left", "0"), ("bottom", str(air)), ("right", "120")):
        margins.append(element(side, w=twips, type="dxa"))
    return margins


def header_row(row: _Row) -> None:
    """Repeat the row on top of each page."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))  # noqa: SLF001 - no call
    row._tr.get_or_add_trPr().append(element("tblHeader"))  # noqa: SLF001 - no call


def whole_row(row: _Row) -> None:
    """Never break the row over two pages."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))  # noqa: SLF001 - no call


def table_block(word: WordDocument, table: Table, cite: Cite) -> None:
    """Write a table with its caption above and its sources in the last column."""
    if not table.headed:
        word.add_paragraph(plain_text(table.caption), style="Caption")
    columns = (*table.columns, _SOURCES)
    grid = plain_table(word, [column.share for column in columns], 1 + len(table.rows), title=plain_text(table.caption))
    grid_rows = list(grid.rows)
    header_row(grid_rows[0])
    for cell, column in zip(grid_rows[0].cells, columns, strict=True):
        first = _first(cell, "Table Head", column.align)
        first.add_run(plain_text(column.title))
        cell_edges(cell, bottom=(_EVEN * 2, LINE_STRONG))
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    last = len(table.rows) - 1
    for number, (row, grid_row) in enumerate(zip(table.rows, grid_rows[1:], strict=True)):
        whole_row(grid_row)
        _row(grid_row, row, table.columns, cite, together=number < min(last, 2))


def _row(grid_row: _Row, row: Row, columns: Sequence[Column], cite: Cite, *, together: bool) -> None:
    cells = grid_row.cells
    for cell, said, column in zip(cells, row.cells, columns, strict=False):
        cell_edges(cell, bottom=(_EVEN, LINE))
        write_cell(cell, said, column.align)
    cell_edges(cells[-1], bottom=(_EVEN, LINE))
    cite(_first(cells[-1], "Table Note"), row.evidence)
    if together:
        for cell in cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def write_cell(cell: _Cell, said: Cell, align: Align = Align.LEFT) -> None:
    """Write a cell: its mark, its text, its quieter note below."""
    first = _first(cell, "Table Text", align)
    if said.rag:
        mark_run(first, said.rag)
    first.add_run(plain_text(said.text)).bold = said.strong
    if said.note:
        note = cell.add_paragraph(plain_text(said.note))
        style_put(note, "Table Note")
        _align(note, align)


def mark_run(paragraph: Paragraph, rag: Rag, *, word: bool = False) -> None:
    """Write a judgement as shape and letter (or word) in its colour."""
    mark = MARKS[rag]
    said = mark.word if word else rag.letter
    run = paragraph.add_run(f"{mark.shape}\N{NO-BREAK SPACE}{said}{'' if word else '  '}")
    run.bold = True
    run.font.color.rgb = RGBColor.from_string(mark.ink)


def _first(cell: _Cell, style: str, align: Align = Align.LEFT) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    style_put(paragraph, style)
    _align(paragraph, align)
    return paragraph


def _align(paragraph: Paragraph, align: Align) -> None:
    if align is Align.RIGHT:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
