"""The numbers that Microsoft Project's XML uses for kinds of things, and what they are called in a plan.

Source: the schema ``mspdi_pj12.xsd`` ("Project XML Data Interchange Schema Reference"). What does not live here:
parsing text (:mod:`bywhen.intake.mspdi.values`).
"""

from __future__ import annotations

from bywhen.kernel.durations import DurationUnit
from bywhen.kernel.plan import ConstraintType, LinkType, ResourceType, TaskType

NAMESPACE = "http://schemas.microsoft.com/project"

LINK_TYPES = {"0": LinkType.FF, "1": LinkType.FS, "2": LinkType.SF, "3": LinkType.SS}
LINK_CODES = {kind: code for code, kind in LINK_TYPES.items()}

CONSTRAINTS = {
    "0": ConstraintType.ASAP,
    "1": ConstraintType.ALAP,
    "2": ConstraintType.MSO,
    "3": ConstraintType.MFO,
    "4": ConstraintType.SNET,
    "5": ConstraintType.SNLT,
    "6": ConstraintType.FNET,
    "7": ConstraintType.FNLT,
}
CONSTRAINT_CODES = {kind: code for code, kind in CONSTRAINTS.items()}

TASK_TYPES = {"0": TaskType.FIXED_UNITS, "1": TaskType.FIXED_DURATION, "2": TaskType.FIXED_WORK}
TASK_TYPE_CODES = {kind: code for code, kind in TASK_TYPES.items()}

RESOURCE_TYPES = {"0": ResourceType.MATERIAL, "1": ResourceType.WORK, "2": ResourceType.COST}
RESOURCE_TYPE_CODES = {kind: code for code, kind in RESOURCE_TYPES.items()}

UNRESOURCED = -65535
"""The resource UID of the placeholder assignment that carries an unresourced task's work and splits."""

_UNITS = {3: "m", 5: "h", 7: "d", 9: "w", 11: "mo"}
ESTIMATED = 32
"""Added to a duration format when the duration is estimated (shown with a question mark)."""


def _formats() -> dict[str, tuple[DurationUnit, str]]:
    found = {19: (DurationUnit.PERCENT, "%"), 20: (DurationUnit.ELAPSED_PERCENT, "e%")}
    for code, shown in _UNITS.items():
        found[code] = (DurationUnit.WORKING, shown)
        found[code + 1] = (DurationUnit.ELAPSED, f"e{shown}")
    found |= {code + ESTIMATED: meaning for code, meaning in found.items()}
    return {str(code): meaning for code, meaning in found.items()}


DURATION_FORMATS = _formats()
"""DurationFormat and LagFormat: what unit was typed. 21 and 53 (no format) are left out: the project's days."""
FORMAT_CODES = {meaning: int(code) for code, meaning in reversed(DURATION_FORMATS.items())}
WORKING_DAYS = (DurationUnit.WORKING, "d")

EXCEPTION_DAILY, EXCEPTION_YEARLY_DAY, EXCEPTION_YEARLY_POSITION = 1, 2, 3
EXCEPTION_MONTHLY_DAY, EXCEPTION_MONTHLY_POSITION, EXCEPTION_WEEKLY = 4, 5, 6
EXCEPTION_DAY_COUNT, EXCEPTION_WEEKDAY_COUNT, EXCEPTION_NONE = 7, 8, 9

MONTH_ITEMS: dict[int, tuple[int, ...]] = {
    0: (0, 1, 2, 3, 4, 5, 6),
    1: (0, 1, 2, 3, 4),
    2: (5, 6),
    3: (6,),
    **{4 + day: (day,) for day in range(6)},
}
"""MonthItem: a day, a weekday, a weekend day, Sunday, Monday ... Saturday; weekdays with Monday = 0."""

COST_TIMEPHASED = frozenset({5, 6, 8, 10} | {first + 6 * n for first in (17, 19, 21) for n in range(10)})
"""TimephasedData types whose value is money, not work."""


def weekdays_of(mask: int) -> tuple[int, ...]:
    """Weekdays (Monday = 0) of a DaysOfWeek mask, in which Sunday is 1, Monday 2 ... Saturday 64.

    >>> weekdays_of(2 + 64)
    (0, 5)
    """
    return tuple(day for day in range(7) if mask & (1 << (day + 1) % 7))


def mask_of(weekdays: tuple[int, ...]) -> int:
    """The DaysOfWeek mask of weekdays; the inverse of :func:`weekdays_of`."""
    return sum(1 << (day + 1) % 7 for day in weekdays)
