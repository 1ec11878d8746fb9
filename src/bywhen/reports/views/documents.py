"""The reports as files, and their look for the preview inside the studio."""

from __future__ import annotations

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.record.selectors.projects import project_get
from bywhen.reports.selectors.catalogue import WRITERS
from bywhen.reports.selectors.preview import status_preview
from bywhen.reports.selectors.status import report_get
from bywhen.reports.writers.html.style import STYLE

_SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@require_GET
def download(_request: HttpRequest, key: str, on: str, suffix: str) -> HttpResponse:
    """A day's report in one format: the one that was kept, else as the facts of today would write it."""
    project, writer, day = project_get(key), WRITERS.get(suffix), _day(on)
    if project is None or writer is None or day is None:
        raise Http404
    kept = report_get(project, day)
    content = {"docx": bytes(kept.docx), "html": kept.html.encode()}.get(suffix) if kept else None
    if content is None:
        if day != current_clock().today():
            raise Http404
        content = writer.write(status_preview(project, day).document)
    response = HttpResponse(content, content_type=writer.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{project.key}-status-{day}{writer.suffix}"'
    response.headers["Content-Security-Policy"] = _SEALED
    return response


@require_GET
@cache_control(max_age=3600)
def style(_request: HttpRequest) -> HttpResponse:
    """The report's own look, kept inside ``.sponsor``; its colours come from the page's theme."""
    inside = re.sub(r"@page\s*\{[^}]*\}", "", STYLE)
    return HttpResponse(f".sponsor{{{inside}}}", content_type="text/css; charset=utf-8")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
