"""The rules of dates in French: "d'ici vendredi", "fin novembre", "la semaine prochaine", "sous dix jours ouvrés".

They mean what their English counterparts mean. What does not live here: dates in digits, which need no language
(:mod:`bywhen.meetings.engine.datedays`).
"""

# ruff: noqa: E501, RUF001 - a pattern stays one line, and people type apostrophes of every kind
from __future__ import annotations

import re
from collections.abc import Callable

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
    return rule_into(RULES, f"{name} (fr)", pattern, confidence)


_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})"
_MONTHS = {
    "jan": 1, "fév": 2, "fev": 2, "mar": 3, "avr": 4, "mai": 5, "juin": 6, "juil": 7, "aoû": 8, "aou": 8, "sep": 9, "oct": 10, "nov": 11, "déc": 12, "dec": 12,
}  # fmt: skip
_MONTH = (
    r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre)"
)
_COUNTED = ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_NUMBER = rf"(?:\d{{1,3}}|une|quinze|{'|'.join(_COUNTED)})"
_UNITS = {"heure": "hour", "jour": "day", "semaine": "week", "mois": "month", "trimestre": "quarter", "an": "year", "sprint": "sprint"}  # fmt: skip
_UNIT = r"(?P<unit>heure|jour|semaine|mois|trimestre|année|an|sprint)s?(?P<work>\s+ouvr(?:és|ables))?\b"
_PERIOD = r"(?P<unit>semaine|mois|trimestre|année|an|sprint)"
_PARTS = {"fin": "end", "mi": "mid", "milieu": "mid", "début": "early", "debut": "early"}
_PART = r"(?P<part>fin|mi|milieu|début|debut)"


def _number(word: str) -> int:
    word = word.lower()
    return int(word) if word.isdigit() else {"une": 1, "quinze": 15}.get(word) or _COUNTED.index(word) + 1


def _unit(word: str) -> str:
    return next(english for french, english in _UNITS.items() if word.lower().startswith(french))


def _month(word: str) -> int:
    return next(n for begin, n in _MONTHS.items() if word.lower().startswith(begin))


@_rule(
    "day-month",
    rf"\b(?:(?P<weekday>{_WEEKDAY})\s+)?(?:le\s+)?(?P<day>\d{{1,2}}|1er)\s+(?P<month>{_MONTH})\b(?:\s+(?P<year>\d{{4}})\b)?",
    0.96,
)
def _day_month(match: re.Match[str], time: ProjectTime) -> Meant | None:
    weekday = _WEEKDAYS.index(match["weekday"].lower()) if match["weekday"] else None
    day = int(re.sub(r"\D", "", match["day"]))
    return dated(day, _month(match["month"]), int(match["year"]) if match["year"] else None, weekday, time)


@_rule(
    "weekday",
    rf"\b(?P<weekday>{_WEEKDAY})\b(?P<next>\s+(?:prochain|de la semaine prochaine))?(?!\s+(?:dernier|passé))",
    0.93,
)
def _weekday(match: re.Match[str], time: ProjectTime) -> Meant | None:
    return Meant(weekday_ahead(_WEEKDAYS.index(match["weekday"].lower()), time, weeks=1 if match["next"] else None))


@_rule("today", r"\b(?:aujourd['’]hui|ce (?:soir|matin)|cet après-midi|en fin de journée)", 0.95)
def _today(_match: re.Match[str], time: ProjectTime) -> Meant | None:
    return Meant(time.held_on, ends=True)


@_rule("tomorrow", r"\b(?P<after>après[- ])?demain(?:\s+(?:matin|soir|midi|après-midi))?\b", 0.95)
def _tomorrow(match: re.Match[str], time: ProjectTime) -> Meant | None:
    return Meant(time.held_on + ONE_DAY * (2 if match["after"] else 1))


@_rule(
    "part-of-period",
    rf"\b(?:la\s+|le\s+)?{_PART}[\s-]+(?:de\s+|du\s+|de\s+la\s+|de\s+l['’])?(?:la\s+|l['’]|cette\s+|ce\s+)?{_PERIOD}(?P<next>\s+prochaine?|\s+suivante?)?\b",
    0.88,
)
def _part_of_period(match: re.Match[str], time: ProjectTime) -> Meant | None:
    span = period(_unit(match["unit"]), 1 if match["next"] else 0, time)
    return part_of(span, _PARTS[match["part"].lower()], time) if span else Meant(None)


@_rule(
    "period",
    rf"\b(?:(?P<this>cette|ce)\s+{_PERIOD}(?:-ci)?|(?:la\s+|le\s+|l['’])?{_PERIOD.replace('unit', 'unit2')}\s+(?:prochaine?|suivante?))\b",
    0.66,
)
def _whole_period(match: re.Match[str], time: ProjectTime) -> Meant | None:
    span = period(_unit(match["unit"] or match["unit2"]), 0 if match["this"] else 1, time)
    return last_working(span, time) if span else Meant(None)


@_rule(
    "part-of-month",
    rf"\b(?:(?:la\s+)?{_PART}[\s-]+(?:du\s+mois\s+)?(?:de\s+|d['’])?|(?:courant|en)\s+)(?P<month>{_MONTH})\b(?:\s+(?P<year>\d{{4}})\b)?",
    0.85,
)
def _part_of_month(match: re.Match[str], time: ProjectTime) -> Meant | None:
    span = coming_month(_month(match["month"]), int(match["year"]) if match["year"] else None, time)
    return part_of(span, _PARTS[match["part"].lower()] if match["part"] else "", time)


@_rule(
    "in-units",
    rf"\b(?:dans(?:\s+les)?|sous|d['’]ici|en moins de)\s+(?:environ\s+|au plus\s+)?(?P<n>{_NUMBER})\s+(?:prochains\s+|prochaines\s+)?{_UNIT}",
    0.9,
)
def _in_units(match: re.Match[str], time: ProjectTime) -> Meant | None:
    return after_meeting(_number(match["n"]), _unit(match["unit"]), "working" if match["work"] else "", time)


@_rule("next-meeting", r"\b(?:la\s+)?prochaine?\s+(?:réunion|fois|séance|rencontre|point)\b", 0.85)
def _next_meeting(_match: re.Match[str], time: ProjectTime) -> Meant | None:
    return Meant(time.next_meeting)


@_rule(
    "vague",
    r"\b(?:dès que possible|(?:au plus|le plus) (?:vite|tôt)(?: possible)?|bientôt|rapidement|à définir|en continu)\b",
    0.5,
)
def _vague(_match: re.Match[str], _time: ProjectTime) -> Meant | None:
    return Meant(None)


@_rule(
    "past",
    rf"\b(?:avant-hier|hier|(?:{_WEEKDAY}|semaine|mois|sprint|trimestre|fois|année)\s+(?:derni(?:er|ère)|passée?)|il y a\s+{_NUMBER}\s+{_UNIT}|(?:chaque|tous les|toutes les)\s+(?:{_WEEKDAY}s?|semaines?|jours?|mois))\b",
    0.9,
)
def _past(_match: re.Match[str], _time: ProjectTime) -> Meant | None:
    return Meant(None, past=True)


_OFFSET = re.compile(rf"\b(?P<n>{_NUMBER})\s+{_UNIT}\s+(?P<way>avant|après)\s+", re.IGNORECASE)


def offset_at(text: str, at: int, time: ProjectTime) -> Found | None:
    """Read "trois jours avant la recette" from exactly ``at``."""
    match = _OFFSET.match(text, at)
    if match is None:
        return None
    count = _number(match["n"]) * (-1 if match["way"].lower() == "avant" else 1)
    return offset_from(text, match, count, _unit(match["unit"]), "working" if match["work"] else "", time)
