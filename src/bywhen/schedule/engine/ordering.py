"""The order in which a network can be computed, and the circle that prevents one.

What does not live here: what the nodes are (:mod:`.network`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

Edge = tuple[int, int, int, int, int]
"""Predecessor and successor node, code and lag of the link, its place in ``plan.links`` (-1: by the outline)."""


def in_order(count: int, edges: Sequence[Edge]) -> list[int]:
    """All nodes with predecessors first; fewer than ``count`` when some stand in a circle. What becomes free at once
    stays in the order of the numbers, so the answer does not depend on hashing.

    >>> in_order(3, [(2, 0, 0, 0, -1), (0, 1, 0, 0, -1)])
    [2, 0, 1]
    """
    waiting = [0] * count
    after: list[list[int]] = [[] for _ in range(count)]
    for predecessor, successor, _, _, _ in edges:
        after[predecessor].append(successor)
        waiting[successor] += 1
    order = [node for node in range(count) if not waiting[node]]
    for node in order:
        for successor in after[node]:
            waiting[successor] -= 1
            if not waiting[successor]:
                order.append(successor)
    return order


def circle(stuck: Iterable[int], edges: Iterable[Edge]) -> list[int]:
    """One circle among the nodes that :func:`in_order` could not place, each node followed by its successor.

    >>> circle({0, 1}, [(0, 1, 0, 0, -1), (1, 0, 0, 0, -1)])
    [0, 1]
    """
    left = set(stuck)
    before: dict[int, list[int]] = defaultdict(list)
    for predecessor, successor, _, _, _ in edges:
        if predecessor in left and successor in left:
            before[successor].append(predecessor)
    step: dict[int, int] = {}
    node = min(left)
    while node not in step:
        step[node] = before[node][0]
        node = step[node]
    ring, at = [node], step[node]
    while at != node:
        ring.append(at)
        at = step[at]
    ring.reverse()
    first = ring.index(min(ring))
    return ring[first:] + ring[:first]
