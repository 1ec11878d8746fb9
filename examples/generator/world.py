"""The people and calendars of the example, read from ``source/people.toml`` and ``source/calendars.toml``.

What does not live here: tasks (:mod:`plan_source`), files that are written (:mod:`sheets`, :mod:`meetings`).
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bywhen.kernel.plan import STANDARD_WEEK, Calendar, CalendarException
from bywhen.kernel.worktime import WorkingTime

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ROUND_THE_CLOCK_UID = 5
FIRST_PERSONAL_UID = 11


@dataclass(frozen=True, slots=True)
class Person:
    """One row of ``people.toml``; what follows from name, firm and office is computed here."""

    name: str
    role: str
    team: str
    office: str
    raci: str
    manager: str = ""
    seniority: str = ""
    firm: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        domain = f"{self.firm}.example.com" if self.firm else "example.com"
        return f"{'.'.join(_ascii(part) for part in self.name.split())}@{domain}"

    @property
    def handle(self) -> str:
        first, last = self.name.split()[0], self.name.split()[-1]
        return f"@{_ascii(first)[0]}{_ascii(last)}"

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in self.name.split())


@dataclass(frozen=True, slots=True)
class World:
    """Everybody and their working time. ``offices`` maps UK, DE ... to (city, zone, hours, calendar uid)."""

    people: tuple[Person, ...]
    offices: dict[str, tuple[str, str, str, int]]
    calendars: tuple[Calendar, ...]
    calendar_of: dict[str, int] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        return next(person for person in self.people if person.name == name)

    def working_time(self, uid: int) -> WorkingTime:
        by_uid = {calendar.uid: calendar for calendar in self.calendars}
        return WorkingTime.from_calendar(by_uid[uid], by_uid)


def read_world(source: Path) -> World:
    """The world as the two TOML files tell it."""
    rows = tomllib.loads((source / "people.toml").read_text(encoding="utf-8"))["people"]
    people = tuple(Person(**{**row, "aliases": tuple(row.get("aliases", ()))}) for row in rows)
    told = tomllib.loads((source / "calendars.toml").read_text(encoding="utf-8"))
    freeze = tuple(date.fromisoformat(day) for day in told["freeze"])
    offices, calendars = {}, []
    for uid, (key, office) in enumerate(told["office"].items(), start=1):
        offices[key] = (office["name"], office["zone"], office["hours"], uid)
        calendars.append(_office_calendar(uid, office, freeze))
    calendars.append(Calendar(uid=ROUND_THE_CLOCK_UID, name="Round the clock", week=(((0, 1440),),) * 7))
    personal = [
        _personal_calendar(n, person, offices, told) for n, person in enumerate(people, start=FIRST_PERSONAL_UID)
    ]
    calendar_of = {person.name: calendar.uid for person, calendar in zip(people, personal, strict=True)}
    return World(people, offices, (*calendars, *personal), calendar_of)


def _office_calendar(uid: int, office: dict, freeze: tuple[date, date]) -> Calendar:
    closed = [
        CalendarException(date.fromisoformat(day), date.fromisoformat(day), name=name)
        for day, name in office["holidays"].items()
    ]
    closed.append(CalendarException(*freeze, name="Year-end freeze"))
    ordered = tuple(sorted(closed, key=lambda exception: exception.first))
    return Calendar(uid=uid, name=office["name"], week=STANDARD_WEEK, exceptions=ordered)


def _personal_calendar(uid: int, person: Person, offices: dict, told: dict) -> Calendar:
    off = {day for part in told["part_time"] if part["who"] == person.name for day in part["off"]}
    week = tuple(() if day in off else None for day in WEEKDAYS)
    leave = tuple(
        CalendarException(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), name=row["name"])
        for row in told["leave"]
        if row["who"] == person.name
    )
    base = offices[person.office][3]
    return Calendar(uid=uid, name=person.name, week=week, base_uid=base, exceptions=leave, is_base=False)


def _ascii(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.lower() if letter.isalnum() or letter == "-")
