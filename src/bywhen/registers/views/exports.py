"""A register as a sheet to take along, with the columns that its kind names; it can be read back as a RAID log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.platform.spreadsheets import Cell, rows_csv, rows_xlsx
from bywhen.record.selectors.projects import project_chosen
from bywhen.registers.kinds.change import KIND as CHANGE
from bywhen.registers.selectors.changes import change_state
from bywhen.registers.views.listing import entries_of, matches, register_asked
from bywhen.registers.views.rows import effect_words

if TYPE_CHECKING:
    from bywhen.registers.models import Entry
    from bywhen.registers.selectors.catalogue import RegisterKind

HEADINGS = {
    "reference": "ID", "title": "Title", "description": "Description", "owner": "Owner", "probability": "Probability",
    "impact": "Impact", "score": "Score", "band": "Rating", "response": "Response", "due": "Due date",
    "review_on": "Review date", "progress": "Status", "tags": "Tags", "raised_on": "Date raised", "effect": "Effect",
}  # fmt: skip
"""Headings that the reader of RAID logs knows, so that a sheet may come back."""
_WIDTHS = {"title": 46, "description": 46, "response": 40, "owner": 22, "effect": 24}
_MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_GET
def export(request: HttpRequest, kind: str, suffix: str) -> HttpResponse:
    """What the list shows, by its filters."""
    asked = register_asked(kind)
    if suffix not in _MEDIA:
        raise Http404(f"There is no export {suffix}.")
    project = project_chosen(request.GET.get("project"), request.session)
    choice = {name: request.GET.get(name, "").strip() for name in ("show", "owner", "q", "cell")}
    today = current_clock().today()
    entries = [entry for entry in entries_of(asked, project, choice["show"]) if matches(entry, choice, today)]
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{project.key if project else 'all'}-{asked.TITLE}-{today}".lower())
    response = HttpResponse(sheet_of(asked, entries, suffix), content_type=_MEDIA[suffix])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


def sheet_of(asked: RegisterKind, entries: list[Entry], suffix: str) -> bytes:
    """The entries as CSV or Excel; the first columns tell register and project."""
    rest = (name for name in asked.COLUMNS if name not in {"reference", "title"})
    columns = ["reference", "title", "description", *rest]
    headings = ["Type", "Project", *(HEADINGS.get(name, name.replace("_", " ").capitalize()) for name in columns)]
    rows = [[asked.KIND, entry.project.key, *(_value(entry, name) for name in columns)] for entry in entries]
    if suffix == "csv":
        return rows_csv(headings, rows)
    widths = [12, 12, *(_WIDTHS.get(name, 13) for name in columns)]
    return rows_xlsx(headings, rows, title=asked.TITLE, sheet=asked.TITLE, widths=widths, frozen=4)


def _value(entry: Entry, name: str) -> Cell:
    if name == "owner":
        return entry.owner.name if entry.owner else entry.owner_text
    if name == "effect":
        return effect_words(entry)
    if name == "progress":
        return change_state(entry) if entry.kind == CHANGE else entry.progress or entry.status
    value: Cell = getattr(entry, name)
    return value
