"""Asks the project's lead who takes what nobody owns."""

from __future__ import annotations

from datetime import date

from bywhen.kernel.asking import Fired, LoopFacts, Quiet, Urgency, Verdict

RULE = "ownerless"


def judge(facts: LoopFacts, today: date) -> Verdict:
    """Fires when no known person owns the loop; always goes to the lead."""
    if facts.owner:
        return Quiet(f"{facts.owner} owns it")
    urgency = Urgency.NOW if facts.critical else Urgency.SOON
    return Fired("nobody owns it", urgency, today, "Who takes it?", to_lead=True)
