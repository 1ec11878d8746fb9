"""A source's place in context, and the source as it came. Text of sources is shown, never interpreted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bywhen.kernel.wording import day_long
from bywhen.record.models import Source
from bywhen.record.selectors.places import place_get
from bywhen.record.selectors.proposals import source_get


@require_GET
def evidence(request: HttpRequest, sha256: str) -> HttpResponse:
    """The place named in the address, in its context: for the drawer, or as a page."""
    source = _source(sha256)
    place = request.GET.get("place", "")
    context = {
        "source": source,
        "title": source.name.rpartition("/")[2],
        "place": place,
        "shown": place_get(source, place) if place else None,
        "received": day_long(source.received_at.date()),
        "original_url": reverse("record:original", args=[sha256]),
    }
    page = "record/_place.html" if getattr(request, "htmx", False) else "record/place.html"
    return render(request, page, context)


@require_GET
def original(_request: HttpRequest, sha256: str) -> HttpResponse:
    """The bytes as they came, always to be saved and never to be run by the browser."""
    source = _source(sha256)
    name = "".join(letter for letter in source.name.rpartition("/")[2] if letter.isprintable() and letter not in '"\\')
    response = HttpResponse(bytes(source.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "replace").decode()}"'
    response.headers["Content-Security-Policy"] = "sandbox"
    return response


def _source(sha256: str) -> Source:
    source = source_get(sha256)
    if source is None:
        raise Http404(sha256)
    return source
