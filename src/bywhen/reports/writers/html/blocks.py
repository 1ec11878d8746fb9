"""Each block of a document as HTML.

What does not live here: the page around them (``writer``), the look (``style``).
"""

from __future__ import annotations

from collections.abc import Sequence

from bywhen.kernel.document import (
    Align,
    Badges,
    Block,
    Bullets,
    Callout,
    Cell,
    Heading,
    KeyFigure,
    KeyFigures,
    Note,
    NumberedSource,
    Paragraph,
    Sentence,
    Table,
    Trend,
)
from bywhen.kernel.wording import day_short
from bywhen.reports.engine.trend import trend_table
from bywhen.reports.writers.html.chart import trend_svg
from bywhen.reports.writers.html.marks import Citations, rag_mark, text


class BlockWriter:
    """Turns blocks into HTML; ``citations`` knows the numbers of the sources."""

    def __init__(self, citations: Citations) -> None:
        self._cite = citations.cite

    def write(self, block: Block) -> str:
        """One block."""
        match block:
            case Heading(words, level):
                said = f"<h{min(level, 2) + 1}>{text(words)}</h{min(level, 2) + 1}>"
            case Paragraph(sentences, lead):
                said = f"<p class={'lead' if lead else 'said'}>{self._sentences(sentences)}</p>"
            case Bullets(items):
                said = self._list(items)
            case Note(words):
                said = f'<p class="note">{text(words)}</p>'
            case Badges():
                said = self._badges(block)
            case KeyFigures():
                said = self._figures(block)
            case Table():
                said = self._table(block)
            case Trend():
                twin = trend_table(block)
                caption = f"<figcaption>{text(twin.caption)}</figcaption>"
                said = f"<figure>{caption}{trend_svg(block)}</figure>{self._table(twin, headed=True)}"
            case Callout():
                said = self._callout(block)
        return said

    def _sentence(self, sentence: Sentence) -> str:
        words = f"<strong>{text(sentence.text)}</strong>" if sentence.strong else text(sentence.text)
        return f"{words} {self._cite(sentence.evidence)}"

    def _sentences(self, sentences: Sequence[Sentence]) -> str:
        return " ".join(self._sentence(sentence) for sentence in sentences)

    def _list(self, items: Sequence[Sentence]) -> str:
        return f"<ul>{''.join(f'<li>{self._sentence(item)}</li>' for item in items)}</ul>" if items else ""

    def _badges(self, badges: Badges) -> str:
        shown = "".join(
            f'<div class="badge {badge.rag.value}">{rag_mark(badge.rag)}<b>{text(badge.label)} {badge.rag.value}</b>'
            f"<small>{text(badge.detail)} {self._cite(badge.evidence)}</small></div>"
            for badge in badges.items
        )
        strong = [reason for reason in badges.reasons if reason.strong]
        rest = [reason for reason in badges.reasons if not reason.strong]
        head = f"<p>{self._sentences(strong)}</p>" if strong else ""
        return f'<div class="badges">{shown}</div>{head}{self._list(rest)}'

    def _figures(self, figures: KeyFigures) -> str:
        shown = "".join(self._figure(item) for item in figures.items)
        return f'<dl class="figures">{shown}</dl>'

    def _figure(self, item: KeyFigure) -> str:
        value = f'<dd class="value">{text(item.value)} <span>{text(item.unit)}</span></dd>'
        note = f"{text(item.delta)}; as of {day_short(item.as_of)} {self._cite(item.evidence)}"
        return f"<div><dt>{text(item.label)}</dt>{value}<dd><small>{note}</small></dd></div>"

    def _table(self, table: Table, *, headed: bool = False) -> str:
        heads = "".join(f'<th scope="col"{_side(column.align)}>{text(column.title)}</th>' for column in table.columns)
        rows = "".join(
            f"<tr>{self._cells(row.cells, table)}<td>{self._cite(row.evidence)}</td></tr>" for row in table.rows
        )
        kind = ' class="headed"' if table.headed or headed else ""
        return (
            f'<div class="scroll" tabindex="0" role="region" aria-label="{text(table.caption)}"><table{kind}>'
            f"<caption>{text(table.caption)}</caption><thead><tr>{heads}"
            f'<th scope="col">Source</th></tr></thead><tbody>{rows}</tbody></table></div>'
        )

    def _cells(self, cells: Sequence[Cell], table: Table) -> str:
        first, *others = [_cell(cell) for cell in cells]
        sides = [_side(column.align) for column in table.columns]
        written = [f'<th scope="row"{sides[0]}>{first}</th>']
        written += [f"<td{side}>{cell}</td>" for cell, side in zip(others, sides[1:], strict=True)]
        return "".join(written)

    def _callout(self, callout: Callout) -> str:
        mark = rag_mark(callout.rag) if callout.rag else ""
        kind = callout.rag.value if callout.rag else "grey"
        said = f"<b>{text(callout.title)}</b><p>{self._sentences(callout.sentences)}</p>"
        return f'<div class="badge {kind}">{mark}{said}</div>'


def _cell(cell: Cell) -> str:
    mark = rag_mark(cell.rag) if cell.rag else ""
    words = f'<span class="strong">{text(cell.text)}</span>' if cell.strong else text(cell.text)
    return f"{mark}{words}{f'<small>{text(cell.note)}</small>' if cell.note else ''}"


def _side(align: Align) -> str:
    return ' class="right"' if align is Align.RIGHT else ""


def sources_html(entries: Sequence[NumberedSource]) -> str:
    """The list of sources, each a place that links lead to."""
    rows = "".join(
        f'<tr id="source-{entry.number}"><th scope="row">{entry.number}</th><td>{text(entry.title)}</td>'
        f"<td>{day_short(entry.received_on) if entry.received_on else ''}</td><td>{text(entry.place)}</td>"
        f"<td>{f'<q>{text(entry.quote)}</q>' if entry.quote else ''}</td></tr>"
        for entry in entries
    )
    heads = "".join(f'<th scope="col">{title}</th>' for title in ("No.", "Source", "Received", "Place", "Quote"))
    return (
        '<h2 id="sources">Sources</h2><div class="scroll" tabindex="0" role="region" aria-label="Sources by number">'
        f'<table class="headed sources"><caption>Sources by number</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
