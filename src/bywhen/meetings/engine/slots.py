"""When can these people meet? Free slots, ranked, each with its reasons.

A slot must lie within the working hours of everybody who is required, and be free for them. Among those, the better
ones miss nobody, leave a pause beside other meetings, lie away from the edges of anybody's day, burden those whose turn
it is, and come soon. What does not live here: reading calendars (``connectors``, ``intake``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bywhen.kernel.tables import EventRow
from bywhen.kernel.wording import listed

STEP = timedelta(minutes=30)
LONGEST_WINDOW = 60
"""Calendar days that are looked at, at most."""
EDGE = timedelta(minutes=60)
"""Within this distance from the beginning or end of somebody's working day a slot is inconvenient for them."""
NEAR = timedelta(hours=4)
"""A deadline is told to a slot that ends within this time before it."""
_COUNTED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_OFFICE = (time(9), time(17))
_HOURS = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|\u2013|to|until|bis)\s*(\d{1,2})(?:[:.](\d{2}))?", re.IGNORECASE)
_MISSING, _NO_PAUSE, _AT_EDGE, _TURN, _LATER = 20.0, 4.0, 3.0, 2.0, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """One person's time: zone, local working hours and weekdays (0 is Monday), and what is taken (aware pairs).

    ``burden`` is how many inconvenient slots they took lately; whoever took many is spared. ``known`` says what takes
    a span of ``busy``, where that may be told.
    """

    name: str
    zone: ZoneInfo
    required: bool = True
    hours: tuple[time, time] = _OFFICE
    weekdays: frozenset[int] = frozenset(range(5))
    busy: tuple[tuple[datetime, datetime], ...] = ()
    burden: int = 0
    known: Mapping[tuple[datetime, datetime], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a meeting had better come before: a deadline, a board."""

    at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A proposal. ``score`` 100 is perfect; ``missing`` cannot come; ``reasons`` say why it stands where it stands."""

    start: datetime
    finish: datetime
    score: float
    reasons: tuple[str, ...]
    missing: tuple[str, ...] = ()


def read_hours(text: str) -> tuple[time, time]:
    """Working hours as people write them; nine to five when nothing can be read.

    >>> read_hours("Mon-Fri 8:30 - 17"), read_hours("flexible")
    ((datetime.time(8, 30), datetime.time(17, 0)), (datetime.time(9, 0), datetime.time(17, 0)))
    """
    found = _HOURS.search(text)
    if not found:
        return _OFFICE
    hour, minute, last_hour, last_minute = (int(part or 0) for part in found.groups())
    if not (hour < 24 and last_hour < 24 and minute < 60 and last_minute < 60):
        return _OFFICE
    begin, end = time(hour, minute), time(last_hour, last_minute)
    return (begin, end) if begin < end else _OFFICE


def busy_times(
    rows: Iterable[EventRow], first: date, last: date, zone: tzinfo = UTC
) -> tuple[tuple[datetime, datetime], ...]:
    """What calendar entries take of the days from ``first`` to ``last`` (UTC), a day's margin to both sides, ascending.
    All-day entries (leave, holidays) take the whole day of their owner's ``zone``, in which floating times count too.
    """
    margin = timedelta(days=1)
    begin = datetime.combine(first, time(), UTC) - margin
    end = datetime.combine(last, time(), UTC) + margin + margin
    spans = (_span(row, zone) for row in rows if not row.free)
    return tuple(sorted({(start, finish) for start, finish in spans if start < end and begin < finish}))


def _span(row: EventRow, zone: tzinfo) -> tuple[datetime, datetime]:
    if row.all_day or row.floating:
        return row.start.replace(tzinfo=zone).astimezone(UTC), row.finish.replace(tzinfo=zone).astimezone(UTC)
    return row.start.astimezone(UTC), row.finish.astimezone(UTC)


def propose_slots(
    people: Sequence[Diary],
    *,
    first: date,
    last: date,
    minutes: int,
    pause: int = 10,
    most: int = 5,
    marks: Sequence[Mark] = (),
    after: datetime | None = None,
) -> list[Slot]:
    """The best slots from ``first`` to ``last``, best first, at most one beginning within an hour of another.

    When nobody finds a time that all required people have, the slots that miss the fewest of them are proposed, and say
    whom they miss.

    Args:
        people: one diary a person; nobody gives no slots.
        first: calendar day, in UTC.
        last: included; at most ``LONGEST_WINDOW`` days later.
        minutes: length of the meeting.
        pause: minutes that should lie between it and other meetings.
        most: how many are wanted.
        marks: what is told when a slot ends shortly before it.
        after: aware; nothing before it is proposed.

    >>> berlin, delhi = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
    >>> team = [Diary(name="Tom", zone=berlin), Diary(name="Priya", zone=delhi)]
    >>> best = propose_slots(team, first=date(2026, 11, 24), last=date(2026, 11, 24), minutes=60)[0]
    >>> best.start.astimezone(berlin).strftime("%H:%M"), best.reasons[0]
    ('10:00', "Both are free, within everybody's hours")
    """
    if not people:
        return []
    length = timedelta(minutes=minutes)
    starts = [start for start in _starts(first, last) if after is None or start >= after]
    judged = [_judged(start, start + length, people, first, timedelta(minutes=pause)) for start in starts]
    fewest = min((required for required, _ in judged), default=0)
    best = sorted((slot for required, slot in judged if required == fewest), key=lambda slot: (-slot.score, slot.start))
    if fewest == sum(person.required for person in people) > 0:
        return []
    chosen: list[Slot] = []
    for slot in best:
        if len(chosen) < most and all(abs(slot.start - other.start) >= timedelta(hours=1) for other in chosen):
            chosen.append(slot)
    return [_marked(slot, marks) for slot in chosen]


def _starts(first: date, last: date) -> Iterator[datetime]:
    end = min(last, first + timedelta(days=LONGEST_WINDOW))
    moment = datetime.combine(first, time(), UTC)
    while moment.date() <= end:
        yield moment
        moment += STEP


def _judged(
    start: datetime, finish: datetime, people: Sequence[Diary], first: date, pause: timedelta
) -> tuple[int, Slot]:
    """How many required people a slot misses, and the slot."""
    missing = [person for person in people if not _works(person, start, finish) or _taken(person, start, finish)]
    there = [person for person in people if person not in missing]
    tight = [person for person in there if _taken(person, start - pause, finish + pause)]
    edge = [person for person in there if _near_edge(person, start, finish)]
    days = (start.date() - first).days
    score = 100 - _MISSING * len(missing) - _NO_PAUSE * len(tight) - _LATER * days
    score -= sum(_AT_EDGE + _TURN * person.burden for person in edge)
    reasons = _conflicts(missing, start, finish) if missing else [_all_free(len(people))]
    if tight:
        reasons.append(f"No pause beside another meeting for {listed([person.name for person in tight])}")
    if edge:
        reasons.append("; ".join(_edge_words(person, start) for person in edge))
    slot = Slot(start, finish, score, tuple(reasons), tuple(person.name for person in missing))
    return sum(person.required for person in missing), slot


def _works(person: Diary, start: datetime, finish: datetime) -> bool:
    begin, end = start.astimezone(person.zone), finish.astimezone(person.zone)
    same_day = begin.date() == end.date() and begin.weekday() in person.weekdays
    return same_day and person.hours[0] <= begin.time() and end.time() <= person.hours[1]


def _taken(person: Diary, start: datetime, finish: datetime) -> bool:
    return any(begin < finish and start < end for begin, end in person.busy)


def _near_edge(person: Diary, start: datetime, finish: datetime) -> bool:
    """Whether it touches the first or last hour of a day that is not theirs to choose (others sit in other zones)."""
    begin, end = start.astimezone(person.zone), finish.astimezone(person.zone)
    opens = datetime.combine(begin.date(), person.hours[0], person.zone)
    closes = datetime.combine(begin.date(), person.hours[1], person.zone)
    return begin - opens < EDGE or closes - end < EDGE


def _all_free(number: int) -> str:
    who = {1: "Free", 2: "Both are free"}.get(number)
    counted = _COUNTED[number] if number < len(_COUNTED) else str(number)
    return f"{who or f'All {counted} are free'}, within everybody's hours"


def _conflicts(missing: Sequence[Diary], start: datetime, finish: datetime) -> list[str]:
    """Who cannot come, and what stands in the way."""
    told = []
    for person in missing:
        name = person.name if person.required else f"{person.name} (optional)"
        told.append(f"Without {name}: {_why_not(person, start, finish)}")
    return told


def _why_not(person: Diary, start: datetime, finish: datetime) -> str:
    local = start.astimezone(person.zone)
    if not _works(person, start, finish):
        return f"it is {local:%a %H:%M} there, outside their hours"
    begin, end = next(span for span in person.busy if span[0] < finish and start < span[1])
    what = person.known.get((begin, end), "taken")
    if end - begin >= timedelta(hours=23):
        return f"{what} all day"
    return f"{what} {begin.astimezone(person.zone):%H:%M} to {end.astimezone(person.zone):%H:%M}"


def _marked(slot: Slot, marks: Sequence[Mark]) -> Slot:
    """The slot, told of the next deadline that it comes shortly before."""
    near = [mark for mark in marks if timedelta() <= mark.at - slot.finish <= NEAR]
    if not near:
        return slot
    mark = min(near, key=lambda each: each.at)
    minutes = int((mark.at - slot.finish).total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    span = f"{minutes} min" if not hours else f"{hours} h {rest} min" if rest else f"{hours} h"
    return replace(slot, reasons=(*slot.reasons, f"{span} before '{mark.name}'"))


def _edge_words(person: Diary, start: datetime) -> str:
    local = start.astimezone(person.zone)
    return f"{'Early' if local.hour < 12 else 'Late'} for {person.name} ({local:%H:%M})"
