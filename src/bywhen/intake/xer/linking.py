"""Links of summary tasks as links of the activities below them: Primavera cannot link nodes of its breakdown.

A summary task finishes when its last activity does, and what follows it follows all of them; what comes before it comes
before each. The other way round (its start drives something, its finish is driven) depends on one activity that only
the schedule knows; such links are left out. What does not live here: the rows of the table TASKPRED (``writing``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from bywhen.intake.xer.outline import Outline
from bywhen.kernel.durations import DurationUnit
from bywhen.kernel.plan import Link, LinkType, Plan

_MOST = 2_000
_AFTER_FINISH = (LinkType.FS, LinkType.FF)
_BEFORE_START = (LinkType.FS, LinkType.SS)
_PERCENT = (DurationUnit.PERCENT, DurationUnit.ELAPSED_PERCENT)


@dataclass(frozen=True, slots=True)
class Linked:
    """The links between activities, and which links of summary tasks became how many of them."""

    links: tuple[Link, ...]
    unfolded: tuple[tuple[Link, int], ...]


def activity_links(plan: Plan, outline: Outline) -> Linked:
    """The plan's links with those of summary tasks unfolded where that means the same; others stay as they are."""
    nodes = {task.uid for task in outline.nodes}
    if not any({link.predecessor_uid, link.successor_uid} & nodes for link in plan.links):
        return Linked(plan.links, ())
    family = _Family(plan, outline)
    kept = list(plan.links)
    known = {(link.predecessor_uid, link.successor_uid, link.type) for link in kept}
    unfolded: list[tuple[Link, int]] = []
    for link in plan.links:
        if {link.predecessor_uid, link.successor_uid} & nodes:
            found = [
                each
                for each in family.unfold(link)
                if (each.predecessor_uid, each.successor_uid, each.type) not in known
            ]
            if found:
                kept[kept.index(link) : kept.index(link) + 1] = found
                known |= {(each.predecessor_uid, each.successor_uid, each.type) for each in found}
                unfolded.append((link, len(found)))
    return Linked(tuple(kept), tuple(unfolded))


class _Family:
    """The activities below each node, and which of them begin and end its chains."""

    def __init__(self, plan: Plan, outline: Outline) -> None:
        self._below: dict[int, list[int]] = defaultdict(list)
        self._activities = {task.uid for task in outline.activities}
        parents = {task.uid: outline.above(task) for task in (*outline.nodes, *outline.activities)}
        for uid in self._activities:
            node, seen = parents[uid], {outline.root}
            while node not in seen:
                seen.add(node)
                self._below[node].append(uid)
                node = parents.get(node, outline.root)
        self._following: dict[int, set[int]] = defaultdict(set)
        self._preceding: dict[int, set[int]] = defaultdict(set)
        for link in plan.links:
            if link.type is LinkType.FS and link.lag.minutes >= 0:
                self._following[link.predecessor_uid].add(link.successor_uid)
                self._preceding[link.successor_uid].add(link.predecessor_uid)

    def unfold(self, link: Link) -> Iterator[Link]:
        """The same as links of activities; nothing where that cannot be said."""
        before, after = [link.predecessor_uid], [link.successor_uid]
        if link.predecessor_uid not in self._activities:
            # A share of a summary task's length is no share of its activities' lengths.
            usable = link.type in _AFTER_FINISH and link.lag.unit not in _PERCENT
            before = self._ends(link.predecessor_uid, self._following) if usable else []
        if link.successor_uid not in self._activities:
            after = self._ends(link.successor_uid, self._preceding) if link.type in _BEFORE_START else []
        if len(before) * len(after) <= _MOST:
            for one, other in product(before, after):
                yield replace(link, predecessor_uid=one, successor_uid=other)

    def _ends(self, node: int, neighbours: dict[int, set[int]]) -> list[int]:
        """The activities below a node that no other one below it continues (or, looking back, leads up to)."""
        below = self._below.get(node, [])
        inside = set(below)
        return sorted(uid for uid in below if not neighbours[uid] & inside)
