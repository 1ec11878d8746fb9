"""The form of one change request as a file."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from bywhen.registers.selectors.changes import change_get
from bywhen.registers.selectors.facts import request_facts
from bywhen.reports.kinds.change_request import ChangeRequestForm
from bywhen.reports.selectors.catalogue import WRITERS, WRITERS_OF_EXTRAS

_SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@require_GET
def download(_request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """As it stands now."""
    entry, writer = change_get(pk), {**WRITERS, **WRITERS_OF_EXTRAS}.get(suffix)
    if entry is None or writer is None:
        raise Http404
    document = ChangeRequestForm().build(request_facts(entry))
    response = HttpResponse(writer.write(document), content_type=writer.media_type)
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{entry.project.key}-{entry.reference or entry.pk}").strip("-")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}{writer.suffix}"'
    response.headers["Content-Security-Policy"] = _SEALED
    return response
