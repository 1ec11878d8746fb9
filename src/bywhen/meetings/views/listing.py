"""All meetings: which minutes are owed?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_short
from bywhen.meetings.engine.promise import Promise, promise
from bywhen.meetings.selectors.clock import minutes_sent
from bywhen.meetings.selectors.held import meeting_list, meeting_origin
from bywhen.meetings.selectors.planned import reply_left_out_list
from bywhen.meetings.views.coming import coming_rows
from bywhen.meetings.views.rows import people_shown
from bywhen.record.selectors.projects import project_chosen
from bywhen.record.selectors.proposals import proposal_counts_by_origin

if TYPE_CHECKING:
    from bywhen.meetings.models import Meeting

RECENT = timedelta(days=14)
LEFT_OUT_SHOWN = 10


@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """The list, latest first."""
    project = project_chosen(request.GET.get("project"), request.session)
    counts = proposal_counts_by_origin()
    held = list(meeting_list(project=project))
    since = current_clock().today() - RECENT
    sent = minutes_sent(held)
    rows = [_row(meeting, counts, sent.get(meeting.pk)) for meeting in held]
    groups = [
        {"title": "Last two weeks", "rows": [row for row in rows if row["held_on"] >= since]},
        {"title": "Before", "rows": [row for row in rows if row["held_on"] < since]},
    ]
    for row in rows[:1]:
        row["chosen"] = True
    context = {
        "active": "meetings",
        "headline": _headline(rows),
        "sub": "Every item found in a meeting waits here with its quote until somebody accepts or rejects it.",
        "groups": [group for group in groups if group["rows"]],
        "rows": rows,
        "coming": coming_rows(project),
        "left_out": reply_left_out_list()[:LEFT_OUT_SHOWN],
        "empty": {
            "title": "No meeting has been taken in",
            "text": "Take in a transcript or notes (WebVTT, SubRip, Word, Markdown or plain text), or drop it into the "
            "project folder and run the week; its decisions, actions and risks then wait here with their quotes.",
        },
    }
    return render(request, "meetings/list.html", context)


def _row(meeting: Meeting, counts: Mapping[str, int], sent_at: datetime | None) -> dict[str, Any]:
    waiting = counts.get(meeting_origin(meeting), 0)
    how = promise(meeting.minutes_due_at, current_clock().now(), sent_at=sent_at)
    rag, minutes, note = _minutes(meeting, waiting, how)
    return {
        "key": meeting.pk,
        "held_on": meeting.held_on,
        "rag": rag,
        "rag_reason": f"{minutes}, {note}".strip(", "),
        "title": meeting.title,
        "project": meeting.project.name,
        "loss": f"{counted(waiting, 'item')} to judge" if waiting else "Nothing is left to judge",
        "waiting": waiting,
        "url": reverse("meetings:review", args=[meeting.pk]),
        "minutes": minutes,
        "minutes_note": note,
        "hours": how.hours,
        "tone": how.tone,
        "people": people_shown(meeting),
        "chosen": False,
    }


def _minutes(meeting: Meeting, waiting: int, how: Promise) -> tuple[str, str, str]:
    """Judgement, what became of the promise, its day."""
    due = day_short(meeting.minutes_due_at.date(), current_clock().today())
    if how.kept is not None:
        return ("green", "Sent in time", "") if how.kept else ("amber", "Sent late", f"promised until {due}")
    if how.tone == "red" and not waiting:
        return "amber", "Judged, not sent", f"since {due}"
    if how.tone == "red":
        return "red", "24 hours are over", f"since {due}"
    hours = counted(int(how.left), "hour")
    return ("amber" if how.tone else "green"), f"{hours} left", f"until {due}"


def _headline(rows: list[dict[str, Any]]) -> str:
    owed = [row for row in rows if row["waiting"]]
    if not rows:
        return "No meeting is on record"
    if not owed:
        return "No minutes are owed"
    late = sum(row["tone"] == "red" for row in owed)
    items = sum(row["waiting"] for row in owed)
    said = f"{counted(len(owed), 'meeting holds', 'meetings hold')} {counted(items, 'undecided item')}"
    if not late:
        return f"{said}; all are within their 24 hours"
    return f"{said}; the 24 hours are over for {'each' if late == len(owed) else late}"
