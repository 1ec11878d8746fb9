"""Working time: adding, subtracting and measuring minutes on a calendar, exact to the minute and below.

A :class:`WorkingTime` is a calendar with its inheritance and exceptions resolved. Instants are naive local
date-times. Two instants with no working time between them are the same working moment: Friday 17:00 and Monday 08:00.
``add`` answers with the earliest such instant (a finish), ``next`` with the latest (a start).

What does not live here: the scheduling sweep and its arrays (``schedule/engine``), public holidays (``intake``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from bywhen.kernel.errors import CalendarEmptyError
from bywhen.kernel.plan import STANDARD_WEEK, Calendar, CalendarException, Shift
from bywhen.kernel.recurrence import exception_dates

_ONE_DAY = timedelta(days=1)
_SEARCH_DAYS = 366 * 12
_DAY_MINUTES = 1440


class WorkingTime:
    """The working minutes of one calendar.

    >>> five_by_eight = WorkingTime.standard()
    >>> five_by_eight.add(datetime(2026, 11, 27, 16), 120).isoformat()
    '2026-11-30T09:00:00'
    """

    def __init__(
        self, name: str, week: tuple[tuple[Shift, ...], ...], days: Mapping[date, tuple[Shift, ...]] | None = None
    ) -> None:
        self.name = name
        self._week = week
        self._days = dict(days or {})
        self._spans: dict[date, list[tuple[datetime, datetime]]] = {}

    @classmethod
    def standard(cls, holidays: Iterable[date] = ()) -> WorkingTime:
        """Monday to Friday, 08-12 and 13-17, without the given days."""
        week = tuple(day or () for day in STANDARD_WEEK)
        return cls("Standard", week, dict.fromkeys(holidays, ()))

    @classmethod
    def from_calendar(cls, calendar: Calendar, calendars: Mapping[int, Calendar] | None = None) -> WorkingTime:
        """Resolve inheritance and exceptions. A calendar's own exception wins over its base's; a base that is missing
        or refers back to itself is ignored.
        """
        chain: list[Calendar] = []
        step: Calendar | None = calendar
        while step is not None and step not in chain:
            chain.append(step)
            step = (calendars or {}).get(step.base_uid) if step.base_uid is not None else None
        week = tuple(_weekday_of(chain, day) for day in range(7))
        days: dict[date, tuple[Shift, ...]] = {}
        for layer in reversed(chain):
            for exception in layer.exceptions:
                days.update(_exception_days(exception))
        return cls(calendar.name, week, days)

    @property
    def week(self) -> tuple[tuple[Shift, ...], ...]:
        """The weekly pattern, as the shifts of Monday to Sunday."""
        return self._week

    @property
    def days(self) -> Mapping[date, tuple[Shift, ...]]:
        """The days that differ from the weekly pattern, with their shifts."""
        return self._days

    def common(self, other: WorkingTime) -> WorkingTime:
        """The time that is working time of both: what a task's calendar and a resource's leave together."""
        week = tuple(_overlaps(_around(self._week, day), _around(other.week, day)) for day in range(7))
        days: dict[date, tuple[Shift, ...]] = {}
        for named in {*self._days, *other.days}:
            for day in (named, named + _ONE_DAY):
                days[day] = _overlaps(_within(self, day), _within(other, day))
        return WorkingTime(f"{self.name} and {other.name}", week, days)

    def shifts(self, day: date) -> tuple[Shift, ...]:
        """The shifts that start on ``day``, in order."""
        found = self._days.get(day)
        return found if found is not None else self._week[day.weekday()]

    def is_working_day(self, day: date) -> bool:
        """Whether any work starts on ``day``."""
        return bool(self.shifts(day))

    def minutes_of(self, day: date) -> float:
        """Working minutes of the shifts that start on ``day``."""
        return float(sum(end - start for start, end in self.shifts(day)))

    def add(self, at: datetime, minutes: float) -> datetime:
        """The earliest instant by which ``minutes`` of work are done when starting at ``at``; negative goes back.

        Raises:
            CalendarEmptyError: when no working time is found within twelve years.
        """
        if minutes < 0:
            return self.subtract(at, -minutes)
        left = timedelta(minutes=minutes)
        if not left:
            return at
        for start, end in self._forward(at):
            begin = max(start, at)
            if end - begin >= left:
                return begin + left
            left -= end - begin
        raise CalendarEmptyError(self.name)

    def subtract(self, at: datetime, minutes: float) -> datetime:
        """The latest instant from which ``minutes`` of work are done by ``at``."""
        if minutes < 0:
            return self.add(at, -minutes)
        left = timedelta(minutes=minutes)
        if not left:
            return at
        for start, end in self._backward(at):
            stop = min(end, at)
            if stop - start >= left:
                return stop - left
            left -= stop - start
        raise CalendarEmptyError(self.name)

    def between(self, first: datetime, second: datetime) -> float:
        """Working minutes from ``first`` to ``second``; negative when ``second`` is earlier."""
        if second < first:
            return -self.between(second, first)
        total = timedelta()
        for start, end in self._spans_of_days(first.date() - _ONE_DAY, second.date()):
            overlap = min(end, second) - max(start, first)
            if overlap > timedelta():
                total += overlap
        return total / timedelta(minutes=1)

    def next(self, at: datetime) -> datetime:
        """``at`` itself while work goes on, else the start of the next shift."""
        for start, end in self._forward(at):
            if end > at:
                return max(start, at)
        raise CalendarEmptyError(self.name)

    def previous(self, at: datetime) -> datetime:
        """``at`` itself while work goes on or has just ended, else the end of the shift before."""
        for start, end in self._backward(at):
            if start < at:
                return min(end, at)
        raise CalendarEmptyError(self.name)

    def add_days(self, day: date, count: int) -> date:
        """The working day ``count`` working days after (or, negative, before) ``day``; 0 answers ``day`` itself."""
        step = _ONE_DAY if count >= 0 else -_ONE_DAY
        left, seen = abs(count), 0
        while left:
            day += step
            seen = 0 if self.is_working_day(day) else seen + 1
            left -= seen == 0
            if seen > _SEARCH_DAYS:
                raise CalendarEmptyError(self.name)
        return day

    def working_days_between(self, first: date, second: date) -> int:
        """Working days after ``first`` up to and including ``second``; negative when ``second`` is earlier.

        >>> WorkingTime.standard().working_days_between(date(2026, 11, 27), date(2026, 12, 1))
        2
        """
        if second < first:
            return -self.working_days_between(second, first)
        return sum(self.is_working_day(first + _ONE_DAY * n) for n in range(1, (second - first).days + 1))

    def _forward(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = at.date() - _ONE_DAY
        yield from (span for span in self._spans_of_days(day, day + _SEARCH_DAYS * _ONE_DAY) if span[1] > at)

    def _backward(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = at.date()
        for back in range(_SEARCH_DAYS):
            for start, end in reversed(self._day_spans(day - _ONE_DAY * back)):
                if start < at:
                    yield start, end

    def _spans_of_days(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        day = first
        while day <= last:
            yield from self._day_spans(day)
            day += _ONE_DAY

    def _day_spans(self, day: date) -> list[tuple[datetime, datetime]]:
        spans = self._spans.get(day)
        if spans is None:
            midnight = datetime(day.year, day.month, day.day)
            # A shift that began the day before may reach into this day; no minute is counted twice.
            over = max((b - _DAY_MINUTES for _, b in self.shifts(day - _ONE_DAY)), default=0)
            shifts = [(max(a, over), b) for a, b in self.shifts(day) if b > over]
            spans = [(midnight + timedelta(minutes=a), midnight + timedelta(minutes=b)) for a, b in shifts]
            self._spans[day] = spans
        return spans


def _around(week: tuple[tuple[Shift, ...], ...], day: int) -> list[Shift]:
    return _between_midnights(week[day - 1], week[day])


def _within(calendar: WorkingTime, day: date) -> list[Shift]:
    return _between_midnights(calendar.shifts(day - _ONE_DAY), calendar.shifts(day))


def _between_midnights(before: tuple[Shift, ...], shifts: tuple[Shift, ...]) -> list[Shift]:
    """A day's work between its own midnights, what the day before left over included, no minute twice."""
    over = max((end - _DAY_MINUTES for _, end in before), default=0)
    left = [(0, over)] if over > 0 else []
    return left + [(max(a, over), min(b, _DAY_MINUTES)) for a, b in shifts if min(b, _DAY_MINUTES) > max(a, over)]


def _overlaps(mine: Iterable[Shift], theirs: list[Shift]) -> tuple[Shift, ...]:
    return tuple((max(a, c), min(b, d)) for a, b in mine for c, d in theirs if max(a, c) < min(b, d))


def _weekday_of(chain: list[Calendar], day: int) -> tuple[Shift, ...]:
    for calendar in chain:
        shifts = calendar.week[day]
        if shifts is not None:
            return shifts
    return ()


def _exception_days(exception: CalendarException) -> Iterator[tuple[date, tuple[Shift, ...]]]:
    for day in exception_dates(exception):
        if exception.week is None:
            yield day, exception.shifts
        else:
            shifts = exception.week[day.weekday()]
            if shifts is not None:
                yield day, shifts
