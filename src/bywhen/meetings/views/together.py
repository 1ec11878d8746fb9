"""Several people at one review: each page asks every few seconds what the others changed, and gets only that.

What is being typed into is left alone by the page (``together.js``); saving it then compares both
(``views.saving``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bywhen.meetings.selectors.held import meeting_get, meeting_origin
from bywhen.meetings.views.review import LAST, review_state
from bywhen.meetings.views.rows import OPEN, item_row, mark_of
from bywhen.meetings.views.saving import changed_by, item_template
from bywhen.platform.acting import current_actor
from bywhen.record.selectors.proposals import proposal_list

if TYPE_CHECKING:
    from bywhen.record.models import Proposal


@require_GET
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The items whose mark is not the one that the page has ``seen`` (``number:mark``), and what is said about all;
    nothing (204) while the page is up to date.
    """
    meeting = meeting_get(pk)
    if meeting is None:
        raise Http404
    known = list(proposal_list(origin=meeting_origin(meeting)))
    seen = dict(each.split(":", 1) for each in request.GET.getlist("seen") if ":" in each)
    other = [each for each in known if seen.get(str(each.pk)) != mark_of(each)]
    if not other:
        return HttpResponse(status=204)
    context = {
        "meeting": meeting,
        "changed": [_row(each) for each in other if str(each.pk) in seen],
        "new": [_row(each) for each in other if str(each.pk) not in seen and each.status == OPEN],
        "swap": True,
        **review_state(meeting, known, last=request.session.get(LAST)),
    }
    return render(request, "meetings/_changes.html", context)


def _row(proposal: Proposal) -> dict[str, Any]:
    who = changed_by(proposal)
    note = "" if who == current_actor().name else f"{who} has just changed this"
    return {"item": {**item_row(proposal), "note": note}, "template": item_template(proposal)}
