"""What a rule of the date grammar is, and the meanings that several rules share.

A rule is a pattern at one place and the day it means: a :class:`Meant`, or None where it does not hold after all.
Conventions, all of them told in ``docs/explanation/algorithms/minutes.md``: weeks run Monday to Sunday; the end of a
period is its last working day; early, mid and late are its thirds (weeks: Tuesday, Wednesday, Thursday).

What does not live here: the rules themselves (``datedays``, ``dateperiods``, ``daterelative``, ``dateoccasions``, and
for other languages ``dategerman`` and ``datefrench``), which phrase of a sentence is its deadline
(:mod:`bywhen.meetings.engine.dates`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bywhen.meetings.engine.projecttime import ONE_DAY, ProjectTime, month_span

FARTHEST_UNDATED_DAYS = 300
"""A day and month without a year that would only come after so many days more likely names the past one."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a phrase means: the day ``on`` (None: vague or past, no day), the ``first`` day of a period it names,
    ``ends`` when the phrase itself says the end of something, ``past`` when it lies behind the meeting.
    """

    on: date | None
    first: date | None = None
    ends: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class DateRule:
    """One rule: a name that is kept with each date it found, its pattern, its meaning and how sure it is."""

    name: str
    pattern: re.Pattern[str]
    meaning: Callable[[re.Match[str], ProjectTime], Meant | None]
    confidence: float


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that holds from ``start`` to ``end`` of a text."""

    start: int
    end: int
    rule: str
    meant: Meant
    confidence: float


Meaning = Callable[[re.Match[str], ProjectTime], Meant | None]


def rule_into(rules: list[DateRule], name: str, pattern: str, confidence: float) -> Callable[[Meaning], Meaning]:
    """Register the decorated meaning under its pattern in a list of rules."""

    def register(meaning: Meaning) -> Meaning:
        rules.append(DateRule(name, re.compile(pattern, re.IGNORECASE), meaning, confidence))
        return meaning

    return register


def longest(rules: list[DateRule], text: str, at: int, time: ProjectTime) -> Found | None:
    """The rule that holds for most of ``text`` from exactly ``at`` on; of equals the surer one."""
    best: Found | None = None
    for rule in rules:
        match = rule.pattern.match(text, at)
        if match is None or (best and (match.end(), rule.confidence) <= (best.end, best.confidence)):
            continue
        meant = rule.meaning(match, time)
        if meant is not None:
            best = Found(at, match.end(), rule.name, meant, rule.confidence)
    return best


def safe_date(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has none ("31 February")."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def undated(month: int, day: int, time: ProjectTime) -> date | None:
    """A day and month without a year: the next one, unless that is so far off that the past one is likelier."""
    coming = (safe_date(time.held_on.year + n, month, day) for n in range(5))
    found = next((d for d in coming if d and d >= time.held_on), None)
    return found if found and (found - time.held_on).days <= FARTHEST_UNDATED_DAYS else None


def day_meant(on: date | None) -> Meant | None:
    """A known day as a meaning."""
    return Meant(on) if on else None


def last_working(span: tuple[date, date], time: ProjectTime, *, ends: bool = False) -> Meant:
    """The last working day of a period."""
    return Meant(time.working_day_until(span[1]), span[0], ends)


def part_of(span: tuple[date, date], part: str, time: ProjectTime) -> Meant:
    """Early, mid, late, start or end of a period, or one half of it; '' is all of it."""
    first, last = span
    part = part.lower()
    if part.endswith("half"):
        middle = first + timedelta(days=((last - first).days + 1) // 2 - 1)
        return last_working(span if not part.startswith("first") else (first, middle), time)
    if re.match(r"end|late|close|last", part) or part == "":
        return last_working(span, time, ends=bool(re.match(r"end|close", part)))
    if re.match(r"start|beginning", part):
        return Meant(time.working_day_from(first), first)
    days = (last - first).days + 1
    if days == 7:
        offset = 1 if part.startswith("early") else 2
    else:
        offset = days // 3 - 1 if part.startswith("early") else days // 2 - 1
    return Meant(time.working_day_until(first + timedelta(days=offset)), first)


def coming_month(month: int, year: int | None, time: ProjectTime) -> tuple[date, date]:
    """First and last day of a month; without a year the running or next one."""
    if year is None:
        year = time.held_on.year + (month < time.held_on.month)
    return month_span(year, month)


def periods_ahead(which: str | None, after: str | None) -> int:
    """How many periods ahead: this 0, next 1, "after next" 2."""
    if after:
        return 2
    return 1 if which and re.search(r"next|following", which, re.IGNORECASE) else 0


def period(unit: str, ahead: int, time: ProjectTime, *, fiscal: bool = False) -> tuple[date, date] | None:
    """First and last day of a week, month, quarter, year or sprint; None for a sprint that is not known."""
    unit = unit.lower()
    if unit in ("sprint", "iteration"):
        return time.sprint(ahead)
    if unit == "year":
        return time.year(ahead, fiscal=fiscal)
    return {"week": time.week, "month": time.month, "quarter": time.quarter}[unit](ahead)


def dated(day: int, month: int, year: int | None, weekday: int | None, time: ProjectTime) -> Meant:
    """A day and month that were said, perhaps with year and weekday (Monday = 0).

    A weekday that contradicts the date gives no day: one of them is a slip.
    """
    on = safe_date(year, month, day) if year else undated(month, day, time)
    if on and weekday is not None and on.weekday() != weekday:
        return Meant(None)
    return Meant(on) if on else Meant(None, past=not year)


def weekday_ahead(number: int, time: ProjectTime, *, weeks: int | None = None) -> date:
    """The next such weekday (Monday = 0) after the meeting's day, or the one in the week ``weeks`` ahead."""
    if weeks is not None:
        return time.week(weeks)[0] + number * ONE_DAY
    return time.held_on + ONE_DAY * ((number - time.held_on.weekday() - 1) % 7 + 1)
