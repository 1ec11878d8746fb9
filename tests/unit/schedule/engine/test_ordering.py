"""Topological order and circles."""

from __future__ import annotations

from bywhen.schedule.engine.ordering import circle, in_order


def edge(before, after):
    return (before, after, 0, 0, -1)


def test_puts_predecessors_first_and_keeps_numbers_otherwise():
    assert in_order(4, [edge(3, 0), edge(1, 2)]) == [1, 3, 2, 0]


def test_stops_short_when_there_is_a_circle():
    assert in_order(3, [edge(0, 1), edge(1, 2), edge(2, 1)]) == [0]


def test_gives_only_the_circle_when_other_nodes_hang_on_it():
    edges = [edge(1, 2), edge(2, 3), edge(3, 1), edge(3, 4), edge(4, 5)]
    ring = circle({1, 2, 3, 4, 5}, edges)
    assert ring == [1, 2, 3]
    assert all((a, b) in {(e[0], e[1]) for e in edges} for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
