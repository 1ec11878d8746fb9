"""Calendars as Microsoft Project XML; the inverse of ``calendars``."""

from __future__ import annotations

from bywhen.intake.mspdi import codes
from bywhen.intake.mspdi.markup import Markup
from bywhen.kernel.plan import Calendar, CalendarException, Recurrence, Shift

_PATTERNS = {
    "daily": codes.EXCEPTION_DAILY,
    "weekly": codes.EXCEPTION_WEEKLY,
    "monthly_day": codes.EXCEPTION_MONTHLY_DAY,
    "monthly_position": codes.EXCEPTION_MONTHLY_POSITION,
    "yearly_day": codes.EXCEPTION_YEARLY_DAY,
    "yearly_position": codes.EXCEPTION_YEARLY_POSITION,
}
_ITEMS = {weekdays: item for item, weekdays in codes.MONTH_ITEMS.items()}
_Week = tuple[tuple[Shift, ...] | None, ...]


def write_calendar(out: Markup, calendar: Calendar) -> None:
    """One ``Calendar`` element. A base calendar's day that is not given is written as not worked."""
    base = calendar.base_uid is None
    out.open("Calendar")
    out.code("UID", calendar.uid)
    out.text("Name", calendar.name)
    out.flag("IsBaseCalendar", value=base)
    out.code("BaseCalendarUID", -1 if calendar.base_uid is None else calendar.base_uid)
    _write_week(out, tuple((day or ()) if base else day for day in calendar.week))
    exceptions = [each for each in calendar.exceptions if each.week is None]
    if exceptions:
        out.open("Exceptions")
        for each in exceptions:
            _write_exception(out, each)
        out.close("Exceptions")
    _write_work_weeks(out, [each for each in calendar.exceptions if each.week is not None])
    out.close("Calendar")


def _write_week(out: Markup, week: _Week) -> None:
    if all(day is None for day in week):
        return
    out.open("WeekDays")
    for kind in range(1, 8):  # Sunday is 1
        shifts = week[(kind - 2) % 7]
        if shifts is not None:
            out.open("WeekDay")
            out.code("DayType", kind)
            _write_shifts(out, shifts)
            out.close("WeekDay")
    out.close("WeekDays")


def _write_shifts(out: Markup, shifts: tuple[Shift, ...]) -> None:
    out.flag("DayWorking", value=bool(shifts))
    if shifts:
        out.open("WorkingTimes")
        for start, end in shifts:
            out.open("WorkingTime")
            out.code("FromTime", clock(start))
            out.code("ToTime", clock(end))
            out.close("WorkingTime")
        out.close("WorkingTimes")


def _write_period(out: Markup, exception: CalendarException) -> None:
    out.open("TimePeriod")
    out.day("FromDate", exception.first, "00:00:00")
    out.day("ToDate", exception.last, "23:59:00")
    out.close("TimePeriod")


def _write_exception(out: Markup, exception: CalendarException) -> None:
    repeat = exception.recurrence
    out.open("Exception")
    out.flag("EnteredByOccurrences", value=bool(repeat and repeat.occurrences))
    _write_period(out, exception)
    days = (exception.last - exception.first).days + 1
    out.code("Occurrences", (repeat.occurrences or 1) if repeat else days)
    out.text("Name", exception.name)
    out.code("Type", _PATTERNS[repeat.pattern] if repeat else codes.EXCEPTION_DAILY)
    if repeat:
        _write_recurrence(out, repeat)
    _write_shifts(out, exception.shifts)
    out.close("Exception")


def _write_recurrence(out: Markup, repeat: Recurrence) -> None:
    out.code("Period", repeat.every)
    if repeat.pattern == "weekly":
        out.code("DaysOfWeek", codes.mask_of(repeat.weekdays))
    if repeat.position:
        out.code("MonthItem", _ITEMS.get(repeat.weekdays, 0))
        out.code("MonthPosition", repeat.position - 1)
    if repeat.month:
        out.code("Month", repeat.month - 1)
    if repeat.day:
        out.code("MonthDay", repeat.day)


def _write_work_weeks(out: Markup, weeks: list[CalendarException]) -> None:
    if not weeks:
        return
    out.open("WorkWeeks")
    for each in weeks:
        out.open("WorkWeek")
        _write_period(out, each)
        out.text("Name", each.name)
        _write_week(out, each.week or ())
        out.close("WorkWeek")
    out.close("WorkWeeks")


def clock(minute: int) -> str:
    """Minutes from midnight as a time of day; midnight at the end of the day is 00:00.

    >>> clock(510), clock(1440)
    ('08:30:00', '00:00:00')
    """
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}:00"
