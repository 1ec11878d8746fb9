"""Downloading a register as a sheet."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.record.selectors.projects import project_chosen
from bywhen.registers.selectors.sheets import sheet_of
from bywhen.registers.views.listing import chosen_of, entries_of, register_asked

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
    today = current_clock().today()
    entries = entries_of(asked, project, chosen_of(request), today)
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{project.key if project else 'all'}-{asked.TITLE}-{today}".lower())
    response = HttpResponse(sheet_of(asked, entries, suffix), content_type=_MEDIA[suffix])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response
