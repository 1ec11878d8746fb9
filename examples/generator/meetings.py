"""Meetings: transcripts and notes in the formats that meeting tools write, and the calendar that holds them.

A source under ``source/meetings/`` has a head of ``key: value`` lines, a line ``---``, and then either one
``Speaker: words`` line per utterance (formats teams, zoom, subrip, blocks) or the notes themselves (markdown, word).
A line ``[n]`` is a silence of n seconds.

What does not live here: the sheets, the plans.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from pathlib import Path

from docx import Document

from generator.sheets import CREATED, read_toml
from generator.world import World

WORDS_A_SECOND = 2.6
ENDINGS = {"teams": "vtt", "zoom": "vtt", "subrip": "srt", "blocks": "txt", "markdown": "md", "word": "docx"}
_NAMESPACE = uuid.UUID("6f0c1f0e-5d0a-4c1e-9b51-2f3f7c8f6a10")


@dataclass(frozen=True, slots=True)
class Source:
    """One meeting's source: its head and its body."""

    head: dict[str, str]
    body: list[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """One utterance with its time in seconds."""

    start: float
    end: float
    speaker: str
    text: str


def read_source(path: Path) -> Source:
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    pairs = (line.partition(":") for line in head.splitlines() if line)
    return Source({key.strip(): value.strip() for key, _, value in pairs}, body.strip("\n").splitlines())


def meeting_files(folder: Path) -> dict[str, bytes]:
    """Relative path -> content for every meeting, in the sub-folder of its project where it has one."""
    files = {}
    for path in sorted(folder.rglob("*.txt")):
        source = read_source(path)
        kind = source.head["format"]
        name = path.relative_to(folder).with_suffix(f".{ENDINGS[kind]}").as_posix()
        files[f"meetings/{name}"] = _WRITERS[kind](source)
    return files


def cues(source: Source) -> Iterator[Cue]:
    """The utterances with times that follow from their length: about 156 words a minute and a breath between."""
    at = 2.0
    for line in source.body:
        if line.startswith("["):
            at += float(line.strip("[]"))
        elif line.strip():
            speaker, _, text = line.partition(": ")
            length = max(1.2, round(len(text.split()) / WORDS_A_SECOND, 2))
            yield Cue(at, at + length, speaker, text)
            at += length + 0.45


def _teams(source: Source) -> bytes:
    blocks = ["WEBVTT"]
    for number, cue in enumerate(cues(source)):
        name = f"{uuid.uuid5(_NAMESPACE, source.head['title'] + source.head['held'])}/{number}-0"
        times = f"{_clock(cue.start)} --> {_clock(cue.end)}"
        blocks.append(f"{name}\n{times}\n<v {cue.speaker}>{escape(cue.text, quote=False)}</v>")
    return ("\n\n".join(blocks) + "\n").encode()


def _zoom(source: Source) -> bytes:
    blocks = ["WEBVTT"]
    for number, cue in enumerate(cues(source), start=1):
        blocks.append(f"{number}\n{_clock(cue.start)} --> {_clock(cue.end)}\n{cue.speaker}: {cue.text}")
    return ("\r\n\r\n".join(block.replace("\n", "\r\n") for block in blocks) + "\r\n").encode()


def _subrip(source: Source) -> bytes:
    blocks = []
    for number, cue in enumerate(cues(source), start=1):
        times = f"{_clock(cue.start)} --> {_clock(cue.end)}".replace(".", ",")
        blocks.append(f"{number}\n{times}\n{cue.speaker}: {cue.text}")
    return ("\n\n".join(blocks) + "\n").encode()


def _blocks(source: Source) -> bytes:
    parts = [f"{cue.speaker}  {int(cue.start) // 60}:{int(cue.start) % 60:02d}\n{cue.text}\n" for cue in cues(source)]
    return "\n".join(parts).encode()


def _markdown(source: Source) -> bytes:
    return ("\n".join([f"# {source.head['title']}", "", *_facts(source), "", *source.body]) + "\n").encode()


def _facts(source: Source) -> list[str]:
    held = datetime.fromisoformat(source.head["held"])
    return [f"Date: {held:%d %B %Y}", f"Attendees: {source.head['attendees']}"]


def _word(source: Source) -> bytes:
    paper = Document()
    paper.core_properties.author, paper.core_properties.title = "Sofia Lindqvist", source.head["title"]
    paper.core_properties.created = paper.core_properties.modified = CREATED
    paper.add_heading(source.head["title"], level=0)
    for fact in _facts(source):
        paper.add_paragraph(fact)
    for line in source.body:
        if line.startswith("## "):
            paper.add_heading(line[3:], level=1)
        elif line.startswith("- "):
            paper.add_paragraph(line[2:], style="List Bullet")
        elif line.startswith("| "):
            _row(paper, [cell.strip() for cell in line.strip("|").split("|")])
        elif line.strip():
            paper.add_paragraph(line)
    out = io.BytesIO()
    paper.save(out)
    return _same_times(out.getvalue())


def _row(paper: Document, cells: list[str]) -> None:
    """A table row; the first row after other text starts the table."""
    body = paper.element.body
    last = body[-2] if len(body) > 1 else None
    table = (
        paper.tables[-1]
        if last is not None and last.tag.endswith("}tbl")
        else paper.add_table(0, len(cells), "Table Grid")
    )
    for cell, text in zip(table.add_row().cells, cells, strict=True):
        cell.text = text


def _same_times(data: bytes) -> bytes:
    """The archive with each entry's time set to the creation date, so that the bytes repeat."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, CREATED.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return out.getvalue()


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


_WRITERS = {
    "teams": _teams,
    "zoom": _zoom,
    "subrip": _subrip,
    "blocks": _blocks,
    "markdown": _markdown,
    "word": _word,
}


def calendar_ics(source: Path, world: World) -> bytes:
    """The team's calendar as iCalendar: series with their rule, single events, times in London's zone."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Meridian//Programme office//EN", *_LONDON]
    for number, event in enumerate(read_toml(source / "calendar.toml")["event"], start=1):
        start = datetime.fromisoformat(event["start"])
        lines += [
            "BEGIN:VEVENT",
            f"UID:meridian-{number:03d}@example.com",
            "DTSTAMP:20261120T170000Z",
            f"DTSTART;TZID=Europe/London:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/London:{start + timedelta(minutes=event['minutes']):%Y%m%dT%H%M%S}",
            f"SUMMARY:{_ics_text(event['title'])}",
            *([f"RRULE:{event['rule']}"] if "rule" in event else []),
            *([f"LOCATION:{_ics_text(event['location'])}"] if "location" in event else []),
            *([f"DESCRIPTION:{_ics_text(event['text'])}"] if "text" in event else []),
            f"ORGANIZER;CN=Sofia Lindqvist:mailto:{world.person('Sofia Lindqvist').address}",
            *(f"ATTENDEE;CN={name}:mailto:{world.person(name).address}" for name in event["who"]),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line)).encode()


def _ics_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> Iterator[str]:
    """At most 74 characters a line; continuation lines begin with a space (RFC 5545, section 3.1)."""
    yield line[:70]
    for place in range(70, len(line), 70):
        yield f" {line[place : place + 70]}"


_LONDON = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:DAYLIGHT",
    "DTSTART:19700329T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "TZNAME:BST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19701025T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "TZNAME:GMT",
    "END:STANDARD",
    "END:VTIMEZONE",
)
