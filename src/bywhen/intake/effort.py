"""Durations, work and dependencies as people type them in a sheet.

What does not live here: placing them on a calendar (:mod:`bywhen.kernel.worktime`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bywhen.intake.grid import Cell, shown
from bywhen.intake.headers import normal
from bywhen.intake.numbers import read_number
from bywhen.kernel.durations import DayLength, Duration, DurationUnit, parse_duration
from bywhen.kernel.errors import DateUnreadableError
from bywhen.kernel.plan import LinkType

_FOREIGN = {
    "tag": "d", "tage": "d", "tagen": "d", "t": "d", "jour": "d", "jours": "d", "j": "d", "jr": "d", "jrs": "d",
    "dia": "d", "dias": "d", "día": "d", "días": "d", "woche": "w", "wochen": "w", "wo": "w", "sem": "w",
    "semaine": "w", "semaines": "w", "semana": "w", "semanas": "w", "sm": "w", "std": "h", "stunde": "h",
    "stunden": "h", "heure": "h", "heures": "h", "hora": "h", "horas": "h", "monat": "mo", "monate": "mo",
    "mois": "mo", "mes": "mo", "meses": "mo", "minuten": "m", "personentage": "d", "pt": "d", "md": "d", "pd": "d",
    "workday": "d", "workdays": "d", "ft": "ed", "at": "d", "arbeitstag": "d", "arbeitstage": "d", "arbeitstagen": "d",
    "werktag": "d", "werktage": "d", "kalendertag": "ed",
    "kalendertage": "ed", "kt": "ed", "kw": "w", "jo": "d", "jh": "d",
}  # fmt: skip
_PART = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*([^\W\d]*)\.?", re.UNICODE)
_BRACKETS = re.compile(r"\([^()]{0,40}\)\s*$")
_AROUND = re.compile(
    r"^\s*(?:~|\u2248|ca\.?|circa|approx\.?|about|etwa|environ|env\.|aprox\.?)\s*(?=[\d\u00bd\u00bc\u00be])",
    re.IGNORECASE,
)
_GUESSED = re.compile(r"\((?:est|estimated?|gesch[äa]tzt|tbc|estim[ée]e?)\.?\)", re.IGNORECASE)
_FILLING = re.compile(
    r"\s+(?:working|business|work|ouvr[ée]s|laborables)\s+|\s+(?:ouvr[ée]s|laborables)$", re.IGNORECASE
)
_ELAPSED = re.compile(r"\b(?:calendar|elapsed)\s+(?=[dw])", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|&|\+|\bund\b|\band\b|\bet\b|\by\b)\s+(?=\d)", re.IGNORECASE)
_HEADING_UNITS = {
    "h": {"h", "hr", "hrs", "hours", "hour"},
    "w": {"w", "wk", "wks", "weeks", "week"},
    "mo": {"mo", "months", "month"},
    "m": {"min", "mins", "minutes"},
    "d": {"d", "day", "days"},
}
_HALF = {"\u00bd": "5", "\u00bc": "25", "\u00be": "75"}
_HALVES = re.compile("(\\d*)\\s?([\u00bd\u00bc\u00be])")
_TYPES = {
    "FS": LinkType.FS, "SS": LinkType.SS, "FF": LinkType.FF, "SF": LinkType.SF,
    "EA": LinkType.FS, "AA": LinkType.SS, "EE": LinkType.FF, "AE": LinkType.SF,
    "FD": LinkType.FS, "DD": LinkType.SS, "DF": LinkType.SF,
    "FC": LinkType.FS, "CC": LinkType.SS, "CF": LinkType.SF,
}  # fmt: skip
"""English, German, French and Spanish short names of the four dependencies."""
_AFTER = re.compile(
    r"^(?P<ref>.+?)\s*(?P<type>FS|SS|FF|SF|EA|AA|EE|AE|FD|DD|DF|FC|CC|CF)?\s*"
    r"(?P<lag>[+-]\s*\d+(?:[.,]\d+)?\s*(?:%|e?%|[^\W\d]*)\.?)?$",
    re.IGNORECASE | re.UNICODE,
)
_TYPED = re.compile(
    r"^(?P<ref>.+?)[\s(]*(?P<type>FS|SS|FF|SF|EA|AA|EE|AE|FD|DD|DF|FC|CC|CF)\s*"
    r"(?P<lag>[+-]\s*\d+(?:[.,]\d+)?\s*(?:%|e?%|[^\W\d]*)\.?)?\s*\)?$",
    re.IGNORECASE | re.UNICODE,
)
"""The same with its type, which may stand in brackets: ``T-3 FF``, ``T-2 (FS+2d)``."""
_LAGGED = re.compile(r"^[\w.\-]*\d\s*[+-]\s*\d+(?:[.,]\d+)?\s*(?:%|[^\W\d])")
"""A lag without a type needs its unit: ``3+2d``; ``1-3`` may be three tasks."""
_BEFORE = re.compile(r"^(?P<type>FS|SS|FF|SF)\s*(?P<ref>\d+)\s*(?P<lag>[+-].+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LinkText:
    """One dependency as typed: ``ref`` names the other task by number, key or name."""

    ref: str
    type: LinkType = LinkType.FS
    lag: Duration = field(default_factory=lambda: Duration(0.0))


def unit_of(heading: str, default: str = "d") -> str:
    """The unit that a heading gives its numbers, ``default`` where it gives none.

    >>> unit_of("Work (hrs)"), unit_of("Duration [weeks]"), unit_of("Duration"), unit_of("Effort in h")
    ('h', 'w', 'd', 'h')
    >>> unit_of("Aufwand (PT)", "h"), unit_of("Work", "h")
    ('d', 'h')
    """
    words = re.findall(r"[^\W\d_]+", heading.lower())
    for word in words[1:] if len(words) > 1 else []:
        unit = _FOREIGN.get(word, word)
        found = next((letter for letter, names in _HEADING_UNITS.items() if unit in names), "")
        if found:
            return found
    return default


def read_duration(cell: Cell, unit: str = "d", day: DayLength | None = None) -> Duration | None:
    """A duration such as ``5 days?``, ``3 eTage``, ``-3d 5h`` or a bare number in ``unit``; None where it is none.

    >>> read_duration("2 Wochen").minutes, read_duration("1d 4h").minutes, read_duration(3.0, "h").minutes
    (4800.0, 720.0, 180.0)
    """
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        return None
    text = _plain(cell) if isinstance(cell, str) else format(cell, "f")
    bare = None if text.endswith("%") else read_number(text)
    try:
        return parse_duration(str(bare), day, default=unit) if bare is not None else _compound(text, unit, day)
    except DateUnreadableError:
        return None


def _plain(text: str) -> str:
    """A duration without what people put around it.

    >>> _plain("~10 working days (est.)"), _plain("1 Woche und 2 Tage"), _plain("2w, 3d"), _plain("1\u00bd d")
    ('10 days', '1 Woche 2 Tage', '2w 3d', '1.5 d')
    >>> _plain("14 calendar days")
    '14 edays'
    """
    kept = _AROUND.sub("", _BRACKETS.sub("", text)).strip().rstrip("?").strip()
    kept = _HALVES.sub(lambda found: f"{found.group(1) or 0}.{_HALF[found.group(2)]}", kept)
    return _BETWEEN.sub(" ", _FILLING.sub(" ", _ELAPSED.sub("e", kept))).strip()


def _compound(text: str, unit: str, day: DayLength | None) -> Duration | None:
    """One or several amounts with their units; the sign of the first holds for all."""
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip() or any(number[0] in "+-" for number, _ in parts[1:]):
        return None  # "5-7 days" is a span, not a length
    read = [parse_duration(number + _unit(word), day, default=unit) for number, word in parts]
    if len({each.unit for each in read}) != 1:
        return None
    sign = -1 if parts[0][0].startswith("-") else 1
    return Duration(sign * sum(abs(each.minutes) for each in read), read[0].unit, read[0].shown)


def is_estimated(cell: Cell) -> bool:
    """Whether a duration carries the question mark, or the word, of an estimate."""
    return isinstance(cell, str) and bool(cell.strip().endswith("?") or _AROUND.match(cell) or _GUESSED.search(cell))


def split_links(text: str) -> list[str]:
    """The single dependencies of a cell. A comma inside a lag (``3FS+1,5d``) does not separate.

    >>> split_links("3FS+1,5d;5SS, 7"), split_links("Design, Build")
    (['3FS+1,5d', '5SS', '7'], ['Design', 'Build'])
    """
    parts: list[str] = []
    for piece in re.split(r"[;\n]", text):
        parts += re.split(r",(?!\d+(?:[.,]\d+)?\s*(?:e?[a-zA-Z]|%))|(?<!\d),(?=\d)|,(?=\d+\s*(?:FS|SS|FF|SF))", piece)
    return [part.strip() for part in parts if part and part.strip()]


def read_link(text: str, day: DayLength | None = None) -> LinkText:
    """One dependency: ``3``, ``3FS+2d``, ``12SS-50%``, ``A1010 FF``, ``FS2`` or a task's name.

    >>> link = read_link("3SS+2ed")
    >>> link.ref, link.type.value, link.lag.minutes, link.lag.unit.value
    ('3', 'SS', 2880.0, 'elapsed')
    """
    found = _BEFORE.match(text) or _TYPED.match(text) or _AFTER.match(text)
    if not found or not (found.group("type") or _LAGGED.match(text)):
        return LinkText(text.strip())
    ref, kind, lag = found.group("ref").strip(), found.group("type"), found.group("lag")
    if kind and not re.search(r"\d$", ref) and text[len(ref) : len(ref) + 1] not in (" ", "("):
        return LinkText(text.strip())
    length = read_lag(lag, day) if lag else Duration(0.0)
    if length is None:
        return LinkText(text.strip())
    return LinkText(ref, _TYPES[kind.upper()] if kind else LinkType.FS, length)


def read_lag(text: str, day: DayLength | None = None) -> Duration | None:
    """A lag or, with a minus, a lead; per cent is of the predecessor's duration."""
    bare = text.replace(" ", "")
    if bare.endswith("%"):
        elapsed = bare.endswith("e%")
        number = read_number(bare.rstrip("%").rstrip("e"), mark="," if "," in bare else ".")
        if number is None:
            return None
        return Duration(
            float(number), DurationUnit.ELAPSED_PERCENT if elapsed else DurationUnit.PERCENT, "e%" if elapsed else "%"
        )
    return read_duration(bare, "d", day)


def read_milestone_word(cell: Cell) -> bool | None:
    """Yes or no as typed, None where it is neither.

    >>> read_milestone_word("Ja"), read_milestone_word(0.0), read_milestone_word("?")
    (True, False, None)
    """
    word = normal(shown(cell))
    if word in {"yes", "y", "true", "1", "x", "ja", "j", "oui", "o", "si", "s", "wahr", "vrai", "milestone"}:
        return True
    return (
        False
        if word in {"no", "n", "false", "0", "nein", "non", "falsch", "faux", ""} and shown(cell).strip() != "?"
        else None
    )


def _unit(word: str) -> str:
    lower = word.lower()
    if lower in _FOREIGN:
        return _FOREIGN[lower]
    if lower.startswith(("e", "f")) and lower[1:] in _FOREIGN:
        return f"e{_FOREIGN[lower[1:]]}"
    return lower
