"""What the verbs of ``bywhen plan`` are given, and how they answer: options, the file read and computed, a document.

Reading itself lives in the room ``intake``, computing in ``schedule/engine``.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bywhen.kernel.errors import InputRefusedError

if TYPE_CHECKING:  # rooms' heavier parts are imported by the verb that needs them
    from bywhen.intake.port import Reading
    from bywhen.kernel.plan import Plan
    from bywhen.schedule.engine.cpm import Schedule

File = Annotated[Path, typer.Argument(help="Any plan file: MSPDI, .mpp, .xer, spreadsheet ...", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Recompute = Annotated[bool, typer.Option("--recompute", help="Ignore the dates stored in the file and compute them.")]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="Judge time as of this day (YYYY-MM-DD); today otherwise.")
]


def plan_read(file: Path) -> tuple[Reading, Plan]:
    from bywhen.intake.reading import read_plan
    from bywhen.kernel.plan import Plan

    reading = read_plan(file)
    assert isinstance(reading.payload, Plan)
    return reading, reading.payload


def plan_computed(plan: Plan, file: Path) -> Schedule:
    from bywhen.kernel.errors import CalendarEmptyError, ScheduleImpossibleError
    from bywhen.schedule.engine.cpm import compute

    try:
        return compute(plan)
    except (CalendarEmptyError, ScheduleImpossibleError) as error:
        raise InputRefusedError(str(error), file=file.name) from error


def day_read(text: str) -> date:
    from bywhen.kernel.errors import DateUnreadableError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DateUnreadableError(f"{text!r} is not a date", remedy="Write it as YYYY-MM-DD.") from None


def findings_said(reading: Reading) -> list[dict[str, Any]]:
    from bywhen.schedule.engine.documents import findings_document

    return findings_document(reading.findings)


def json_print(document: dict[str, Any]) -> None:
    json.dump(document, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")
