"""Documents as Word files: A4, real headings, page numbers, sources as links, equal bytes for equal documents.

What does not live here: what a report says (``kinds``), the look (``palette``, ``styles``).
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, time

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm

from bywhen.kernel.document import Document
from bywhen.reports.engine.plain import plain_text
from bywhen.reports.writers.docx.blocks import BlockWriter
from bywhen.reports.writers.docx.oxml import field, fixed_bytes
from bywhen.reports.writers.docx.palette import (
    MARGIN_BOTTOM_MM,
    MARGIN_SIDE_MM,
    MARGIN_TOP_MM,
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    TEXT_WIDTH_MM,
)
from bywhen.reports.writers.docx.styles import styles_set


class DocxWriter:
    """Writes Word documents (see :class:`bywhen.reports.engine.port.Writer`)."""

    name = "docx"
    suffix = ".docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def write(self, document: Document) -> bytes:
        """The whole file as bytes."""
        word = docx.Document()
        styles_set(word, document.language)
        _properties_set(word, document)
        _page_set(word, document)
        word.add_paragraph(plain_text(document.title), style="Title")
        word.add_paragraph(plain_text(document.subtitle), style="Subtitle")
        blocks = BlockWriter(word, document.numbers())
        for block in document.blocks:
            blocks.write(block)
        blocks.sources(document.numbered_sources())
        out = io.BytesIO()
        word.save(out)
        return fixed_bytes(out.getvalue())


def _properties_set(word: WordDocument, document: Document) -> None:
    """Set the core properties; their dates come from the document, so that they do not change from run to run."""
    properties = word.core_properties
    at = datetime.combine(document.as_of, time(), UTC)
    properties.title = plain_text(f"{document.title}: {document.subtitle}")[:255]
    properties.author = plain_text(document.author) or "ByWhen"
    properties.last_modified_by = properties.author
    properties.comments = properties.keywords = properties.subject = ""
    properties.created = properties.modified = at
    properties.revision = 1
    rels = word.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del rels[key]


def _page_set(word: WordDocument, document: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH_MM), Mm(PAGE_HEIGHT_MM)
    section.left_margin = section.right_margin = Mm(MARGIN_SIDE_MM)
    section.top_margin, section.bottom_margin = Mm(MARGIN_TOP_MM), Mm(MARGIN_BOTTOM_MM)
    section.header_distance = section.footer_distance = Mm(9)
    footer = section.footer.paragraphs[0]
    footer.style = "Footer"
    stops = footer.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(TEXT_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(f"{plain_text(document.title)}. {plain_text(document.subtitle)}\tPage ")
    field(footer, "PAGE")
    footer.add_run(" of ")
    field(footer, "NUMPAGES")
