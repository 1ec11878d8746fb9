"""Topological order, sorted edges, the longest way and circles."""

from __future__ import annotations

from bywhen.schedule.engine.columns import PLAIN
from bywhen.schedule.engine.ordering import Edges, add_waits, circle, in_order, longest, renumbered, sorted_edges


def edges(*pairs):
    nothing = [0] * len(pairs)
    return Edges([before for before, _ in pairs], [after for _, after in pairs], nothing, nothing, nothing)


def test_puts_predecessors_first_and_keeps_numbers_otherwise():
    assert in_order(4, edges((3, 0), (1, 2))) == [1, 3, 2, 0]


def test_numbers_the_nodes_anew_when_some_come_before_what_they_wait_for():
    order = in_order(4, edges((3, 0), (1, 2)))
    anew = renumbered(edges((3, 0), (1, 2)), order, PLAIN)
    assert (anew.predecessor, anew.successor) == ([1, 0], [3, 2])


def test_sorts_edges_by_successor_and_keeps_the_order_of_each():
    given = edges((0, 3), (1, 2), (2, 3))._replace(link=[7, 8, 9])
    first, found = sorted_edges(4, given, PLAIN)
    assert (first, found.predecessor, found.link) == ([0, 0, 0, 1, 3], [1, 0, 2], [8, 7, 9])


def test_adds_lengths_and_lags_along_the_longest_way():
    first, lengths = [0, 0, 1, 3], [10, 20, 1]
    assert longest(first, [0, 0, 1], lengths, [0, 0, 0]) == 31
    add_waits(first, [0, 50, -5], lengths)
    assert longest(first, [0, 0, 1], lengths, [0, 0, 0]) == 81


def test_stops_short_when_there_is_a_circle():
    assert in_order(3, edges((0, 1), (1, 2), (2, 1))) == [0]


def test_keeps_the_numbers_when_they_are_in_order_already():
    assert in_order(4, edges((0, 3), (1, 2))) is None


def test_gives_only_the_circle_when_other_nodes_hang_on_it():
    pairs = [(1, 2), (2, 3), (3, 1), (3, 4), (4, 5)]
    ring = circle({1, 2, 3, 4, 5}, edges(*pairs))
    assert ring == [1, 2, 3]
    assert all((a, b) in set(pairs) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
