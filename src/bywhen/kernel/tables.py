"""Rows of the sheets a project keeps beside its plan, as plain values. Each row knows its place in the file.

``place`` is readable by a person: ``sheet RAID, row 7``. Empty cells are None or ''. Nothing is guessed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A member of the team. ``addresses`` are e-mail addresses, ``handles`` chat names, ``aliases`` nicknames;
    ``manager`` is a name; ``raci`` one of R A C I; ``seniority`` free text (``lead``, ``director``).
    """

    place: str
    name: str
    addresses: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    role: str = ""
    raci: str = ""
    team: str = ""
    manager: str = ""
    time_zone: str = ""
    working_hours: str = ""
    seniority: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class RaidRow:
    """A risk, assumption, issue, dependency, change, lesson, requirement, decision, action or blocker. ``kind`` is one
    of those words; probability and impact 1-5; ``task_uid`` or ``task`` names the plan task it holds.
    """

    place: str
    kind: str
    title: str
    id: str = ""
    description: str = ""
    owner: str = ""
    raised_by: str = ""
    raised_on: date | None = None
    due: date | None = None
    status: str = ""
    probability: int | None = None
    impact: int | None = None
    response: str = ""
    waiting_on: str = ""
    last_movement: date | None = None
    review_on: date | None = None
    task: str = ""
    task_uid: int | None = None
    project: str = ""


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """An approved amount: one category, one period (None = whole project)."""

    place: str
    category: str
    amount: Decimal
    currency: str
    period: date | None = None
    description: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An actual: what was booked, when, against which category. ``document`` is the invoice or voucher number."""

    place: str
    booked_on: date
    amount: Decimal
    currency: str
    category: str = ""
    supplier: str = ""
    document: str = ""
    order: str = ""
    description: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A status somebody declared: ``rag`` is red, amber or green, ``area`` the project or workstream."""

    place: str
    on: date
    area: str
    rag: str
    by: str = ""
    text: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """What a milestone was forecast for, as reported ``on`` a day (the milestone trend sheet)."""

    place: str
    on: date
    milestone: str
    forecast: date
    task_uid: int | None = None
    project: str = ""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One calendar entry: aware date-times or all-day dates as in the file; recurrences are expanded by the reader.

    A ``floating`` time is local to whoever reads it and given as UTC, as is the midnight of an all-day entry. A
    ``free`` entry takes nobody's time: it is called off, or marked so by its owner.
    """

    place: str
    uid: str
    title: str
    start: datetime
    finish: datetime
    all_day: bool = False
    location: str = ""
    organiser: str = ""
    attendees: tuple[str, ...] = ()
    description: str = ""
    floating: bool = False
    free: bool = False
