"""The follow-up rules: the built-in ones as an explicit list, third parties' by entry point ``bywhen.rules``.

A new rule is one file under ``rules/`` and one line here.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol

from bywhen.followup.rules import (
    critical_blocker,
    due_soon,
    no_next_check,
    overdue,
    ownerless,
    silent,
    unanswered_question,
)
from bywhen.kernel.asking import LoopFacts, Verdict

ENTRY_POINTS = "bywhen.rules"


class FollowupRule(Protocol):
    """A rule has a stable name and a verdict. Modules with these names fulfil it; only its arguments count."""

    RULE: str

    def judge(self, facts: LoopFacts, today: date, /) -> Verdict:
        """Whether to ask about the loop today, and why."""


BUILT_IN: tuple[FollowupRule, ...] = (
    critical_blocker,
    overdue,
    due_soon,
    unanswered_question,
    silent,
    ownerless,
    no_next_check,
)


@cache
def rule_list() -> tuple[FollowupRule, ...]:
    """Every rule: built-in ones in their order of weight, then third parties' in the order of their names."""
    points = sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)
    return (*BUILT_IN, *(point.load() for point in points))
