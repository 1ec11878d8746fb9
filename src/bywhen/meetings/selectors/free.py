"""When people are free: their hours and zones, the meetings planned here, and what their calendars say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError
from bywhen.meetings.engine.recurrence import zone_of
from bywhen.meetings.engine.slots import Diary, Mark, Slot, propose_slots, read_hours
from bywhen.meetings.models import PersonCalendar, PlannedMeeting, Seat

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project

Busy = Mapping[str, Sequence[tuple[datetime, datetime]]]
"""A person's name -> taken times, aware."""
Span = tuple[datetime, datetime]
LATELY = timedelta(weeks=4)
"""Meetings at inconvenient hours within this time make somebody's turn pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What free times are looked for: days included, in UTC; ``without`` is a meeting not in its own way."""

    required: Sequence[Person]
    optional: Sequence[Person] = ()
    first: date
    last: date
    minutes: int
    busy: Busy = field(default_factory=dict)
    project: Project | None = None
    without: PlannedMeeting | None = None


def slots_free(search: Search) -> list[Slot]:
    """The best times for these people, best first (see :func:`bywhen.meetings.engine.slots.propose_slots`)."""
    return propose_slots(
        diary_list(search),
        first=search.first,
        last=search.last,
        minutes=search.minutes,
        marks=_marks(search),
        after=current_clock().now(),
    )


def diary_list(search: Search) -> list[Diary]:
    """Each person's time, required ones first: three queries however many they are."""
    people = [*search.required, *(person for person in search.optional if person not in search.required)]
    since = datetime.combine(search.first, time(), UTC) - LATELY
    until = datetime.combine(search.last, time(), UTC) + timedelta(days=2)
    taken = _seats_taken(people, since, until, search.without)
    calendars = _calendars_taken(people, since, until)
    return [
        _diary(
            person,
            taken.get(person.pk, {}),
            [*calendars.get(person.pk, ()), *search.busy.get(person.name, ())],
            required=person in search.required,
        )
        for person in people
    ]


def calendar_list(*, people: Sequence[Person] | None = None, kind: str = "") -> QuerySet[PersonCalendar]:
    """People's calendars by name, without their times."""
    found = PersonCalendar.objects.select_related("person").defer("busy")
    found = found.filter(kind=kind) if kind else found
    return found if people is None else found.filter(person__in=people)


def calendar_get(pk: int) -> PersonCalendar | None:
    """One calendar."""
    return PersonCalendar.objects.select_related("person").filter(pk=pk).first()


def person_zone(person: Person | None) -> ZoneInfo:
    """The person's time zone; the workspace's when it is unknown."""
    try:
        return zone_of(person.time_zone if person else "")
    except InputRefusedError:
        return zone_of(settings.TIME_ZONE)


def _seats_taken(
    people: Sequence[Person], since: datetime, until: datetime, without: PlannedMeeting | None
) -> dict[int, dict[Span, str]]:
    seats = Seat.objects.filter(
        person__in=people, planned__start__gte=since, planned__start__lt=until, planned__status__in=("planned", "held")
    ).exclude(answer="declined")
    if without is not None:
        seats = seats.exclude(planned=without)
    taken: dict[int, dict[Span, str]] = {}
    for seat in seats.select_related("planned"):
        begin = seat.planned.start
        span = (begin, begin + timedelta(minutes=seat.planned.minutes))
        taken.setdefault(seat.person_id, {})[span] = f"'{seat.planned.title}'"
    return taken


def _calendars_taken(people: Sequence[Person], since: datetime, until: datetime) -> dict[int, list[Span]]:
    taken: dict[int, list[Span]] = {}
    for calendar in PersonCalendar.objects.filter(person__in=people):
        spans = ((datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in calendar.busy)
        taken.setdefault(calendar.person_id, []).extend(span for span in spans if span[0] < until and since < span[1])
    return taken


def _marks(search: Search) -> list[Mark]:
    """The boards and other meetings of the project that a meeting had better come before."""
    if search.project is None:
        return []
    since = datetime.combine(search.first, time(), UTC)
    until = datetime.combine(search.last, time(), UTC) + timedelta(days=2)
    coming = PlannedMeeting.objects.filter(
        project=search.project, status="planned", start__gte=since, start__lt=until, quorum__gt=0
    )
    coming = coming.exclude(pk=search.without.pk) if search.without else coming
    return [Mark(planned.start, planned.title) for planned in coming]


def _diary(person: Person, seats: Mapping[Span, str], others: Iterable[Span], *, required: bool) -> Diary:
    zone, hours = person_zone(person), read_hours(person.working_hours)
    inconvenient = [begin.astimezone(zone) for begin, _ in seats if begin.astimezone(zone).weekday() < 5]
    burden = sum(local.time() < hours[0] or local.time() >= hours[1] for local in inconvenient)
    return Diary(
        name=person.name,
        zone=zone,
        required=required,
        hours=hours,
        busy=tuple(sorted({*seats, *others})),
        burden=min(burden, 5),
        known=seats,
    )
