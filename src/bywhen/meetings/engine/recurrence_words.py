"""How often a series takes place, in the words people use: read into a rule, and told from one.

Working days are Monday to Friday, as calendars know them; holidays stay with whoever moves the meeting. What does not
live here: counting a rule out (``recurrence``).
"""

from __future__ import annotations

import re
from datetime import date

from bywhen.kernel.errors import InputRefusedError
from bywhen.kernel.wording import day_long, listed
from bywhen.meetings.engine.datewords import (
    MONTH,
    NUMBER,
    WEEKDAY,
    WEEKDAYS,
    month_number,
    number_of,
    weekday_number,
    year_of,
)

WORKING = "MO,TU,WE,TH,FR"
EXAMPLES = (
    "every week",
    "every working day",
    "every Monday and Thursday",
    "every two weeks until 26 March 2027",
    "third Tuesday of the month",
    "first and third Wednesday",
    "last working day of the month",
    "the 15th of each month",
    "every quarter",
)
"""What a form offers."""
_CODES = tuple(code.upper() for code in WEEKDAYS)
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_RANK = rf"(?:(?:second|2nd)[ -](?:to[ -])?last|last|{'|'.join(_RANKS)}|\d{{1,2}}(?:st|nd|rd|th))"
_DAY = rf"(?:(?:working|business|week)[ -]?days?|{WEEKDAY[:-2]}s?\b)"
_DAYS = rf"{_DAY}(?:(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s*&\s*|\s*/\s*){_DAY})*"
_UNITS = {"day": "DAILY", "week": "WEEKLY", "fortnight": "WEEKLY", "month": "MONTHLY", "quarter": "MONTHLY"} | {
    "year": "YEARLY"
}
_LY = {"daily": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month", "quarterly": "quarter"} | {
    "yearly": "year",
    "annually": "year",
}
_STEP = {"quarter": 3, "fortnight": 2}
_UNTIL = re.compile(r"\b(?:until|till|up to|through|ending(?: on)?)\s+(?P<day>.+)$", re.IGNORECASE)
_TIMES = re.compile(rf"(?:,?\s*\bfor)?\s+(?P<count>{NUMBER})\s*(?:times|meetings|occurrences)$", re.IGNORECASE)
_EVERY = re.compile(
    rf"^(?:every|each)\s+(?:(?P<other>other|second|2nd)\s+|(?P<count>{NUMBER})\s+)?"
    r"(?P<unit>(?:working|business|week)[ -]?day|day|week|fortnight|month|quarter|year)s?\b",
    re.IGNORECASE,
)
_ON_RANK = re.compile(
    rf"^(?:on\s+)?(?:the\s+)?(?:every\s+)?(?P<ranks>{_RANK}(?:(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s*&\s*)(?:the\s+)?{_RANK})*)\s+"
    rf"(?P<day>{_DAY}|day)(?:\s+(?:of|in|each|every|a|per)\b.*)?$",
    re.IGNORECASE,
)
_ON_DATE = re.compile(
    r"^(?:on\s+)?(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+(?:day\s+)?(?:of|in|each|every)\b.*)?$", re.IGNORECASE
)
_ON_DAYS = re.compile(rf"^(?:on\s+)?(?:every\s+|each\s+)?(?P<days>{_DAYS})$", re.IGNORECASE)
_OTHER_DAY = re.compile(rf"^(?:every|each)\s+(?:other|second|2nd)\s+(?P<days>{_DAYS})$", re.IGNORECASE)
_OF_MONTHS = re.compile(
    rf"\b(?:of|in)\s+(?:every|each|the|a)\s+(?:(?P<count>{NUMBER})\s+)?(?P<unit>months?|quarters?)$", re.IGNORECASE
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_SPOKEN = (
    re.compile(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{MONTH})\s*,?\s*(?P<year>\d{{4}}|'?\d{{2}})?",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<name>{MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s*(?P<year>\d{{4}})?", re.IGNORECASE),
)
_REMEDY = f"Write for example '{EXAMPLES[2]}', '{EXAMPLES[4]}' or '{EXAMPLES[3]}'."


def read_recurrence(text: str, first: date) -> str:
    """The rule (RRULE's value) of words; '' for once. A rule itself passes through.

    Args:
        text: ``every two weeks until 26 March``; what names no weekday takes the one of ``first``.
        first: the local day of the first meeting; a year that is not named is the next one after it.

    >>> read_recurrence("weekly on Mon and Thu", date(2026, 11, 23))
    'FREQ=WEEKLY;BYDAY=MO,TH'
    >>> read_recurrence("last working day of the month", date(2026, 11, 30))
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'
    >>> read_recurrence("every two weeks until 26 March", date(2026, 11, 24))
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270326'

    Raises:
        InputRefusedError: when the words are not understood, or may mean two things.
    """
    said = " ".join(text.split()).rstrip(".")
    if not said or said.casefold() in {"once", "never", "no", "does not repeat"}:
        return ""
    if re.match(r"(?i)(rrule:)?freq=", said):
        return said.upper().removeprefix("RRULE:")
    if re.search(r"(?i)\bbi-?(weekly|monthly)", said):
        raise InputRefusedError(
            f"{said[:60]!r} may mean twice or every second time",
            place="how often",
            remedy="Write 'every two weeks', or name two days.",
        )
    core, ends = _ended(said, first)
    rule = _rule(core.strip(" ,"), first)
    if rule is None:
        raise InputRefusedError(f"{said[:80]!r} is not understood", place="how often", remedy=_REMEDY)
    return ";".join([rule, *ends])


def tell_recurrence(rule: str) -> str:
    """A rule in words; the rule itself where it says what words would not.

    >>> tell_recurrence("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=6")
    'last working day of every month, 6 times'
    >>> tell_recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270326")
    'every 2 weeks on Tuesday until Fri 26 Mar 2027'
    """
    if not rule.strip():
        return "once"
    parts = dict(part.split("=", 1) for part in rule.upper().removeprefix("RRULE:").split(";") if "=" in part)
    told = _told(parts)
    if told is None:
        return rule
    if until := parts.get("UNTIL", ""):
        told += f" until {day_long(date.fromisoformat(f'{until[:4]}-{until[4:6]}-{until[6:8]}'))}"
        if until[:4] not in told:
            told += f" {until[:4]}"
    return f"{told}, {parts['COUNT']} times" if "COUNT" in parts else told


def _ended(said: str, first: date) -> tuple[str, list[str]]:
    """The words without their end, and the end as parts of the rule."""
    if found := _TIMES.search(said):
        return said[: found.start()], [f"COUNT={number_of(found['count'])}"]
    if found := _UNTIL.search(said):
        return said[: found.start()], [f"UNTIL={_day_of(found['day'], first):%Y%m%d}"]
    return said, []


def _day_of(text: str, first: date) -> date:
    text = re.sub(rf"^{WEEKDAY[:-2]}\b,?\s*", "", text.strip(), flags=re.IGNORECASE)
    try:
        if found := _ISO.fullmatch(text.strip()):
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        for pattern in _SPOKEN:
            if found := pattern.fullmatch(text.strip()):
                month, day = month_number(found["name"]), int(found["day"])
                year = year_of(found["year"]) if found["year"] else first.year
                named = date(year, month, day)
                return named if found["year"] or named >= first else date(year + 1, month, day)
    except ValueError:
        pass
    raise InputRefusedError(
        f"{text[:40]!r} is no day that is known", place="how often", remedy="Write until 2027-03-26, or 26 March 2027."
    )


def _rule(core: str, first: date) -> str | None:
    """The rule without its end; None when the words are not understood."""
    if found := _OTHER_DAY.match(core):
        return _weekly(2, _codes(found["days"]))
    if found := _ON_DAYS.match(core):
        codes = _codes(found["days"])
        return f"FREQ=DAILY;BYDAY={WORKING}" if codes == WORKING else _weekly(1, codes)
    if found := _ON_RANK.match(core):
        return _ranked(_months(core), found)
    if found := _ON_DATE.match(core):
        return f"{_often('MONTHLY', _months(core))};BYMONTHDAY={found['day']}"
    unit, every, rest = _unit(core)
    if not unit:
        return None
    return _of_unit(unit, every, rest.strip(" ,"), first)


def _months(core: str) -> int:
    """How many months lie between, where the words end in that: ``of every 2 months``, ``of each quarter``."""
    found = _OF_MONTHS.search(core)
    if found is None:
        return 1
    return (number_of(found["count"]) if found["count"] else 1) * (3 if found["unit"].startswith("q") else 1)


def _unit(core: str) -> tuple[str, int, str]:
    """Unit, how many of it, and what follows; '' when the words begin otherwise."""
    word, _, rest = core.partition(" ")
    if word.lower() in _LY:
        return _LY[word.lower()], 1, rest
    found = _EVERY.match(core)
    if found is None:
        return "", 1, ""
    every = 2 if found["other"] else number_of(found["count"]) if found["count"] else 1
    return found["unit"].lower(), every, core[found.end() :]


def _of_unit(unit: str, every: int, rest: str, first: date) -> str | None:
    if unit.startswith(("working", "business", "weekd", "week d", "week-d")):
        return f"FREQ=DAILY;BYDAY={WORKING}" if every == 1 and not rest else None
    every *= _STEP.get(unit, 1)
    often = _UNITS[unit]
    if often == "WEEKLY":
        found = _ON_DAYS.match(rest) if rest else None
        codes = _codes(found["days"]) if found else _CODES[first.weekday()]
        return _weekly(every, codes) if found or not rest else None
    if often == "MONTHLY":
        return _monthly(every, rest, first)
    return None if rest else _often(often, every)


def _monthly(every: int, rest: str, first: date) -> str | None:
    """On the day of the month that is named, else that of the first one; beyond the 28th the last of the month."""
    if found := _ON_RANK.match(rest):
        return _ranked(every, found)
    found = _ON_DATE.match(rest)
    if rest and found is None:
        return None
    day = found["day"] if found else first.day if first.day < 29 else -1
    return f"{_often('MONTHLY', every)};BYMONTHDAY={day}"


def _ranked(every: int, found: re.Match[str]) -> str | None:
    ranks = [_rank(each) for each in re.findall(_RANK, found["ranks"], re.IGNORECASE)]
    day = found["day"].lower()
    often = _often("MONTHLY", every)
    if day == "day":
        return f"{often};BYMONTHDAY={','.join(map(str, ranks))}"
    codes = _codes(day)
    if codes == WORKING:
        return f"{often};BYDAY={WORKING};BYSETPOS={','.join(map(str, ranks))}"
    return f"{often};BYDAY={','.join(f'{rank}{codes}' for rank in ranks)}" if all(rank <= 5 for rank in ranks) else None


def _rank(word: str) -> int:
    word = word.lower()
    if word.endswith("last"):
        return -1 if word == "last" else -2
    return _RANKS.index(word) + 1 if word in _RANKS else int(re.sub(r"\D", "", word))


def _codes(days: str) -> str:
    """Weekdays by their codes in the order of the week."""
    if re.search(r"(?i)working|business|week[ -]?day", days):
        return WORKING
    found = {weekday_number(each) for each in re.findall(WEEKDAY[:-2], days, re.IGNORECASE)}
    return ",".join(_CODES[number] for number in sorted(found))


def _weekly(every: int, codes: str) -> str:
    return f"{_often('WEEKLY', every)};BYDAY={codes}"


def _often(often: str, every: int) -> str:
    return f"FREQ={often}{f';INTERVAL={every}' if every > 1 else ''}"


def _told(parts: dict[str, str]) -> str | None:
    if not set(parts) <= {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "UNTIL", "COUNT"}:
        return None
    every, often = int(parts.get("INTERVAL", "1")), parts["FREQ"]
    unit = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}.get(often)
    days = parts.get("BYDAY", "")
    if unit is None or ("BYMONTHDAY" in parts and (days or often != "MONTHLY")):
        return None
    span = f"every {every} {unit}s" if every > 1 else f"every {unit}"
    if days == WORKING and often in ("DAILY", "WEEKLY") and every == 1:
        return "every working day"
    if often == "MONTHLY" and (days or "BYMONTHDAY" in parts):
        return _told_month(parts, span)
    if not days:
        return span
    names = [_NAMES[_CODES.index(code)] for code in days.split(",") if code in _CODES]
    return f"{span} on {listed(names)}" if often == "WEEKLY" and len(names) == days.count(",") + 1 else None


def _told_month(parts: dict[str, str], span: str) -> str | None:
    days, places = parts.get("BYDAY", ""), parts.get("BYSETPOS", "")
    if "BYMONTHDAY" in parts:
        told = [_ordinal(int(each)) for each in parts["BYMONTHDAY"].split(",")]
        return f"the {listed(told)}{' day' if '-' in parts['BYMONTHDAY'] else ''} of {span}"
    if places:
        ranks = [_ordinal(int(each)) for each in places.split(",")]
        return f"{listed(ranks)} working day of {span}" if days == WORKING else None
    found = [re.fullmatch(r"([+-]?\d+)([A-Z]{2})", each) for each in days.split(",")]
    if not all(found) or len({each[2] for each in found if each}) != 1:
        return None
    ranks = [_ordinal(int(each[1])) for each in found if each]
    return f"{listed(ranks)} {_NAMES[_CODES.index(days[-2:])]} of {span}"


def _ordinal(number: int) -> str:
    if number < 0:
        return {-1: "last", -2: "second to last"}.get(number, f"{-number}th to last")
    if number <= len(_RANKS):
        return _RANKS[number - 1]
    end = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{end}"
