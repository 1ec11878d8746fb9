"""Taking a meeting in: choose or drop its file, see what was read of it, take it in or not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.reading import blob_from
from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import ByWhenError, InputRefusedError
from bywhen.kernel.transcript import Transcript
from bywhen.kernel.wording import counted, day_long
from bywhen.meetings.engine.titles import title_from_name
from bywhen.meetings.selectors.held import meeting_list
from bywhen.record.selectors.projects import project_chosen, project_get, project_list
from bywhen.week.services.meeting_file import meeting_day, meeting_file_take_in, meeting_reading

if TYPE_CHECKING:
    from bywhen.meetings.models import Meeting

SHOWN = 8
"""Lines shown of what was read, before the rest is counted."""


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """How to take a meeting in."""
    return render(request, "week/meeting_upload.html", _page(request))


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What is read of the file; nothing is kept. A refusal is one sentence in the same place."""
    context = _page(request)
    try:
        blob, reading, transcript = _sent(request)
        context["preview"] = {**_preview(request, blob, transcript), **_doubts(reading), "known": _known(blob)}
    except ByWhenError as error:
        context["refusal"] = str(error)
    whole = "week/_meeting_preview.html" if getattr(request, "htmx", False) else "week/meeting_upload.html"
    return render(request, whole, context)


@require_POST
def commit(request: HttpRequest) -> HttpResponse:
    """Read the file again, keep it, and propose what was found in it."""
    try:
        blob, reading, transcript = _sent(request)
        known = _known(blob)
        project = project_get(request.POST.get("project", ""))
        if project is None:
            raise InputRefusedError("no project was chosen", remedy="Say whose meeting it was.")
        meeting, new = meeting_file_take_in(
            project=project,
            blob=blob,
            reading=reading,
            transcript=transcript,
            held_on=_day(request, blob, transcript),
        )
    except ByWhenError as error:
        return render(request, "week/meeting_upload.html", {**_page(request), "refusal": str(error)}, status=422)
    said = f"{meeting.title} is taken in; {counted(new, 'item')} found in it to judge."
    if known:
        said = f"This file was taken in before, as {meeting.title}; nothing is there twice."
    messages.success(request, said)
    return redirect("meetings:review", pk=meeting.pk)


def _page(request: HttpRequest) -> dict[str, Any]:
    chosen = project_chosen(None, request.session)
    wanted = request.POST.get("project") or (chosen.key if chosen else "")
    return {"active": "meetings", "projects_known": list(project_list()), "project_wanted": wanted}


def _sent(request: HttpRequest) -> tuple[Blob, Reading, Transcript]:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise InputRefusedError("no file was chosen", remedy="Choose a transcript or notes, or drop one on the page.")
    blob = blob_from(file.name or "meeting", file.read())
    reading, transcript = meeting_reading(blob, ReadOptions(today=current_clock().today()))
    return blob, reading, transcript


def _known(blob: Blob) -> Meeting | None:
    """The meeting that this very file is already, whatever its name was."""
    return meeting_list().filter(source__sha256=blob.sha256).first()


def _doubts(reading: Reading) -> dict[str, Any]:
    """What of the file was left out or is doubtful, the first ones in full."""
    told = [f"{each.place}: {each.reason}" for each in reading.skipped] + [each.text for each in reading.findings]
    return {"doubts": told[:SHOWN], "more_doubts": max(len(told) - SHOWN, 0)}


def _day(request: HttpRequest, blob: Blob, transcript: Transcript) -> date:
    try:
        return date.fromisoformat(request.POST.get("held_on", ""))
    except ValueError:
        return meeting_day(transcript, blob.name, current_clock().today())


def _preview(request: HttpRequest, blob: Blob, transcript: Transcript) -> dict[str, Any]:
    said = transcript.utterances
    speakers = list(dict.fromkeys(each.speaker for each in said if each.speaker))
    held_on = _day(request, blob, transcript)
    unit = "note" if transcript.notes else "passage"
    return {
        "title": transcript.title.strip() or title_from_name(blob.name),
        "file": blob.name,
        "sentence": f"{counted(len(said), unit)} by {counted(len(speakers), 'person', 'people')}."
        if speakers
        else f"{counted(len(said), unit)}; nobody is named as speaker.",
        "held_on": held_on.isoformat(),
        "held_shown": day_long(held_on),
        "speakers": speakers,
        "lines": said[:SHOWN],
        "more": max(len(said) - SHOWN, 0),
    }
