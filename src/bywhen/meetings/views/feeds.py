"""A person's calendar feed behind its secret address: read only, no sign-in, gone once revoked."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bywhen.meetings.engine.invitation import Guest, feed_text
from bywhen.meetings.selectors.feeds import feed_list, feed_person
from bywhen.meetings.selectors.planned import invitation_of


@login_not_required
@require_safe
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of whom the address belongs to; a wrong one is told nothing."""
    person = feed_person(token)
    if person is None:
        raise Http404
    nobody = Guest("", "")
    data = feed_text(
        f"{person.name}: meetings", [invitation_of(planned, nobody, own=True) for planned in feed_list(person)]
    )
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
