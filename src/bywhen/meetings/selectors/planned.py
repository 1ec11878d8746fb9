"""Reading planned meetings, their guests and answers, and what calendars are told of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted
from bywhen.meetings.engine.agenda import Agenda, agenda_from
from bywhen.meetings.engine.invitation import Guest, Invitation
from bywhen.meetings.engine.recurrence import zone_of
from bywhen.meetings.models import FeedAddress, PlannedMeeting, Seat, Series

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project

FEED_BACK = timedelta(days=60)
"""A feed shows what took place up to this long ago."""


def planned_list(*, project: Project | None = None, status: str = "planned") -> QuerySet[PlannedMeeting]:
    """Planned meetings by start, with guests; ``status`` '' means all."""
    seats = Prefetch("seats", Seat.objects.select_related("person").prefetch_related("person__addresses"))
    found = PlannedMeeting.objects.select_related("project", "series", "organiser").prefetch_related(
        seats, "organiser__addresses"
    )
    given = {"project": project, "status": status}
    return found.filter(**{name: value for name, value in given.items() if value})


def planned_coming(*, project: Project | None = None) -> QuerySet[PlannedMeeting]:
    """Planned meetings that have not ended yet; none is longer than a day."""
    return planned_list(project=project).filter(start__gte=current_clock().now() - timedelta(days=1))


def planned_get(pk: int) -> PlannedMeeting | None:
    """One planned meeting."""
    return planned_list(status="").filter(pk=pk).first()


def planned_of_meeting(pk: int) -> PlannedMeeting | None:
    """The planned meeting that the meeting with this number was."""
    return planned_list(status="").filter(meeting_id=pk).first()


def planned_before(planned: PlannedMeeting) -> PlannedMeeting | None:
    """The one before it in its series, held or not."""
    if planned.series_id is None:
        return None
    earlier = PlannedMeeting.objects.filter(series_id=planned.series_id, start__lt=planned.start)
    return earlier.exclude(status="cancelled").order_by("-start").first()


def series_list(*, project: Project | None = None) -> QuerySet[Series]:
    """Series that go on."""
    found = Series.objects.filter(ended=False).select_related("project", "organiser").prefetch_related("seats__person")
    return found.filter(project=project) if project else found


def planned_agenda(planned: PlannedMeeting) -> Agenda:
    """Its agenda; without sections while none was drafted."""
    return agenda_from({**planned.agenda, "slot": planned.minutes})


def start_local(planned: PlannedMeeting) -> datetime:
    """Its start on the wall of its own zone."""
    return planned.start.astimezone(zone_of(planned.zone))


def papers_key(planned: PlannedMeeting) -> str:
    """How the loop about its missed papers is known."""
    return hashlib.sha256(f"papers|{planned.uid}".encode()).hexdigest()


def address_of(person: Person) -> str:
    """The first e-mail address; '' when none is known."""
    return next((each.value for each in person.addresses.all() if each.kind == "email"), "")


def invitation_of(planned: PlannedMeeting, organiser: Guest) -> Invitation:
    """What calendars are told. Guests without an address are left out."""
    guests = [Guest(seat.person.name, address_of(seat.person), seat.required) for seat in planned.seats.all()]
    return Invitation(
        uid=planned.uid,
        sequence=planned.sequence,
        title=planned.title,
        start=planned.start,
        minutes=planned.minutes,
        stamp=current_clock().now(),
        organiser=organiser,
        guests=tuple(guest for guest in guests if guest.address),
        description=agenda_text(planned_agenda(planned)),
        location=planned.location,
        cancelled=planned.status == "cancelled",
    )


def agenda_text(agenda: Agenda) -> str:
    """The agenda as plain text: sections with their minutes, points below; '' while there is none.

    The number of a section is its place; a point tells its owner and why it is there.
    """
    lines = []
    for number, item in enumerate(agenda.items, start=1):
        lines.append(f"{number}. {item.title} ({item.minutes} min)")
        for point in item.points:
            about = ", ".join(part for part in (point.owner, point.note) if part)
            lines.append(f"   - {point.title}{f' ({about})' if about else ''}")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who comes. ``quorum`` is how many of the required must; ``problem`` says why it is not met, '' when it is or may
    still be.
    """

    accepted: int
    declined: int
    open: int
    quorum: int
    problem: str


def attendance_of(planned: PlannedMeeting) -> Attendance:
    """The answers so far, and whether the quorum can still be met."""
    seats = list(planned.seats.all())
    answers = [seat.answer for seat in seats]
    required = [seat for seat in seats if seat.required]
    quorum = ceil(planned.quorum * len(required))
    possible = sum(seat.answer != "declined" for seat in required)
    problem = ""
    if possible < quorum:
        asked = counted(len(required), "required person", "required people")
        problem = f"No quorum: {quorum} of {asked} must come, {possible} can."
    accepted, declined = answers.count("accepted"), answers.count("declined")
    return Attendance(accepted, declined, len(answers) - accepted - declined, quorum, problem)


def feed_person(token: str) -> Person | None:
    """Whose feed a secret address opens; None when it is none, or was revoked."""
    digest = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
    found = FeedAddress.objects.filter(digest=digest).select_related("person").first()
    return found.person if found else None


def feed_list(person: Person) -> Iterable[PlannedMeeting]:
    """The person's meetings: to come, of the last two months, and those called off among them."""
    since = current_clock().now() - FEED_BACK
    return planned_list(status="").filter(Q(seats__person=person) | Q(organiser=person), start__gte=since).distinct()
