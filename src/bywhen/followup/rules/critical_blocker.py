"""Asks about a blocker that holds up a task without float: each day it waits is a day of the milestone."""

from __future__ import annotations

from datetime import date

from bywhen.kernel.asking import Fired, LoopFacts, Quiet, Urgency, Verdict

RULE = "critical-blocker"


def judge(facts: LoopFacts, today: date) -> Verdict:
    """Fires for a blocker whose task has no total float left, unless somebody moved it lately."""
    if facts.kind != "blocker":
        return Quiet("it is no blocker")
    if facts.float_days is None:
        return Quiet("it holds up no task of the plan")
    if facts.float_days > 0:
        return Quiet(f"its task has {facts.float_days:.1f} working days of float")
    if facts.moved_lately:
        return Quiet("it moved within the last two working days")
    reason = f"it blocks '{facts.task}', which has no float left" if facts.task else "it blocks a task without float"
    return Fired(reason, Urgency.NOW, today, "By which day can it be cleared?")
