"""``bywhen minutes``: what a transcript or notes hold. No Django, no database; files are read, never changed.

``--json`` prints one document on standard output; without it, a table for people. What does not live here: reading
files (room ``intake``), finding items (:mod:`bywhen.meetings.engine.extraction`).
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bywhen.intake.names import day_in_name
from bywhen.kernel.errors import DateUnreadableError, FormatUnknownError

if TYPE_CHECKING:  # rooms' heavier parts are imported by the verb that needs them
    from collections.abc import Iterable

    from bywhen.intake.port import Reading, Skipped
    from bywhen.kernel.findings import Finding
    from bywhen.kernel.plan import Plan
    from bywhen.kernel.tables import PersonRow
    from bywhen.kernel.transcript import Transcript
    from bywhen.meetings.engine.items import Extraction, Item
    from bywhen.meetings.engine.projecttime import ProjectTime

_SHOWN_CANDIDATES = 5


def minutes(
    file: Annotated[
        Path, typer.Argument(help="A transcript or notes: .vtt, .srt, .txt, .md, .docx ...", show_default=False)
    ],
    *,
    plan: Annotated[
        Path | None, typer.Option("--plan", help="The plan whose tasks, calendar and milestones are meant.")
    ] = None,
    people: Annotated[Path | None, typer.Option("--people", help="The team's list, to find owners in.")] = None,
    day: Annotated[
        str,
        typer.Option(
            "--date", metavar="DATE", help="The day of the meeting (YYYY-MM-DD); else as the file says, or its name."
        ),
    ] = "",
    sprint_start: Annotated[str, typer.Option("--sprint-start", metavar="DATE", help="First day of any sprint.")] = "",
    sprint_days: Annotated[int, typer.Option("--sprint-days", min=1, max=90, help="Calendar days of a sprint.")] = 14,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Decisions, actions, risks, issues, changes and questions of a meeting, each with the words that prove it."""
    from bywhen.meetings.engine.extraction import extract
    from bywhen.meetings.engine.linking import plan_tasks

    reading, transcript = _transcript(file)
    read_plan = _plan(plan) if plan else None
    time, findings = _time(transcript, read_plan, day, file.name)
    if sprint_start:
        time = _with_sprints(time, sprint_start, sprint_days)
    found = extract(
        transcript,
        time=time,
        people=_people(people) if people else (),
        tasks=plan_tasks(read_plan) if read_plan else (),
    )
    document = _document(
        file.name, transcript, time, found, [*reading.findings, *findings, *found.findings], reading.skipped
    )
    if as_json:
        json.dump(document, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        _print(document, found)


def _transcript(file: Path) -> tuple[Reading, Transcript]:
    from bywhen.intake.reading import read_file
    from bywhen.kernel.transcript import Transcript

    for reading in read_file(file):
        if isinstance(reading.payload, Transcript):
            return reading, reading.payload
    raise FormatUnknownError(file.name, wanted="a transcript or meeting notes")


def _plan(file: Path) -> Plan:
    from bywhen.intake.reading import read_plan
    from bywhen.kernel.plan import Plan

    payload = read_plan(file).payload
    assert isinstance(payload, Plan)  # what read_plan answers
    return payload


def _people(file: Path) -> tuple[PersonRow, ...]:
    from bywhen.intake.reading import read_file
    from bywhen.kernel.tables import PersonRow

    payloads = [each.payload for each in read_file(file) if isinstance(each.payload, tuple)]
    rows = [row for payload in payloads for row in payload if isinstance(row, PersonRow)]
    if not rows:
        raise FormatUnknownError(file.name, wanted="a list of people")
    return tuple(rows)


def _time(transcript: Transcript, plan: Plan | None, day: str, file: str) -> tuple[ProjectTime, list[Finding]]:
    """The time that phrases are resolved against; a meeting of unknown day is taken as held today, and that is told."""
    from bywhen.kernel.clock import current_clock
    from bywhen.kernel.findings import Finding, Severity
    from bywhen.kernel.worktime import WorkingTime
    from bywhen.meetings.engine.projecttime import ProjectTime, plan_time

    held_on = _day(day, "--date") if day else transcript.held_on or day_in_name(Path(file).name)
    findings = []
    if held_on is None:
        held_on = current_clock().today()
        text = (
            f"{file} does not say when the meeting was held, so 'by Friday' counts from today ({held_on}); give --date."
        )
        findings = [Finding("meeting-date-unknown", Severity.WARNING, text, file)]
    return plan_time(plan, held_on) if plan else ProjectTime(held_on, WorkingTime.standard()), findings


def _with_sprints(time: ProjectTime, first_day: str, length_days: int) -> ProjectTime:
    from bywhen.meetings.engine.projecttime import Sprints

    return replace(time, sprints=Sprints(length_days, _day(first_day, "--sprint-start")))


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DateUnreadableError(
            f"{text!r} is not a date", place=option, remedy="Write for example 2026-11-23."
        ) from None


def _document(
    file: str,
    transcript: Transcript,
    time: ProjectTime,
    found: Extraction,
    findings: list[Finding],
    skipped: Iterable[Skipped],
) -> dict[str, Any]:
    from bywhen.meetings.engine.items import item_document

    return {
        "meeting": {
            "file": file,
            "title": transcript.title or None,
            "held_on": time.held_on.isoformat(),
            "notes": transcript.notes,
            "utterances": len(transcript.utterances),
            "speakers": list(dict.fromkeys(u.speaker for u in transcript.utterances if u.speaker)),
            "attendees": list(transcript.attendees),
        },
        "items": [item_document(item) for item in found.items],
        "candidates": [item_document(item) for item in found.candidates],
        "skipped": [{"place": each.place, "reason": each.reason} for each in skipped],
        "findings": [
            {"rule": f.rule, "severity": f.severity.value, "text": f.text, "subject": f.subject or None}
            for f in findings
        ],
    }


def _print(document: dict[str, Any], found: Extraction) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    meeting = document["meeting"]
    console = Console(highlight=False)
    console.print(Text(f"{meeting['title'] or meeting['file']}, {meeting['held_on']}: {meeting['utterances']} lines"))
    table = Table(box=SIMPLE_HEAD)
    for heading in ("Line", "Kind", "What", "Owner", "Due", "Sure"):
        table.add_column(heading, overflow="fold")
    for item in found.items:
        table.add_row(*map(Text, _row(item)))
    if found.items:
        console.print(table)
    else:
        console.print(Text("Nothing was decided, promised or warned of in words that can be told apart."))
    if found.candidates:
        console.print(Text(f"{len(found.candidates)} less certain candidates; the likeliest:"))
        for item in found.candidates[:_SHOWN_CANDIDATES]:
            console.print(Text(f"  line {item.evidence[0].line}, {item.kind.value}? {item.text}"))
    for left in document["skipped"]:
        console.print(Text(f"left out: {left['place']}: {left['reason']}"))
    for finding in document["findings"]:
        console.print(Text(f"{finding['severity']}: {finding['text']}"))


def _row(item: Item) -> tuple[str, ...]:
    owner = f"{item.owner}?" if item.owner_suggested else item.owner
    due = item.due.isoformat() if item.due else item.due_text
    what = (
        item.text
        if item.change is None or item.change.days is None
        else f"{item.text} ({item.change.days:+g} working days)"
    )
    return str(item.evidence[0].line), item.kind.value, what, owner, due, f"{item.confidence:.0%}"
