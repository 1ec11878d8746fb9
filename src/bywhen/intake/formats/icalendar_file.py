"""iCalendar files: meetings, leave and holidays, with their recurrences counted out within a bounded window.

Everything in an entry is text: nothing is opened, sent or executed. Alarms, to-dos and journals are not events and are
told as left out.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bywhen.intake import limits
from bywhen.intake.port import Blob, Reading, ReadOptions, Skipped
from bywhen.intake.text import decoded, head_of
from bywhen.kernel.errors import FileMalformedError
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.tables import EventRow

WINDOW_DAYS = 366
"""Recurrences are counted out this many days to either side of today."""
OCCURRENCES = 4_000
"""No calendar gives more entries than this; the series beyond are told as left out."""
_PASSED_OVER = 20
"""Counting over an occurrence before the window costs about this part of giving one out."""
_A_DAY = 24
_TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})


class ICalendar:
    """One calendar; one row an occurrence, in the order of time."""

    name = "icalendar"
    title = "iCalendar (ics)"
    kinds = ("calendar",)
    confined_bytes = limits.MEBIBYTE // 4

    def recognises(self, blob: Blob) -> float:
        """By the line that every calendar begins with."""
        return 1.0 if head_of(blob, 256).lstrip("\ufeff \n").upper().startswith("BEGIN:VCALENDAR") else 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:
        """Every occurrence from a year before to a year after ``options.today``; without it, the window lies around
        the calendar's own first and last entries.

        Raises:
            FileMalformedError: when the text is no calendar.
        """
        calendar = _parsed(blob)
        notes = _Notes(blob)
        masters = [each for each in calendar.walk("VEVENT") if notes.takes(each)]
        first, last = _window(masters, options.today)
        rows = sorted(_rows(calendar, masters, (first, last), notes), key=lambda row: (row.start.isoformat(), row.uid))
        for part in ("VTODO", "VJOURNAL", "VFREEBUSY"):
            for number, each in enumerate(calendar.walk(part), start=1):
                notes.skipped.append(Skipped(f"{part} {number}", f"it is no event: {_text(each, 'SUMMARY')[:100]}"))
        return (
            Reading(
                kind="calendar",
                format=self.name,
                payload=tuple(rows),
                read=len(rows) + len(notes.skipped),
                part=str(calendar.get("X-WR-CALNAME", "")),
                skipped=tuple(notes.skipped),
                findings=tuple(notes.findings),
            ),
        )


class _Notes:
    """Doubts about the entries of one file."""

    def __init__(self, blob: Blob) -> None:
        self.source, self.number = blob.sha256, 0
        self.findings: list[Finding] = []
        self.skipped: list[Skipped] = []
        self._told: set[str] = set()

    def takes(self, event: Any) -> bool:
        """Whether an entry can be counted out; what cannot is told with its reason."""
        self.number += 1
        place = f"event {self.number}"
        broken = [name for name in _TIMES if any(_is_broken(each) for each in _many(event.get(name)))]
        if broken:
            self.skipped.append(Skipped(place, f"its {broken[0]} cannot be read: {_text(event, 'SUMMARY')[:100]}"))
            return False
        start = event.get("DTSTART")
        if start is None or not isinstance(getattr(start, "dt", None), date):
            self.skipped.append(Skipped(place, f"it has no start that can be read: {_text(event, 'SUMMARY')[:100]}"))
            return False
        if _recurs_too_often(event):
            self.skipped.append(Skipped(place, "it recurs more than hourly, which no meeting does"))
            return False
        self._check_zone(event, place)
        return True

    def _check_zone(self, event: Any, place: str) -> None:
        for name in ("DTSTART", "DTEND"):
            prop = event.get(name)
            zone = str(prop.params.get("TZID", "")) if prop is not None and hasattr(prop, "params") else ""
            moment = getattr(prop, "dt", None)
            unknown = isinstance(moment, datetime) and moment.tzinfo is None
            if zone and unknown and zone not in self._told:
                self._told.add(zone)
                self.findings.append(
                    Finding(
                        "time-zone-unknown",
                        Severity.WARNING,
                        f"The time zone '{zone}' is not known; its times were taken as UTC.",
                        place,
                        (EvidenceRef(self.source, place, zone),),
                    )
                )


def _recurs_too_often(event: Any) -> bool:
    """Whether a rule makes more than 24 occurrences a day; counting those out is how a small file takes for ever."""
    rules = event.get("RRULE") or []
    for rule in rules if isinstance(rules, list) else [rules]:
        if {str(each).upper() for each in rule.get("FREQ", [])} & _TOO_OFTEN:
            return True
        if math.prod(max(1, len(rule.get(part, []))) for part in ("BYHOUR", "BYMINUTE", "BYSECOND")) > _A_DAY:
            return True
    return False


def _parsed(blob: Blob) -> Any:
    from icalendar import Calendar  # noqa: PLC0415 - takes longer to load than all other formats together

    text = decoded(blob).text
    if "END:VCALENDAR" not in text.upper():
        line = text.count("\n") + 1
        raise FileMalformedError(
            "the calendar is cut short", file=blob.name, place=f"line {line}", remedy="Export the calendar again."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        raise FileMalformedError(
            f"the calendar is broken ({str(error)[:120]})", file=blob.name, remedy="Export the calendar again."
        ) from error
    if not calendars:
        raise FileMalformedError("it holds no calendar", file=blob.name, place="line 1", remedy="Export it again.")
    first = calendars[0]
    for other in calendars[1:]:
        first.subcomponents.extend(other.subcomponents)
    return first


def _window(masters: list[Any], today: date | None) -> tuple[date, date]:
    starts = [_day(each.get("DTSTART").dt) for each in masters]
    middle_first = today or min(starts, default=date(2000, 1, 1))
    middle_last = today or max(starts, default=date(2000, 1, 1))
    reach = timedelta(days=WINDOW_DAYS)
    floor, ceiling = date(1970, 1, 1), date(2200, 1, 1)
    return max(middle_first, floor + reach) - reach, min(middle_last, ceiling - reach) + reach


def _rows(calendar: Any, masters: list[Any], window: tuple[date, date], notes: _Notes) -> Iterator[EventRow]:
    import recurring_ical_events  # noqa: PLC0415 - loads icalendar

    kept = _affordable(masters, window, notes)
    calendar.subcomponents[:] = [each for each in calendar.subcomponents if each.name != "VEVENT" or id(each) in kept]
    numbers = {(_text(each, "UID"), each.get("RECURRENCE-ID") is None): at for at, each in enumerate(masters, start=1)}
    try:
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        met = query.between(window[0], window[1] + timedelta(days=1))
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
        notes.findings.append(
            Finding(
                "recurrence-unreadable",
                Severity.ERROR,
                f"The recurrences cannot be counted out ({error}); first entries only.",
            )
        )
        met = [each for each in masters if id(each) in kept]
    seen: set[str] = set()
    for event in met:
        uid = _text(event, "UID")
        seen.add(uid)
        at = numbers.get((uid, True)) or numbers.get((uid, False)) or 0
        yield _row(event, f"event {at}", uid)
    for at, master in enumerate(masters, start=1):
        if id(master) in kept and _text(master, "UID") not in seen:
            day = _day(master.get("DTSTART").dt)
            notes.skipped.append(
                Skipped(f"event {at}", f"no occurrence lies between {window[0]} and {window[1]} (it starts {day})")
            )


def _affordable(masters: list[Any], window: tuple[date, date], notes: _Notes) -> set[int]:
    """The entries, in the file's order, whose occurrences can be counted out within the limit."""
    kept: set[int] = set()
    left = float(OCCURRENCES)
    for at, master in enumerate(masters, start=1):
        left -= _cost(master, window)
        if left < 0:
            text = f"with it the calendar gives more than {OCCURRENCES:,} occurrences: {_text(master, 'SUMMARY')[:80]}"
            notes.skipped.append(Skipped(f"event {at}", text))
        else:
            kept.add(id(master))
    return kept


def _cost(master: Any, window: tuple[date, date]) -> float:
    """How many occurrences an entry gives in the window, those before it at their small price."""
    rules = master.get("RRULE") or []
    total = 1.0
    for rule in rules if isinstance(rules, list) else [rules]:
        often = str((rule.get("FREQ") or ["DAILY"])[0]).upper()
        days = {"WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}.get(often, 1) * int((rule.get("INTERVAL") or [1])[0])
        parts = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYMONTH", "BYHOUR", "BYMINUTE", "BYSECOND")
        each = math.prod(max(1, len(rule.get(part, []))) for part in parts) / max(days, 1)
        within = max((window[1] - max(window[0], _day(master.get("DTSTART").dt))).days, 0)
        before = max((window[0] - _day(master.get("DTSTART").dt)).days, 0)
        count = int((rule.get("COUNT") or [0])[0])
        total += min(within * each + before * each / _PASSED_OVER, count or math.inf)
    return total


def _row(event: Any, place: str, uid: str) -> EventRow:
    start = event.get("DTSTART").dt
    end = event.get("DTEND")
    length = event.get("DURATION")
    all_day = not isinstance(start, datetime)
    if end is not None:
        finish = end.dt
    elif length is not None:
        finish = start + length.dt
    else:
        finish = start + timedelta(days=1) if all_day else start
    people = event.get("ATTENDEE") or []
    return EventRow(
        place=place,
        uid=uid,
        title=_text(event, "SUMMARY"),
        start=_moment(start),
        finish=max(_moment(finish), _moment(start)),
        all_day=all_day,
        location=_text(event, "LOCATION"),
        organiser=_person(event.get("ORGANIZER")),
        attendees=tuple(_person(each) for each in (people if isinstance(people, list) else [people])),
        description=_text(event, "DESCRIPTION"),
        floating=isinstance(start, datetime) and start.tzinfo is None and not event["DTSTART"].params.get("TZID"),
        free=_text(event, "TRANSP").upper() == "TRANSPARENT" or _text(event, "STATUS").upper() == "CANCELLED",
    )


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_broken(value: Any) -> bool:
    """Whether the parser kept a property whose value it could not understand."""
    return type(value).__name__ == "vBroken"


def _text(event: Any, name: str) -> str:
    value = event.get(name)
    if isinstance(value, list):
        value = value[0] if value else ""
    return "" if value is None else str(value).strip()


def _person(value: Any) -> str:
    """The common name where one is given, else the address."""
    if value is None:
        return ""
    named = str(getattr(value, "params", {}).get("CN", "")).strip()
    return named or str(value).removeprefix("mailto:").removeprefix("MAILTO:")


def _moment(value: date | datetime) -> datetime:
    """An aware date-time; a day begins at midnight, a floating or unknown zone counts as UTC."""
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
