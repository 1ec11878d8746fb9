"""Asks about what is past its due date: from the first working day after it, then once a week."""

from __future__ import annotations

from datetime import date

from bywhen.kernel.asking import Fired, LoopFacts, Quiet, Urgency, Verdict
from bywhen.kernel.wording import counted, day_long

RULE = "overdue"


def judge(facts: LoopFacts, today: date) -> Verdict:
    """Fires one working day after the due date, unless somebody moved it lately."""
    if facts.due is None or facts.due_in_days is None:
        return Quiet("it has no due date")
    if facts.due_in_days >= 0:
        return Quiet("no working day has passed since its due date")
    if facts.moved_lately:
        return Quiet("it moved within the last two working days")
    reason = f"it was due {counted(-facts.due_in_days, 'working day')} ago, on {day_long(facts.due)}"
    return Fired(reason, Urgency.SOON, today, "Which day will it be done?")
