"""What the reading was not sure enough of: shown on demand with its score, proposed when a reviewer says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bywhen.kernel.errors import ByWhenError
from bywhen.meetings.selectors.held import meeting_get, meeting_origin
from bywhen.meetings.services.proposing import candidate_key, candidate_propose
from bywhen.record.selectors.proposals import proposal_list

MOST = 12


@require_GET
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """The likeliest candidates that are not proposed yet, with score and words."""
    meeting = meeting_get(pk)
    if meeting is None:
        raise Http404
    known = set(proposal_list(origin=meeting_origin(meeting)).values_list("key", flat=True))
    left = [each for each in meeting.candidates if candidate_key(meeting, each["id"]) not in known]
    rows = [
        {
            "id": each["id"],
            "kind": each["kind"],
            "text": each["text"],
            "score": f"{each['confidence']:.0%}",
            "line": _said(each)["line"],
            "speaker": _said(each)["speaker"] or "Noted",
        }
        for each in left[:MOST]
    ]
    context = {"meeting": meeting, "rows": rows, "more": len(left) - len(rows), "active": "meetings"}
    htmx = getattr(request, "htmx", False)
    return render(request, "meetings/_candidates.html" if htmx else "meetings/candidates.html", context)


def _said(candidate: Mapping[str, Any]) -> Mapping[str, Any]:
    """The line whose words the candidate has; its neighbours are cited too."""
    places: list[Mapping[str, Any]] = candidate["evidence"]
    return next((each for each in places if candidate["text"] in each["quote"]), places[0])


@require_POST
def propose(request: HttpRequest, pk: int, item: str) -> HttpResponse:
    """It is one: put it among the items."""
    meeting = meeting_get(pk)
    if meeting is None:
        raise Http404
    try:
        proposal = candidate_propose(meeting=meeting, item_id=item)
    except ByWhenError as error:
        messages.error(request, str(error))
        return redirect("meetings:review", pk=pk)
    return redirect(f"{reverse('meetings:review', args=[pk])}#item-{proposal.pk}")
