"""What people send to the plan: a change of one task, a plan file with how to read it.

What does not live here: what a change does (``services``), reading files (``intake``).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from bywhen.intake.dates import ORDERS
from bywhen.intake.port import Blob, ReadOptions
from bywhen.intake.reading import blob_from
from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.record.engine.payloads import ChangePayload

CHANGES = ("delay_days", "start", "finish", "duration_days", "extend_days", "percent", "remove")
"""The fields of which exactly one says what changes; see :class:`ChangePayload`."""
_COLUMN = "column."


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
