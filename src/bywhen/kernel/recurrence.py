"""The days on which a repeating calendar exception falls.

What does not live here: working time (:mod:`bywhen.kernel.worktime`), recurring meetings (room ``meetings``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from bywhen.kernel.plan import CalendarException, Recurrence

_ONE_DAY = timedelta(days=1)
_LAST_POSITION = 5
_FIRST, _LAST = date(1900, 1, 1), date(2299, 12, 31)


def exception_dates(exception: CalendarException) -> Iterator[date]:
    """The days of ``exception``, ascending, within its ``first`` and ``last`` day; all of them without a recurrence.

    Weeks count from Monday, and an interval of weeks, months or years counts from the one that ``first`` falls in. A
    month without the day (31 February) has none. Position 5 is the last. Days before 1900 and after 2299 are left out:
    no work is planned there, and an exception without an end would have millions of them.

    >>> rule = Recurrence("monthly_position", weekdays=(4,), position=5)
    >>> last_fridays = CalendarException(date(2026, 11, 1), date(2027, 1, 1), recurrence=rule)
    >>> [day.isoformat() for day in exception_dates(last_fridays)]
    ['2026-11-27', '2026-12-25']
    """
    begin, end = max(exception.first, _FIRST), min(exception.last, _LAST)
    days = (begin + _ONE_DAY * n for n in range((end - begin).days + 1))
    rule = exception.recurrence
    if rule is None:
        return days
    found = (day for day in days if _falls_on(day, rule, exception.first))
    return islice(found, rule.occurrences) if rule.occurrences else found


def _falls_on(day: date, rule: Recurrence, first: date) -> bool:
    every = max(rule.every, 1)
    if rule.pattern == "daily":
        return (day - first).days % every == 0
    if rule.pattern == "weekly":
        weeks = (day.toordinal() - 1) // 7 - (first.toordinal() - 1) // 7
        return weeks % every == 0 and day.weekday() in rule.weekdays
    months = (day.year - first.year) * 12 + day.month - first.month
    if rule.pattern.startswith("yearly"):
        due = day.month == rule.month and (day.year - first.year) % every == 0
    else:
        due = months % every == 0
    return due and (day.day == rule.day if rule.pattern.endswith("_day") else _in_position(day, rule))


def _in_position(day: date, rule: Recurrence) -> bool:
    """Whether ``day`` is the rule's n-th (or last) of its weekdays in the month."""
    if day.weekday() not in rule.weekdays:
        return False
    if rule.position == _LAST_POSITION:
        later = (day + _ONE_DAY * n for n in range(1, 8))
        return not any(each.month == day.month and each.weekday() in rule.weekdays for each in later)
    earlier = (day.replace(day=n) for n in range(1, day.day + 1))
    return sum(each.weekday() in rule.weekdays for each in earlier) == rule.position
