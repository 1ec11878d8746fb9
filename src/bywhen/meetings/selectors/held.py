"""Reading meetings that took place and what was said in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from bywhen.meetings.models import Line, Meeting

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


def meeting_of_origin(origin: str) -> Meeting | None:
    """The meeting that a proposal names as its origin; None when another part of the product proposed it."""
    kind, _, number = origin.partition(":")
    return meeting_get(int(number)) if kind == "meeting" and number.isdigit() else None
