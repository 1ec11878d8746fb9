"""Word documents: transcripts that Teams saves, and meeting notes with headings, bullets and tables.

Only the document's own text is read: deleted revisions, comments, fields and embedded objects are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from bywhen.intake import limits
from bywhen.intake.archive import SafeZip, is_archive, open_archive
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.utterances import Line, dialogue, facts_of, notes, spoken_share, transcript_reading
from bywhen.intake.xmlprolog import xml_root
from bywhen.kernel.errors import FileMalformedError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_SPOKEN = 0.3
_HEADING_STYLE = re.compile(
    r"^(heading|title|überschrift|berschrift|titre|título|titulo|titolo|kop)\s*\d*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph or table row with its number in the document, counted from 1."""

    number: int
    text: str
    heading: bool = False


class WordDocument:
    """Notes or a transcript; the line of an utterance is the number of its paragraph or table row."""

    name = "word"
    title = "Word documents (docx): Teams transcripts and meeting notes"
    kinds = ("transcript",)

    def recognises(self, blob: Blob) -> float:
        """By the part that every Word document holds."""
        return 0.95 if is_archive(blob) and b"word/document.xml" in blob.data else 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:
        """Speech when its paragraphs begin turns, notes otherwise; a table row is its cells with bars between.

        Raises:
            InputRefusedError: a subclass, when the document is broken, hostile, too large or empty.
        """
        archive = open_archive(blob)
        paragraphs = [each for each in _paragraphs(archive, blob.name) if each.text.strip()]
        if not paragraphs:
            raise FileMalformedError(
                "it holds no words", file=blob.name, place=_BODY, remedy="Save the document again."
            )
        lines: list[Line] = [(each.number, line) for each in paragraphs for line in each.text.split("\n")]
        facts = facts_of(lines, options)
        headings = {each.number: each.text.strip() for each in paragraphs if each.heading}
        if not facts.title and headings:
            facts = replace(facts, title=next(iter(headings.values())))
        if spoken_share([line for line in lines if line[0] not in headings]) >= _SPOKEN:
            said, left = dialogue(lines)
            if said:
                return transcript_reading(blob, said, facts, format_name=self.name, written=False, skipped=left)
        return transcript_reading(blob, notes(lines, headings or None), facts, format_name=self.name, written=True)


def _paragraphs(archive: SafeZip, file: str) -> Iterator[_Paragraph]:
    names = _style_names(archive, file)
    body = _parsed(archive, _BODY, file).find(f"{_W}body")
    for number, block in enumerate(_blocks(body) if body is not None else (), start=1):
        limits.within(number, limits.CELLS, "paragraphs", file=file)
        if block.tag == f"{_W}tr":
            cells = [" ".join(_text(p).strip() for p in cell.iter(f"{_W}p")) for cell in block.findall(f"{_W}tc")]
            yield _Paragraph(number, " | ".join(cell.replace("\n", " ") for cell in cells) if any(cells) else "")
        else:
            yield _Paragraph(number, _text(block), heading=_is_heading(block, names))


def _blocks(parent: ET.Element) -> Iterator[ET.Element]:
    """Paragraphs and table rows in the document's order, content controls opened."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield child
        elif child.tag == f"{_W}tbl":
            yield from child.findall(f"{_W}tr")
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _blocks(child)


def _text(paragraph: ET.Element) -> str:
    """The words of a paragraph, inserted revisions included, deleted ones not."""
    parts: list[str] = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif node.tag == f"{_W}tab" and "".join(parts):
            parts.append("\t")
    return "".join(parts)


def _is_heading(paragraph: ET.Element, names: dict[str, str]) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if paragraph.find(f"{_W}pPr/{_W}outlineLvl") is not None:
        return True
    key = style.get(f"{_W}val", "") if style is not None else ""
    return _HEADING_STYLE.match(names.get(key, key)) is not None


def _style_names(archive: SafeZip, file: str) -> dict[str, str]:
    """Style id -> its name, which is English whatever the language of the program was."""
    if "word/styles.xml" not in archive:
        return {}
    names: dict[str, str] = {}
    for style in _parsed(archive, "word/styles.xml", file).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            names[style.get(f"{_W}styleId", "")] = name.get(f"{_W}val", "")
    return names


def _parsed(archive: SafeZip, part: str, file: str) -> ET.Element:
    data = archive.read(part)
    xml_root(data, file=file)
    try:
        return ET.fromstring(data)  # noqa: S314 - xml_root has refused any document type
    except ET.ParseError as error:
        raise FileMalformedError("the document is broken", file=file, place=part, remedy="Save it again.") from error
