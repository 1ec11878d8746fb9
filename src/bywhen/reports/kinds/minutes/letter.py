"""The letters that carry minutes, in words.

What does not live here: sending them (``services``), the enclosed document (``report``).
"""

from __future__ import annotations

from bywhen.kernel.minutes import MinutesFacts
from bywhen.kernel.wording import day_long
from bywhen.reports.kinds.minutes.head import outcome
from bywhen.reports.kinds.minutes.items import item_number

_ANSWER = "If anything is wrong, answer this mail."


def minutes_letter(facts: MinutesFacts, name: str) -> str:
    """To somebody of this name: the outcome, what they promised, then where the rest stands."""
    theirs = [item for item in facts.of_kind("action") if item.owner == name]
    lines = [_head(facts), "", outcome(facts)]
    if theirs:
        lines += ["", "Yours:"]
        lines += [
            f"- {item_number(item)}: {item.text} ({f'by {day_long(item.due)}' if item.due else 'no date'})"
            for item in theirs
        ]
    told = f"The minutes (version {facts.number}) are enclosed. {_ANSWER}"
    return "\n".join([*lines, "", told, "", facts.published_by])


def change_letter(facts: MinutesFacts) -> str:
    """To whoever has the version before: only what is different."""
    lines = [_head(facts), "", f"Version {facts.number} of the minutes changes:"]
    lines += [f"- {each}" for each in facts.since]
    told = f"All else stands as in version {facts.number - 1}. {_ANSWER}"
    return "\n".join([*lines, "", told, "", facts.published_by])


def _head(facts: MinutesFacts) -> str:
    return f"{facts.meeting}, {day_long(facts.held_on)}, {facts.project}"
