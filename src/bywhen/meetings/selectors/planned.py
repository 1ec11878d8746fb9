"""Reading planned meetings, their guests and answers, and what calendars are told of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted
from bywhen.meetings.engine.agenda import Agenda, agenda_from
from bywhen.meetings.engine.invitation import Guest, Invitation
from bywhen.meetings.engine.recurrence import start_at, zone_of
from bywhen.meetings.models import Paper, PlannedMeeting, ReplyLeftOut, Seat, Series, SeriesPerson

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project


def planned_list(*, project: Project | None = None, status: str = "planned") -> QuerySet[PlannedMeeting]:
    """Planned meetings by start, with guests; ``status`` '' means all."""
    seats = Prefetch("seats", Seat.objects.select_related("person").prefetch_related("person__addresses"))
    papers = Prefetch("papers", Paper.objects.select_related("source").defer("source__content"))
    found = PlannedMeeting.objects.select_related("project", "series", "organiser").prefetch_related(
        seats, papers, "organiser__addresses"
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


def reply_left_out_list() -> QuerySet[ReplyLeftOut]:
    """Replies that could not be taken in and that nobody has seen yet, latest first."""
    return ReplyLeftOut.objects.filter(seen=False)


def series_declared() -> set[str]:
    """The names by which project folders declared series; those that have ended since are among them."""
    return set(Series.objects.exclude(declared="").values_list("declared", flat=True))


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


def invitation_of(planned: PlannedMeeting, organiser: Guest, *, own: bool = False) -> Invitation:
    """What calendars are told: as one meeting of its series where its guests were asked to that (``own`` never does).
    Guests without an address are left out.
    """
    within = planned.series if planned.series and planned.occurs and not planned.alone and not own else None
    return Invitation(
        uid=within.uid if within else planned.uid,
        sequence=planned.sequence,
        title=planned.title,
        start=planned.start,
        minutes=planned.minutes,
        stamp=current_clock().now(),
        organiser=organiser,
        guests=_reachable(planned.seats.all()),
        description=agenda_text(planned_agenda(planned)),
        location=planned.location,
        cancelled=planned.status == "cancelled",
        zone=planned.zone if within else "",
        occurs=start_at(planned.occurs, zone_of(planned.zone)) if within and planned.occurs else None,
    )


def series_invitation_of(series: Series, organiser: Guest) -> Invitation:
    """What calendars are told of a whole series, with its meetings that are not as its rule says."""
    assert series.first is not None
    rows = [each for each in planned_list(status="").filter(series=series) if each.occurs]
    alone = [each.occurs for each in rows if each.alone and each.occurs]
    own = [each for each in rows if each.status == "planned" and not each.alone and _differs(each, series)]
    return Invitation(
        uid=series.uid,
        sequence=series.sequence,
        title=series.title,
        start=start_at(series.first, zone_of(series.zone)),
        minutes=series.minutes,
        stamp=current_clock().now(),
        organiser=organiser,
        guests=_reachable(series.seats.select_related("person").prefetch_related("person__addresses")),
        location=series.location,
        cancelled=series.ended,
        zone=series.zone,
        rule=series.rule,
        without=tuple({*(datetime.fromisoformat(each) for each in series.without), *alone}),
        moved=() if series.ended else tuple(invitation_of(each, organiser) for each in own),
    )


def _differs(planned: PlannedMeeting, series: Series) -> bool:
    assert planned.occurs is not None
    usual = start_at(planned.occurs, zone_of(series.zone))
    return (planned.start, planned.minutes, planned.location) != (usual, series.minutes, series.location)


def _reachable(seats: Iterable[Seat | SeriesPerson]) -> tuple[Guest, ...]:
    guests = (Guest(seat.person.name, address_of(seat.person), seat.required) for seat in seats)
    return tuple(guest for guest in guests if guest.address)


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
    """Who comes. ``quorum`` is how many of ``voters`` must: the required people, and the organiser where they vote;
    ``sure`` is how many of them come. ``problem`` says why it is not met, '' when it is or may still be.
    """

    accepted: int
    declined: int
    open: int
    quorum: int
    problem: str
    voters: int = 0
    sure: int = 0


def attendance_of(planned: PlannedMeeting) -> Attendance:
    """The answers so far, and whether the quorum can still be met."""
    seats = list(planned.seats.all())
    answers = [seat.answer for seat in seats]
    required = [seat for seat in seats if seat.required]
    # Whoever invites comes and decides, unless they hold a seat and say otherwise.
    seated = planned.organiser_id in {seat.person_id for seat in seats}
    organiser = bool(planned.organiser_id and planned.organiser_votes and not seated)
    voters = len(required) + organiser
    quorum = ceil(planned.quorum * voters)
    possible = sum(seat.answer != "declined" for seat in required) + organiser
    sure = sum(seat.answer == "accepted" for seat in required) + organiser
    problem = ""
    if possible < quorum:
        asked = counted(voters, "voting person", "voting people")
        problem = f"No quorum: {quorum} of {asked} must come, {possible} can."
    accepted, declined = answers.count("accepted"), answers.count("declined")
    return Attendance(accepted, declined, len(answers) - accepted - declined, quorum, problem, voters, sure)
