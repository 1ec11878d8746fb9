"""Asks before a due date passes: three working days ahead, or sooner when the next ask cycle would come too late."""

from __future__ import annotations

from datetime import date

from bywhen.kernel.asking import Fired, LoopFacts, Quiet, Urgency, Verdict
from bywhen.kernel.wording import counted, day_long

RULE = "due-soon"
LEAD_DAYS = 3


def judge(facts: LoopFacts, today: date) -> Verdict:
    """Fires when the due date is near and nobody has moved it lately."""
    if facts.due is None or facts.due_in_days is None:
        return Quiet("it has no due date")
    if facts.due < today:
        return Quiet("its due date has passed")
    if facts.due_in_days > max(LEAD_DAYS, facts.next_turn_days):
        return Quiet(f"it is due only in {counted(facts.due_in_days, 'working day')}")
    if facts.moved_lately:
        return Quiet("it moved within the last two working days")
    left = f"in {counted(facts.due_in_days, 'working day')}" if facts.due_in_days else "now"
    reason = f"it is due {left}, on {day_long(facts.due)}"
    return Fired(reason, Urgency.SOON, facts.due, "Does that day still hold, or which day will it be?")
