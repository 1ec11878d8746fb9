"""Asks about a question, or a decision that is needed, which nobody has answered."""

from __future__ import annotations

from datetime import date

from bywhen.kernel.asking import Fired, LoopFacts, Quiet, Urgency, Verdict
from bywhen.kernel.wording import counted

RULE = "unanswered-question"
ANSWER_DAYS = 2
KINDS = frozenset({"question", "decision", "ask"})


def judge(facts: LoopFacts, today: date) -> Verdict:
    """Fires two working days after a question was opened, when nothing has come since."""
    if facts.kind not in KINDS:
        return Quiet("it is no question")
    if facts.moved_days_ago is not None:
        return Quiet("somebody has taken it up")
    if facts.age_days < ANSWER_DAYS:
        return Quiet(f"it is {counted(facts.age_days, 'working day')} old")
    reason = f"it has waited {counted(facts.age_days, 'working day')} for an answer"
    return Fired(reason, Urgency.ROUTINE, today, "Can you answer it, or name who can?")
