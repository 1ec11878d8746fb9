"""The change register: what alters the agreed plan, its computed effect, and where its decision stands.

A change is not scored: its effect on dates says what a score would guess. Its state is the entry's ``progress``:
raised, assessed, approved, rejected or implemented. What does not live here: computing the effect (room ``schedule``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KIND = "change"
TITLE = "Change requests"
COLUMNS: tuple[str, ...] = ("reference", "title", "owner", "progress", "effect", "due", "review_on")
STATES: tuple[str, ...] = ("raised", "assessed", "approved", "rejected", "implemented")
FINAL = frozenset({"rejected", "implemented"})

_REVIEW = 5
_STALE_AFTER = 10
_OF_PROPOSAL = {"proposed": "assessed", "accepted": "implemented", "edited": "implemented", "rejected": "rejected"}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which effect on a change of the plan must be registered: working days by which a milestone, or the project's
    end, moves either way.
    """

    milestone_days: int = 5
    finish_days: int = 1


@dataclass(frozen=True, slots=True)
class ChangeEffect:
    """What a change does: working days by which the end moves (later is positive), milestones with theirs, and the most
    working days of float that one task loses.
    """

    finish_days: int
    milestones: tuple[tuple[str, int], ...]
    float_days: float

    def document(self) -> dict[str, Any]:
        """The JSON that the register keeps."""
        moved = [{"name": name, "working_days": days} for name, days in self.milestones]
        return {"finish_days": self.finish_days, "milestones": moved, "float_days": self.float_days}

    def reaches(self, thresholds: Thresholds) -> bool:
        """Whether it is large enough to be registered.

        >>> ChangeEffect(0, (("Contract signed", 5),), 0).reaches(Thresholds())
        True
        >>> ChangeEffect(0, (("Contract signed", 4),), 9).reaches(Thresholds())
        False
        """
        milestones = any(abs(days) >= thresholds.milestone_days for _, days in self.milestones)
        return milestones or abs(self.finish_days) >= thresholds.finish_days


def effect_of(consequence: Mapping[str, Any]) -> ChangeEffect | None:
    """The effect that a proposal's computed consequence states; None while nothing could be computed.

    >>> effect_of({"finish": {"working_days": 10}, "milestones": [{"name": "Go-live", "working_days": 10}]})
    ChangeEffect(finish_days=10, milestones=(('Go-live', 10),), float_days=0)
    """
    finish = consequence.get("finish")
    if not finish:
        return None
    moved = tuple(
        (str(each["name"]), int(each["working_days"]))
        for each in consequence.get("milestones", ())
        if each["working_days"]
    )
    used = [each["before_days"] - each["after_days"] for each in consequence.get("float_used", ())]
    return ChangeEffect(int(finish["working_days"]), moved, max(0, *used) if used else 0)


def state_of_proposal(status: str) -> str:
    """The state that a proposal's status means; '' for one that was withdrawn, replaced or never decided.

    >>> state_of_proposal("edited"), state_of_proposal("expired")
    ('implemented', '')
    """
    return _OF_PROPOSAL.get(status, "")


def exposure(_probability: int | None, _impact: int | None) -> int | None:
    """None: a change is judged by its effect."""
    return None


def band(_score: int | None) -> str:
    """Always '': there is no score."""
    return ""


def review_days(_band_name: str) -> int:
    """Working days between two looks at an undecided request: one turn of the week."""
    return _REVIEW


def staleness(idle_days: int, _band_name: str) -> str:
    """Why it counts as stale; '' while it does not. Work goes on under a request that nobody decides."""
    return f"undecided for {idle_days} working days; the limit is {_STALE_AFTER}" if idle_days > _STALE_AFTER else ""
