"""Topological order and circles."""

from __future__ import annotations

from bywhen.schedule.engine.ordering import Edges, circle, in_order


def edges(*pairs):
    columns = Edges([], [], [], [], [])
    for before, after in pairs:
        columns.add(before, after, 0)
    return columns


def test_puts_predecessors_first_and_keeps_numbers_otherwise():
    assert in_order(4, edges((3, 0), (1, 2))) == [1, 3, 2, 0]


def test_stops_short_when_there_is_a_circle():
    assert in_order(3, edges((0, 1), (1, 2), (2, 1))) == [0]


def test_keeps_the_numbers_when_they_are_in_order_already():
    assert in_order(4, edges((0, 3), (1, 2))) == [0, 1, 2, 3]


def test_gives_only_the_circle_when_other_nodes_hang_on_it():
    pairs = [(1, 2), (2, 3), (3, 1), (3, 4), (4, 5)]
    ring = circle({1, 2, 3, 4, 5}, edges(*pairs))
    assert ring == [1, 2, 3]
    assert all((a, b) in set(pairs) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
