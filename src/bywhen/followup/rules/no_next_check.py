"""Asks the project's lead when to look again at what has no next check: nothing would ever bring it back."""

from __future__ import annotations

from datetime import date

from bywhen.kernel.asking import Fired, LoopFacts, Quiet, Urgency, Verdict

RULE = "no-next-check"


def judge(facts: LoopFacts, today: date) -> Verdict:
    """Fires when no next check is set; always goes to the lead."""
    if facts.next_check is not None:
        return Quiet("its next check is set")
    reason = "no day is set on which anybody looks at it again"
    return Fired(reason, Urgency.ROUTINE, today, "On which day should it be looked at again?", to_lead=True)
