"""The order in which a network can be computed, its links sorted by either end, and the circle that prevents an order.

The functions over columns are integers only, so that they run as machine code too (:mod:`.compiled`). What does not
live here: which links there are (:mod:`.linking`), the passes (:mod:`.sweep`).
"""

# ruff: noqa: PLR1730 - a call of max() for each link would cost plain Python a third of its time

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bywhen.schedule.engine.columns import PLAIN, Column, Columns


class Edges(NamedTuple):
    """What must come before what, column by column: predecessor and successor node, code and lag of the link, its place
    in ``plan.links`` (-1: by the outline).
    """

    predecessor: Column
    successor: Column
    code: Column
    lag: Column
    link: Column


def in_order(count: int, edges: Edges, columns: Columns = PLAIN) -> Column | None:
    """All nodes with predecessors first; fewer than ``count`` when some stand in a circle. None when the nodes are
    numbered like that already; else what becomes free at once stays in the order of the numbers. The answer never
    depends on hashing.

    >>> in_order(3, Edges([2, 0], [0, 1], [0, 0], [0, 0], [-1, -1]))
    [2, 0, 1]
    """
    if columns.run(is_in_order, edges.predecessor, edges.successor):
        return None
    first, places = by_node(count, edges.predecessor, columns)
    waiting, order = columns.filled(0, count), columns.filled(0, count)
    placed = columns.run(queue, first, columns.taken(edges.successor, places), waiting, order)
    return order[:placed]


def renumbered(edges: Edges, order: Column, columns: Columns) -> Edges:
    """The edges with each node numbered by its place in ``order``."""
    place = columns.filled(0, len(order))
    columns.run(invert, order, place)
    return edges._replace(
        predecessor=columns.taken(place, edges.predecessor), successor=columns.taken(place, edges.successor)
    )


def sorted_edges(count: int, edges: Edges, columns: Columns) -> tuple[Column, Edges]:
    """Where the edges into each node begin (and where the last end), and the edges sorted by successor."""
    if columns.run(is_sorted, edges.successor):
        return firsts(count, edges.successor, columns), edges
    first, places = by_node(count, edges.successor, columns)
    return first, Edges(*(columns.taken(column, places) for column in edges))


def firsts(count: int, nodes: Column, columns: Columns) -> Column:
    """Where the entries of each of ``count`` nodes begin in a column that is sorted by node, and where the last end."""
    first = columns.filled(0, count + 1)
    columns.run(count_entries, nodes, first)
    return first


def by_node(count: int, nodes: Column, columns: Columns) -> tuple[Column, Column]:
    """For a column of nodes: what :func:`firsts` says of it once it is sorted by node, and the places of its entries
    in that order. Entries of one node keep their order.

    >>> by_node(3, [2, 0, 2], PLAIN)
    ([0, 1, 1, 3], [1, 0, 2])
    """
    first, places = firsts(count, nodes, columns), columns.filled(0, len(nodes))
    columns.run(sort_entries, nodes, first[:], places)
    return first, places


def is_in_order(predecessor: Column, successor: Column) -> bool:
    """Whether every node has a higher number than what comes before it."""
    for before, after in zip(predecessor, successor):  # noqa: B905, SIM110 - machine code knows neither strict nor all
        if before >= after:
            return False
    return True


def is_sorted(nodes: Column) -> bool:
    """Whether the nodes stand in ascending order."""
    last = 0
    for node in nodes:
        if node < last:
            return False
        last = node
    return True


def count_entries(nodes: Column, first: Column) -> None:
    """Turn zeros into where the entries of each node begin."""
    for node in nodes:
        first[node + 1] += 1
    total = 0
    for node in range(len(first)):
        total += first[node]
        first[node] = total


def sort_entries(nodes: Column, free: Column, places: Column) -> None:
    """Put the place of each entry where ``free`` says that the next one of its node goes."""
    place = 0
    for node in nodes:
        at = free[node]
        places[at] = place
        free[node] = at + 1
        place += 1  # noqa: SIM113 - machine code and plain Python are both faster than with enumerate


def queue(first: Column, successor: Column, waiting: Column, order: Column) -> int:
    """Fill ``order`` with the nodes that nothing precedes, then with what each sets free; how many there are."""
    for node in successor:
        waiting[node] += 1
    end = 0
    for node in range(len(waiting)):
        if not waiting[node]:
            order[end] = node
            end += 1
    at = 0
    while at < end:
        node = order[at]
        at += 1
        for k in range(first[node], first[node + 1]):
            after = successor[k]
            waiting[after] -= 1
            if not waiting[after]:
                order[end] = after
                end += 1
    return end


def invert(order: Column, place: Column) -> None:
    """Fill in the place of each node in the order."""
    for at in range(len(order)):
        place[order[at]] = at


def longest(first: Column, predecessor: Column, length: Column, reached: Column) -> int:
    """The longest way through the network, the lengths of its nodes added up as if every calendar were the same."""
    most = 0
    for node in range(len(length)):
        least = 0
        for before in predecessor[first[node] : first[node + 1]]:
            at = reached[before]
            if at > least:
                least = at
        least += length[node]
        reached[node] = least
        if least > most:
            most = least
    return most


def add_waits(first: Column, lag: Column, length: Column) -> None:
    """Add to the length of each node the longest lag of the links into it."""
    for node in range(len(length)):
        most = 0
        for wait in lag[first[node] : first[node + 1]]:
            if wait > most:
                most = wait
        length[node] += most


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
