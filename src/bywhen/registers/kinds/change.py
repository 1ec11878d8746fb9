"""The change register: what alters the agreed plan, its computed effect, and where its decision stands.

A change is not scored: its effect on dates says what a score would guess. Its state is the entry's ``progress``:
raised, assessed, approved, rejected or implemented. What does not live here: computing the effect (room ``schedule``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bywhen.kernel.money import Money
from bywhen.kernel.wording import counted

KIND = "change"
TITLE = "Change requests"
NOUN = "change request"
PREFIX = "CR"
ABOUT = "What alters the agreed plan, what that moves and costs, and who decided it."
FIELDS: tuple[str, ...] = ("due", "review_on", "tags")
LABELS: dict[str, str] = {"due": "Decide by", "progress": "State", "effect": "Effect"}
COLUMNS: tuple[str, ...] = ("reference", "title", "owner", "progress", "effect", "due", "review_on")
STATES: tuple[str, ...] = ("raised", "assessed", "approved", "rejected", "implemented")
FINAL = frozenset({"rejected", "implemented"})

_REVIEW = 5
_STALE_AFTER = 10
_OF_PROPOSAL = {"proposed": "assessed", "accepted": "implemented", "edited": "implemented", "rejected": "rejected"}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which effect on a change of the plan needs a change request: working days by which a milestone or the
    project's end moves either way, working days of float that one task loses, cost, a task dropped (``scope``). None
    stands for no limit.
    """

    milestone_days: int | None = 5
    finish_days: int | None = 1
    float_days: int | None = None
    cost: Money | None = None
    scope: bool = False


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
        return bool(request_reasons(self, thresholds))


def request_reasons(
    effect: ChangeEffect | None, thresholds: Thresholds, *, cost: Money | None = None, drops: bool = False
) -> tuple[str, ...]:
    """Why a change request is needed, each limit that is reached in words; nothing when the change stays below all.

    ``cost`` is what the change costs, when somebody has said so: another currency than the limit's cannot be compared
    and counts as reaching it. ``drops`` says whether it drops a task.

    >>> request_reasons(ChangeEffect(0, (("UAT", 4),), 0), Thresholds(milestone_days=2))
    ('UAT moves 4 working days later; a request is needed from 2 on',)
    """
    found = list(_effect_reasons(effect, thresholds)) if effect else []
    limit = thresholds.cost
    if cost is not None and limit is not None:
        if cost.currency != limit.currency:
            found.append(f"it costs {cost}; the limit is in {limit.currency}, so it cannot be compared")
        elif abs(cost.amount) >= limit.amount:
            found.append(f"it costs {cost}; a request is needed from {limit} on")
    if drops and thresholds.scope:
        found.append("it drops a task; every change of the scope needs a request")
    return tuple(found)


def _effect_reasons(effect: ChangeEffect, thresholds: Thresholds) -> Iterator[str]:
    least = thresholds.finish_days
    if least is not None and effect.finish_days and abs(effect.finish_days) >= least:
        yield f"the project ends {_moved(effect.finish_days)}; a request is needed from {least} on"
    least = thresholds.milestone_days
    if least is not None:
        reaching = [(name, days) for name, days in effect.milestones if days and abs(days) >= least]
        for name, days in sorted(reaching, key=lambda each: -abs(each[1]))[:1]:
            others = f" (and {counted(len(reaching) - 1, 'more milestone')})" if reaching[1:] else ""
            yield f"{name} moves {_moved(days)}{others}; a request is needed from {least} on"
    least = thresholds.float_days
    if least is not None and effect.float_days and effect.float_days >= least:
        lost = counted(Decimal(str(effect.float_days)), "working day")
        yield f"a task loses {lost} of float; a request is needed from {least} on"


def _moved(days: int) -> str:
    return f"{counted(abs(days), 'working day')} {'later' if days > 0 else 'earlier'}"


_WORDS = {
    "raised": ("", "new", "open", "raised", "submitted", "requested", "proposed", "draft", "logged", "neu", "offen"),
    "assessed": (
        "assessed", "in review", "under review", "in assessment", "impact assessed", "analysed", "analyzed", "pending",
        "pending approval", "awaiting approval", "awaiting decision", "with cab", "at cab", "on hold", "deferred",
        "in progress", "bewertet", "in prüfung",
    ),
    "approved": ("approved", "accepted", "agreed", "authorised", "authorized", "genehmigt", "freigegeben"),
    "rejected": ("rejected", "declined", "refused", "withdrawn", "cancelled", "canceled", "abgelehnt"),
    "implemented": ("implemented", "done", "closed", "complete", "completed", "resolved", "umgesetzt", "erledigt"),
}  # fmt: skip
_STATE_OF_WORD = {word: state for state, words in _WORDS.items() for word in words}


def state_of_words(progress: str) -> str:
    """The state that a sheet's own word means; an unknown word leaves it raised.

    >>> state_of_words("Pending approval"), state_of_words("Genehmigt"), state_of_words("??")
    ('assessed', 'approved', 'raised')
    """
    return _STATE_OF_WORD.get(" ".join(progress.casefold().split()), "raised")


def later_state(one: str, other: str) -> str:
    """Of two states the one that is further on.

    >>> later_state("approved", "raised")
    'approved'
    """
    return max(one, other, key=STATES.index)


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
