"""When people are free: their hours and zones, the meetings planned here, and whatever their calendars add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

from bywhen.kernel.errors import InputRefusedError
from bywhen.meetings.engine.recurrence import zone_of
from bywhen.meetings.engine.slots import Diary, Slot, propose_slots, read_hours
from bywhen.meetings.models import Seat

if TYPE_CHECKING:
    from bywhen.record.models import Person

Busy = Mapping[str, Sequence[tuple[datetime, datetime]]]
"""A person's name -> taken times, aware."""
LATELY = timedelta(weeks=4)
"""Meetings at inconvenient hours within this time make somebody's turn pass."""


def slots_free(
    *, required: Sequence[Person], optional: Sequence[Person] = (), first: date, last: date, minutes: int, busy: Busy
) -> list[Slot]:
    """The best times for these people, best first (see :func:`bywhen.meetings.engine.slots.propose_slots`)."""
    people = [*required, *(person for person in optional if person not in required)]
    since = datetime.combine(first, time(), UTC) - LATELY
    until = datetime.combine(last, time(), UTC) + timedelta(days=2)
    seats = Seat.objects.filter(
        person__in=people, planned__start__gte=since, planned__start__lt=until, planned__status__in=("planned", "held")
    ).exclude(answer="declined")
    taken: dict[int, list[tuple[datetime, datetime]]] = {}
    for seat in seats.select_related("planned"):
        begin = seat.planned.start
        taken.setdefault(seat.person_id, []).append((begin, begin + timedelta(minutes=seat.planned.minutes)))
    diaries = [
        _diary(person, [*taken.get(person.pk, ()), *busy.get(person.name, ())], required=person in required)
        for person in people
    ]
    return propose_slots(diaries, first=first, last=last, minutes=minutes)


def _diary(person: Person, busy: Sequence[tuple[datetime, datetime]], *, required: bool) -> Diary:
    zone, hours = person_zone(person), read_hours(person.working_hours)
    inconvenient = [begin.astimezone(zone) for begin, _ in busy if begin.astimezone(zone).weekday() < 5]
    burden = sum(local.time() < hours[0] or local.time() >= hours[1] for local in inconvenient)
    return Diary(name=person.name, zone=zone, required=required, hours=hours, busy=tuple(busy), burden=min(burden, 5))


def person_zone(person: Person | None) -> ZoneInfo:
    """The person's time zone; the workspace's when it is unknown."""
    try:
        return zone_of(person.time_zone if person else "")
    except InputRefusedError:
        return zone_of(settings.TIME_ZONE)
