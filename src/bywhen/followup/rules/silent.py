"""Asks about what has not moved in two working weeks. A comment is no movement; a status, date or owner is."""

from __future__ import annotations

from datetime import date

from bywhen.kernel.asking import Fired, LoopFacts, Quiet, Urgency, Verdict
from bywhen.kernel.wording import counted

RULE = "silent"
SILENT_DAYS = 10


def judge(facts: LoopFacts, today: date) -> Verdict:
    """Fires after ten working days without meaningful movement."""
    if facts.idle_days < SILENT_DAYS:
        return Quiet(f"it moved {counted(facts.idle_days, 'working day')} ago")
    reason = f"nothing on it has changed for {counted(facts.idle_days, 'working day')}"
    return Fired(reason, Urgency.ROUTINE, today, "What is the next step, and on which day?")
