"""A place in a source, in its context: the line with its neighbours, the row with its columns, the task of a plan.

What does not live here: keeping sources and quotes (``services.sources``), reading files (``intake``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any

from bywhen.intake.port import Reading
from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.errors import InputRefusedError
from bywhen.kernel.plan import Plan, Task
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.kernel.wording import day_long
from bywhen.record.models import Source

AROUND = 3
"""Lines shown before and after the one that is cited."""


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line: its number, who said it, the words, and whether it is the cited one."""

    number: int
    text: str
    speaker: str = ""
    cited: bool = False


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """What stands at a place: lines around it, or the fields of its row. ``problem`` says why nothing is shown."""

    lines: tuple[LineShown, ...] = ()
    rows: tuple[tuple[str, str], ...] = field(default=())
    problem: str = ""


def place_get(source: Source, place: str) -> PlaceShown:
    """What stands at ``place`` in ``source``, read from the bytes that were kept."""
    try:
        readings = _readings(source.sha256)
    except InputRefusedError as error:
        return PlaceShown(problem=str(error))
    shown = next((found for each in readings if (found := _in_reading(each, place))), None)
    return (
        shown
        or _in_text(bytes(source.content), place)
        or PlaceShown(problem="The source holds no such place any more.")
    )


def _in_reading(reading: Reading, place: str) -> PlaceShown | None:
    number = _number(place)
    if isinstance(reading.payload, Transcript):
        return _around(reading.payload.utterances, number)
    if isinstance(reading.payload, Plan):
        task = next((each for each in reading.payload.tasks if each.uid == number), None)
        return PlaceShown(rows=_task_rows(task)) if task and place.startswith("task") else None
    row = next((each for each in reading.payload if each.place == place), None)
    return PlaceShown(rows=_rows(row, ("place",))) if row is not None else None


def _around(said: Sequence[Utterance], number: int | None) -> PlaceShown | None:
    at = next((i for i, each in enumerate(said) if each.line == number), None)
    if at is None:
        return None
    near = range(max(0, at - AROUND), min(len(said), at + AROUND + 1))
    return PlaceShown(tuple(LineShown(said[i].line, said[i].text, said[i].speaker, i == at) for i in near))


def _in_text(data: bytes, place: str) -> PlaceShown | None:
    """A line of plain text that no row was made of."""
    number = _number(place)
    if number is None or not place.startswith("line") or b"\0" in data[:4096]:
        return None
    lines = data.decode("utf-8-sig", "replace").splitlines()
    if number > len(lines):
        return None
    near = range(max(1, number - AROUND), min(len(lines), number + AROUND) + 1)
    return PlaceShown(tuple(LineShown(i, lines[i - 1], cited=i == number) for i in near))


_TASK_FIELDS = ("name", "wbs", "start", "finish", "percent_complete", "deadline", "notes")


def _task_rows(task: Task) -> tuple[tuple[str, str], ...]:
    return (("Task", str(task.uid)), *_rows(task, (), _TASK_FIELDS))


def _rows(row: Any, hidden: Sequence[str], wanted: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    assert is_dataclass(row)
    names = [each.name for each in fields(row) if each.name not in hidden and (not wanted or each.name in wanted)]
    values = ((name, getattr(row, name)) for name in names)
    return tuple(
        (name.replace("_", " ").capitalize(), _shown(value)) for name, value in values if value not in (None, "", ())
    )


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{day_long(value.date())}, {value:%H:%M}"
    if isinstance(value, date):
        return day_long(value)
    if isinstance(value, Enum):
        return str(value.value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _number(place: str) -> int | None:
    found = re.search(r"\d+", place)
    return int(found.group()) if found else None


@lru_cache(maxsize=16)
def _readings(sha256: str) -> tuple[Reading, ...]:
    """A source's content never changes, so what was read of it holds."""
    source = Source.objects.get(sha256=sha256)
    return read_blob(blob_from(source.name, bytes(source.content)))
