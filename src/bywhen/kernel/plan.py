"""A plan as plain values: what formats read and write, what the engine computes, what versions store.

Field names and meaning follow Microsoft Project's XML (MSPDI) where there is one, because it is the richest published
plan format. All date-times are naive local times of the project (dates are dates: no zone drift). Lengths are
**minutes**; working or elapsed is said by the field or by :class:`~bywhen.kernel.durations.Duration`. Tenths of a
minute occur (Microsoft Project counts in them), therefore ``float``. Money is ``Decimal`` in ``Plan.currency``.

What does not live here: computed schedules (room ``schedule``), files (``intake``), tables (``models``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bywhen.kernel.durations import Duration

Shift = tuple[int, int]
"""A working interval of one day: minutes from midnight, start included, end excluded; the end may exceed 1440 when
the shift crosses midnight (22:00-06:00 is ``(1320, 1800)``)."""


class LinkType(StrEnum):
    """The four dependencies: predecessor's end first, successor's second (FS = finish to start)."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class ConstraintType(StrEnum):
    """The eight constraints, by their usual abbreviations."""

    ASAP = "ASAP"
    ALAP = "ALAP"
    MSO = "MSO"
    MFO = "MFO"
    SNET = "SNET"
    SNLT = "SNLT"
    FNET = "FNET"
    FNLT = "FNLT"


class TaskType(StrEnum):
    """What stays fixed when work, units or duration change."""

    FIXED_UNITS = "fixed_units"
    FIXED_DURATION = "fixed_duration"
    FIXED_WORK = "fixed_work"


class ResourceType(StrEnum):
    """Who or what works: people and machines have calendars, material and cost do not."""

    WORK = "work"
    MATERIAL = "material"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How a calendar exception repeats. ``pattern`` is daily, weekly, monthly_day, monthly_position, yearly_day or
    yearly_position; ``every`` the interval; ``weekdays`` Monday = 0; ``position`` 1-4, 5 = last; ``occurrences`` 0 =
    until the exception's ``last`` day.
    """

    pattern: str
    every: int = 1
    weekdays: tuple[int, ...] = ()
    day: int = 0
    month: int = 0
    position: int = 0
    occurrences: int = 0


@dataclass(frozen=True, slots=True)
class CalendarException:
    """Days that differ from the weekly pattern: ``first`` to ``last`` inclusive; no ``shifts`` = not worked.
    ``week`` (Monday first, None = leave that weekday as it is) is set for an alternative work week instead.
    """

    first: date
    last: date
    shifts: tuple[Shift, ...] = ()
    name: str = ""
    recurrence: Recurrence | None = None
    week: tuple[tuple[Shift, ...] | None, ...] | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working time: ``week`` has seven entries, Monday first; None inherits the day from ``base_uid``."""

    uid: int
    name: str
    week: tuple[tuple[Shift, ...] | None, ...]
    base_uid: int | None = None
    exceptions: tuple[CalendarException, ...] = ()
    is_base: bool = True


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was agreed, number 0-10: dates, working minutes, money."""

    number: int
    start: datetime | None = None
    finish: datetime | None = None
    duration_minutes: float | None = None
    work_minutes: float | None = None
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Timephased:
    """Work (or cost) spread over time: ``kind`` is MSPDI's number (1 remaining work, 2 actual work, 3 actual overtime,
    ...), ``unit`` its unit code, ``minutes`` the amount in the span.
    """

    kind: int
    start: datetime
    finish: datetime
    minutes: float
    unit: int = 0


NO_LAG = Duration(0.0)
"""The lag of most links; one value for all of them, because a large plan has hundreds of thousands."""


@dataclass(frozen=True, slots=True)
class Link:
    """A dependency; ``lag`` may be negative (a lead), working, elapsed or per cent of the predecessor's duration."""

    predecessor_uid: int
    successor_uid: int
    type: LinkType = LinkType.FS
    lag: Duration = NO_LAG
    external: bool = False
    external_project: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """A person, role, machine, material or cost; ``max_units`` 1.0 = 100 %."""

    uid: int
    name: str
    id: int = 0
    type: ResourceType = ResourceType.WORK
    max_units: float = 1.0
    calendar_uid: int | None = None
    email: str = ""
    group: str = ""
    initials: str = ""
    standard_rate: Decimal | None = None
    overtime_rate: Decimal | None = None
    cost_per_use: Decimal | None = None
    generic: bool = False
    custom: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A resource on a task: ``units`` 1.0 = 100 %; work in working minutes; ``delay_minutes`` working minutes after
    the task's start, ``leveling_delay_minutes`` elapsed; ``timephased`` carries splits and contours.
    """

    uid: int
    task_uid: int
    resource_uid: int | None
    units: float = 1.0
    work_minutes: float = 0.0
    actual_work_minutes: float = 0.0
    remaining_work_minutes: float | None = None
    overtime_work_minutes: float = 0.0
    start: datetime | None = None
    finish: datetime | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    stop: datetime | None = None
    resume: datetime | None = None
    delay_minutes: float = 0.0
    leveling_delay_minutes: float = 0.0
    contour: int = 0
    cost: Decimal | None = None
    actual_cost: Decimal | None = None
    has_fixed_rate_units: bool = True
    baselines: tuple[Baseline, ...] = ()
    timephased: tuple[Timephased, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the plan, in the file's order. Dates and floats here are those the file stores, not computed ones."""

    uid: int
    name: str
    id: int = 0
    wbs: str = ""
    outline_level: int = 1
    outline_number: str = ""
    parent_uid: int | None = None
    summary: bool = False
    milestone: bool = False
    active: bool = True
    manual: bool = False
    external: bool = False
    external_project: str = ""
    recurring: bool = False
    is_null: bool = False
    estimated: bool = False
    type: TaskType = TaskType.FIXED_UNITS
    effort_driven: bool = False
    priority: int = 500
    duration: Duration | None = None
    actual_duration_minutes: float | None = None
    remaining_duration_minutes: float | None = None
    percent_complete: float = 0.0
    percent_work_complete: float = 0.0
    physical_percent_complete: float = 0.0
    start: datetime | None = None
    finish: datetime | None = None
    early_start: datetime | None = None
    early_finish: datetime | None = None
    late_start: datetime | None = None
    late_finish: datetime | None = None
    total_slack_minutes: float | None = None
    free_slack_minutes: float | None = None
    start_slack_minutes: float | None = None
    finish_slack_minutes: float | None = None
    critical: bool | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    stop: datetime | None = None
    resume: datetime | None = None
    manual_start: datetime | None = None
    manual_finish: datetime | None = None
    manual_duration: Duration | None = None
    constraint: ConstraintType = ConstraintType.ASAP
    constraint_date: datetime | None = None
    deadline: datetime | None = None
    calendar_uid: int | None = None
    ignore_resource_calendars: bool = False
    leveling_delay_minutes: float = 0.0
    work_minutes: float | None = None
    actual_work_minutes: float | None = None
    remaining_work_minutes: float | None = None
    cost: Decimal | None = None
    actual_cost: Decimal | None = None
    fixed_cost: Decimal | None = None
    notes: str = ""
    hyperlink: str = ""
    baselines: tuple[Baseline, ...] = ()
    splits: tuple[tuple[datetime, datetime], ...] = ()
    custom: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CustomField:
    """A custom field's definition: the vendor's id (MSPDI FieldID), its column name, and the alias people gave it."""

    field_id: str
    name: str
    alias: str = ""
    of: str = "task"


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan. Tasks stand in file order; links, resources and assignments refer to them by ``uid``.

    Raises nothing: a reader that found doubtful data returns findings beside the plan.
    """

    name: str
    tasks: tuple[Task, ...]
    links: tuple[Link, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    resources: tuple[Resource, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    calendar_uid: int | None = None
    start: datetime | None = None
    finish: datetime | None = None
    status_date: datetime | None = None
    current_date: datetime | None = None
    schedule_from_start: bool = True
    minutes_per_day: int = 480
    minutes_per_week: int = 2400
    days_per_month: int = 20
    default_start_minute: int = 480
    default_finish_minute: int = 1020
    honor_constraints: bool = True
    critical_slack_limit_days: float = 0.0
    multiple_critical_paths: bool = False
    new_tasks_are_manual: bool = False
    move_completed_ends_back: bool = False
    move_remaining_starts_forward: bool = False
    currency: str = ""
    author: str = ""
    custom_fields: tuple[CustomField, ...] = ()
    custom: Mapping[str, str] = field(default_factory=dict)

    def task(self, uid: int) -> Task | None:
        """The task with this uid, or None."""
        return next((t for t in self.tasks if t.uid == uid), None)


STANDARD_WEEK: tuple[tuple[Shift, ...] | None, ...] = (((480, 720), (780, 1020)),) * 5 + ((), ())
"""Monday to Friday 08:00-12:00 and 13:00-17:00, as Microsoft Project's Standard calendar."""


def standard_calendar(uid: int = 1, name: str = "Standard") -> Calendar:
    """The usual five-day, eight-hour calendar."""
    return Calendar(uid=uid, name=name, week=STANDARD_WEEK)
