"""Calendars as Primavera holds them: one week, single days that differ, nothing across midnight; and as text.

The inverse of ``calendars``. What does not live here: how exceptions recur (:mod:`bywhen.kernel.recurrence`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bywhen.intake.xer.calendars import DAY_ZERO
from bywhen.kernel.plan import Calendar, CalendarException, Shift
from bywhen.kernel.worktime import WorkingTime

_ROUND_THE_CLOCK = WorkingTime("24 hours", (((0, 1440),),) * 7)
_MOST_EXCEPTIONS = 10_000
_BREAK = "\x7f\x7f"


def flat(calendar: Calendar, calendars: Mapping[int, Calendar]) -> Calendar:
    """The same working time without a base, recurring exceptions, work weeks or shifts across midnight."""
    resolved = WorkingTime.from_calendar(calendar, calendars)
    # What a calendar shares with one round the clock is itself, cut at midnight.
    time = resolved.common(_ROUND_THE_CLOCK)
    days = sorted((day, shifts) for day, shifts in time.days.items() if shifts != time.week[day.weekday()])
    kept = [CalendarException(day, day, shifts) for day, shifts in days if day > DAY_ZERO]
    return replace(calendar, week=time.week, base_uid=None, exceptions=tuple(kept[:_MOST_EXCEPTIONS]))


def calendar_text(calendar: Calendar) -> str:
    """The column ``clndr_data`` of a flat calendar."""
    days = (_node(str((day + 1) % 7 + 1), "", _shift_nodes(calendar.week[day] or ())) for day in (6, *range(6)))
    exceptions = (
        _node(str(number), f"d|{_serial(each.first)}", _shift_nodes(each.shifts))
        for number, each in enumerate(calendar.exceptions)
    )
    return _node(
        "CalendarData",
        "",
        (_node("DaysOfWeek", "", days), _node("VIEW", "ShowTotal|N", ()), _node("Exceptions", "", exceptions)),
    )


def _node(name: str, attributes: str, children: Iterable[str]) -> str:
    inside = _BREAK.join(children)
    return f"(0||{name}({attributes})({_BREAK}{inside}))" if inside else f"(0||{name}({attributes})())"


def _shift_nodes(shifts: Iterable[Shift]) -> list[str]:
    return [_node(str(number), f"s|{_clock(start)}|f|{_clock(end)}", ()) for number, (start, end) in enumerate(shifts)]


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def _serial(day: date) -> int:
    return (day - DAY_ZERO).days
