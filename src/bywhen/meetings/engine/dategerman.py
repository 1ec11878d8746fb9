"""The rules of dates in German: "bis Freitag", "Ende nächster Woche", "innerhalb von 5 Arbeitstagen", "KW 48".

They mean what their English counterparts mean. What does not live here: dates in digits, which need no language
(:mod:`bywhen.meetings.engine.datedays`).
"""

# ruff: noqa: E501 - a pattern stays one line
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from bywhen.meetings.engine.daterelative import after_meeting, offset_from
from bywhen.meetings.engine.daterule import (
    DateRule,
    Found,
    Meaning,
    Meant,
    coming_month,
    dated,
    last_working,
    part_of,
    period,
    rule_into,
    weekday_ahead,
)
from bywhen.meetings.engine.projecttime import ONE_DAY, ProjectTime

RULES: list[DateRule] = []


def _rule(name: str, pattern: str, confidence: float) -> Callable[[Meaning], Meaning]:
    return rule_into(RULES, f"{name} (de)", pattern, confidence)


_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})"
_MONTHS = {
    "jan": 1, "jän": 1, "feb": 2, "mär": 3, "mrz": 3, "apr": 4, "mai": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "okt": 10, "nov": 11, "dez": 12,
}  # fmt: skip
_MONTH = (
    r"(?:januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|(?:jan|feb|mär|mrz|apr|jun|jul|aug|sept?|okt|nov|dez)\b\.?)"
)
_COUNTED = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
_NUMBER = rf"(?:\d{{1,3}}|eine[rmns]?|{'|'.join(_COUNTED)})"
_UNITS = {
    "stunde": "hour", "tag": "day", "woche": "week", "monat": "month", "quartal": "quarter", "jahr": "year", "sprint": "sprint",
}  # fmt: skip
_UNIT = r"(?P<work>arbeits|werk)?(?P<unit>stunde|tag|woche|monat|quartal|jahr|sprint)(?:en|es|e|n|s)?\b"
_PERIOD = r"(?P<unit>woche|monats?|quartals?|jahr(?:es)?|sprints?)"
_PARTS = {"ende": "end", "mitte": "mid", "anfang": "early"}
_PART = r"(?P<part>ende|mitte|anfang)"
_THIS = r"(?:der|des|dieser|dieses|diese[mn]?|laufenden)"
_NEXT = r"(?:nächste[rsmn]?|kommende[rsmn]?|folgende[rsmn]?)"


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    word = word.lower()
    return 1 if word.startswith("ein") else _COUNTED.index(word) + 1


def _unit(word: str) -> str:
    return next(english for german, english in _UNITS.items() if word.lower().startswith(german))


@_rule(
    "day-month",
    rf"\b(?:(?P<weekday>{_WEEKDAY}),?\s+(?:den\s+|dem\s+|der\s+)?)?(?P<day>\d{{1,2}})\.?\s*(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}})\b)?",
    0.96,
)
def _day_month(match: re.Match[str], time: ProjectTime) -> Meant | None:
    weekday = _WEEKDAYS.index(match["weekday"].lower()) if match["weekday"] else None
    month = _MONTHS[match["month"].lower()[:3]]
    return dated(int(match["day"]), month, int(match["year"]) if match["year"] else None, weekday, time)


@_rule(
    "weekday",
    rf"\b(?P<which>diese[nmr]?\s+|{_NEXT}\s+)?(?P<weekday>{_WEEKDAY})(?!s)(?:abend|morgen|mittag|nachmittag|vormittag|früh)?\b(?:\s+(?P<week>nächster woche|der nächsten woche|kommender woche|dieser woche))?",
    0.93,
)
def _weekday(match: re.Match[str], time: ProjectTime) -> Meant | None:
    number = _WEEKDAYS.index(match["weekday"].lower())
    which, week = (match["which"] or "").lower(), (match["week"] or "").lower()
    if week:
        return Meant(weekday_ahead(number, time, weeks=0 if "dieser" in week else 1))
    return Meant(weekday_ahead(number, time, weeks=1 if which.startswith(("näch", "folg")) else None))


@_rule(
    "today", r"\b(?:heute(?:\s+(?:abend|nachmittag|mittag|noch|vormittag|morgen))?|feierabend|dienstschluss)\b", 0.95
)
def _today(_match: re.Match[str], time: ProjectTime) -> Meant | None:
    return Meant(time.held_on, ends=True)


@_rule(
    "tomorrow",
    r"(?<!guten )(?<!am )(?<!heute )\b(?P<after>über)?morgen(?:\s+(?:früh|abend|mittag|vormittag|nachmittag))?\b",
    0.95,
)
def _tomorrow(match: re.Match[str], time: ProjectTime) -> Meant | None:
    return Meant(time.held_on + ONE_DAY * (2 if match["after"] else 1))


@_rule(
    "part-of-period",
    rf"\b{_PART}\s+(?:{_THIS}\s+|(?:der\s+|des\s+)?(?P<next>{_NEXT})\s+|(?P<after>übernächste[rn]?)\s+)?{_PERIOD}\b",
    0.88,
)
def _part_of_period(match: re.Match[str], time: ProjectTime) -> Meant | None:
    span = period(_unit(match["unit"]), 2 if match["after"] else 1 if match["next"] else 0, time)
    return part_of(span, _PARTS[match["part"].lower()], time) if span else Meant(None)


@_rule("period-end", r"\b(?P<unit>monat|quartal|jahr|sprint)s?(?:es)?ende\b", 0.9)
def _period_end(match: re.Match[str], time: ProjectTime) -> Meant | None:
    span = period(_unit(match["unit"]), 0, time)
    return last_working(span, time, ends=True) if span else Meant(None)


@_rule(
    "period",
    rf"\b(?:(?P<this>diese[rsmn]?|laufende[rsmn]?)|(?P<next>{_NEXT})|(?P<after>übernächste[rsmn]?))\s+{_PERIOD}\b",
    0.66,
)
def _whole_period(match: re.Match[str], time: ProjectTime) -> Meant | None:
    span = period(_unit(match["unit"]), 2 if match["after"] else 1 if match["next"] else 0, time)
    return last_working(span, time) if span else Meant(None)


@_rule(
    "part-of-month",
    rf"\b(?:{_PART}|im(?:\s+(?:laufe\s+des|monat))?)\s+(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}})\b)?",
    0.85,
)
def _part_of_month(match: re.Match[str], time: ProjectTime) -> Meant | None:
    month = _MONTHS[match["month"].lower()[:3]]
    span = coming_month(month, int(match["year"]) if match["year"] else None, time)
    return part_of(span, _PARTS[match["part"].lower()] if match["part"] else "", time)


@_rule("week-number", rf"\b(?:{_PART}\s+(?:der\s+)?)?(?:kw|kalenderwoche)\s?(?P<number>\d{{1,2}})\b", 0.88)
def _week_number(match: re.Match[str], time: ProjectTime) -> Meant | None:
    """An ISO week of this year, or of the next when it has passed; "bis KW 48" leaves open which end is meant."""
    number = int(match["number"])
    if not 1 <= number <= 53:
        return None
    if match["part"] is None and re.search(r"\bbis\s+(?:zur\s+)?$", match.string[: match.start()], re.IGNORECASE):
        return Meant(None)
    mondays = (_monday(time.held_on.isocalendar().year + n, number) for n in range(2))
    monday = next((m for m in mondays if m and m + 6 * ONE_DAY >= time.held_on), None)
    part = _PARTS[match["part"].lower()] if match["part"] else ""
    return part_of((monday, monday + 6 * ONE_DAY), part, time) if monday else None


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


@_rule(
    "in-units",
    rf"\b(?:in|binnen|innerhalb(?:\s+von)?|spätestens in)\s+(?:den\s+nächsten\s+|der\s+nächsten\s+|etwa\s+|ca\.?\s+)?(?P<n>{_NUMBER})\s+{_UNIT}",
    0.9,
)
def _in_units(match: re.Match[str], time: ProjectTime) -> Meant | None:
    return after_meeting(_number(match["n"]), _unit(match["unit"]), "working" if match["work"] else "", time)


@_rule("next-meeting", rf"\b{_NEXT}\s+(?:sitzung|besprechung|meeting|termin|treffen|mal|jour fixe|runde)\b", 0.85)
def _next_meeting(_match: re.Match[str], time: ProjectTime) -> Meant | None:
    return Meant(time.next_meeting)


@_rule(
    "vague",
    r"\b(?:so (?:bald|schnell|früh) wie möglich|(?:baldmög|schnellstmög|frühestmög)lichst?|demnächst|umgehend|zeitnah|sofort|laufend|bis auf weiteres|offen)\b",
    0.5,
)
def _vague(_match: re.Match[str], _time: ProjectTime) -> Meant | None:
    return Meant(None)


@_rule(
    "past",
    rf"\b(?:(?:vor)?gestern|(?:letzte|vergangene|vorige)[rsmn]?\s+(?:{_WEEKDAY}|woche|monat|quartal|jahr|sprint|sitzung|mal)|vor\s+{_NUMBER}\s+{_UNIT}|(?:jede[nmrs]?|alle)\s+(?:zwei\s+wochen|{_WEEKDAY}|woche|tag|monat)|{_WEEKDAY}s|wöchentlich|täglich|monatlich)\b",
    0.9,
)
def _past(_match: re.Match[str], _time: ProjectTime) -> Meant | None:
    return Meant(None, past=True)


_OFFSET = re.compile(rf"\b(?P<n>{_NUMBER})\s+{_UNIT}\s+(?P<way>vor|nach)\s+", re.IGNORECASE)


def offset_at(text: str, at: int, time: ProjectTime) -> Found | None:
    """Read "drei Tage vor der Abnahme" from exactly ``at``."""
    match = _OFFSET.match(text, at)
    if match is None:
        return None
    count = _number(match["n"]) * (-1 if match["way"].lower() == "vor" else 1)
    return offset_from(text, match, count, _unit(match["unit"]), "working" if match["work"] else "", time)
