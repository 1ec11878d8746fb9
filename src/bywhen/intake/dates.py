"""Dates as people type them, resolved by the whole column: which order, which century, serial numbers, month names.

What does not live here: spoken phrases such as "next Friday" (room ``meetings``). A date that can mean two days is
never guessed: it stays unread and the caller tells it as a finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from bywhen.intake.grid import Cell

ORDERS = ("DMY", "MDY", "YMD")
EMPTY_WORDS = frozenset(
    {"", "-", "--", "\u2013", "\u2014", "n/a", "na", "none", "null", "nil", "nat", "keine", "kein", "?", "."}
)
OPEN_WORDS = frozenset(
    {"tbd", "tbc", "tba", "open", "offen", "unknown", "asap", "pending", "later", "a definir", "por definir"}
)

_MONTHS: dict[str, int] = {}
for _number, _words in enumerate(
    (
        "jan january januar janv janvier enero ene jaenner janner gen gennaio",
        "feb february februar fev fevr fevrier febrero febbraio",
        "mar march maerz marz mars marzo mrz",
        "apr april avr avril abril abr aprile",
        "may mai mayo maggio mag",
        "jun june juni juin junio giugno giu",
        "jul july juli juil juillet julio luglio lug",
        "aug august aout agosto ago",
        "sep sept september septembre septiembre setiembre settembre set",
        "oct october okt oktober octobre octubre ottobre ott",
        "nov november novembre noviembre",
        "dec december dez dezember decembre diciembre dic dicembre",
    ),
    start=1,
):
    _MONTHS.update(dict.fromkeys(_words.split(), _number))
_WEEKDAYS = {
    name: n
    for n, names in enumerate(
        (
            "mon monday mo montag lun lundi lunes",
            "tue tues tuesday tu di die dienstag mar mardi martes",
            "wed wednesday we mi mit mittwoch mer mercredi mie miercoles",
            "thu thur thurs thursday th do don donnerstag jeu jeudi jue jueves",
            "fri friday fr fre freitag ven vendredi vie viernes",
            "sat saturday sa samstag sam samedi sab sabado",
            "sun sunday su so son sonntag dim dimanche dom domingo",
        )
    )
    for name in names.split()
}  # fmt: skip

_TIME = re.compile(
    r"(?:^|[\sT,])(?:at\s+|um\s+)?(\d{1,2})[:h.](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(am|pm|a\.m\.|p\.m\.)?\s*(uhr)?\s*(?:z|utc|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_YMD = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_NUMERIC = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2}))?\.?$")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s\-/.]*(?:of |de |d')?\s*([a-z]{3,12})\.?"
    r"[\s\-/,]*(?:de |del )?\s*(\d{4}|'?\d{2})?$"
)
_MONTH_DAY = re.compile(r"([a-z]{3,12})\.?[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?(?:[\s,\-/]+(\d{4}|'?\d{2}))?$")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})$|(\d{1,2})[/.](\d{4})$|([a-z]{3,12})\.?[\s\-/]*'?(\d{4}|\d{2})$")
_SERIAL_FIRST, _SERIAL_LAST = 18264, 73415
"""Excel serial numbers taken for dates: 1950-01-01 to 2100-12-31 in the 1900 system."""


@dataclass(frozen=True, slots=True)
class DateHabit:
    """What is known about a column: ``order`` DMY, MDY or YMD ('' = not known), ``today`` for dates without a year."""

    order: str = ""
    today: date | None = None


def order_of(cells: Iterable[Cell]) -> str:
    """The day-month order that a column's texts prove, '' when nothing proves one, ``mixed`` when both are proved.

    A number above 12 proves its side; a weekday written beside the date proves the order that falls on it.

    >>> order_of(["01/02/2026", "13/02/2026"]), order_of(["Mon 1/5/26"]), order_of(["01/02/2026"])
    ('DMY', 'MDY', '')
    """
    proved: set[str] = set()
    for cell in cells:
        if isinstance(cell, str) and (split := _slashed(cell)):
            first, second, _, weekday = split
            if first > 12 >= second:
                proved.add("DMY")
            elif second > 12 >= first:
                proved.add("MDY")
            elif weekday is not None and first != second:
                proved.update(_orders_on(split))
    return "mixed" if len(proved) > 1 else next(iter(proved), "")


def date_is_ambiguous(cell: Cell) -> bool:
    """Whether a text such as ``3/4/2026`` means different days in DMY and MDY order. Dots are always day first."""
    split = _slashed(cell) if isinstance(cell, str) else None
    return (
        split is not None and split[0] <= 12 and split[1] <= 12 and split[0] != split[1] and len(_orders_on(split)) != 1
    )


def read_date(cell: Cell, habit: DateHabit | None = None) -> datetime | None:
    """The local date-time in a cell, or None where there is none or it is ambiguous. Time zone suffixes are dropped:
    the wall clock counts. Midnight means that no time was given.

    >>> read_date("18. November 2026"), read_date("3/4/2026")
    (datetime.datetime(2026, 11, 18, 0, 0), None)
    >>> read_date("Wed 18/11/26 8:00"), read_date(45979.5)
    (datetime.datetime(2026, 11, 18, 8, 0), datetime.datetime(2025, 11, 18, 12, 0))
    """
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        return None
    if not isinstance(cell, str):
        return _serial(float(cell))
    try:
        return _text_date(cell, habit or DateHabit())
    except (ValueError, OverflowError):
        return None


def read_month(cell: Cell) -> date | None:
    """The first day of the month or of the quarter that a heading names.

    >>> read_month("Nov 2026"), read_month("2026-11"), read_month("Q3 2026"), read_month("Total")
    (datetime.date(2026, 11, 1), datetime.date(2026, 11, 1), datetime.date(2026, 7, 1), None)
    """
    if isinstance(cell, (datetime, date)):
        return date(cell.year, cell.month, 1)
    if not isinstance(cell, str):
        return None
    text = _folded(cell)
    quarter = re.fullmatch(r"(?:q|t)([1-4])[\s/\-']*(\d{4}|\d{2})|(\d{4})[\s/\-]*(?:q|t)([1-4])", text)
    if quarter:
        number, year = quarter.group(1) or quarter.group(4), quarter.group(2) or quarter.group(3)
        return date(_year(year), int(number) * 3 - 2, 1)
    found = _YEAR_MONTH.fullmatch(text)
    if not found:
        return None
    month = found.group(2) or found.group(3)
    number = int(month) if month else _MONTHS.get(found.group(5) or "", 0)
    year_text = found.group(1) or found.group(4) or found.group(6)
    return date(_year(year_text), number, 1) if 1 <= number <= 12 else None


def is_open(cell: Cell) -> bool:
    """Whether a date cell says that the date is not known yet."""
    return isinstance(cell, str) and _folded(cell) in OPEN_WORDS


def is_no_date(cell: Cell) -> bool:
    """Whether a date cell says that there is none."""
    return isinstance(cell, str) and _folded(cell) in EMPTY_WORDS


def _serial(number: float) -> datetime | None:
    if not _SERIAL_FIRST <= number <= _SERIAL_LAST + 1:
        return None
    return datetime(1899, 12, 30) + timedelta(minutes=round(number * 1440))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.strip().lower().replace("\u00df", "ss"))
    return re.sub(r"\s+", " ", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def _parted(text: str) -> tuple[str, time, int | None]:
    """The date part, the time and the weekday of a text."""
    folded = _folded(text)
    clock = time()
    if found := _TIME.search(folded):
        hour, half = int(found.group(1)), (found.group(4) or "").replace(".", "")
        hour = hour % 12 + 12 if half == "pm" else hour % 12 if half == "am" else hour
        if hour < 24 and int(found.group(2)) < 60 and found.start() > 0:
            clock = time(hour, int(found.group(2)), min(int(found.group(3) or 0), 59))
            folded = folded[: found.start()].rstrip(" ,")
    weekday = None
    if found := re.match(r"([a-z]{2,12})[.,]?\s+(?=\d|[a-z])", folded):
        word = found.group(1)
        weekday = _WEEKDAYS.get(word)
        if weekday is not None and not (word in _MONTHS and not re.match(r"\d{1,2}[./-]", folded[found.end() :])):
            folded = folded[found.end() :]
        else:
            weekday = None
    return folded, clock, weekday


@lru_cache(maxsize=50_000)
def _slashed(text: str) -> tuple[int, int, int | None, int | None] | None:
    """First number, second number, year and weekday of a date written with slashes or hyphens."""
    part, _, weekday = _parted(text)
    found = _NUMERIC.fullmatch(part)
    if not found or found.group(2) == ".":
        return None
    return int(found.group(1)), int(found.group(3)), _year(found.group(4)) if found.group(4) else None, weekday


def _orders_on(split: tuple[int, int, int | None, int | None]) -> set[str]:
    first, second, year, weekday = split
    if weekday is None or year is None:
        return set()
    fits = set()
    for order, month, day in (("DMY", second, first), ("MDY", first, second)):
        try:
            if date(year, month, day).weekday() == weekday:
                fits.add(order)
        except ValueError:
            continue
    return fits if len(fits) == 1 else set()


def _year(text: str) -> int:
    number = int(text.lstrip("'"))
    return number if number > 99 else 2000 + number if number < 70 else 1900 + number


@lru_cache(maxsize=50_000)
def _text_date(text: str, habit: DateHabit) -> datetime | None:
    part, clock, _ = _parted(text)
    if found := _YMD.fullmatch(part) or _COMPACT.fullmatch(part):
        groups = [g for g in found.groups() if g.isdigit()]
        return datetime.combine(date(*map(int, groups)), clock)
    if split := _slashed(text):
        return _from_slashes(split, habit, clock)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", part):
        return _serial(float(part))
    named = _day_month_year(part)
    return _dated(*named, habit, clock) if named else None


def _day_month_year(part: str) -> tuple[int, int, str | None] | None:
    """Dotted dates and dates with a month's name."""
    if found := _NUMERIC.fullmatch(part):
        return int(found.group(1)), int(found.group(3)), found.group(4)
    if found := _DAY_MONTH.fullmatch(part):
        return int(found.group(1)), _MONTHS.get(found.group(2), 0), found.group(3)
    if found := _MONTH_DAY.fullmatch(part):
        return int(found.group(2)), _MONTHS.get(found.group(1), 0), found.group(3)
    return None


def _from_slashes(split: tuple[int, int, int | None, int | None], habit: DateHabit, clock: time) -> datetime | None:
    first, second, year, _ = split
    if first > 12:
        day, month = first, second
    elif second > 12:
        day, month = second, first
    elif first == second:
        day = month = first
    else:
        order = next(iter(_orders_on(split)), "") or habit.order
        if order not in ("DMY", "MDY"):
            return None
        day, month = (first, second) if order == "DMY" else (second, first)
    return _dated(day, month, None if year is None else str(year), habit, clock)


def _dated(day: int, month: int, year: str | None, habit: DateHabit, clock: time) -> datetime | None:
    if not 1 <= month <= 12:
        return None
    if year is None:
        return _nearest(day, month, habit.today, clock)
    return datetime.combine(date(_year(year), month, day), clock)


def _nearest(day: int, month: int, today: date | None, clock: time) -> datetime | None:
    """The day of that name nearest to ``today``."""
    if today is None:
        return None
    found: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):
            found.append(date(year, month, day))
    return datetime.combine(min(found, key=lambda each: abs((each - today).days)), clock) if found else None
