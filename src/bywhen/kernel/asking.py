"""What a follow-up rule is told about an open loop, and what it may answer. Lengths of time are working days.

What does not live here: the rules themselves and whom to ask (room ``followup``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class Urgency(IntEnum):
    """What is lost by waiting: nothing soon, a date, a milestone."""

    ROUTINE = 1
    SOON = 2
    NOW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopFacts:
    """An open loop on one day, with what the plan says about the task it holds up.

    ``owner`` and ``waiting_on`` are people's names, '' for nobody; ``waiting_on_text`` is what was written.
    ``due_in_days`` is negative once overdue. ``idle_days`` counts from the last meaningful movement, its opening
    included; ``moved_days_ago`` from the last one since it was opened, None when it never moved. ``asked_days_ago`` and
    ``asked_times`` count approved asks since it last moved. ``pause_until`` is the day until which somebody said it can
    wait. ``next_turn_days`` is how far away the next ask cycle is. The task's fields are None or '' without a task.
    """

    loop: int
    project: str
    kind: str
    title: str
    owner: str = ""
    waiting_on: str = ""
    waiting_on_text: str = ""
    due: date | None = None
    due_in_days: int | None = None
    age_days: int = 0
    idle_days: int = 0
    moved_days_ago: int | None = None
    asked_days_ago: int | None = None
    asked_times: int = 0
    next_check: date | None = None
    pause_until: date | None = None
    next_turn_days: int = 0
    task: str = ""
    float_days: float | None = None
    critical: bool = False
    downstream: int | None = None
    milestone: str = ""
    milestone_on: date | None = None
    miss_on: date | None = None

    @property
    def moved_lately(self) -> bool:
        """Whether somebody did something about it within two working days: then nobody is asked."""
        return self.moved_days_ago is not None and self.moved_days_ago <= 2


@dataclass(frozen=True, slots=True)
class Fired:
    """The rule says: ask.

    ``reason`` is why the line is there, ``ask`` the one question, ``ask_by`` the last useful day to ask; ``to_lead``
    sends it to the project's lead instead of the loop's people.
    """

    reason: str
    urgency: Urgency
    ask_by: date
    ask: str
    to_lead: bool = False


@dataclass(frozen=True, slots=True)
class Quiet:
    """The rule says: do not ask, and why."""

    reason: str


Verdict = Fired | Quiet
"""The answer of every follow-up rule."""
