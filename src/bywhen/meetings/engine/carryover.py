"""What a meeting says again: an item that is an open matter of the series already is not one more.

What does not live here: which matters are open (room ``loops``), twins within one meeting
(:mod:`bywhen.meetings.engine.extraction`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bywhen.meetings.engine.dates import without_days
from bywhen.meetings.engine.items import Item, same_matter
from bywhen.meetings.engine.projecttime import ProjectTime


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """Something that is open already: its ``key``, its ``kind`` as an item's, its words and its owner ('' = nobody)."""

    key: str
    kind: str
    text: str
    owner: str = ""


def carried_over(item: Item, matters: Sequence[OpenMatter], time: ProjectTime) -> OpenMatter | None:
    """The open matter that an item says again, None when it is new.

    The same kind, no two different owners, and the same words when the days are left out: a deadline that moved makes
    no second action.

    >>> from datetime import date
    >>> from bywhen.kernel.worktime import WorkingTime
    >>> from bywhen.meetings.engine.items import ItemKind
    >>> time = ProjectTime(date(2026, 10, 22), WorkingTime.standard())
    >>> item = Item("1", ItemKind.ACTION, "Send the draft contract to legal by Friday", (), 0.9, "marker action")
    >>> carried_over(item, [OpenMatter("k", "action", "Send draft contract to legal by 19 October")], time).key
    'k'
    """
    said = without_days(item.text, time)
    fitting = (
        matter
        for matter in matters
        if matter.kind == item.kind.value
        and not (item.owner and matter.owner and item.owner.casefold() != matter.owner.casefold())
        and same_matter(said, without_days(matter.text, time))
    )
    return next(fitting, None)
