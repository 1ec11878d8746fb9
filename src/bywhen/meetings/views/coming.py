"""The meetings to come, for the list of meetings."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_short
from bywhen.meetings.selectors.planned import attendance_of, planned_agenda, planned_coming, start_local

if TYPE_CHECKING:
    from bywhen.meetings.engine.agenda import Agenda
    from bywhen.meetings.models import PlannedMeeting
    from bywhen.record.models import Project

SHOWN = 20
"""Meetings to come that the list shows at most."""
SOON = timedelta(days=14)


def coming_rows(project: Project | None) -> list[dict[str, Any]]:
    """The next meetings, for the list."""
    return [_row(planned, more) for planned, more in _next_ones(project)]


def papers_late(planned: PlannedMeeting) -> bool:
    """Whether its papers should have left."""
    due = planned.papers_due
    return bool(due and not planned.papers_sent_at and due < current_clock().today())


def papers_words(planned: PlannedMeeting) -> str:
    """When its papers leave or left; '' when it has none."""
    today = current_clock().today()
    if planned.papers_sent_at:
        return f"Papers left {day_short(planned.papers_sent_at.date(), today)}"
    if not planned.papers_due:
        return ""
    late = papers_late(planned)
    return f"Papers {'were due' if late else 'by'} {day_short(planned.papers_due, today)}"


def _row(planned: PlannedMeeting, more: int) -> dict[str, Any]:
    local, agenda = start_local(planned), planned_agenda(planned)
    comes = attendance_of(planned)
    late = papers_late(planned)
    wrong = comes.problem or (papers_words(planned) if late else "") or agenda.warning
    asked = "Nobody is invited yet" if planned.invited_sequence is None else ""
    return {
        "key": planned.pk,
        "title": planned.title,
        "url": reverse("meetings:planned", args=[planned.pk]),
        "loss": agenda_words(agenda) + (f" {agenda.warning}" if agenda.warning else ""),
        "more": f"and {more} more in these two weeks" if more else "",
        "on": local.date(),
        "at": f"{local:%H:%M}, {planned.minutes} min",
        "project": planned.project.name,
        "rag": "red" if comes.problem else "amber" if wrong else "green" if agenda.items else "grey",
        "rag_reason": wrong or ("Ready" if agenda.items else "Its agenda is not drafted yet"),
        "guests": f"{comes.accepted} of {counted(len(planned.seats.all()), 'guest')} accepted",
        "note": comes.problem or asked,
        "papers": papers_words(planned),
        "late": late,
    }


def agenda_words(agenda: Agenda) -> str:
    """How much stands on it."""
    points = sum(len(item.points) for item in agenda.items)
    if not agenda.items:
        return "The agenda is not drafted yet."
    return f"{counted(len(agenda.items), 'section')}, {counted(points, 'point')} from the record."


def _next_ones(project: Project | None) -> list[tuple[PlannedMeeting, int]]:
    """Single meetings, and each series by its next one with how many more there are within two weeks: a daily stand-up
    must not hide the board.
    """
    soon = current_clock().now() + SOON
    more: dict[int, int] = {}
    found: list[PlannedMeeting] = []
    for planned in planned_coming(project=project):
        series = planned.series_id
        if series is None or series not in more:
            found.append(planned)
        elif planned.start <= soon:
            more[series] += 1
        if series is not None:
            more.setdefault(series, 0)
    return [(planned, more.get(planned.series_id or 0, 0)) for planned in found[:SHOWN]]
