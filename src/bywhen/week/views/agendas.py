"""Drafting the agenda of a meeting to come from the record as it is now."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bywhen.meetings.selectors.planned import planned_get
from bywhen.week.services.preparing import agenda_redraft


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft it unless a person has edited it."""
    planned = planned_get(pk)
    if planned is None:
        raise Http404
    new = agenda_redraft(planned=planned)
    messages.success(request, "The agenda is drafted from the record." if new else "The record gives no other agenda.")
    return redirect("meetings:planned", pk=pk)
