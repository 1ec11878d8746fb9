"""One meeting: what was said, and who does what?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_long, day_short
from bywhen.meetings.engine.promise import LIMIT_HOURS
from bywhen.meetings.selectors.clock import minutes_promise
from bywhen.meetings.selectors.held import line_list, meeting_get, meeting_origin
from bywhen.meetings.views.missing import missed_shown
from bywhen.meetings.views.rows import OPEN, item_row, line_rows
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.proposals import proposal_list

if TYPE_CHECKING:
    from bywhen.meetings.models import Meeting
    from bywhen.record.models import Proposal

LAST = "meetings.last"
"""The session's name for the proposal that this reader judged last: the one that U takes back."""


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Transcript left, proposals right in order of confidence."""
    meeting = meeting_get(pk)
    if meeting is None:
        raise Http404
    proposals = list(proposal_list(origin=meeting_origin(meeting)))
    waiting = sorted((each for each in proposals if each.status == OPEN), key=_confidence)
    items = [item_row(each) for each in waiting]
    for item in items[:1]:
        item["chosen"] = True
    context = {
        "active": "meetings",
        "meeting": meeting,
        "lines": line_rows(line_list(meeting), proposals, items[0]["line"] if items else None),
        "items": items,
        "judged": [item_row(each) for each in sorted(proposals, key=_decided, reverse=True) if each.status != OPEN],
        "people": list(person_list().values_list("name", flat=True)),
        **review_state(meeting, proposals, last=request.session.get(LAST)),
    }
    return render(request, "meetings/review.html", context)


def review_state(meeting: Meeting, known: list[Proposal], *, last: int | None = None) -> dict[str, Any]:
    """What the page says about all items together; it changes with every judgement. ``last`` is the proposal that this
    reader judged last.
    """
    waiting = [each for each in known if each.status == OPEN]
    return {
        "title": meeting.title,
        "headline": _headline(meeting, known, waiting),
        "sub": f"{meeting.project.name} · held {day_long(meeting.held_on)} · {meeting.source.name}",
        "clock": _clock(meeting),
        "waiting": len(waiting),
        "missed": missed_shown(meeting, list(line_list(meeting)), known),
        "last": next((row for each in known if each.pk == last and (row := item_row(each))["reversible"]), None),
    }


def _confidence(proposal: Proposal) -> tuple[float, int]:
    return -proposal.confidence, proposal.pk


def _decided(proposal: Proposal) -> tuple[datetime, int]:
    return proposal.decided_at or proposal.proposed_at, proposal.pk


def _headline(meeting: Meeting, known: list[Proposal], waiting: list[Proposal]) -> str:
    if not known:
        return f"{meeting.title}: nothing in it asks for anything"
    if not waiting:
        return f"{meeting.title}: every item is judged"
    return f"{meeting.title}: {counted(len(waiting), 'item waits', 'items wait')} for you"


def _clock(meeting: Meeting) -> dict[str, Any]:
    how = minutes_promise(meeting, current_clock().now())
    until = day_short(meeting.minutes_due_at.date(), current_clock().today())
    said = f"{counted(int(how.left), 'hour')} of {LIMIT_HOURS} left for the minutes"
    note = f"until {until}, {meeting.minutes_due_at:%H:%M}"
    if how.kept is not None:
        said = "The minutes left in time" if how.kept else "The minutes left late"
        note = f"promised until {until}, {meeting.minutes_due_at:%H:%M}"
    elif how.tone == "red":
        over = counted(int(how.over), "hour") if how.over < 48 else counted(int(how.over // 24), "day")
        said, note = f"The {LIMIT_HOURS} hours for the minutes are over", f"since {until}, {over} ago"
    return {"tone": how.tone, "hours": how.hours, "limit": LIMIT_HOURS, "text": said, "note": note}
