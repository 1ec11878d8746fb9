"""The rules of days: written out, weekdays, today and tomorrow.

A bare weekday is the next one after the meeting's day; ``next`` weekday is the one in the next week. What does not
live here: weeks, months and longer (:mod:`bywhen.meetings.engine.dateperiods`).
"""

# ruff: noqa: E501, RUF001 - a pattern stays one line, and people type dashes and quotes of every kind
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from bywhen.meetings.engine.daterule import (
    DateRule,
    Meaning,
    Meant,
    coming_month,
    dated,
    day_meant,
    period,
    rule_into,
    safe_date,
    undated,
    weekday_ahead,
)
from bywhen.meetings.engine.datewords import MONTH, ORDINAL, ORDINALS, WEEKDAY, month_number, weekday_number, year_of
from bywhen.meetings.engine.projecttime import ONE_DAY, ProjectTime

_NEXT = ("next", "following", "the following")
OPTIONAL_YEAR = r"(?:,?\s+(?P<year>\d{4})\b|\s*'(?P<short>\d{2})\b)?"
RULES: list[DateRule] = []


def _rule(name: str, pattern: str, confidence: float) -> Callable[[Meaning], Meaning]:
    return rule_into(RULES, name, pattern, confidence)


# --- days that are written out ----------------------------------------------------------------------------------


@_rule("iso", r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", 0.99)
def _iso(match: re.Match[str], _time: ProjectTime) -> Meant | None:
    return day_meant(safe_date(int(match[1]), int(match[2]), int(match[3])))


@_rule("numeric", r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\b", 0.95)
def _numeric(match: re.Match[str], time: ProjectTime) -> Meant | None:
    first, second, year = int(match[1]), int(match[3]), year_of(match[4])
    order = "DMY" if match[2] == "." or first > 12 else "MDY" if second > 12 or first == second else time.day_order
    if not order:
        return Meant(None)
    return day_meant(safe_date(year, second, first) if order == "DMY" else safe_date(year, first, second))


_LEADS_TO_A_DATE = re.compile(
    rf"(?:^|[:(,;|–—-]|\b(?:by|until|till|on|before|due|for|from|and|or|bis|am|zum|vom|ab|seit|vor|nach|den|dem|der|und|oder|{WEEKDAY}|[MDFS][oira]\.?))\s*$",
    re.IGNORECASE,
)
"""What stands before "13.11." where it is a date; after other words it is as likely a number at a sentence's end."""


@_rule("numeric", r"(?<![\d./])(\d{1,2})([./])(\d{1,2})(?:(?<=\.)|\.(?!\d)|(?![\d./%]))", 0.7)
def _numeric_short(match: re.Match[str], time: ProjectTime) -> Meant | None:
    first, second = int(match[1]), int(match[3])
    dotted = match[2] == "."
    if dotted and not (match[0].endswith(".") and _LEADS_TO_A_DATE.search(match.string[: match.start()])):
        return None  # "version 3.11", "in 4.2."
    order = "DMY" if dotted or first > 12 else "MDY" if second > 12 or first == second else time.day_order
    if not order:
        return Meant(None)
    day, month = (first, second) if order == "DMY" else (second, first)
    return day_meant(undated(month, day, time)) if month <= 12 else None


NAMED_DAY = (
    rf"(?:(?P<weekday>{WEEKDAY})\.?,?\s+(?:the\s+)?)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*(?P<month>{MONTH})(?:-(?P<dash>\d{{2,4}})\b)?"
    rf"|(?P<month2>{MONTH})\s+(?:the\s+)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.]\d|\d|\s*(?:%|percent|people|days|hours|of us)))"
)


@_rule("day-month", rf"\b{NAMED_DAY}{OPTIONAL_YEAR}", 0.96)
def day_month(match: re.Match[str], time: ProjectTime) -> Meant | None:
    """The meaning of :data:`NAMED_DAY`."""
    month, day = month_number(match["month"] or match["month2"]), int(match["day"] or match["day2"])
    year = year_of(match["dash"]) if match["dash"] else year_in(match)
    return dated(day, month, year, weekday_number(match["weekday"]) if match["weekday"] else None, time)


def year_in(match: re.Match[str]) -> int | None:
    """The year of :data:`OPTIONAL_YEAR`."""
    word = match["year"] or match["short"]
    return year_of(word) if word else None


_AFTER_ORDINAL = (
    r"(?=\s*(?:$|[.,;:!?)]|of (?:this|next|the) month|(?:and|or|at|so|for|if|but|latest|to|with|please|we|i|because|then"
    r"|when|since|as|on|in|by|though|instead|rather|not|before|after|[a-z]+ing|eod|cob)\b))"
)


@_rule(
    "ordinal-day",
    rf"\b(?:(?P<weekday>{WEEKDAY})\.?,?\s+)?(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b{_AFTER_ORDINAL}(?P<of>\s+of\s+(?P<which>this|next|the)\s+month)?",
    0.88,
)
def _ordinal_day(match: re.Match[str], time: ProjectTime) -> Meant | None:
    if match["of"]:
        first, _ = time.month(1 if match["which"].lower() == "next" else 0)
        return day_meant(safe_date(first.year, first.month, int(match["day"])))
    months = (time.month(n)[0] for n in range(4))
    days = (safe_date(m.year, m.month, int(match["day"])) for m in months)
    coming = next((d for d in days if d and d >= time.held_on), None)
    if coming and match["weekday"] and coming.weekday() != weekday_number(match["weekday"]):
        return Meant(None)
    return day_meant(coming)


@_rule(
    "nth-weekday",
    rf"\b(?:the\s+)?(?P<nth>{ORDINAL})\s+(?P<weekday>{WEEKDAY})\s+(?:of|in)\s+(?:(?P<which>this|next|the)\s+month|(?P<month>{MONTH}))",
    0.93,
)
def _nth_weekday(match: re.Match[str], time: ProjectTime) -> Meant | None:
    first, last = month_meant(match, time)
    days = [first + ONE_DAY * n for n in range((last - first).days + 1)]
    fitting = [d for d in days if d.weekday() == weekday_number(match["weekday"])]
    nth = ORDINALS[match["nth"].lower()]
    return day_meant(fitting[nth if nth < 0 else nth - 1]) if nth <= len(fitting) else None


@_rule(
    "last-day",
    r"\b(?:the\s+)?(?P<nth>first|last)\s+(?P<working>working |business )?day\s+of\s+(?P<which>this|next|the)\s+(?P<unit>month|week|quarter|year)",
    0.93,
)
def _last_day(match: re.Match[str], time: ProjectTime) -> Meant | None:
    span = period(match["unit"], 1 if match["which"].lower() == "next" else 0, time)
    if span is None:
        return None
    if match["nth"].lower() == "first":
        return Meant(time.working_day_from(span[0]) if match["working"] else span[0])
    return Meant(time.working_day_until(span[1]) if match["working"] else span[1], ends=True)


def month_meant(match: re.Match[str], time: ProjectTime) -> tuple[date, date]:
    """The month that is named or this or next."""
    if match["month"]:
        return coming_month(month_number(match["month"]), None, time)
    return time.month(1 if match["which"].lower() == "next" else 0)


# --- weekdays ----------------------------------------------------------------------------------------------------


_FOLLOWS_A_DAY = (
    r"(?:and|or|at|by|so|for|if|but|to|with|please|we|i|you|he|she|they|because|then|when|since|as|on|in|though|instead|rather|not|before|after"
    r"|until|latest|eod|cob|noon|morning|afternoon|evening|night|lunch|lunchtime|close|end|of|this|next|the|week|is|was|will|works|would|should|might|can|could"
    r"|may|from|via|no|only|too|already|again|deadline|cut-?off|target|unless|while|first|early|late)\b"
)
_SOME_DAYS = re.compile(
    r"(?<!by )(?<!before )(?<!until )(?<!till )(?<!for )(?<!on )(?<!in )(?<!at )\b(?:the|our|your|that|a|'s)\s+$",
    re.IGNORECASE,
)
"""Before a weekday that only says which: "the Monday release failed"."""


@_rule(
    "weekday",
    rf"\b(?:(?P<which>this|this coming|coming|next|the following|following)\s+)?(?P<weekday>{WEEKDAY})(?!s\b)(?:\s+(?:of\s+)?(?P<week>this week|next week|the week after next|week after next|after next|week))?",
    0.93,
)
def _weekday(match: re.Match[str], time: ProjectTime) -> Meant | None:
    number, which = weekday_number(match["weekday"]), (match["which"] or "").lower()
    week = (match["week"] or "").lower()
    if len(match["weekday"]) < 4 and not match["weekday"][0].isupper() and not (which or week):
        return None  # "sat", "sun", "wed" in lower case are more often other words
    if not which and not week and _only_says_which(match):
        return Meant(None, past=True)
    if "after next" in week:
        return Meant(weekday_ahead(number, time, weeks=2))
    if week in ("this week", "next week") or which in _NEXT:
        return Meant(weekday_ahead(number, time, weeks=0 if week == "this week" else 1))
    coming = weekday_ahead(number, time)
    if which == "this" and (coming - time.held_on).days == 7:
        return Meant(time.held_on)
    return Meant(coming + timedelta(days=7 * (week == "week")))


def _only_says_which(match: re.Match[str]) -> bool:
    named = re.match(rf"\s+(?!{_FOLLOWS_A_DAY})[a-z]", match.string[match.end() :])
    return bool(named and _SOME_DAYS.search(match.string[: match.start()]))


@_rule("weekday-of-week", rf"\b(?P<which>next|this)\s+week(?:\s+on|'s)?,?\s+(?P<weekday>{WEEKDAY})", 0.95)
def _week_weekday(match: re.Match[str], time: ProjectTime) -> Meant | None:
    weeks = 1 if match["which"].lower() == "next" else 0
    return Meant(weekday_ahead(weekday_number(match["weekday"]), time, weeks=weeks))


# --- today, tomorrow ------------------------------------------------------------------------------------------


@_rule(
    "today",
    rf"\b(?:today|tonight|this (?:morning|afternoon|evening)|eod|cob|end of (?:the |this )?(?:business )?(?:day|play)|close of (?:business|play)(?: today)?|end of business|before (?:we|you) (?:leave|go) today|within the hour|by (?:lunch(?:time)?|noon|midday)(?!\s+(?:on\b|tomorrow\b|(?:next\s+)?{WEEKDAY})))\b(?!'s)",
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
