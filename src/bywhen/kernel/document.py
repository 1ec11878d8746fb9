"""A document as plain values: what a report says, before a writer gives it a shape (docx, HTML, ...).

Whatever claims something about the project (:class:`Sentence`, :class:`KeyFigure`, :class:`Row`, :class:`Badge`,
:class:`Trend`) must carry evidence, or it is not made. Headings, column titles and :class:`Note` speak of the document
only. All text is data: writers escape it, and nothing in it is ever markup.

What does not live here: the facts (:mod:`bywhen.kernel.status`), the reports and the writers (room ``reports``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bywhen.kernel.errors import EvidenceMissingError
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import Rag, SourceTitle


def _demand(evidence: tuple[EvidenceRef, ...], claim: str) -> None:
    if not evidence:
        raise EvidenceMissingError(f"{claim!r} has no evidence; cite its source or leave it out.")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its evidence.

    Raises:
        EvidenceMissingError: without evidence.

    >>> Sentence("UAT moves 4 days.", ())
    Traceback (most recent call last):
    bywhen.kernel.errors.EvidenceMissingError: 'UAT moves 4 days.' has no evidence; cite its source or leave it out.
    """

    text: str
    evidence: tuple[EvidenceRef, ...]
    strong: bool = False

    def __post_init__(self) -> None:
        _demand(self.evidence, self.text)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is a section of the document, 2 below it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together; ``lead`` is the one the reader should see first."""

    sentences: tuple[Sentence, ...]
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, one sentence an item."""

    items: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark about the document itself (how to read it, what it does not cover), never about the project."""

    text: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A judgement: ``label`` says whose, ``rag`` what, ``reasons`` why. Colour never stands alone.

    Raises:
        EvidenceMissingError: without evidence.
    """

    label: str
    rag: Rag
    evidence: tuple[EvidenceRef, ...]
    detail: str = ""

    def __post_init__(self) -> None:
        _demand(self.evidence, f"{self.label}: {self.rag}")


@dataclass(frozen=True, slots=True)
class Badges:
    """Judgements side by side, with the reasons of the last one."""

    items: tuple[Badge, ...]
    reasons: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number: label, value with unit, ``delta`` to what it is compared with, the day it was true.

    Raises:
        EvidenceMissingError: without evidence.
    """

    label: str
    value: str
    unit: str
    delta: str
    as_of: date
    evidence: tuple[EvidenceRef, ...]
    rag: Rag | None = None

    def __post_init__(self) -> None:
        _demand(self.evidence, f"{self.label} {self.value} {self.unit}".strip())


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Three to five numbers in one row."""

    items: tuple[KeyFigure, ...]


class Align(StrEnum):
    """Text stands left, numbers right, so that digits line up."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``share`` is its part of the width relative to the others; ``sources`` marks the column of numbers
    that lead to the sources.
    """

    title: str
    share: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: ``text`` in its first line, ``note`` quieter below it, ``rag`` a mark before it."""

    text: str
    note: str = ""
    rag: Rag | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, one a column, and the evidence of the whole row.

    Raises:
        EvidenceMissingError: without evidence.
    """

    cells: tuple[Cell, ...]
    evidence: tuple[EvidenceRef, ...]

    def __post_init__(self) -> None:
        _demand(self.evidence, " | ".join(cell.text for cell in self.cells))


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``caption`` says what it shows; screen readers always hear it, and it is printed unless ``headed`` tells
    that the heading above already says the same.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    headed: bool = False


@dataclass(frozen=True, slots=True)
class Callout:
    """What the reader must not miss: sentences set apart, with a title in words (``Decision needed``)."""

    title: str
    sentences: tuple[Sentence, ...]
    rag: Rag | None = None


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One milestone's forecasts: ``points`` pairs of (day of the report, forecast then), oldest first.

    Raises:
        EvidenceMissingError: without evidence.
    """

    name: str
    baseline: date | None
    points: tuple[tuple[date, date], ...]
    evidence: tuple[EvidenceRef, ...]

    def __post_init__(self) -> None:
        _demand(self.evidence, f"Trend of {self.name}")


@dataclass(frozen=True, slots=True)
class Trend:
    """Milestone trend: what each milestone was forecast for, report by report; ``caption`` says it in words."""

    caption: str
    lines: tuple[TrendLine, ...]


Block = Heading | Paragraph | Bullets | Note | Badges | KeyFigures | Table | Callout | Trend


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """One entry of the list of sources: its number, whose title, where in it, the quote."""

    number: int
    title: str
    place: str
    quote: str
    received_on: date | None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. ``as_of`` is the day its facts are true for; ``language`` a BCP 47 tag."""

    title: str
    subtitle: str
    as_of: date
    blocks: tuple[Block, ...]
    sources: Mapping[str, SourceTitle] = field(default_factory=dict)
    author: str = ""
    language: str = "en-GB"

    def numbers(self) -> dict[EvidenceRef, int]:
        """The number of each reference, from 1, in the order in which the reader meets them."""
        numbered: dict[EvidenceRef, int] = {}
        for ref in evidence_of(self.blocks):
            numbered.setdefault(ref, len(numbered) + 1)
        return numbered

    def numbered_sources(self) -> tuple[NumberedSource, ...]:
        """The list of sources, one entry a reference, in order of number. A source without a title shows its name."""
        entries = []
        for ref, number in self.numbers().items():
            named = self.sources.get(ref.source)
            title, received = (named.title, named.received_on) if named else (ref.source, None)
            entries.append(NumberedSource(number, title, ref.place, ref.quote, received))
        return tuple(entries)


def evidence_of(blocks: tuple[Block, ...]) -> Iterator[EvidenceRef]:
    """Every reference in the blocks, in reading order, repetitions kept."""
    for block in blocks:
        match block:
            case Paragraph(sentences) | Callout(sentences=sentences):
                parts = [sentence.evidence for sentence in sentences]
            case Bullets(items):
                parts = [item.evidence for item in items]
            case Badges(items, reasons):
                parts = [badge.evidence for badge in items] + [reason.evidence for reason in reasons]
            case KeyFigures(figures):
                parts = [figure.evidence for figure in figures]
            case Table(rows=rows):
                parts = [row.evidence for row in rows]
            case Trend(lines=lines):
                parts = [line.evidence for line in lines]
            case Heading() | Note():
                parts = []
        for evidence in parts:
            yield from evidence
