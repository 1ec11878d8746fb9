"""The rules of the date grammar: each is a pattern at one place and the day it means.

A rule answers a :class:`Meant`, or None where it does not hold after all. Conventions, all of them told in
``docs/explanation/algorithms/minutes.md``: weeks run Monday to Sunday; a bare weekday is the next one after the
meeting's day; ``next`` weekday is the one in the next week; the end of a period is its last working day; early, mid
and late are its thirds (weeks: Tuesday, Wednesday, Thursday); counted days run on the calendar, business days on
working time.

What does not live here: which phrase of a sentence is its deadline (:mod:`bywhen.meetings.engine.dates`).
"""

# ruff: noqa: E501 - a pattern stays one line, and people type dashes and quotes of every kind
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bywhen.meetings.engine.datewords import (
    MONTH,
    ORDINAL,
    ORDINALS,
    WEEKDAY,
    month_number,
    weekday_number,
    year_of,
)
from bywhen.meetings.engine.projecttime import ONE_DAY, ProjectTime, month_span

_NEXT = ("next", "following", "the following")
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


RULES: list[DateRule] = []
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


def _rule(name: str, pattern: str, confidence: float) -> Callable[[Meaning], Meaning]:
    return rule_into(RULES, name, pattern, confidence)


_OPTIONAL_YEAR = r"(?:,?\s+(?P<year>\d{4})\b|\s*'(?P<short>\d{2})\b)?"


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _undated(month: int, day: int, time: ProjectTime) -> date | None:
    """A day and month without a year: the next one, unless that is so far off that the past one is likelier."""
    coming = (_safe(time.held_on.year + n, month, day) for n in range(5))
    found = next((d for d in coming if d and d >= time.held_on), None)
    return found if found and (found - time.held_on).days <= FARTHEST_UNDATED_DAYS else None


def _day(on: date | None) -> Meant | None:
    return Meant(on) if on else None


def _year_in(match: re.Match[str]) -> int | None:
    word = match["year"] or match["short"]
    return year_of(word) if word else None


def _last_working(span: tuple[date, date], time: ProjectTime, *, ends: bool = False) -> Meant:
    return Meant(time.working_day_until(span[1]), span[0], ends)


def _part(span: tuple[date, date], part: str, time: ProjectTime) -> Meant:
    """Early, mid, late, start or end of a period."""
    first, last = span
    part = part.lower()
    if re.match(r"end|late|close|last", part) or part == "":
        return _last_working(span, time, ends=bool(re.match(r"end|close", part)))
    if re.match(r"start|beginning", part):
        return Meant(time.working_day_from(first), first)
    days = (last - first).days + 1
    if days == 7:
        offset = 1 if part.startswith("early") else 2
    else:
        offset = days // 3 - 1 if part.startswith("early") else days // 2 - 1
    return Meant(time.working_day_until(first + timedelta(days=offset)), first)


# --- days that are written out ----------------------------------------------------------------------------------


@_rule("iso", r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", 0.99)
def _iso(match: re.Match[str], _time: ProjectTime) -> Meant | None:
    return _day(_safe(int(match[1]), int(match[2]), int(match[3])))


@_rule("numeric", r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\b", 0.95)
def _numeric(match: re.Match[str], time: ProjectTime) -> Meant | None:
    first, second, year = int(match[1]), int(match[3]), year_of(match[4])
    order = "DMY" if match[2] == "." or first > 12 else "MDY" if second > 12 or first == second else time.day_order
    if not order:
        return Meant(None)
    return _day(_safe(year, second, first) if order == "DMY" else _safe(year, first, second))


@_rule("numeric", r"(?<![\d./])(\d{1,2})([./])(\d{1,2})(?:(?<=\.)|\.(?!\d)|(?![\d./%]))", 0.7)
def _numeric_short(match: re.Match[str], time: ProjectTime) -> Meant | None:
    first, second = int(match[1]), int(match[3])
    dotted = match[2] == "."
    if dotted and not match[0].endswith("."):
        return None
    order = "DMY" if dotted or first > 12 else "MDY" if second > 12 or first == second else time.day_order
    if not order:
        return Meant(None)
    day, month = (first, second) if order == "DMY" else (second, first)
    return _day(_undated(month, day, time)) if month <= 12 else None


_NAMED_DAY = (
    rf"(?:(?P<weekday>{WEEKDAY})\.?,?\s+(?:the\s+)?)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*(?P<month>{MONTH})(?:-(?P<dash>\d{{2,4}})\b)?"
    rf"|(?P<month2>{MONTH})\s+(?:the\s+)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.]\d|\d|\s*(?:%|percent|people|days|hours|of us)))"
)


@_rule("day-month", rf"\b{_NAMED_DAY}{_OPTIONAL_YEAR}", 0.96)
def _day_month(match: re.Match[str], time: ProjectTime) -> Meant | None:
    month, day = month_number(match["month"] or match["month2"]), int(match["day"] or match["day2"])
    year = year_of(match["dash"]) if match["dash"] else _year_in(match)
    on = _safe(year, month, day) if year else _undated(month, day, time)
    if on and match["weekday"] and on.weekday() != weekday_number(match["weekday"]):
        return Meant(None)  # the weekday contradicts the date: one of them is a slip of the tongue
    return Meant(on) if on else Meant(None, past=not year)


_AFTER_ORDINAL = (
    r"(?=\s*(?:$|[.,;:!?)]|of (?:this|next|the) month|(?:and|or|at|so|for|if|but|latest|to|with|please|we|i|because|then"
    r"|when|since|as|on|in|by|though|instead|rather|not|before|after|[a-z]+ing|eod|cob)\b))"
)


@_rule(
    "ordinal-day",
    rf"\b(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b{_AFTER_ORDINAL}(?P<of>\s+of\s+(?P<which>this|next|the)\s+month)?",
    0.88,
)
def _ordinal_day(match: re.Match[str], time: ProjectTime) -> Meant | None:
    day = int(match["day"])
    if match["of"]:
        first, _ = time.month(1 if match["which"].lower() == "next" else 0)
        return _day(_safe(first.year, first.month, day))
    months = (time.month(n)[0] for n in range(4))
    days = (_safe(m.year, m.month, day) for m in months)
    return _day(next((d for d in days if d and d >= time.held_on), None))


@_rule(
    "nth-weekday",
    rf"\b(?:the\s+)?(?P<nth>{ORDINAL})\s+(?P<weekday>{WEEKDAY})\s+(?:of|in)\s+(?:(?P<which>this|next|the)\s+month|(?P<month>{MONTH}))",
    0.93,
)
def _nth_weekday(match: re.Match[str], time: ProjectTime) -> Meant | None:
    first, last = _month_meant(match, time)
    days = [first + ONE_DAY * n for n in range((last - first).days + 1)]
    fitting = [d for d in days if d.weekday() == weekday_number(match["weekday"])]
    nth = ORDINALS[match["nth"].lower()]
    return _day(fitting[nth if nth < 0 else nth - 1]) if nth <= len(fitting) else None


@_rule(
    "nth-week",
    rf"\b(?:the\s+)?(?P<nth>{ORDINAL})\s+week\s+(?:of|in)\s+(?:(?P<which>this|next|the)\s+month|(?P<month>{MONTH}))",
    0.8,
)
def _nth_week(match: re.Match[str], time: ProjectTime) -> Meant | None:
    first, last = _month_meant(match, time)
    nth = ORDINALS[match["nth"].lower()]
    if nth < 0:
        return _last_working((last - 6 * ONE_DAY, last), time)
    begin = first + timedelta(weeks=nth - 1)
    return _last_working((begin, min(begin + 6 * ONE_DAY, last)), time)


@_rule(
    "last-day",
    r"\b(?:the\s+)?(?P<nth>first|last)\s+(?P<working>working |business )?day\s+of\s+(?P<which>this|next|the)\s+(?P<unit>month|week|quarter|year)",
    0.93,
)
def _last_day(match: re.Match[str], time: ProjectTime) -> Meant | None:
    span = _period(match["unit"], 1 if match["which"].lower() == "next" else 0, time)
    if span is None:
        return None
    if match["nth"].lower() == "first":
        return Meant(time.working_day_from(span[0]) if match["working"] else span[0])
    return Meant(time.working_day_until(span[1]) if match["working"] else span[1], ends=True)


def _month_meant(match: re.Match[str], time: ProjectTime) -> tuple[date, date]:
    if match["month"]:
        return _coming_month(month_number(match["month"]), None, time)
    return time.month(1 if match["which"].lower() == "next" else 0)


def _coming_month(month: int, year: int | None, time: ProjectTime) -> tuple[date, date]:
    if year is None:
        year = time.held_on.year + (month < time.held_on.month)
    return month_span(year, month)


# --- weekdays ----------------------------------------------------------------------------------------------------


@_rule(
    "weekday",
    rf"\b(?:(?P<which>this|this coming|coming|next|the following|following)\s+)?(?P<weekday>{WEEKDAY})(?!s\b)(?:\s+(?:of\s+)?(?P<week>this week|next week|the week after next|week after next|after next|week))?",
    0.93,
)
def _weekday(match: re.Match[str], time: ProjectTime) -> Meant | None:
    number, which, week = (
        weekday_number(match["weekday"]),
        (match["which"] or "").lower(),
        (match["week"] or "").lower(),
    )
    if len(match["weekday"]) < 4 and not match["weekday"][0].isupper() and not (which or week):
        return None  # "sat", "sun", "wed" in lower case are more often other words
    days_on = (number - time.held_on.weekday() - 1) % 7 + 1
    if "after next" in week:
        return Meant(time.week(2)[0] + timedelta(days=number))
    if week in ("this week", "next week") or which in _NEXT:
        return Meant(time.week(0 if week == "this week" else 1)[0] + timedelta(days=number))
    if which == "this" and days_on == 7:
        return Meant(time.held_on)
    return Meant(time.held_on + timedelta(days=days_on + 7 * (week == "week")))


@_rule("weekday-of-week", rf"\b(?P<which>next|this)\s+week(?:\s+on|'s)?,?\s+(?P<weekday>{WEEKDAY})", 0.95)
def _week_weekday(match: re.Match[str], time: ProjectTime) -> Meant | None:
    monday = time.week(match["which"].lower() == "next")[0]
    return Meant(monday + timedelta(days=weekday_number(match["weekday"])))


# --- today, tomorrow ------------------------------------------------------------------------------------------


@_rule(
    "today",
    r"\b(?:today|tonight|this (?:morning|afternoon|evening)|eod|cob|end of (?:the |this )?(?:business )?(?:day|play)|close of (?:business|play)(?: today)?|end of business|before (?:we|you) (?:leave|go) today|by lunch(?:time)?(?! on)|by noon(?! on))\b(?!'s)",
    0.95,
)
def _today(_match: re.Match[str], time: ProjectTime) -> Meant | None:
    return Meant(time.held_on, ends=True)


@_rule("tomorrow", r"\b(?:the\s+)?(?P<after>day after\s+)?tomorrow\b", 0.97)
def _tomorrow(match: re.Match[str], time: ProjectTime) -> Meant | None:
    return Meant(time.held_on + ONE_DAY * (2 if match["after"] else 1))


@_rule("next-working-day", r"\b(?:the\s+)?next (?:working|business) day\b", 0.95)
def _next_working_day(_match: re.Match[str], time: ProjectTime) -> Meant | None:
    return Meant(time.working_time.add_days(time.held_on, 1))


# --- parts of weeks, months, quarters, years -----------------------------------------------------------------

_PART = r"(?P<part>early|mid(?:dle)?|late(?:r)?|end|close|start|beginning)"
_OF = r"(?:[\s-]+(?:part\s+)?(?:of\s+|in\s+)?)"


@_rule(
    "part-of-period",
    rf"\b(?:the\s+(?:very\s+)?)?{_PART}{_OF}(?:the\s+)?(?P<which>this|next|the following|following|current|coming)?\s*(?P<fiscal>(?:fiscal|financial)\s+)?(?P<unit>week|month|quarter|year|sprint|iteration)(?P<after>\s+after next)?\b(?!s\b|end|ly)",
    0.88,
)
def _part_of_period(match: re.Match[str], time: ProjectTime) -> Meant | None:
    ahead = _ahead(match["which"], match["after"])
    span = _period(match["unit"], ahead, time, fiscal=bool(match["fiscal"]))
    return _part(span, match["part"], time) if span else Meant(None)


@_rule("midweek", r"\bmid-?week\b(?P<next>\s+next week)?", 0.8)
def _midweek(match: re.Match[str], time: ProjectTime) -> Meant | None:
    first, last = time.week(1 if match["next"] else 0)
    return _part((first, last), "mid", time)


@_rule(
    "period-end",
    r"\b(?:(?P<which>this|next|the)\s+)?(?:(?P<unit>month|quarter|year|week|sprint)(?:[ -]|'s )?end\b|(?P<short>eow|eom|eoq|eoy)\b)(?P<next>\s+next (?:week|month|quarter|year))?",
    0.9,
)
def _period_end(match: re.Match[str], time: ProjectTime) -> Meant | None:
    unit = match["unit"] or {"w": "week", "m": "month", "q": "quarter", "y": "year"}[match["short"][2].lower()]
    if unit == "week" and not match["short"]:
        return None  # "weekend" is Saturday and Sunday
    ahead = 1 if (match["which"] or "").lower() == "next" or match["next"] else 0
    span = _period(unit, ahead, time)
    return _last_working(span, time, ends=True) if span else Meant(None)


@_rule(
    "period",
    r"\b(?:(?P<which>this|next|the following|following|current|the coming)\s+(?P<fiscal>(?:fiscal|financial)\s+)?(?P<unit>week|month|quarter|year|sprint|iteration)|(?:the\s+)?(?P<unit2>week|month|quarter|sprint)(?P<after>\s+after next))\b(?!'s\s+\w+ing\b)",
    0.66,
)
def _whole_period(match: re.Match[str], time: ProjectTime) -> Meant | None:
    unit = match["unit"] or match["unit2"]
    span = _period(unit, _ahead(match["which"], match["after"]), time, fiscal=bool(match["fiscal"]))
    return _last_working(span, time) if span else Meant(None)


@_rule("weekend", r"\b(?:the|this|next)\s+weekend\b", 0.75)
def _weekend(match: re.Match[str], time: ProjectTime) -> Meant | None:
    first, last = time.week(1 if match[0].lower().startswith("next") else 0)
    return Meant(last, first + 5 * ONE_DAY)


@_rule(
    "week-of",
    rf"\b(?:the\s+)?(?:week\s+(?P<how>commencing|starting|beginning|of|ending)|(?P<abbr>w/c|wc))\s+(?:the\s+)?(?:{WEEKDAY}\s+)?{_NAMED_DAY}{_OPTIONAL_YEAR}",
    0.85,
)
def _week_of(match: re.Match[str], time: ProjectTime) -> Meant | None:
    meant = _day_month(match, time)
    if meant is None or meant.on is None:
        return meant
    if (match["how"] or "").lower() == "ending":
        return meant
    monday = meant.on - ONE_DAY * meant.on.weekday()
    return _last_working((monday, monday + 6 * ONE_DAY), time)


@_rule("part-of-month", rf"\b(?:the\s+)?{_PART}{_OF}(?P<month>{MONTH}){_OPTIONAL_YEAR}", 0.9)
def _part_of_month(match: re.Match[str], time: ProjectTime) -> Meant | None:
    return _part(_coming_month(month_number(match["month"]), _year_in(match), time), match["part"], time)


@_rule(
    "in-month",
    rf"\b(?P<in>in|during|some ?time in|before|until|till)\s+(?P<month>{MONTH})(?:\s+(?P<year>\d{{4}}))?(?!\s+\d)",
    0.6,
)
def _in_month(match: re.Match[str], time: ProjectTime) -> Meant | None:
    year = int(match["year"]) if match["year"] else None
    span = _coming_month(month_number(match["month"]), year, time)
    if match["in"].lower() in ("before", "until", "till"):
        return Meant(time.working_day_before(span[0]), ends=True)
    return _last_working(span, time)


@_rule("by-month", rf"\bby\s+(?P<month>{MONTH})(?!\s+\d)", 0.5)
def _by_month(_match: re.Match[str], _time: ProjectTime) -> Meant | None:
    return Meant(None)  # its first day or its last? people mean either


@_rule(
    "part-of-quarter",
    rf"\b(?:the\s+)?(?:{_PART}{_OF})?(?:(?P<name>q)\s?(?P<number>[1-4])|(?P<half>h)(?P<number2>[12])|(?P<nth>first|second|third|fourth)\s+quarter)\b(?:\s*(?:of\s+|/|-)?\s*(?P<year>(?:FY\s?)?(?:20\d\d|'?\d\d))\b)?",
    0.82,
)
def _part_of_quarter(match: re.Match[str], time: ProjectTime) -> Meant | None:
    year = year_of(re.sub(r"(?i)fy\s?", "", match["year"])) if match["year"] else None
    number = int(match["number"] or match["number2"] or ORDINALS[match["nth"].lower()])
    if match["half"]:
        first, _ = time.numbered_quarter(2 * number - 1, year)
        second = time.numbered_quarter(2 * number, year or None)
        span = (min(second[0], first), second[1])
    else:
        span = time.numbered_quarter(number, year)
    if match["part"] is None and re.search(r"\bby\s+$", match.string[: match.start()], re.IGNORECASE):
        return Meant(None)  # by Q3: its first day or its last?
    return _part(span, match["part"] or "", time)


@_rule("end-of-year", r"\b(?:the\s+)?end of (?P<year>20\d\d)\b", 0.92)
def _end_of_year(match: re.Match[str], time: ProjectTime) -> Meant | None:
    year = int(match["year"])
    return _last_working((date(year, 1, 1), date(year, 12, 31)), time, ends=True)


def _ahead(which: str | None, after: str | None) -> int:
    if after:
        return 2
    return 1 if which and re.search(r"next|following", which, re.IGNORECASE) else 0


def _period(unit: str, ahead: int, time: ProjectTime, *, fiscal: bool = False) -> tuple[date, date] | None:
    unit = unit.lower()
    if unit in ("sprint", "iteration"):
        return time.sprint(ahead)
    if unit == "year":
        return time.year(ahead, fiscal=fiscal)
    return {"week": time.week, "month": time.month, "quarter": time.quarter}[unit](ahead)
