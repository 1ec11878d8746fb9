"""Each block of a document as Word content.

What does not live here: tables (``tables``), styles, the page and the file (``writer``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docx.document import Document as WordDocument
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from bywhen.kernel.document import (
    Badge,
    Badges,
    Block,
    Bullets,
    Callout,
    Heading,
    KeyFigures,
    Note,
    NumberedSource,
    Paragraph,
    Sentence,
    Table,
    Trend,
)
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.wording import day_short
from bywhen.reports.engine.citations import citation_ranges, range_text
from bywhen.reports.engine.plain import plain_text, shortened
from bywhen.reports.engine.trend import trend_table
from bywhen.reports.writers.docx.oxml import bookmark, cell_edges, link_within, shade, style_put
from bywhen.reports.writers.docx.palette import LINE, LINE_STRONG, MARKS
from bywhen.reports.writers.docx.styles import CITATION
from bywhen.reports.writers.docx.tables import header_row, mark_run, plain_table, table_block, whole_row

_QUOTE_LIMIT = 220


class BlockWriter:
    """Writes blocks into one Word document; ``numbers`` are the numbers of the sources."""

    def __init__(self, word: WordDocument, numbers: Mapping[EvidenceRef, int]) -> None:
        self._word, self._numbers = word, numbers

    def write(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Heading(text, level):
                self._word.add_paragraph(plain_text(text), style=f"Heading {min(level, 2)}")
            case Paragraph(sentences, lead):
                self._sentences(self._word.add_paragraph(style="Lead" if lead else "Normal"), sentences)
            case Bullets(items):
                for item in items:
                    self._sentences(self._word.add_paragraph(style="List Bullet"), (item,))
            case Note(text):
                self._word.add_paragraph(plain_text(text), style="Note")
            case Badges():
                self._badges(block)
            case KeyFigures():
                self._figures(block)
            case Table():
                table_block(self._word, block, self.cite)
            case Trend():
                self._space(4)
                table_block(self._word, trend_table(block), self.cite)
            case Callout():
                self._callout(block)

    def cite(self, paragraph: WordParagraph, evidence: Sequence[EvidenceRef]) -> None:
        """Add the numbers of the sources, each a link to its entry in the list."""
        ranges = citation_ranges(evidence, self._numbers)
        gap = "\N{NO-BREAK SPACE}" if len(ranges) < 3 else " "
        for place, (first, last) in enumerate(ranges):
            before, after = "[" if place == 0 else "", "]" if place == len(ranges) - 1 else f",{gap}"
            link_within(paragraph, f"{before}{range_text(first, last)}{after}", f"source-{first}", CITATION)

    def sources(self, entries: Sequence[NumberedSource]) -> None:
        """Write the list of sources, one bookmarked row each."""
        self._word.add_paragraph("Sources", style="Heading 1")
        table = plain_table(self._word, (0.65, 3.6, 1.3, 2.7, 4), 1 + len(entries), title="Sources by number", air=24)
        rows = list(table.rows)
        header_row(rows[0])
        for cell, title in zip(rows[0].cells, ("No.", "Source", "Received", "Place", "Quote"), strict=True):
            cell.paragraphs[0].style = "Table Head"
            cell.paragraphs[0].add_run(title)
            cell_edges(cell, bottom=(8, LINE_STRONG))
        for row, entry in zip(rows[1:], entries, strict=True):
            whole_row(row)
            cells = row.cells
            bookmark(cells[0].paragraphs[0], f"source-{entry.number}", entry.number)
            quote = f"“{shortened(plain_text(entry.quote), _QUOTE_LIMIT)}”" if entry.quote else ""
            received = day_short(entry.received_on) if entry.received_on else ""
            said = (str(entry.number), plain_text(entry.title), received, plain_text(entry.place), quote)
            for cell, text in zip(cells, said, strict=True):
                said_in = cell.paragraphs[0]
                style_put(said_in, "Source")
                said_in.add_run(text)
                cell_edges(cell, bottom=(4, LINE))

    def _sentences(self, paragraph: WordParagraph, sentences: Sequence[Sentence]) -> None:
        for number, sentence in enumerate(sentences):
            run = paragraph.add_run((" " if number else "") + plain_text(sentence.text))
            run.bold = sentence.strong or None
            paragraph.add_run("\N{NARROW NO-BREAK SPACE}")
            self.cite(paragraph, sentence.evidence)

    def _badges(self, badges: Badges) -> None:
        title = "Status: " + ", ".join(f"{badge.label} {badge.rag.value}" for badge in badges.items)
        table = plain_table(self._word, [1.0] * len(badges.items), 1, title=title)
        whole_row(table.rows[0])
        for cell, badge in zip(table.rows[0].cells, badges.items, strict=True):
            mark = MARKS[badge.rag]
            cell_edges(cell, left=(24, mark.ink))
            shade(cell, mark.soft)
            self._badge(cell.paragraphs[0], badge)
            detail = cell.add_paragraph(plain_text(badge.detail) + " ", style="Table Note")
            detail.paragraph_format.left_indent = Pt(7)
            self.cite(detail, badge.evidence)
        self._space(3)
        for reason in badges.reasons:
            self._sentences(self._word.add_paragraph(style="Normal" if reason.strong else "List Bullet"), (reason,))

    def _badge(self, paragraph: WordParagraph, badge: Badge) -> None:
        paragraph.style = "Normal"
        paragraph.paragraph_format.left_indent = Pt(7)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(f"{plain_text(badge.label)}  ")
        mark_run(paragraph, badge.rag, word=True)

    def _figures(self, figures: KeyFigures) -> None:
        self._space(6)
        shown = figures.items
        title = "Key figures: " + ", ".join(plain_text(item.label) for item in shown)
        table = plain_table(self._word, [1.0] * len(shown), 3, title=title)
        header_row(table.rows[0])
        labels, values, deltas = (row.cells for row in table.rows)
        for number, item in enumerate(shown):
            cell_edges(labels[number], top=(8, LINE_STRONG))
            cell_edges(deltas[number], bottom=(4, LINE))
            labels[number].paragraphs[0].style = "Table Head"
            labels[number].paragraphs[0].add_run(plain_text(item.label))
            values[number].paragraphs[0].style = "Figure Value"
            values[number].paragraphs[0].add_run(plain_text(item.value))
            if item.unit:
                values[number].paragraphs[0].add_run(f"\N{NO-BREAK SPACE}{plain_text(item.unit)}").font.size = Pt(9)
            note = deltas[number].paragraphs[0]
            note.style = "Table Note"
            note.add_run(f"{plain_text(item.delta)}; as of {day_short(item.as_of)} ")
            self.cite(note, item.evidence)
        self._space(2)

    def _callout(self, callout: Callout) -> None:
        table = plain_table(self._word, [1.0], 1, title=plain_text(callout.title))
        cell = table.rows[0].cells[0]
        if callout.rag:
            cell_edges(cell, left=(24, MARKS[callout.rag].ink))
            shade(cell, MARKS[callout.rag].soft)
        head = cell.paragraphs[0]
        head.style = "Table Text"
        head.paragraph_format.left_indent = Pt(7)
        if callout.rag:
            mark_run(head, callout.rag)
        head.add_run(plain_text(callout.title)).bold = True
        body = cell.add_paragraph(style="Table Text")
        body.paragraph_format.left_indent = Pt(7)
        self._sentences(body, callout.sentences)
        self._space(3)

    def _space(self, points: float) -> None:
        gap = self._word.add_paragraph(style="Table Text").paragraph_format
        gap.space_before = gap.space_after = Pt(0)
        gap.line_spacing = Pt(points)
