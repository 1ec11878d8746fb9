"""The order in which a network can be computed, and the circle that prevents one.

What does not live here: what the nodes are (:mod:`.network`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from operator import lt
from typing import NamedTuple


class Edges(NamedTuple):
    """What must come before what, column by column: predecessor and successor node, code and lag of the link, its place
    in ``plan.links`` (-1: by the outline).
    """

    predecessor: list[int]
    successor: list[int]
    code: list[int]
    lag: list[int]
    link: list[int]

    def add(self, predecessor: int, successor: int, code: int, lag: int = 0, link: int = -1) -> None:
        """One more edge, after all others."""
        for column, value in zip(self, (predecessor, successor, code, lag, link), strict=True):
            column.append(value)


def in_order(count: int, edges: Edges) -> list[int]:
    """All nodes with predecessors first; fewer than ``count`` when some stand in a circle. Nodes that are numbered like
    that already stay so; else what becomes free at once stays in the order of the numbers. The answer never depends
    on hashing.

    >>> in_order(3, Edges([2, 0], [0, 1], [0, 0], [0, 0], [-1, -1]))
    [2, 0, 1]
    """
    if all(map(lt, edges.predecessor, edges.successor)):
        return list(range(count))
    waiting = [0] * count
    after: list[list[int]] = [[] for _ in range(count)]
    for predecessor, successor in zip(edges.predecessor, edges.successor, strict=True):
        after[predecessor].append(successor)
        waiting[successor] += 1
    order = [node for node in range(count) if not waiting[node]]
    for node in order:
        for successor in after[node]:
            waiting[successor] -= 1
            if not waiting[successor]:
                order.append(successor)
    return order


def circle(stuck: Iterable[int], edges: Edges) -> list[int]:
    """One circle among the nodes that :func:`in_order` could not place, each node followed by its successor.

    >>> circle({0, 1}, Edges([0, 1], [1, 0], [0, 0], [0, 0], [-1, -1]))
    [0, 1]
    """
    left = set(stuck)
    before: dict[int, list[int]] = defaultdict(list)
    for predecessor, successor in zip(edges.predecessor, edges.successor, strict=True):
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
