"""Changing a series: its meetings from one on move, get another rhythm, other people, or come to an end.

Where meetings before that one stay as they are, the series is split as calendars do it: the old one ends, a new one
follows it. What does not live here: planning a series in the first place (``planning``), letters (``inviting``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.meetings.engine.recurrence import (
    first_of,
    occurrences,
    rule_check,
    rule_less,
    rule_until,
    start_at,
    zone_of,
)
from bywhen.meetings.models import PlannedMeeting, Seat, Series, SeriesPerson
from bywhen.meetings.services.planning import (
    AHEAD,
    Guests,
    expect_planned,
    guest_seats,
    length_checked,
    meetings_plan,
    papers_day,
)

if TYPE_CHECKING:
    from bywhen.record.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a series takes place from a meeting on, and how: all of it, changed or not."""

    first: datetime
    zone: str
    rule: str
    minutes: int
    title: str
    location: str
    quorum: float
    organiser_votes: bool
    papers_days: int


def rhythm_of(planned: PlannedMeeting) -> Rhythm:
    """The rhythm of its series from this meeting on, as it is now.

    Raises:
        StateWrongError: when it belongs to no series.
    """
    series = _series_of(planned)
    assert planned.occurs is not None  # every meeting of a series has one
    gone = _gone(series, planned.occurs)
    return Rhythm(
        first=planned.occurs,
        zone=series.zone,
        rule=rule_less(series.rule, gone),
        minutes=series.minutes,
        title=series.title,
        location=series.location,
        quorum=series.quorum,
        organiser_votes=series.organiser_votes,
        papers_days=series.papers_days,
    )


@transaction.atomic
def series_revise(*, planned: PlannedMeeting, rhythm: Rhythm) -> PlannedMeeting:
    """Give the series another rhythm from this meeting on; answers the first meeting that it has then.

    The meetings that were planned keep their agendas, papers and people and take the new times in order; what is left
    over and was worked on is called off, never dropped.

    Raises:
        InputRefusedError: when zone, rule or length cannot be.
        StateWrongError: when it is held, called off, or of no series; or no meeting would lie ahead.
    """
    expect_planned(planned)
    series = _series_of(planned)
    _checked(rhythm)
    if rhythm == rhythm_of(planned):
        return planned
    rows = _from(planned)
    target = _split(series, planned) if _earlier(series, planned) else series
    sequence = _sequence_next(series)
    for name in ("zone", "title", "location", "quorum", "organiser_votes", "papers_days"):
        setattr(target, name, getattr(rhythm, name))
    target.rule, target.minutes = rhythm.rule, length_checked(rhythm.minutes)
    target.first = first_of(rhythm.first, rhythm.rule)
    target.without = [] if target.pk != series.pk or not _same_times(rhythm, planned) else target.without
    target.sequence, target.ended = (0 if target.pk != series.pk else sequence), False
    target.save()
    _retime(target, rows, sequence)
    meetings_plan(series=target)
    first = target.planned.filter(status="planned", start__gte=current_clock().now()).order_by("start").first()
    if first is None:
        raise StateWrongError("No meeting of this series would lie in the next six weeks; nothing was changed.")
    return first


@transaction.atomic
def series_end(*, planned: PlannedMeeting) -> int:
    """This meeting and all after it do not take place; answers how many planned ones that is.

    Raises:
        StateWrongError: when it is held, called off, or of no series.
    """
    expect_planned(planned)
    series = _series_of(planned)
    rows = [each for each in _from(planned) if each.status == "planned"]
    sequence = _sequence_next(series)
    before = _earlier(series, planned)
    series.sequence = sequence
    if before:
        assert planned.occurs is not None
        series.rule = rule_until(series.rule, planned.occurs - timedelta(minutes=1))
    else:
        series.ended = True
    series.save()
    for each in rows:
        each.status, each.sequence = "cancelled", sequence
        if before:  # the new end of the series tells their guests
            each.invited_sequence = None if each.invited_sequence is None else sequence
        each.save()
    return len(rows)


@transaction.atomic
def guests_set(*, planned: PlannedMeeting, guests: Guests, following: bool = False) -> list[Person]:
    """Who is asked to this meeting, or to it and all ``following`` ones of its series. Those who stay keep their
    answers. Answers whom nobody asks any more; when they were invited they have to be told.

    Raises:
        StateWrongError: when it was held or called off.
    """
    expect_planned(planned)
    wanted = dict(guest_seats(guests))
    rows = [planned]
    if following and planned.series is not None:
        rows = [each for each in _from(planned) if each.status == "planned"]
        _series_people_set(planned.series, wanted, guests.organiser)
    left: dict[int, Person] = {}
    for each in rows:
        left |= {person.pk: person for person in _seats_set(each, wanted, guests.organiser)}
    planned.refresh_from_db()
    return sorted(left.values(), key=lambda person: person.name)


def starts_preview(rhythm: Rhythm, most: int = 6) -> list[datetime]:
    """The next starts of a rhythm, aware, at most ``most``; none lies before now.

    Raises:
        InputRefusedError: when zone or rule cannot be.
    """
    _checked(rhythm)
    now = current_clock().now()
    for ahead in (AHEAD, timedelta(days=370), timedelta(days=3660)):
        found = occurrences(rhythm.first, rhythm.zone, rhythm.rule, after=now, before=now + ahead)
        if len(found) >= most:
            break
    return found[:most]


def _checked(rhythm: Rhythm) -> None:
    zone_of(rhythm.zone)
    if not rhythm.rule.strip():
        raise InputRefusedError("a series needs to come again", place="how often", remedy="Write 'every week'.")
    rule_check(rhythm.rule)
    length_checked(rhythm.minutes)


def _series_of(planned: PlannedMeeting) -> Series:
    if planned.series is None or planned.occurs is None:
        raise StateWrongError(f"'{planned.title}' belongs to no series.")
    return planned.series


def _from(planned: PlannedMeeting) -> list[PlannedMeeting]:
    """The meeting and those after it in its series, in the order of the rule; held ones are left out."""
    assert planned.series is not None
    found = planned.series.planned.filter(occurs__gte=planned.occurs).exclude(status="held")
    return list(found.order_by("occurs"))


def _earlier(series: Series, planned: PlannedMeeting) -> bool:
    """Whether meetings of the series stay before this one: some took place, or are to."""
    assert planned.occurs is not None
    return _gone(series, planned.occurs) > 0


def _gone(series: Series, before: datetime) -> int:
    """How many starts the rule gives before a local start; those taken out count as well."""
    if series.first is None or before <= series.first:
        return 0
    since, until = (start_at(each, zone_of(series.zone)) for each in (series.first, before))
    return len(occurrences(series.first, series.zone, series.rule, after=since, before=until))


def _same_times(rhythm: Rhythm, planned: PlannedMeeting) -> bool:
    series = _series_of(planned)
    return (rhythm.first, rhythm.zone, rhythm.rule) == (series.first, series.zone, series.rule)


def _sequence_next(series: Series) -> int:
    highest = series.planned.aggregate(highest=Max("sequence"))["highest"] or 0
    return int(max(series.sequence, highest)) + 1


def _split(series: Series, planned: PlannedMeeting) -> Series:
    """End the series before this meeting; answers the one that follows it, with the same people."""
    assert planned.occurs is not None
    follower = Series.objects.create(
        project=series.project,
        kind=series.kind,
        title=series.title,
        first=planned.occurs,
        zone=series.zone,
        rule=series.rule,
        minutes=series.minutes,
        organiser=series.organiser,
        follows=series,
    )
    for seat in series.seats.all():
        SeriesPerson.objects.create(series=follower, person=seat.person, required=seat.required)
    series.rule = rule_until(series.rule, planned.occurs - timedelta(minutes=1))
    series.sequence = _sequence_next(series)
    series.save()
    return follower


def _retime(series: Series, rows: Sequence[PlannedMeeting], sequence: int) -> None:
    """Hand the series' new times to its planned meetings in order."""
    assert series.first is not None
    now = current_clock().now()
    starts = occurrences(series.first, series.zone, series.rule, after=now, before=now + AHEAD)
    kept = [each for each in rows if each.status == "planned"]
    for each in rows:  # their own starts must not stand in the way of the others' new ones
        if each.status != "planned":
            each.series, each.occurs = None, None
            each.save()
    for each, start in zip(kept, starts, strict=False):
        _row_set(each, series, start, sequence)
    for each in kept[len(starts) :]:
        _left_over(each, sequence)


def _row_set(planned: PlannedMeeting, series: Series, start: datetime, sequence: int) -> None:
    if start != planned.start:
        planned.seats.exclude(answer="").update(answer="", answered_at=None, proposes=None)
        planned.timed_sequence = sequence
    planned.series, planned.occurs, planned.start = series, start.replace(tzinfo=None), start
    planned.papers_due = papers_day(start, series.papers_days)
    for name in ("zone", "minutes", "title", "location", "quorum", "organiser_votes"):
        setattr(planned, name, getattr(series, name))
    planned.sequence = sequence
    planned.save()


def _left_over(planned: PlannedMeeting, sequence: int) -> None:
    worked_on = planned.agenda_version or planned.papers.exists() or planned.invited_sequence is not None
    if not worked_on:
        planned.delete()
        return
    planned.series, planned.occurs = None, None
    planned.status, planned.sequence = "cancelled", sequence
    planned.save()


def _series_people_set(series: Series, wanted: dict[Person, bool], organiser: Person | None) -> None:
    known = {seat.person: seat for seat in series.seats.select_related("person")}
    for person, seat in known.items():
        if person not in wanted:
            seat.delete()
    for person, required in wanted.items():
        if person not in known:
            SeriesPerson.objects.create(series=series, person=person, required=required)
        elif known[person].required != required:
            known[person].required = required
            known[person].save()
    series.organiser, series.sequence = organiser, _sequence_next(series)
    series.save()


def _seats_set(planned: PlannedMeeting, wanted: dict[Person, bool], organiser: Person | None) -> list[Person]:
    """Seat them; answers those who lost their seat."""
    known = {seat.person: seat for seat in planned.seats.select_related("person")}
    same = {person: seat.required for person, seat in known.items()} == wanted
    if same and planned.organiser == organiser:
        return []
    left = [person for person in known if person not in wanted]
    for person in left:
        known[person].delete()
    for person, required in wanted.items():
        if person not in known:
            Seat.objects.create(planned=planned, person=person, required=required)
        elif known[person].required != required:
            known[person].required = required
            known[person].save()
    planned.organiser = organiser
    planned.sequence += 1
    planned.save()
    return left
