"""What stands between a reviewed meeting and its published minutes.

Minutes are refused while an accepted action has no owner or no date, or while a proposal is undecided. A person may
waive the first with a reason, and leave the second open explicitly; both then stand in the minutes.

What does not live here: publishing (services), the 24 hours (:mod:`bywhen.meetings.engine.promise`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bywhen.kernel.wording import counted, listed

OPEN, ACCEPTED = "proposed", ("accepted", "edited")
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """One proposal of a meeting as it stands: ``status`` as the record has it, ``ref`` its number."""

    ref: int
    kind: str
    status: str
    text: str
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: ``what`` is ``owner``, ``due`` or ``judgement``; ``text`` says it to a person."""

    ref: int
    what: str
    text: str


def lacking(items: Iterable[Judged]) -> tuple[Lack, ...]:
    """All that is missing, in the order of the items.

    >>> lacking([Judged(7, "action", "accepted", "Send the plan", owner="Ana")])[0].text
    "'Send the plan' has no date"
    """
    return tuple(lack for item in items for lack in _of(item))


def _of(item: Judged) -> Iterable[Lack]:
    if item.status == OPEN:
        yield Lack(item.ref, "judgement", f"'{item.text}' is not judged")
    elif item.status in ACCEPTED and item.kind == "action":
        if not item.owner.strip():
            yield Lack(item.ref, "owner", f"'{item.text}' has no owner")
        if item.due is None:
            yield Lack(item.ref, "due", f"'{item.text}' has no date")


def refusal(lacks: Sequence[Lack], *, waiver: str = "", leave_open: bool = False) -> str:
    """Why publishing is refused, in one sentence with its remedy; '' when nothing stands in the way.

    >>> refusal((Lack(7, "due", "'Send the plan' has no date"),), waiver="the vendor answers on Monday")
    ''
    """
    undecided = [each for each in lacks if each.what == "judgement"]
    missing = [each for each in lacks if each.what != "judgement"]
    said, remedies = [], []
    if missing and not waiver.strip():
        said.append(_some(missing))
        remedies.append("name an owner and a date, or give a reason to publish without")
    if undecided and not leave_open:
        said.append(f"{counted(len(undecided), 'item is', 'items are')} not judged: {_some(undecided, bare=True)}")
        remedies.append("accept or reject them, or leave them open")
    if not said:
        return ""
    remedy = "; ".join(remedies)
    return f"The minutes cannot be published: {'; '.join(said)}. {remedy[0].upper()}{remedy[1:]}."


def _some(lacks: Sequence[Lack], *, bare: bool = False) -> str:
    shown = [each.text.removesuffix(" is not judged") if bare else each.text for each in lacks[:_NAMED]]
    more = len(lacks) - len(shown)
    return listed([*shown, f"{more} more"] if more else shown)
