"""Reading meetings and decisions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from bywhen.meetings.models import Decision, Line, Meeting

if TYPE_CHECKING:
    from bywhen.record.models import Project


def meeting_list(*, project: Project | None = None) -> QuerySet[Meeting]:
    """Meetings, latest first."""
    found = Meeting.objects.select_related("project", "source").defer("source__content").prefetch_related("attendees")
    return found.filter(project=project) if project else found


def meeting_get(pk: int) -> Meeting | None:
    """One meeting."""
    return meeting_list().filter(pk=pk).first()


def meeting_origin(meeting: Meeting) -> str:
    """How proposals name this meeting as their origin."""
    return f"meeting:{meeting.pk}"


def line_list(meeting: Meeting) -> QuerySet[Line]:
    """What was said, in order."""
    return meeting.lines.all()


def decision_list(*, project: Project | None = None, since: date | None = None) -> QuerySet[Decision]:
    """Decisions, latest first, with their quotes."""
    found = Decision.objects.select_related("project", "meeting").prefetch_related("quotes__source")
    if project is not None:
        found = found.filter(project=project)
    return found.filter(decided_on__gte=since) if since else found
