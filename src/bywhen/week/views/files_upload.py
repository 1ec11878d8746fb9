"""Taking files in, whatever they hold: choose or drop them, see what each is read as, take them in or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bywhen.intake.port import Blob, Reading
from bywhen.intake.reading import blob_from
from bywhen.intake.registry import format_named
from bywhen.kernel.clock import current_clock
from bywhen.kernel.counts import Counts
from bywhen.kernel.errors import ByWhenError, InputRefusedError
from bywhen.kernel.plan import Plan
from bywhen.kernel.wording import counted
from bywhen.record.selectors.projects import CHOSEN, project_chosen, project_get, project_list
from bywhen.record.services.projects import project_begin
from bywhen.week.services.taking_in import FilesRead, files_read
from bywhen.week.services.turning import Turned, files_turn

if TYPE_CHECKING:
    from bywhen.record.models import Project

MOST = 12
"""Rows left out and fields not kept that are shown of one file, before the rest is counted."""
NEW = "+"
"""The choice of a project that is not on record yet; its name stands beside."""
_KINDS = {
    "plan": "task of a plan",
    "people": "person",
    "calendar": "calendar entry",
    "raid": "register row",
    "budget": "budget line",
    "ledger": "ledger row",
    "status": "status",
    "forecasts": "forecast",
    "transcript": "passage of a meeting",
}
_MANY = {
    "plan": "tasks of a plan",
    "people": "people",
    "calendar": "calendar entries",
    "status": "statuses",
    "transcript": "passages of a meeting",
}


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """How to take files in."""
    return render(request, "week/files_upload.html", _page(request))


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What each file is read as; nothing is kept. A file that is refused says why in its row."""
    context = _page(request)
    try:
        read = files_read(files=_sent(request), today=current_clock().today())
        context |= {"files": _files(read), "suggested": _name_of_plan(read), "useful": bool(read.new)}
    except ByWhenError as error:
        context["refusal"] = str(error)
    whole = "week/_files_preview.html" if getattr(request, "htmx", False) else "week/files_upload.html"
    return render(request, whole, context, status=422 if "refusal" in context else 200)


@require_POST
def commit(request: HttpRequest) -> HttpResponse:
    """Read the files again, take them in, and turn the week over what they changed."""
    try:
        read = files_read(files=_sent(request), today=current_clock().today())
        project = _project(request)
        turned = files_turn(read=read, project=project, out=Path(settings.WORKSPACE) / "documents")
    except ByWhenError as error:
        return render(request, "week/files_upload.html", {**_page(request), "refusal": str(error)}, status=422)
    request.session[CHOSEN] = project.key
    messages.success(request, _told(turned))
    for file, reason in turned.taken.skipped:
        messages.warning(request, f"{file} was not taken in: {reason}")
    return redirect("week:today")


def _page(request: HttpRequest) -> dict[str, Any]:
    chosen = project_chosen(None, request.session)
    wanted = request.POST.get("project") or (chosen.key if chosen else "")
    return {
        "active": "today",
        "projects_known": list(project_list()),
        "project_wanted": wanted,
        "project_name": request.POST.get("project_name", ""),
        "commit_url": reverse("week:files_commit"),
    }


def _sent(request: HttpRequest) -> list[Blob]:
    files = request.FILES.getlist("file")
    if not files:
        raise InputRefusedError("no file was chosen", remedy="Choose files, or drop them on the page.")
    return [blob_from(file.name or "file", file.read()) for file in files]


def _project(request: HttpRequest) -> Project:
    wanted, name = request.POST.get("project", ""), request.POST.get("project_name", "").strip()
    if wanted and wanted != NEW:
        found = project_get(wanted)
        if found is None:
            raise InputRefusedError("the project is gone", remedy="Choose another.")
        return found
    if not name:
        raise InputRefusedError("no project was named", remedy="Write the new project's name beside the files.")
    same = next((each for each in project_list() if each.name.casefold() == name.casefold()), None)
    return same or project_begin(name=name)


def _files(read: FilesRead) -> list[dict[str, Any]]:
    """A row a file: what it is read as, or why it is refused, or that it is known."""
    rows = [{"name": each.inside, "parts": [_part(reading) for reading in each.readings]} for each in read.new]
    rows += [{"name": file, "refusal": reason} for file, reason in read.result.skipped]
    return rows + [{"name": file, "known": True} for file in read.known]


def _name_of_plan(read: FilesRead) -> str:
    """What a new project would be called: as the plan is, else as its file; '' without a plan."""
    for each in read.new:
        for reading in each.readings:
            if isinstance(reading.payload, Plan):
                return reading.payload.name.strip() or Path(each.inside).stem
    return ""


def _part(reading: Reading) -> dict[str, Any]:
    kept = reading.read - len(reading.skipped)
    many = _MANY.get(reading.kind, "")
    return {
        "part": reading.part,
        "format": format_named(reading.format).title,
        "sentence": counted(kept, _KINDS[reading.kind], many),
        "mapping": list(reading.mapping.items()),
        "skipped": [{"place": each.place, "text": each.reason} for each in reading.skipped[:MOST]],
        "more_skipped": max(len(reading.skipped) - MOST, 0),
        "losses": [{"place": each.field, "text": f"{each.where}: {each.reason}"} for each in reading.losses[:MOST]],
        "more_losses": max(len(reading.losses) - MOST, 0),
    }


def _told(turned: Turned) -> str:
    counts: Counts = turned.taken.counts
    if not turned.taken.new_files:
        return "Nothing was taken in."
    rows = f"{counted(counts.created, 'row')} new, {counts.updated} changed, {counts.unchanged} as before"
    left = f", {len(counts.skipped)} left out with their reason" if counts.skipped else ""
    found = f" {counted(turned.new_proposals, 'proposal')} to judge." if turned.new_proposals else ""
    return f"{counted(turned.taken.new_files, 'file')} taken in: {rows}{left}.{found}"
