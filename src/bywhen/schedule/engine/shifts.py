"""Calendars as shift tables: the arrays the sweep looks working time up in.

Instants inside the engine are whole **seconds** counted from the day before 0001-01-01 (``date.toordinal() * 86400``),
so that tenths of a minute, Microsoft Project's own grain, are exact. Work is counted in working seconds from the
table's start.

What does not live here: resolving calendars (:mod:`bywhen.kernel.worktime`), the sweep (:mod:`.sweep`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import accumulate, islice
from typing import NamedTuple

from bywhen.kernel.errors import CalendarEmptyError
from bywhen.kernel.worktime import WorkingTime

DAY = 86_400
LAST_DAY = date(2600, 1, 1).toordinal()
"""No plan is computed beyond this day; what runs past it is an input error, not a schedule."""
_EDGE = 1 << 42
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
    return datetime.fromordinal(seconds // DAY) + timedelta(seconds=seconds % DAY)


class Shifts(NamedTuple):
    """The shifts of all calendars, one calendar after the other.

    ``start`` and ``end`` are instants, ``done`` the working seconds before each shift; calendar ``c`` owns the rows
    ``low[c]`` to ``high[c]``, end excluded.
    """

    start: list[int]
    end: list[int]
    done: list[int]
    low: list[int]
    high: list[int]


def shift_table(calendars: Iterable[WorkingTime], first_day: int, last_day: int) -> Shifts:
    """Lay the calendars out from ``first_day`` to ``last_day`` (ordinals, end excluded); touching shifts are merged.

    Raises:
        CalendarEmptyError: when a calendar has no working time between these days.
    """
    table = Shifts([], [], [], [], [])
    for calendar in calendars:
        table.low.append(len(table.start))
        _append(table, calendar, first_day, last_day)
        table.high.append(len(table.start))
    return table


def _append(table: Shifts, calendar: WorkingTime, first_day: int, last_day: int) -> None:
    spans = _spans(calendar, first_day, last_day)
    if not spans:
        raise CalendarEmptyError(calendar.name)
    begin, stop = first_day * DAY, max(last_day * DAY, spans[-1][1])
    rows = [(begin - _EDGE, begin - 60), *spans, (stop + 60, stop + _EDGE)]
    table.start.extend(start for start, _ in rows)
    table.end.extend(end for _, end in rows)
    table.done.extend(islice(accumulate((end - start for start, end in rows), initial=0), len(rows)))


def _spans(calendar: WorkingTime, first_day: int, last_day: int) -> list[tuple[int, int]]:
    week = [[(a * 60, b * 60) for a, b in shifts] for shifts in calendar.week]
    days = {day.toordinal(): [(a * 60, b * 60) for a, b in shifts] for day, shifts in calendar.days.items()}
    usual: list[tuple[int, int]] = []
    for day in range(7):
        _add_day(usual, [(day * DAY + a, day * DAY + b) for a, b in week[(first_day + day - 1) % 7] if a < b])
    unusual = {(day - first_day) // 7 for day in days}
    spans: list[tuple[int, int]] = []
    for number, first in enumerate(range(first_day, last_day, 7)):
        begin = first * DAY
        if usual and number not in unusual and first + 7 <= last_day and _ends(spans) <= begin + usual[0][0]:
            # Nothing reaches into it: the week is the same as every other, which is most weeks of most calendars.
            _add_day(spans, [(begin + usual[0][0], begin + usual[0][1])])
            spans += [(begin + a, begin + b) for a, b in usual[1:]]
            continue
        for day in range(first, min(first + 7, last_day)):
            shifts = days[day] if day in days else week[(day - 1) % 7]
            _add_day(spans, [(day * DAY + a, day * DAY + b) for a, b in shifts])
    return spans


def _ends(spans: list[tuple[int, int]]) -> int:
    return spans[-1][1] if spans else -1


def _add_day(spans: list[tuple[int, int]], shifts: list[tuple[int, int]]) -> None:
    """Append a day's shifts; what touches or overlaps what is there becomes one with it."""
    for start, end in shifts:
        last = _ends(spans)
        if end <= max(start, last):
            continue
        if spans and start <= last:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
