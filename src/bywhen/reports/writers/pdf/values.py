"""A document as JSON for the page template: text stays text, so nothing in it can become markup.

What does not live here: the look (``page.typ``), running the typesetter (``writer``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bywhen.kernel.document import (
    Align,
    Badge,
    Badges,
    Block,
    Bullets,
    Callout,
    Cell,
    Document,
    Heading,
    KeyFigures,
    Note,
    Paragraph,
    Sentence,
    Table,
    Trend,
)
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import Rag
from bywhen.kernel.wording import day_short
from bywhen.reports.engine.citations import citation_ranges, range_text
from bywhen.reports.engine.plain import plain_text
from bywhen.reports.engine.trend import trend_table

Numbers = Mapping[EvidenceRef, int]


def document_values(document: Document) -> dict[str, Any]:
    """The whole document; ``language`` is the first part of its tag, as typesetters want it."""
    numbers = document.numbers()
    language, _, region = document.language.partition("-")
    day = document.as_of
    return {
        "title": plain_text(document.title),
        "subtitle": plain_text(document.subtitle),
        "author": plain_text(document.author) or "ByWhen",
        "language": language,
        "region": region,
        "date": [day.year, day.month, day.day],
        "blocks": [_block(block, numbers) for block in document.blocks],
        "sources": [
            {
                "number": entry.number,
                "title": plain_text(entry.title),
                "place": plain_text(entry.place),
                "quote": plain_text(entry.quote),
                "received": day_short(entry.received_on) if entry.received_on else "",
            }
            for entry in document.numbered_sources()
        ],
    }


def _block(block: Block, numbers: Numbers) -> dict[str, Any]:
    match block:
        case Heading(words, level):
            said: dict[str, Any] = {"kind": "heading", "text": plain_text(words), "level": level}
        case Paragraph(sentences, lead):
            said = {"kind": "paragraph", "sentences": _sentences(sentences, numbers), "lead": lead}
        case Bullets(items):
            said = {"kind": "bullets", "items": _sentences(items, numbers)}
        case Note(words):
            said = {"kind": "note", "text": plain_text(words)}
        case Badges(items, reasons):
            shown = [_badge(item, numbers) for item in items]
            said = {"kind": "badges", "items": shown, "reasons": _sentences(reasons, numbers)}
        case KeyFigures(figures):
            shown = [
                {
                    "label": plain_text(item.label),
                    "value": plain_text(item.value),
                    "unit": plain_text(item.unit),
                    "note": plain_text(f"{item.delta}; as of {day_short(item.as_of)}"),
                    "cite": _cite(item.evidence, numbers),
                }
                for item in figures
            ]
            said = {"kind": "figures", "items": shown}
        case Table():
            said = _table(block, numbers)
        case Trend():
            said = _table(trend_table(block), numbers)
        case Callout(title, sentences, rag):
            said = {"kind": "callout", "title": plain_text(title), "rag": _rag(rag)}
            said["sentences"] = _sentences(sentences, numbers)
    return said


def _sentences(sentences: Sequence[Sentence], numbers: Numbers) -> list[dict[str, Any]]:
    return [
        {"text": plain_text(each.text), "strong": each.strong, "cite": _cite(each.evidence, numbers)}
        for each in sentences
    ]


def _cite(evidence: Sequence[EvidenceRef], numbers: Numbers) -> list[dict[str, Any]]:
    ranges = citation_ranges(evidence, numbers)
    return [{"first": first, "text": range_text(first, last)} for first, last in ranges]


def _rag(rag: Rag | None) -> dict[str, str] | None:
    return {"name": rag.value, "letter": rag.letter} if rag else None


def _badge(badge: Badge, numbers: Numbers) -> dict[str, Any]:
    return {
        "label": plain_text(badge.label),
        "rag": _rag(badge.rag),
        "detail": plain_text(badge.detail),
        "cite": _cite(badge.evidence, numbers),
    }


def _table(table: Table, numbers: Numbers) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": plain_text(table.caption),
        "headed": table.headed,
        "columns": [
            {"title": plain_text(column.title), "share": float(column.share), "right": column.align is Align.RIGHT}
            for column in table.columns
        ],
        "rows": [{"cells": [_cell(cell) for cell in r.cells], "cite": _cite(r.evidence, numbers)} for r in table.rows],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "text": plain_text(cell.text),
        "note": plain_text(cell.note),
        "strong": cell.strong,
        "rag": _rag(cell.rag),
    }
