"""What counts as movement, and when to look again. Pure.

A comment or a mere touch is no movement: status, progress, due date, owner and evidence are (duty 26). Idle time is
counted in working days of the project's calendar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bywhen.kernel.worktime import WorkingTime

MEANINGFUL = frozenset({"opened", "status", "progress", "due", "owner", "evidence", "waiting", "answer"})
"""Kinds of movement that reset the silence; ``comment`` and ``check`` never do."""

CHECK_AFTER = {"blocker": 1, "decision": 2, "question": 2, "action": 3, "ask": 2, "review": 5}
"""Working days after which an open loop of a kind is looked at again."""


@dataclass(frozen=True, slots=True)
class Move:
    """One change of a loop: the day, the kind, whether by a person."""

    on: date
    kind: str


def last_movement(moves: Sequence[Move]) -> date | None:
    """The day of the latest meaningful movement; None when there was none.

    >>> last_movement([Move(date(2026, 11, 2), "opened"), Move(date(2026, 11, 20), "comment")])
    datetime.date(2026, 11, 2)
    """
    return max((move.on for move in moves if move.kind in MEANINGFUL), default=None)


def idle_days(last: date, today: date, working_time: WorkingTime) -> int:
    """Whole working days without movement up to ``today``; 0 when it moved today."""
    return max(0, working_time.working_days_between(last, today))


def next_check(kind: str, today: date, due: date | None, working_time: WorkingTime) -> date:
    """When to look again: after the kind's interval, but a working day before the due date if that is sooner, never
    before the next working day.
    """
    regular = working_time.add_days(today, CHECK_AFTER.get(kind, 3))
    if due is None or due > regular:
        return regular
    return max(working_time.add_days(today, 1), working_time.add_days(due, -1))
