"""What people send to the plan: a change of one task, a plan file with how to read it.

What does not live here: what a change does (``services``), reading files (``intake``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from bywhen.intake.dates import ORDERS
from bywhen.intake.effort import LinkText, read_duration, read_link, split_links
from bywhen.intake.port import Blob, ReadOptions
from bywhen.intake.reading import blob_from
from bywhen.kernel.clock import current_clock
from bywhen.kernel.durations import DayLength, DurationUnit
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.plan import Link, Plan
from bywhen.record.engine.payloads import ChangePayload
from bywhen.schedule.engine.outline import Draft

CHANGES = ("delay_days", "start", "finish", "duration_days", "extend_days", "percent", "remove")
"""The fields of which exactly one says what changes; see :class:`ChangePayload`."""
_COLUMN = "column."


def sent_with(request: HttpRequest) -> dict[str, str]:
    """What a form sent, with what its address says beside it (the task, the version that was looked at)."""
    return {**request.GET.dict(), **request.POST.dict()}


def change_read(sent: Mapping[str, str]) -> ChangePayload:
    """The change of one task that a form or the grid sent: ``uid`` and one of :data:`CHANGES`.

    Raises:
        InputRefusedError: naming the field that cannot be used.
    """
    return ChangePayload.from_document(
        {"task_uid": sent.get("uid", ""), **{name: sent[name] for name in CHANGES if sent.get(name)}}
    )


def change_fields(payload: ChangePayload) -> dict[str, str]:
    """The same change as form fields, so that committing sends what was looked at.

    >>> change_fields(ChangePayload(7, delay_days=2))
    {'uid': '7', 'delay_days': '2'}
    """
    said = {name: getattr(payload, name) for name in CHANGES}
    return {
        "uid": str(payload.task_uid),
        **{
            name: f"{value:g}" if isinstance(value, float | int) else str(value)
            for name, value in said.items()
            if value is not None and value is not False
        },
    }


EDITS = ("insert", "delete", "rename", "indent", "outdent", "link")
"""What can be done to a row of the outline."""
MOST_PASTED = 500
_HEADINGS = frozenset({"name", "task", "task name", "tasks", "title", "activity", "vorgang", "vorgangsname", "aufgabe"})


@dataclass(frozen=True, slots=True)
class RowEdit:
    """One edit of a row: which, on what row (None for an empty plan), with what text."""

    act: str
    uid: int | None
    text: str


def edit_read(sent: Mapping[str, str]) -> RowEdit:
    """The edit of a row that the grid sent: ``act``, ``uid``, ``text``.

    Raises:
        InputRefusedError: naming the field that cannot be used.
    """
    act, uid = sent.get("act", ""), sent.get("uid", "")
    if act not in EDITS:
        raise InputRefusedError(f"{act!r} is none of {', '.join(EDITS)}", place="field act")
    if not (uid.isdecimal() or (act == "insert" and not uid)):
        raise InputRefusedError(f"{uid!r} is no task", place="field uid")
    return RowEdit(act, int(uid) if uid else None, sent.get("text", ""))


def drafts_read(text: str, plan: Plan) -> list[Draft]:
    r"""Rows copied from a spreadsheet: the name in the first column, the length in the second (a bare number is days,
    0 a milestone, nothing a day). A row of headings is left out.

    >>> drafts_read("Task\tDuration\nBuild\t2w\nGo live\t0", Plan("P", ()))
    [Draft(name='Build', days=10.0), Draft(name='Go live', days=0.0)]

    Raises:
        InputRefusedError: when there are too many rows, or a length cannot be read.
    """
    rows = [[cell.strip() for cell in line.split("\t")] for line in text.splitlines() if line.strip()]
    if len(rows) > 1 and rows[0][0].casefold() in _HEADINGS:
        rows = rows[1:]
    if len(rows) > MOST_PASTED:
        raise InputRefusedError(
            f"{len(rows)} rows are too many at once",
            remedy=f"Paste up to {MOST_PASTED}, or take the sheet in as a file.",
        )
    day = DayLength(plan.minutes_per_day, plan.minutes_per_week, plan.days_per_month or 20)
    return [
        Draft(row[0][:500], _days(row[1], day, place=f"row {n}") if len(row) > 1 and row[1] else 1.0)
        for n, row in enumerate(rows, start=1)
        if row[0]
    ]


def _days(text: str, day: DayLength, *, place: str) -> float:
    length = read_duration(text, "d", day)
    days = length.minutes / day.working_minutes("d") if length else -1.0
    if length is None or length.unit is not DurationUnit.WORKING or not 0 <= days <= 3650:
        raise InputRefusedError(
            f"{text!r} is not a working time of 0 to 3650 days", place=place, remedy="Write it as 5, 5d, 2w or 4h."
        )
    return days


def links_read(text: str, plan: Plan, uid: int) -> list[Link]:
    """What a task waits for, as planners write it: ``12FS+2d; 14``; ``-`` for nothing. A task is named by its row
    number, its WBS or its name.

    Raises:
        InputRefusedError: naming what is no task of the plan.
    """
    day = DayLength(plan.minutes_per_day, plan.minutes_per_week, plan.days_per_month or 20)
    index: dict[str, int] = {}
    tasks = [task for task in plan.tasks if not task.is_null]
    for keys in ([str(task.id) for task in tasks], [task.wbs for task in tasks], [task.name for task in tasks]):
        for key, task in zip(keys, tasks, strict=True):
            index.setdefault(key.casefold(), task.uid)
    found: dict[int, Link] = {}
    for part in split_links("" if text.strip() == "-" else text):
        typed = LinkText(part) if part.casefold() in index else read_link(part, day)
        other = index.get(typed.ref.casefold())
        if other is None:
            raise InputRefusedError(
                f"{typed.ref!r} is no task of the plan", remedy="Name it by its row number, its WBS or its name."
            )
        found.setdefault(other, Link(other, uid, type=typed.type, lag=typed.lag))
    return list(found.values())


def version_expected(sent: Mapping[str, str], current: int) -> None:
    """Refuse a decision about another state of the plan than the one that was looked at.

    Raises:
        StateWrongError: when the plan went on since.
    """
    seen = sent.get("version", "")
    if seen and seen != str(current):
        raise StateWrongError(
            f"The plan has changed since you looked; it is at version {current} now. Open it again and try there."
        )


def number_read(text: str) -> int | None:
    """A whole number that an address or a form names; None when it names none."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def upload_read(request: HttpRequest) -> tuple[Blob, ReadOptions]:
    """The plan file that was sent, with how the person wants its columns and dates read.

    Raises:
        InputRefusedError: when no file came with the form.
    """
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise InputRefusedError("no file was chosen", remedy="Choose a plan file, or drop one on the page.")
    columns = {
        name.removeprefix(_COLUMN): text.strip()
        for name, text in request.POST.items()
        if name.startswith(_COLUMN) and isinstance(text, str) and text.strip()
    }
    order = request.POST.get("date_order", "")
    options = ReadOptions(mapping=columns, date_order=order if order in ORDERS else "", today=current_clock().today())
    return blob_from(file.name or "plan", file.read()), options
