"""The rules of periods: parts and ends of weeks, months, quarters, years and sprints.

What does not live here: single days (:mod:`bywhen.meetings.engine.datedays`).
"""

# ruff: noqa: E501 - a pattern stays one line, and people type dashes and quotes of every kind
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from bywhen.meetings.engine.datedays import NAMED_DAY, OPTIONAL_YEAR, day_month, month_meant, year_in
from bywhen.meetings.engine.daterule import (
    DateRule,
    Meaning,
    Meant,
    coming_month,
    last_working,
    part_of,
    period,
    periods_ahead,
    rule_into,
)
from bywhen.meetings.engine.datewords import MONTH, ORDINAL, ORDINALS, WEEKDAY, month_number, year_of
from bywhen.meetings.engine.projecttime import ONE_DAY, ProjectTime

RULES: list[DateRule] = []


def _rule(name: str, pattern: str, confidence: float) -> Callable[[Meaning], Meaning]:
    return rule_into(RULES, name, pattern, confidence)


@_rule(
    "nth-week",
    rf"\b(?:the\s+)?(?P<nth>{ORDINAL})\s+week\s+(?:of|in)\s+(?:(?P<which>this|next|the)\s+month|(?P<month>{MONTH}))",
    0.8,
)
def _nth_week(match: re.Match[str], time: ProjectTime) -> Meant | None:
    first, last = month_meant(match, time)
    nth = ORDINALS[match["nth"].lower()]
    if nth < 0:
        return last_working((last - 6 * ONE_DAY, last), time)
    begin = first + timedelta(weeks=nth - 1)
    return last_working((begin, min(begin + 6 * ONE_DAY, last)), time)


# --- parts of weeks, months, quarters, years -----------------------------------------------------------------

_PART = r"(?P<part>early|mid(?:dle)?|late(?:r)?|end|close|start|beginning|(?:first|second|latter) half)"
_OF = r"(?:[\s-]+(?:part\s+)?(?:of\s+|in\s+)?)"


@_rule(
    "part-of-period",
    rf"\b(?:the\s+(?:very\s+)?)?{_PART}{_OF}(?:the\s+)?(?P<which>this|next|the following|following|current|coming)?\s*(?P<fiscal>(?:fiscal|financial)\s+)?(?P<unit>week|month|quarter|year|sprint|iteration)(?P<after>\s+after next)?\b(?!s\b|end|ly)",
    0.88,
)
def _part_of_period(match: re.Match[str], time: ProjectTime) -> Meant | None:
    ahead = periods_ahead(match["which"], match["after"])
    span = period(match["unit"], ahead, time, fiscal=bool(match["fiscal"]))
    return part_of(span, match["part"], time) if span else Meant(None)


@_rule("midweek", r"\bmid-?week\b(?P<next>\s+next week)?", 0.8)
def _midweek(match: re.Match[str], time: ProjectTime) -> Meant | None:
    first, last = time.week(1 if match["next"] else 0)
    return part_of((first, last), "mid", time)


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
    span = period(unit, ahead, time)
    return last_working(span, time, ends=True) if span else Meant(None)


@_rule(
    "period",
    r"\b(?:(?P<which>this|next|the following|following|current|the coming)\s+(?P<fiscal>(?:fiscal|financial)\s+)?(?P<unit>week|month|quarter|year|sprint|iteration)|(?:the\s+)?(?P<unit2>week|month|quarter|sprint)(?P<after>\s+after next))\b(?!'s\s+\w+ing\b)",
    0.66,
)
def _whole_period(match: re.Match[str], time: ProjectTime) -> Meant | None:
    unit = match["unit"] or match["unit2"]
    span = period(unit, periods_ahead(match["which"], match["after"]), time, fiscal=bool(match["fiscal"]))
    return last_working(span, time) if span else Meant(None)


@_rule(
    "weekend", r"\b(?:this|next|(?<=by )the|(?<=over )the|(?<=on )the|(?<=at )the|(?<=before )the)\s+weekend\b", 0.75
)
def _weekend(match: re.Match[str], time: ProjectTime) -> Meant | None:
    first, last = time.week(1 if match[0].lower().startswith("next") else 0)
    return Meant(last, first + 5 * ONE_DAY)


@_rule(
    "week-of",
    rf"\b(?:(?:the\s+)?end\s+of\s+)?(?:the\s+)?(?:week\s+(?P<how>commencing|starting|beginning|of|ending)|(?P<abbr>w/c|wc))\s+(?:the\s+)?(?:{WEEKDAY}\s+)?{NAMED_DAY}{OPTIONAL_YEAR}",
    0.85,
)
def _week_of(match: re.Match[str], time: ProjectTime) -> Meant | None:
    meant = day_month(match, time)
    if meant is None or meant.on is None:
        return meant
    if (match["how"] or "").lower() == "ending":
        return meant
    monday = meant.on - ONE_DAY * meant.on.weekday()
    return last_working((monday, monday + 6 * ONE_DAY), time)


@_rule("part-of-month", rf"\b(?:the\s+)?{_PART}{_OF}(?P<month>{MONTH}){OPTIONAL_YEAR}", 0.9)
def _part_of_month(match: re.Match[str], time: ProjectTime) -> Meant | None:
    return part_of(coming_month(month_number(match["month"]), year_in(match), time), match["part"], time)


@_rule(
    "in-month",
    rf"\b(?P<in>in|during|some ?time in|before|until|till)\s+(?P<month>{MONTH})(?:\s+(?P<year>\d{{4}}))?(?!\s+\d)",
    0.6,
)
def _in_month(match: re.Match[str], time: ProjectTime) -> Meant | None:
    year = int(match["year"]) if match["year"] else None
    span = coming_month(month_number(match["month"]), year, time)
    if match["in"].lower() in ("before", "until", "till"):
        return Meant(time.working_day_before(span[0]), ends=True)
    return last_working(span, time)


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
    return part_of(span, match["part"] or "", time)


@_rule("end-of-year", r"\b(?:the\s+)?end of (?P<year>20\d\d)\b", 0.92)
def _end_of_year(match: re.Match[str], time: ProjectTime) -> Meant | None:
    year = int(match["year"])
    return last_working((date(year, 1, 1), date(year, 12, 31)), time, ends=True)
