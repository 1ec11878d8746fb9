"""Documents as Markdown, for tickets, wikis and mail. Tables are pipe tables, sources a numbered list.

What does not live here: what a report says (``kinds``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bywhen.kernel.document import (
    Align,
    Badges,
    Block,
    Bullets,
    Callout,
    Cell,
    Document,
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
from bywhen.reports.engine.plain import plain_text
from bywhen.reports.engine.trend import trend_table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&]|^[-+](?=\s)|^\d+(?=[.)]\s))")


def literal(words: str) -> str:
    r"""Words as Markdown text in which nothing is markup.

    >>> literal("# [x](y) | *z*")
    '\\# \\[x\\](y) \\| \\*z\\*'
    """
    return _SPECIAL.sub(r"\\\1", plain_text(words))


class MarkdownWriter:
    """Writes Markdown files (see :class:`bywhen.reports.engine.port.Writer`)."""

    name = "markdown"
    suffix = ".md"
    media_type = "text/markdown; charset=utf-8"

    def write(self, document: Document) -> bytes:
        """The whole file as UTF-8."""
        numbers = document.numbers()
        parts = [f"# {literal(document.title)}", literal(document.subtitle)]
        parts += [part for block in document.blocks for part in _block(block, numbers)]
        parts += ["## Sources", "\n".join(_source(entry) for entry in document.numbered_sources())]
        return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _block(block: Block, numbers: Mapping[EvidenceRef, int]) -> list[str]:
    match block:
        case Heading(words, level):
            said = [f"{'#' * (level + 1)} {literal(words)}"]
        case Paragraph(sentences):
            said = [_sentences(sentences, numbers)]
        case Bullets(items):
            said = [_bullets(items, numbers)]
        case Note(words):
            said = [f"_{literal(words)}_"]
        case Badges(items, reasons):
            told = [
                f"**{literal(item.label)} {item.rag.value}**, {literal(item.detail)}{_cite(item.evidence, numbers)}"
                for item in items
            ]
            said = [*told, _bullets(reasons, numbers)]
        case KeyFigures(figures):
            lines = [
                f"- {literal(item.label)}: **{literal(f'{item.value} {item.unit}')}**, {literal(item.delta)};"
                f" as of {day_short(item.as_of)}{_cite(item.evidence, numbers)}"
                for item in figures
            ]
            said = ["\n".join(lines)]
        case Table():
            said = _table(block, numbers)
        case Trend():
            said = _table(trend_table(block), numbers)
        case Callout(title, sentences):
            said = [f"> **{literal(title)}** {_sentences(sentences, numbers)}"]
    return said


def _cite(evidence: Sequence[EvidenceRef], numbers: Mapping[EvidenceRef, int]) -> str:
    said = ", ".join(range_text(first, last) for first, last in citation_ranges(evidence, numbers))
    return rf" \[{said}\]"


def _sentences(sentences: Sequence[Sentence], numbers: Mapping[EvidenceRef, int]) -> str:
    return " ".join(f"{_words(item)}{_cite(item.evidence, numbers)}" for item in sentences)


def _words(sentence: Sentence) -> str:
    return f"**{literal(sentence.text)}**" if sentence.strong else literal(sentence.text)


def _bullets(items: Sequence[Sentence], numbers: Mapping[EvidenceRef, int]) -> str:
    return "\n".join(f"- {_sentences((item,), numbers)}" for item in items)


def _table(table: Table, numbers: Mapping[EvidenceRef, int]) -> list[str]:
    heads = [literal(column.title) for column in table.columns]
    rules = ["---:" if column.align is Align.RIGHT else "---" for column in table.columns]
    rows = [[*(_cell(cell) for cell in row.cells), _cite(row.evidence, numbers).strip()] for row in table.rows]
    lines = [[*heads, "Source"], [*rules, "---"], *rows]
    grid = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return [grid] if table.headed else [literal(table.caption), grid]


def _cell(cell: Cell) -> str:
    mark = f"({cell.rag.letter}) " if cell.rag else ""
    words = f"**{literal(cell.text)}**" if cell.strong and cell.text else literal(cell.text)
    return f"{mark}{words}{f'; {literal(cell.note)}' if cell.note else ''}"


def _source(entry: NumberedSource) -> str:
    quote = f": “{literal(entry.quote)}”" if entry.quote else ""
    place = f", {literal(entry.place)}" if entry.place else ""
    return f"{entry.number}. {literal(entry.title)}{place}{quote}"
