"""Planning meetings: series and single ones, moving them, calling them off, their agendas.

What does not live here: letters to the guests (``inviting``), what a meeting left behind (``taking_in``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.worktime import WorkingTime
from bywhen.meetings.engine.agenda import Agenda
from bywhen.meetings.engine.recurrence import first_of, occurrences, rule_check, start_at, zone_of
from bywhen.meetings.models import Meeting, PlannedMeeting, Seat, Series, SeriesPerson
from bywhen.meetings.selectors.catalogue import MeetingKind, kind_get, kind_list

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project

AHEAD = timedelta(weeks=6)
"""Meetings of a series are planned this far ahead."""
LONGEST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Guests:
    """Who is asked to a meeting, and by whom. Nobody to be asked is allowed: guests may come later."""

    required: Sequence[Person] = ()
    optional: Sequence[Person] = ()
    organiser: Person | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a meeting needs to decide: the part of the required people, whether the organiser counts among them, the
    working days by which papers come before it. None: as its kind has it. ``declared`` is the name by which a project
    folder declares a series.
    """

    quorum: float | None = None
    organiser_votes: bool = True
    papers_days: int | None = None
    declared: str = ""

    def quorum_of(self, kind: MeetingKind) -> float:
        """The part from 0 to 1."""
        return kind.QUORUM if self.quorum is None else min(max(self.quorum, 0.0), 1.0)

    def papers_of(self, kind: MeetingKind) -> int:
        """Working days; 0: it has no papers."""
        return kind.PAPERS_DAYS if self.papers_days is None else self.papers_days


KINDS_OWN = Terms()


@transaction.atomic
def series_plan(
    *,
    project: Project,
    kind: str,
    first: datetime,
    zone: str,
    rule: str,
    guests: Guests,
    title: str = "",
    minutes: int | None = None,
    location: str = "",
    terms: Terms = KINDS_OWN,
) -> Series:
    """Plan meetings that come again; those of the next weeks are planned at once. ``first`` is the local start from
    which the rule counts, without zone; ``rule`` an RRULE's value.

    Raises:
        InputRefusedError: when kind, zone, rule or length cannot be.
    """
    known = _kind(kind)
    zone_of(zone)
    rule_check(rule)
    series = Series.objects.create(
        project=project,
        kind=kind,
        title=(title.strip() or f"{known.TITLE} {project.name}")[:300],
        first=first_of(first.replace(tzinfo=None), rule),
        zone=zone,
        rule=rule.strip()[:300],
        minutes=length_checked(minutes or known.MINUTES),
        location=location[:400],
        organiser=guests.organiser,
        quorum=terms.quorum_of(known),
        organiser_votes=terms.organiser_votes,
        papers_days=terms.papers_of(known),
        declared=terms.declared,
    )
    for person, needed in guest_seats(guests):
        SeriesPerson.objects.create(series=series, person=person, required=needed)
    meetings_plan(series=series)
    return series


@transaction.atomic
def meetings_plan(*, series: Series, until: datetime | None = None) -> list[PlannedMeeting]:
    """Plan the series' meetings from now until a moment (six weeks ahead); each once. Answers the new ones."""
    if series.ended:
        return []
    now = current_clock().now()
    starts = occurrences(
        series.first or now.replace(tzinfo=None),
        series.zone,
        series.rule,
        without=[datetime.fromisoformat(each) for each in series.without],
        after=now,
        before=until or now + AHEAD,
    )
    known = set(series.planned.values_list("occurs", flat=True))
    seats = [(seat.person, seat.required) for seat in series.seats.select_related("person")]
    return [_planned_of(series, start, seats) for start in starts if start.replace(tzinfo=None) not in known]


@transaction.atomic
def meeting_plan(
    *,
    project: Project,
    kind: str,
    start: datetime,
    zone: str,
    guests: Guests,
    title: str = "",
    minutes: int | None = None,
    location: str = "",
    terms: Terms = KINDS_OWN,
) -> PlannedMeeting:
    """Plan a single meeting; ``start`` is local to ``zone``, or aware.

    Raises:
        InputRefusedError: when kind, zone or length cannot be.
    """
    known = _kind(kind)
    moment = start if start.tzinfo else start_at(start, zone_of(zone))
    planned = PlannedMeeting.objects.create(
        project=project,
        kind=kind,
        title=(title.strip() or f"{known.TITLE} {project.name}")[:300],
        start=moment,
        zone=zone,
        minutes=length_checked(minutes or known.MINUTES),
        location=location[:400],
        organiser=guests.organiser,
        quorum=terms.quorum_of(known),
        organiser_votes=terms.organiser_votes,
        papers_due=papers_day(moment.astimezone(zone_of(zone)), terms.papers_of(known)),
    )
    _seat(planned, guest_seats(guests))
    return planned


@transaction.atomic
def meeting_move(
    *, planned: PlannedMeeting, start: datetime | None = None, minutes: int | None = None, location: str | None = None
) -> PlannedMeeting:
    """Another time (local to its zone, or aware), length or place: guests have to be told, and asked again.

    Raises:
        StateWrongError: when it was held or called off.
    """
    expect_planned(planned)
    zone = zone_of(planned.zone)
    moment = (start if start.tzinfo else start_at(start, zone)) if start else planned.start
    wanted = {
        "start": moment,
        "minutes": length_checked(minutes or planned.minutes),
        "location": planned.location if location is None else location[:400],
    }
    if all(getattr(planned, name) == value for name, value in wanted.items()):
        return planned
    if moment != planned.start:
        days = planned.series.papers_days if planned.series else _kind(planned.kind).PAPERS_DAYS
        planned.papers_due = papers_day(moment.astimezone(zone), days)
        planned.timed_sequence = planned.sequence + 1
        for seat in planned.seats.exclude(answer="", proposes=None):
            seat.answer, seat.answered_at, seat.proposes = "", None, None
            seat.save()
    for name, value in wanted.items():
        setattr(planned, name, value)
    planned.sequence += 1
    planned.save()
    return planned


@transaction.atomic
def meeting_call_off(*, planned: PlannedMeeting) -> PlannedMeeting:
    """It will not take place; whoever was invited has to be told.

    Raises:
        StateWrongError: when it was held or called off.
    """
    expect_planned(planned)
    planned.status = "cancelled"
    planned.sequence += 1
    planned.save()
    _taken_out(planned)
    return planned


@transaction.atomic
def meeting_restore(*, planned: PlannedMeeting) -> PlannedMeeting:
    """It takes place after all (undo of calling off)."""
    planned.refresh_from_db()
    if planned.status != "cancelled":
        raise StateWrongError(f"'{planned.title}' is not called off.")
    planned.status = "planned"
    planned.sequence += 1
    planned.save()
    _taken_out(planned)
    return planned


@transaction.atomic
def meeting_held(*, planned: PlannedMeeting, meeting: Meeting) -> PlannedMeeting:
    """It took place: what it left behind is ``meeting``.

    Raises:
        StateWrongError: when it was called off, or is another one's.
    """
    expect_planned(planned)
    planned.status, planned.meeting = "held", meeting
    planned.save()
    return planned


@transaction.atomic
def meetings_match(*, meetings: Sequence[Meeting]) -> int:
    """Tie meetings to the planned ones that they were: same project and local day, and the title, or the only one."""
    tied = 0
    for meeting in meetings:
        if PlannedMeeting.objects.filter(meeting=meeting).exists():
            continue
        open_ones = PlannedMeeting.objects.filter(project=meeting.project, status="planned")
        day = [each for each in open_ones if each.start.astimezone(zone_of(each.zone)).date() == meeting.held_on]
        named = [each for each in day if each.title.casefold() == meeting.title.casefold()] or day
        if len(named) == 1:
            meeting_held(planned=named[0], meeting=meeting)
            tied += 1
    return tied


@transaction.atomic
def agenda_set(*, planned: PlannedMeeting, agenda: Agenda, version: int) -> PlannedMeeting:
    """Keep an agenda that a person has edited; ``version`` is the one that they saw.

    Raises:
        StateWrongError: when somebody else has changed it meanwhile; nothing is overwritten.
    """
    expect_planned(planned)
    found = PlannedMeeting.objects.select_for_update().get(pk=planned.pk)
    if found.agenda_version != version:
        raise StateWrongError(
            f"Somebody else changed the agenda of '{planned.title}' meanwhile; reload it and try again."
        )
    found.agenda, found.agenda_version = agenda.document(), version + 1
    found.save()
    return found


@transaction.atomic
def agenda_draft_keep(*, planned: PlannedMeeting, agenda: Agenda) -> bool:
    """Keep a drafted agenda unless a person has edited it; answers whether it is another one than before."""
    if planned.agenda_version or planned.status != "planned" or planned.agenda == agenda.document():
        return False
    planned.agenda = agenda.document()
    planned.save()
    return True


def _taken_out(planned: PlannedMeeting) -> None:
    """Keep with its series which of its starts are called off (EXDATE)."""
    if planned.series is None or planned.occurs is None:
        return
    series, start = planned.series, planned.occurs.isoformat()
    others = [each for each in series.without if each != start]
    series.without = sorted([*others, start]) if planned.status == "cancelled" else others
    series.save()


def _planned_of(series: Series, start: datetime, seats: Sequence[tuple[Person, bool]]) -> PlannedMeeting:
    planned = PlannedMeeting.objects.create(
        project=series.project,
        series=series,
        kind=series.kind,
        title=series.title,
        start=start,
        zone=series.zone,
        minutes=series.minutes,
        location=series.location,
        organiser=series.organiser,
        quorum=series.quorum,
        organiser_votes=series.organiser_votes,
        papers_due=papers_day(start, series.papers_days),
        occurs=start.replace(tzinfo=None),
        sequence=series.sequence,
        timed_sequence=series.sequence,
        invited_sequence=series.invited_sequence,
    )
    _seat(planned, seats)
    return planned


def _seat(planned: PlannedMeeting, seats: Sequence[tuple[Person, bool]]) -> None:
    for person, required in seats:
        Seat.objects.create(planned=planned, person=person, required=required)


def guest_seats(guests: Guests) -> list[tuple[Person, bool]]:
    """Everybody once; who is required is not also optional."""
    found = {person.pk: (person, False) for person in guests.optional}
    found |= {person.pk: (person, True) for person in guests.required}
    return sorted(found.values(), key=lambda seat: (not seat[1], seat[0].name))


def papers_day(start: datetime, days: int) -> date | None:
    """The last day for papers: so many working days before the local day of the meeting."""
    if not days:
        return None
    calendar, day, left = WorkingTime.standard(), start.date(), days
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working_day(day)
    return day


def _kind(name: str) -> MeetingKind:
    found = kind_get(name)
    if found is None:
        known = ", ".join(kind.KIND for kind in kind_list())
        raise InputRefusedError(f"there is no kind of meeting {name[:60]!r}", remedy=f"Write one of: {known}.")
    return found


def length_checked(minutes: int) -> int:
    """The minutes, when a meeting can last as long.

    Raises:
        InputRefusedError: otherwise.
    """
    if not 0 < minutes <= LONGEST_MINUTES:
        raise InputRefusedError(f"a meeting cannot last {minutes} minutes", remedy="Write 1 to 1440.")
    return minutes


def expect_planned(planned: PlannedMeeting) -> None:
    """Refuse what is over.

    Raises:
        StateWrongError: when it was held or called off.
    """
    planned.refresh_from_db()  # what was read before somebody else's change must not be written over it
    if planned.status != "planned":
        raise StateWrongError(f"'{planned.title}' is {planned.status} already.")
