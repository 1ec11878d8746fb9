"""Calendars as shift tables: the arrays the sweep looks working time up in.

Instants inside the engine are whole **seconds** counted from the day before 0001-01-01 (``date.toordinal() * 86400``),
so that tenths of a minute, Microsoft Project's own grain, are exact. Work is counted in working seconds from the
table's start.

What does not live here: resolving calendars (:mod:`bywhen.kernel.worktime`), the sweep (:mod:`.sweep`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bywhen.kernel.errors import CalendarEmptyError
from bywhen.kernel.plan import Shift
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.columns import PLAIN, Column, Columns

DAY = 86_400
_WEEK = 7 * DAY
FIRST_DAY, LAST_DAY = date(2, 1, 1).toordinal(), date(2600, 1, 1).toordinal()
"""No plan is computed before or beyond these days; what runs past them is an input error, not a schedule."""
LONGEST = 1 << 38
"""The longest length in seconds, 8,700 years: beyond anything that can be computed, yet many of them can be added."""
_FIRST = datetime(1, 1, 1)
_EDGE = 1 << 48
"""Length of the pretended shift before and after a table: instants that land there show that the table is too short."""

ROUND_THE_CLOCK = WorkingTime("24 Hours", (((0, 1440),),) * 7)
"""The calendar of elapsed durations."""


def seconds_of(at: datetime) -> int:
    """The engine's instant of a date-time; parts of a second are dropped.

    >>> moment_of(seconds_of(datetime(2026, 11, 23, 8, 30))).isoformat()
    '2026-11-23T08:30:00'
    """
    return at.toordinal() * DAY + at.hour * 3600 + at.minute * 60 + at.second


def moment_of(seconds: int) -> datetime:
    """The date-time of an engine's instant."""
    return _FIRST + timedelta(0, seconds - DAY)


def seconds_for(minutes: float) -> int:
    """A length in whole seconds; absurd ones are cut to :data:`LONGEST`, which no plan's calendars can hold.

    >>> seconds_for(0.1), seconds_for(-1e300) == -LONGEST
    (6, True)
    """
    return round(min(max(minutes * 60, -LONGEST), LONGEST))


class Shifts(NamedTuple):
    """The shifts of all calendars, one calendar after the other.

    ``start`` and ``end`` are instants, ``done`` the working seconds before each shift; calendar ``c`` owns the rows
    ``low[c]`` to ``high[c]``, end excluded.
    """

    start: Column
    end: Column
    done: Column
    low: Column
    high: Column


def shift_table(calendars: Iterable[WorkingTime], first_day: int, last_day: int, columns: Columns = PLAIN) -> Shifts:
    """Lay the calendars out from ``first_day`` to ``last_day`` (ordinals, end excluded); touching shifts are merged.

    Raises:
        CalendarEmptyError: when a calendar has no working time between these days.
    """
    start, end, low, high = columns.of([]), columns.of([]), list[int](), list[int]()
    for calendar in calendars:
        low.append(len(start))
        rows = _laid_out(calendar, first_day, last_day, columns)
        start.extend(rows.start)
        end.extend(rows.end)
        high.append(len(start))
    done = columns.filled(0, len(start))
    for first, stop in zip(low, high, strict=True):
        columns.run(add_up, first, stop, start, end, done)
    return Shifts(start, end, done, columns.of(low), columns.of(high))


def add_up(first: int, stop: int, start: Column, end: Column, done: Column) -> None:
    """Fill in how much work is done before each of the shifts from ``first`` to ``stop``, that one excluded."""
    work = 0
    for row in range(first, stop):
        done[row] = work
        work += end[row] - start[row]


def _laid_out(calendar: WorkingTime, first_day: int, last_day: int, columns: Columns) -> _Rows:
    """A calendar's shifts, between two that pretend to go on for ever."""
    begin = first_day * DAY
    rows = _Rows(begin - _EDGE, begin - 60, columns)
    week, days = _pattern(calendar)
    unusual = sorted({(day - first_day) // 7 for day in days if first_day <= day < last_day})
    whole = (last_day - first_day) // 7
    number = 0
    for odd in [*(each for each in unusual if each < whole), whole]:
        rows.add_weeks(first_day + 7 * number, odd - number, week)
        for day in range(first_day + 7 * odd, min(first_day + 7 * odd + 7, last_day)):
            rows.add_day(day, days[day] if day in days else week[(day - 1) % 7])
        number = odd + 1
    if len(rows.start) == 1:
        raise CalendarEmptyError(calendar.name)
    stop = max(last_day * DAY, rows.end[-1])
    rows.start.append(stop + 60)
    rows.end.append(stop + _EDGE)
    return rows


def _pattern(calendar: WorkingTime) -> tuple[list[list[Shift]], dict[int, list[Shift]]]:
    """A calendar's week, and the days that differ from it by their ordinals, in seconds from midnight."""
    week = [[(a * 60, b * 60) for a, b in shifts] for shifts in calendar.week]
    return week, {day.toordinal(): [(a * 60, b * 60) for a, b in shifts] for day, shifts in calendar.days.items()}


class _Rows:
    """The shifts of one calendar while they are laid out; what touches or overlaps the last one becomes one with it."""

    def __init__(self, start: int, end: int, columns: Columns) -> None:
        self.columns = columns
        self.start, self.end = columns.of([start]), columns.of([end])

    def add_day(self, day: int, shifts: list[Shift]) -> None:
        for begin, end in shifts:
            self._add(day * DAY + begin, day * DAY + end)

    def _add(self, start: int, end: int) -> None:
        last = self.end[-1]
        if end <= max(start, last):
            return
        if start <= last:
            self.end[-1] = end
        else:
            self.start.append(start)
            self.end.append(end)

    def add_weeks(self, first: int, count: int, week: list[list[Shift]]) -> None:
        """So many usual weeks from day ``first`` on. The first one is laid out day by day, because something may reach
        into it; the others repeat it, unless each reaches into the next.
        """
        if count > 0:
            self._add_days(first, 7, week)
        if count <= 1:
            return
        begin, stop = (first + 7) * DAY, (first + 7 * count) * DAY
        one = _Rows(-_EDGE, -_EDGE, PLAIN)
        one._add_days(first + 7, 7, week)
        starts, ends = [at - begin for at in one.start[1:]], [at - begin for at in one.end[1:]]
        if starts and ends[0] - starts[0] >= _WEEK:
            self._add(begin + starts[0], stop - _WEEK + ends[-1])
        elif ends and (ends[-1] - _WEEK >= starts[0] or self.end[-1] >= begin + starts[0]):
            self._add_days(first + 7, 7 * (count - 1), week)
        else:
            self.start.extend(self.columns.repeated([begin + at for at in starts], _WEEK, count - 1))
            self.end.extend(self.columns.repeated([begin + at for at in ends], _WEEK, count - 1))

    def _add_days(self, first: int, count: int, week: list[list[Shift]]) -> None:
        for day in range(first, first + count):
            self.add_day(day, week[(day - 1) % 7])
