"""Dates counted from another: "in two weeks", "three days before UAT", "before the steering committee", "in two sprints".

Also what is a time but no day: vague ("soon", "in a few weeks") and past ("last Friday", "two weeks ago") phrases,
recognised so that nothing inside them is taken for a date.

What does not live here: the days themselves (:mod:`bywhen.meetings.engine.datedays`).
"""

# ruff: noqa: E501 - a pattern stays one line, and people type dashes and quotes of every kind
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from bywhen.meetings.engine import datedays, dateperiods
from bywhen.meetings.engine.dateoccasions import occasion_at
from bywhen.meetings.engine.daterule import DateRule, Found, Meaning, Meant, longest, rule_into
from bywhen.meetings.engine.datewords import NUMBER, UNIT, WEEKDAY, number_of
from bywhen.meetings.engine.projecttime import ProjectTime, months_later

RULES: list[DateRule] = []
_DAYS: list[DateRule] = [*datedays.RULES, *dateperiods.RULES]
"""The rules that name days by themselves, from which others count."""


def _rule(name: str, pattern: str, confidence: float) -> Callable[[Meaning], Meaning]:
    return rule_into(RULES, name, pattern, confidence)


def counted(start: date, count: int, unit: str, work: str, time: ProjectTime) -> date | None:
    """``count`` units after (negative: before) ``start``; None where the length of a sprint is not known.

    Days are calendar days unless they are called working or business days; hours of less than a working day leave
    the day as it is.
    """
    unit = unit.lower()
    if unit.startswith("day"):
        if work.lower() in ("business", "working", "work"):
            return time.working_time.add_days(start, count)
        return start + timedelta(days=count)
    if unit.startswith(("week", "wk", "fortnight")):
        return start + timedelta(weeks=count * (2 if unit.startswith("f") else 1))
    if unit.startswith(("month", "quarter", "year")):
        return months_later(start, count * {"m": 1, "q": 3, "y": 12}[unit[0]])
    if unit.startswith(("h", "min")):
        hours = count if unit.startswith("h") else 0
        return start + timedelta(days=(abs(hours) // 24) * (1 if count >= 0 else -1))
    return None


@_rule(
    "in-units",
    rf"\b(?:(?:with)?in|over|for)\s+(?:(?:the\s+)?(?:next|coming|following)\s+|about\s+|around\s+|roughly\s+|maybe\s+|at most\s+)*(?P<n>{NUMBER})\s+(?:more\s+)?{UNIT}(?P<tail>'?s?'?\s+time|\s+from (?:now|today))?(?!\s+(?:ago|after|before|prior|ahead|of|and a half|notice)\b)",
    0.9,
)
def _in_units(match: re.Match[str], time: ProjectTime) -> Meant | None:
    if re.match(r"for|over", match[0], re.IGNORECASE) and not re.search(
        r"next|coming|following", match[0], re.IGNORECASE
    ):
        return None  # "for two weeks" is a length, not a deadline
    return _after_meeting(match, time)


@_rule(
    "units-from-now", rf"\b(?P<n>{NUMBER})\s+{UNIT}\s+(?:out\s+)?(?:from|after)\s+(?:now|today|this meeting)\b", 0.95
)
def _units_from_now(match: re.Match[str], time: ProjectTime) -> Meant | None:
    return _after_meeting(match, time)


@_rule("units-time", rf"\b(?P<n>{NUMBER})\s+{UNIT}'?s?'?\s+time\b", 0.9)
def _units_time(match: re.Match[str], time: ProjectTime) -> Meant | None:
    return _after_meeting(match, time)


@_rule("units-at-most", rf"\b(?P<n>{NUMBER})\s+{UNIT}\s+(?:at (?:the )?(?:most|latest)|max(?:imum)?|tops)\b", 0.8)
def _units_at_most(match: re.Match[str], time: ProjectTime) -> Meant | None:
    return _after_meeting(match, time)


@_rule(
    "tomorrow-week",
    rf"\b(?P<n>{NUMBER})\s+(?P<unit>weeks?|fortnights?)\s+(?:on\s+)?(?P<day>today|tomorrow|{WEEKDAY})",
    0.85,
)
def _week_on(match: re.Match[str], time: ProjectTime) -> Meant | None:
    start = longest(_DAYS, match.string, match.start("day"), time)
    if start is None or start.meant.on is None:
        return None
    weeks = number_of(match["n"]) * (2 if match["unit"].lower().startswith("f") else 1)
    return Meant(start.meant.on + timedelta(weeks=weeks))


@_rule(
    "offset", rf"\b(?P<n>{NUMBER}|the)\s+{UNIT}\s+(?P<way>before|after|from|prior to|ahead of|following|past)\s+", 0.92
)
def _offset(_match: re.Match[str], _time: ProjectTime) -> Meant | None:
    return None  # its end depends on what follows: offset_at


def offset_at(text: str, at: int, time: ProjectTime) -> Found | None:
    """Read "N units before/after <a date or occasion>" from exactly ``at``."""
    match = next(r for r in RULES if r.name == "offset").pattern.match(text, at)
    if match is None:
        return None
    back = match["way"].lower() in ("before", "prior to", "ahead of")
    count = number_of(match["n"])
    return offset_from(text, match, -count if back else count, match["unit"], match["work"] or "", time)


def offset_from(text: str, match: re.Match[str], count: int, unit: str, work: str, time: ProjectTime) -> Found | None:
    """``count`` units after (negative: before) the date or occasion that follows ``match``."""
    start = longest(_DAYS, text, _skip_the(text, match.end()), time) or occasion_at(text, match.end(), time)
    if start is None or start.meant.on is None:
        return None
    on = counted(start.meant.on, count, unit, work, time)
    if on is None:
        return None
    return Found(match.start(), start.end, f"offset from {start.rule}", Meant(on), min(0.92, start.confidence))


def _skip_the(text: str, at: int) -> int:
    """Past "the " where a bare weekday follows it, as in "the Friday"."""
    skipped = re.compile(rf"the\s+(?={WEEKDAY})", re.IGNORECASE).match(text, at)
    return skipped.end() if skipped else at


def _after_meeting(match: re.Match[str], time: ProjectTime) -> Meant | None:
    return after_meeting(number_of(match["n"]), match["unit"], match["work"] or "", time)


def after_meeting(count: int, unit: str, work: str, time: ProjectTime) -> Meant | None:
    """``count`` units after the meeting's day; sprints by their own rhythm."""
    if unit.lower().startswith(("sprint", "iteration")):
        return _in_sprints(count, time)
    on = counted(time.held_on, count, unit, work, time)
    return Meant(on) if on else None


def _in_sprints(count: int, time: ProjectTime) -> Meant:
    """The last working day of the sprint ``count`` after the running one, or that many lengths from the meeting."""
    span = time.sprint(count)
    if span:
        return Meant(time.working_day_until(span[1]), span[0])
    if time.sprints:
        return Meant(time.held_on + timedelta(days=count * time.sprints.length_days))
    return Meant(None)


@_rule(
    "sprint-number",
    r"\b(?:the\s+)?(?:(?P<part>end|start|beginning|close)\s+of\s+)?(?:sprint|iteration)\s+#?(?P<number>\d{1,3})\b",
    0.9,
)
def _sprint_number(match: re.Match[str], time: ProjectTime) -> Meant | None:
    known = time.sprints
    if known is None or known.first_day is None:
        return Meant(None)
    running = (time.held_on - known.first_day).days // known.length_days + known.first_number
    span = time.sprint(int(match["number"]) - running)
    assert span is not None  # sprints with a first day always have spans
    if span[1] < time.held_on:
        return Meant(None, past=True)
    if (match["part"] or "").lower() in ("start", "beginning"):
        return Meant(time.working_day_from(span[0]), span[0])
    return Meant(time.working_day_until(span[1]), span[0])


@_rule(
    "next-meeting",
    r"\b(?:(?:the|our)\s+)?(?:next|following)\s+(?:time\b|meeting\b|call\b|session\b|catch-?up\b|sync\b|time we (?:meet|talk|speak)\b|one\b)|\bwe (?:next (?:meet|talk|speak)|(?:meet|talk|speak) (?:again|next))\b",
    0.85,
)
def _next_meeting(_match: re.Match[str], time: ProjectTime) -> Meant | None:
    return Meant(time.next_meeting)


@_rule(
    "vague",
    r"\b(?:as soon as possible|asap|as soon as \w+ can|soon(?:est)?|shortly|at some point|some ?time(?: soon)?|some day|one day|in (?:a while|due course|time|the (?:near )?future)|in (?:a few|some|several) (?:days|weeks|months|hours|sprints)|(?:over|in|within) the (?:next|coming) (?:few|couple of) (?:days|weeks|months)|later(?: on)?(?! than)|immediately|right away|straight away|when(?:ever)? (?:possible|you can|i can|ready)|tb[dc])\b",
    0.5,
)
def _vague(match: re.Match[str], time: ProjectTime) -> Meant | None:
    couple = re.search(r"couple of (days|weeks|months)", match[0], re.IGNORECASE)
    return Meant(counted(time.held_on, 2, couple[1], "", time)) if couple else Meant(None)


@_rule(
    "past",
    rf"\b(?:yesterday|(?:last|past|previous)\s+(?:{WEEKDAY}|week|month|quarter|sprint|year|time|night)|{NUMBER}\s+{UNIT}\s+ago|{WEEKDAY}\s+last week|the other day|the (?:week|day|month) before(?: last)?)\b",
    0.9,
)
def _past(_match: re.Match[str], _time: ProjectTime) -> Meant | None:
    return Meant(None, past=True)


@_rule(
    "repeated",
    rf"\b(?:every|each)\s+(?:other\s+|second\s+)?(?:{WEEKDAY}|day|week|month|quarter|sprint|morning|year)\b|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b(?!')",
    0.9,
)
def _repeated(_match: re.Match[str], _time: ProjectTime) -> Meant | None:
    return Meant(None, past=True)
