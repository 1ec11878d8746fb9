"""When a series of meetings takes place: RRULE and EXDATE in a time zone, at the same hour on the wall all year.

Bounded: rules that recur more than daily are refused, and no series gives more than ``MOST`` occurrences.
Source: RFC 5545, 3.3.10 (recurrence rules) and 3.3.5 (a local time that does not exist counts by the offset before the
gap; one that exists twice is the first). What does not live here: calendar exceptions of plans (``kernel.recurrence``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrulestr

from bywhen.kernel.errors import InputRefusedError

MOST = 400
EARLIEST = date(1970, 1, 1)
_ALLOWED = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})
_OFTEN = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NUMBER = re.compile(r"[+-]?\d{1,3}")
_REMEDY = "Write for example FREQ=WEEKLY;BYDAY=TU or FREQ=MONTHLY;BYDAY=1TH."


def occurrences(
    first: datetime,
    zone: str,
    rule: str = "",
    *,
    without: Collection[datetime] = (),
    after: datetime,
    before: datetime,
) -> list[datetime]:
    """The starts between two moments, ascending, as aware date-times of the zone.

    Args:
        first: the first start, local, without zone.
        zone: IANA name.
        rule: an RRULE's value; '' for a single meeting.
        without: local starts that were taken out (EXDATE).
        after: aware; included.
        before: aware; not included.

    >>> from datetime import timedelta
    >>> found = occurrences(datetime(2027, 3, 22, 9), "Europe/Berlin", "FREQ=WEEKLY", after=datetime(2027, 3, 1,
    ...     tzinfo=UTC), before=datetime(2027, 4, 6, tzinfo=UTC))
    >>> [each.astimezone(UTC).strftime("%d %b %H:%M") for each in found]
    ['22 Mar 08:00', '29 Mar 07:00', '05 Apr 07:00']

    Raises:
        InputRefusedError: when the zone is unknown, or the rule cannot be read or recurs too often.
    """
    known = zone_of(zone)
    last = before.astimezone(known).replace(tzinfo=None)
    starts = (start_at(local, known) for local in _local(first, rule, last, known))
    taken_out = {each.replace(tzinfo=None) for each in without}
    met = (start for start in starts if after <= start < before and start.replace(tzinfo=None) not in taken_out)
    return list(islice(met, MOST))


def first_of(first: datetime, rule: str) -> datetime:
    """The first local start on or after ``first`` that the rule itself gives: where a series really begins.

    >>> first_of(datetime(2026, 11, 23, 9), "FREQ=MONTHLY;BYDAY=3TU")
    datetime.datetime(2026, 12, 15, 9, 0)

    Raises:
        InputRefusedError: see :func:`occurrences`; or when it gives none within ten years.
    """
    found = next(_local(first, rule, first.replace(year=first.year + 10, day=min(first.day, 28))), None)
    if found is None:
        raise InputRefusedError("the rule ends before it begins", place="RRULE", remedy="Choose a later end.")
    return found


def rule_until(rule: str, last: datetime) -> str:
    """The rule, ended after the local start ``last``; its own end or count gives way.

    >>> rule_until("FREQ=WEEKLY;BYDAY=TU;COUNT=9", datetime(2026, 12, 1, 9))
    'FREQ=WEEKLY;BYDAY=TU;UNTIL=20261201T090000'
    """
    parts = [part for part in rule.split(";") if not part.upper().startswith(("COUNT=", "UNTIL="))]
    return ";".join([*parts, f"UNTIL={last:%Y%m%dT%H%M%S}"])


def rule_less(rule: str, gone: int) -> str:
    """The rule for what is left of a count once ``gone`` of it have taken place.

    >>> rule_less("FREQ=WEEKLY;COUNT=9", 4), rule_less("FREQ=WEEKLY", 4)
    ('FREQ=WEEKLY;COUNT=5', 'FREQ=WEEKLY')
    """
    parts = [part.partition("=") for part in rule.split(";")]
    return ";".join(
        f"{name}={max(1, int(value) - gone)}" if name.upper() == "COUNT" else f"{name}={value}"
        for name, _, value in parts
    )


def rule_universal(rule: str, zone: str) -> str:
    """The rule as calendars want it beside a start with a zone: its UNTIL in UTC (RFC 5545, 3.3.10).

    >>> rule_universal("FREQ=WEEKLY;UNTIL=20270330T090000", "Europe/Berlin")
    'FREQ=WEEKLY;UNTIL=20270330T070000Z'
    """
    parts = []
    for part in rule.upper().removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if name == "UNTIL" and not value.endswith("Z"):
            local = _until(value, datetime(9998, 1, 1), None)
            value = f"{local.replace(tzinfo=zone_of(zone)).astimezone(UTC):%Y%m%dT%H%M%SZ}"
        parts.append(f"{name}={value}")
    return ";".join(parts)


def zone_of(name: str) -> ZoneInfo:
    """The time zone of an IANA name.

    Raises:
        InputRefusedError: when nobody knows it.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputRefusedError(
            f"the time zone {name[:60]!r} is not known", remedy="Write an IANA name such as Europe/Berlin."
        ) from None


def start_at(local: datetime, zone: ZoneInfo) -> datetime:
    """A local start as a moment that exists: within the gap of a clock change it moves forward by the gap."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def rule_check(rule: str) -> None:
    """Refuse a rule that cannot be counted out.

    Raises:
        InputRefusedError: see :func:`occurrences`.
    """
    list(islice(_local(datetime(2026, 1, 5, 9), rule, datetime(2026, 3, 1)), 1))


def _local(first: datetime, rule: str, last: datetime, zone: ZoneInfo | None = None) -> Iterator[datetime]:
    """Local starts up to ``last``. A count is counted here, so that a rule that never comes true ends at ``last``."""
    if first.date() < EARLIEST:
        raise InputRefusedError(f"a series cannot begin on {first.date()}", remedy="Begin it in or after 1970.")
    if not rule.strip():
        return iter([first])
    parts = _parts(rule)
    count = int(parts.pop("COUNT")[:9]) if parts.get("COUNT", "").isdigit() else None
    until = _until(parts.pop("UNTIL", ""), last, zone)
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        found = iter(rrulestr(f"{text};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=first))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise InputRefusedError(f"the rule cannot be read ({error})", place="RRULE", remedy=_REMEDY) from error
    return islice(found, count) if count is not None else found


def _parts(rule: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in rule.strip().upper().removeprefix("RRULE:").split(";") if part]
    parts = {name.strip(): value.strip() for name, _, value in pairs}
    if not set(parts) <= _ALLOWED or len(parts) != len(pairs):
        odd = sorted(set(parts) - _ALLOWED)
        raise InputRefusedError(
            f"the rule cannot hold {', '.join(odd) or 'a part twice'}", place="RRULE", remedy=_REMEDY
        )
    if parts.get("FREQ") not in _OFTEN:
        raise InputRefusedError("the rule must recur daily or less often", place="RRULE", remedy=_REMEDY)
    if "COUNT" in parts and not parts["COUNT"].isdigit():
        raise InputRefusedError("its COUNT is no number", place="RRULE", remedy=_REMEDY)
    if parts.get("INTERVAL", "1").strip("0") == "":
        raise InputRefusedError("its INTERVAL is zero", place="RRULE", remedy=_REMEDY)
    if not _comes_true(parts):
        raise InputRefusedError("the rule names days that never come", place="RRULE", remedy=_REMEDY)
    return parts


def _comes_true(parts: dict[str, str]) -> bool:
    """Whether its days exist at all; a search for 30 February would go on to the year 9999."""
    days, months, positions = (_numbers(parts.get(name, "")) for name in ("BYMONTHDAY", "BYMONTH", "BYSETPOS"))
    if days is None or months is None or positions is None or not all(1 <= month <= 12 for month in months):
        return False
    longest = max((_LONGEST[month - 1] for month in months), default=31)
    if days and not any(1 <= abs(day) <= longest for day in days):
        return False
    weekdays = parts.get("BYDAY", "")
    plain = weekdays and not any(sign.isdigit() for sign in weekdays) and parts["FREQ"] == "MONTHLY" and not days
    most = 4 * len(set(weekdays.split(",")))  # every month has each weekday four times
    return not positions or bool(plain and all(1 <= abs(position) <= most for position in positions))


def _numbers(text: str) -> list[int] | None:
    """The numbers by comma; None when one is none."""
    found = [part.strip() for part in text.split(",") if part.strip()]
    return [int(part) for part in found] if all(_NUMBER.fullmatch(part) for part in found) else None


def _until(text: str, last: datetime, zone: ZoneInfo | None) -> datetime:
    """The earlier of the rule's own end (a day includes all of it; UTC where it ends in Z) and ``last``, local."""
    if not text:
        return last
    form = "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d"
    try:
        own = datetime.strptime(text.rstrip("Z"), form)
    except ValueError:
        raise InputRefusedError(f"its UNTIL {text[:20]!r} is no date", place="RRULE", remedy=_REMEDY) from None
    if text.endswith("Z") and zone is not None:
        own = own.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    return min(own if "T" in text else own.replace(hour=23, minute=59), last)
