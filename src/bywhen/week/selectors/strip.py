"""The next fourteen days: the team's calendar, milestones and days off. What does not live here: how it is drawn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from bywhen.kernel.worktime import WorkingTime
from bywhen.record.selectors.projects import project_list
from bywhen.schedule.selectors import milestones_due, working_times
from bywhen.week.models import Event

if TYPE_CHECKING:
    from bywhen.record.models import Project

DAYS = 14


@dataclass(frozen=True, slots=True)
class StripEvent:
    """Something on a day. ``bad`` marks a milestone forecast after its baseline."""

    title: str
    milestone: bool = False
    bad: bool = False
    project: str = ""


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day; ``off`` when nobody works by the calendar of any project looked at."""

    date: date
    off: bool
    now: bool
    events: tuple[StripEvent, ...] = field(default=())

    @property
    def label(self) -> str:
        """``Mon 23``, a day off by its name alone."""
        return f"{self.date:%a}" if self.off and self.date.weekday() >= 5 else f"{self.date:%a} {self.date.day}"


def strip_list(*, today: date, project: Project | None = None) -> list[StripDay]:
    """Fourteen days from ``today``; of one project when given. Milestones come first on their day."""
    projects = [project] if project else list(project_list())
    last = today + timedelta(days=DAYS - 1)
    found: defaultdict[date, list[StripEvent]] = defaultdict(list)
    for row in milestones_due(first=today, last=last, project=project):
        if row.finish:
            late = row.baseline_finish is not None and row.finish > row.baseline_finish
            key = row.version.project.key
            found[row.finish.date()].append(StripEvent(row.name, milestone=True, bad=late, project=key))
    for event in event_list(first=today, last=last, project=project):
        if all(event.title != known.title for known in found[event.start.date()]):
            found[event.start.date()].append(StripEvent(event.title))
    planned = working_times(project)
    calendars = [planned.get(each.pk) or WorkingTime.standard() for each in projects]
    days = [today + timedelta(days=offset) for offset in range(DAYS)]
    return [
        StripDay(
            date=day,
            off=not any(calendar.is_working_day(day) for calendar in calendars) if calendars else day.weekday() >= 5,
            now=day == today,
            events=tuple(found[day]),
        )
        for day in days
    ]


def event_list(*, first: date, last: date, project: Project | None = None) -> list[Event]:
    """The calendar's entries from ``first`` to ``last``: those of the project and those of everybody."""
    found = Event.objects.filter(start__date__gte=first, start__date__lte=last)
    return list(found.filter(Q(project=project) | Q(project=None)) if project else found)
