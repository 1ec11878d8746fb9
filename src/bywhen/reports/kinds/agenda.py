"""The agenda of a meeting on paper: when and where, who is asked, the sections with their minutes, what is to be read.

What does not live here: drafting it (room ``week``), the look (``writers``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bywhen.kernel.document import (
    Align,
    Block,
    Callout,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Sentence,
    Table,
)
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import Rag, SourceTitle
from bywhen.kernel.wording import counted, listed
from bywhen.meetings.engine.agenda import Agenda


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPaper:
    """Everything that the paper says. ``when`` and ``where`` are words; ``begins`` minutes after midnight of the local
    day; ``guests`` pairs of name and part; ``papers`` names; ``evidence`` is the plan of the meeting itself, ``places``
    what its points stand on, by what they name, and ``sources`` the titles of all of it.
    """

    title: str
    project: str
    as_of: date
    when: str
    where: str
    purpose: str
    begins: int
    agenda: Agenda
    guests: Sequence[tuple[str, str]]
    organiser: str
    quorum: str
    papers: Sequence[str]
    papers_words: str
    evidence: EvidenceRef
    places: Mapping[str, tuple[EvidenceRef, ...]] = field(default_factory=dict)
    sources: Mapping[str, SourceTitle] = field(default_factory=dict)


def agenda_document(paper: AgendaPaper) -> Document:
    """Say an agenda as a document; the same facts always give the same document."""
    return Document(
        title=paper.title,
        subtitle=f"Agenda, {paper.when}, {paper.project}",
        as_of=paper.as_of,
        blocks=tuple(_blocks(paper)),
        sources={
            paper.evidence.source: SourceTitle("The plan of this meeting", "record", paper.as_of),
            **paper.sources,
        },
        author=paper.organiser,
    )


def _blocks(paper: AgendaPaper) -> list[Block]:
    proof = (paper.evidence,)
    blocks: list[Block] = [Paragraph((Sentence(paper.purpose, proof),), lead=True)] if paper.purpose else []
    if paper.agenda.warning:
        blocks.append(Callout("It does not fit", (Sentence(paper.agenda.warning, proof),), Rag.AMBER))
    blocks.append(_particulars(paper))
    blocks += [Heading("Agenda"), _sections(paper)]
    if paper.papers:
        blocks += [Heading("To read before"), _papers(paper)]
    return blocks


def _particulars(paper: AgendaPaper) -> Table:
    required = [name for name, part in paper.guests if part == "required"]
    optional = [name for name, part in paper.guests if part != "required"]
    rows = [
        ("When", paper.when),
        ("Where", paper.where),
        ("Organiser", paper.organiser),
        ("Required", listed(required)),
        ("Optional", listed(optional)),
        ("Quorum", paper.quorum),
        ("Papers", paper.papers_words),
    ]
    cells = [Row((Cell(name, strong=True), Cell(words)), (paper.evidence,)) for name, words in rows if words]
    return Table("The meeting's particulars", (Column("", 1.0), Column("", 5.0)), tuple(cells), headed=True)


def _sections(paper: AgendaPaper) -> Table:
    rows, at = [], paper.begins
    for number, item in enumerate(paper.agenda.items, start=1):
        cells = (Cell(_clock(at)), Cell(f"{number}. {item.title}", strong=True), Cell(f"{item.minutes} min"))
        rows.append(Row(cells, (paper.evidence,)))
        for point in item.points:
            about = ", ".join(part for part in (point.owner, point.note) if part)
            proof = paper.places.get(point.ref, (paper.evidence,))
            rows.append(Row((Cell(""), Cell(point.title, about), Cell("")), proof))
        at += item.minutes
    columns = (Column("Time", 0.8), Column("What", 7.0), Column("Takes", 1.0, Align.RIGHT))
    return Table(
        f"{counted(len(paper.agenda.items), 'section')}, {paper.agenda.minutes} of {paper.agenda.slot} minutes",
        columns,
        tuple(rows),
    )


def _papers(paper: AgendaPaper) -> Table:
    rows = [Row((Cell(name),), (paper.evidence,)) for name in paper.papers]
    return Table("Papers", (Column("Paper"),), tuple(rows), headed=True)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
