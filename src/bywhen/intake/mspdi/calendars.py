"""Calendars of Microsoft Project's XML: weekdays, exceptions with recurrence, work weeks, and the old-style days.

What does not live here: working-time arithmetic (:mod:`bywhen.kernel.worktime`), writing (``writing``).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bywhen.intake.mspdi import codes
from bywhen.intake.mspdi.elements import child, children, fields_of, flag
from bywhen.intake.mspdi.values import Fields, Values
from bywhen.kernel.plan import STANDARD_WEEK, Calendar, CalendarException, Recurrence, Shift

_Week = tuple[tuple[Shift, ...] | None, ...]
_STANDARD_DAY = STANDARD_WEEK[0] or ()
_EXCEPTION_DAY = 0


def read_calendar(element: Element, values: Values) -> Calendar | None:
    """One ``Calendar`` element, or None when it has no UID."""
    fields = fields_of(element)
    uid = values.whole(fields.get("UID"), -1)
    if uid < 0:
        return None
    values.place = f"calendar {uid}"
    base = values.whole(fields.get("BaseCalendarUID"), -1)
    base_uid = base if base >= 0 and base != uid and not flag(fields, "IsBaseCalendar") else None
    days = children(child(element, "WeekDays"), "WeekDay")
    exceptions = list(_exceptions(element, values)) or list(_old_exceptions(days, values))
    return Calendar(
        uid=uid,
        name=fields.get("Name") or "",
        week=_week(days, values, STANDARD_WEEK if base_uid is None else (None,) * 7),
        base_uid=base_uid,
        exceptions=(*_work_weeks(element, values), *exceptions),
        is_base=flag(fields, "IsBaseCalendar"),
    )


def _week(days: list[Element], values: Values, absent: _Week) -> _Week:
    """Seven entries, Monday first; a day that is not written stays as ``absent`` says."""
    week = list(absent)
    for day in days:
        fields = fields_of(day)
        kind = values.whole(fields.get("DayType"))
        if 1 <= kind <= 7:  # Sunday is 1
            week[(kind - 2) % 7] = _shifts(day, fields, values)
    return tuple(week)


def _shifts(element: Element, fields: Fields, values: Values) -> tuple[Shift, ...]:
    """The working times of a day; a working day without any has the standard ones."""
    if not flag(fields, "DayWorking"):
        return ()
    times = child(element, "WorkingTimes")
    shifts = [_shift(fields_of(time), values) for time in children(times, "WorkingTime")]
    found = tuple(sorted(shift for shift in shifts if shift is not None))
    return found if found or times is not None else _STANDARD_DAY


def _shift(fields: Fields, values: Values) -> Shift | None:
    start, end = (minute_of_day(fields.get(name), values) for name in ("FromTime", "ToTime"))
    if start is None or end is None:
        return None
    return start, end if end > start else end + 1440


def minute_of_day(text: str | None, values: Values) -> int | None:
    """Minutes from midnight of ``08:30:00`` (or of a date-time)."""
    if not text:
        return None
    moment = values.date(text if "T" in text else f"1970-01-01T{text}")
    return None if moment is None else moment.hour * 60 + moment.minute


def _old_exceptions(days: list[Element], values: Values) -> Iterator[CalendarException]:
    """Exceptions as weekdays of type 0: how versions up to 2003 wrote them, and later ones as well, for those."""
    for day in days:
        fields = fields_of(day)
        if values.whole(fields.get("DayType")) == _EXCEPTION_DAY:
            yield from _exception(day, fields, values, name="", recurrence=None)


def _exceptions(calendar: Element, values: Values) -> Iterator[CalendarException]:
    for element in children(child(calendar, "Exceptions"), "Exception"):
        fields = fields_of(element)
        yield from _exception(
            element, fields, values, name=fields.get("Name") or "", recurrence=_recurrence(fields, values)
        )


def _exception(
    element: Element, fields: Fields, values: Values, *, name: str, recurrence: Recurrence | None
) -> Iterator[CalendarException]:
    period = fields_of(child(element, "TimePeriod"))
    first, last = values.date(period.get("FromDate")), values.date(period.get("ToDate"))
    if first is not None:
        end = max(last or first, first).date()
        yield CalendarException(first.date(), end, _shifts(element, fields, values), name, recurrence)


def _work_weeks(calendar: Element, values: Values) -> Iterator[CalendarException]:
    """Alternative weeks; they stand before the exceptions, which win over them."""
    for element in children(child(calendar, "WorkWeeks"), "WorkWeek"):
        period = fields_of(child(element, "TimePeriod"))
        first, last = values.date(period.get("FromDate")), values.date(period.get("ToDate"))
        if first is not None and last is not None and last >= first:
            week = _week(children(child(element, "WeekDays"), "WeekDay"), values, (None,) * 7)
            name = fields_of(element).get("Name") or ""
            yield CalendarException(first.date(), last.date(), name=name, week=week)


def _recurrence(fields: Fields, values: Values) -> Recurrence | None:  # noqa: PLR0911 - one answer a kind
    """How the exception repeats; None for one unbroken run of days."""
    kind = values.whole(fields.get("Type"), codes.EXCEPTION_DAILY)
    every = max(values.whole(fields.get("Period"), 1), 1)
    day, month = values.whole(fields.get("MonthDay")), values.whole(fields.get("Month")) + 1
    weekdays = codes.weekdays_of(values.whole(fields.get("DaysOfWeek")))
    items = codes.MONTH_ITEMS.get(values.whole(fields.get("MonthItem")), ())
    position = values.whole(fields.get("MonthPosition")) + 1
    times = values.whole(fields.get("Occurrences")) if flag(fields, "EnteredByOccurrences") else 0
    match kind:
        case codes.EXCEPTION_DAILY | codes.EXCEPTION_DAY_COUNT:
            return Recurrence("daily", every=every, occurrences=times) if every > 1 else None
        case codes.EXCEPTION_WEEKDAY_COUNT:
            return Recurrence("weekly", weekdays=codes.MONTH_ITEMS[1], occurrences=times)
        case codes.EXCEPTION_WEEKLY:
            return Recurrence("weekly", every=every, weekdays=weekdays, occurrences=times)
        case codes.EXCEPTION_MONTHLY_DAY:
            return Recurrence("monthly_day", every=every, day=day, occurrences=times)
        case codes.EXCEPTION_MONTHLY_POSITION:
            return Recurrence("monthly_position", every=every, weekdays=items, position=position, occurrences=times)
        case codes.EXCEPTION_YEARLY_DAY:
            return Recurrence("yearly_day", every=every, day=day, month=month, occurrences=times)
        case codes.EXCEPTION_YEARLY_POSITION:
            return Recurrence(
                "yearly_position", every=every, weekdays=items, month=month, position=position, occurrences=times
            )
        case _:
            return None
