"""People's calendar feeds: read behind a secret address without sign-in; made, renewed and revoked on a page."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_POST, require_safe

from bywhen.meetings.engine.invitation import Guest, feed_text
from bywhen.meetings.selectors.feeds import feed_list, feed_overview, feed_person
from bywhen.meetings.selectors.planned import invitation_of
from bywhen.meetings.services.feeds import feed_address_make, feed_address_revoke, feed_asked
from bywhen.record.selectors.people import person_list

if TYPE_CHECKING:
    from bywhen.record.models import Person

_STAMP = re.compile(rb"DTSTAMP:\d{8}T\d{6}Z\r\n")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of whom the address belongs to; a wrong one is told nothing. What has not changed since the reader's
    copy (ETag) is not sent again.
    """
    person = feed_person(token)
    if person is None:
        raise Http404
    nobody = Guest("", "")
    invitations = [invitation_of(planned, nobody, own=True) for planned in feed_list(person)]
    data = feed_text(f"{person.name}: meetings", invitations)
    feed_asked(token=token)
    # The moment of asking stands in each entry; it is no change of the meetings.
    etag = f'"{sha256(_STAMP.sub(b"", data)).hexdigest()[:32]}"'
    full = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    answer = get_conditional_response(request, etag=etag, response=full)
    response = answer if isinstance(answer, HttpResponse) else full
    if isinstance(response, HttpResponseNotModified):
        response.headers.pop("Content-Type", None)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_GET
def feeds(request: HttpRequest) -> HttpResponse:
    """Everybody's feed: whether it has an address, and when a calendar last asked for it."""
    return render(request, "meetings/feeds.html", {"active": "meetings", "feeds": feed_overview(), "made": None})


@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make or renew an address; it is shown this once."""
    person = _person(pk)
    token = feed_address_make(person=person)
    address = request.build_absolute_uri(reverse("meetings:feed", args=[token]))
    made = {"person": person, "address": address, "subscribe": re.sub(r"^https?:", "webcal:", address)}
    response = render(request, "meetings/feeds.html", {"active": "meetings", "feeds": feed_overview(), "made": made})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a feed."""
    person = _person(pk)
    if feed_address_revoke(person=person):
        messages.success(request, f"The feed of {person.name} is stopped; its address opens nothing any more.")
    return redirect("meetings:feeds")


def _person(pk: int) -> Person:
    found = person_list().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
