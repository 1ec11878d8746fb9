"""What waits for the project's start: whatever no other task places.

What does not live here: constraints and other dates of a task's own (:mod:`.placement`), the sweep (:mod:`.sweep`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bywhen.schedule.engine.columns import Column
from bywhen.schedule.engine.sweep import FF, FS, GATE, NEVER, ROLLUP, SF, STARTED, Links, Nodes


def open_floors(nodes: Nodes, asking: Iterable[int], held: Collection[int], links: Links, start: int) -> None:
    """Let what follows a task begin before the project's ``start`` too, where a date, a lead or a link from start to
    finish places it there. Only what nothing precedes, or what only has to end with something, waits for that start;
    ``held`` nodes have a floor of their own.
    """
    floors, ceilings, kinds = nodes.start_floor, nodes.start_ceiling, nodes.kind
    if not _reach_back(links) and all(min(floors[node] or start, ceilings[node]) >= start for node in asking):
        return
    earliest = [min(floor or start, ceiling) for floor, ceiling in zip(floors, ceilings, strict=True)]
    for node, own in enumerate(earliest):
        into = range(links.first[node], links.first[node + 1])
        if kinds[node] == GATE:
            earliest[node] = min([own, *(earliest[links.predecessor[k]] for k in into)])
        elif floors[node] == start and kinds[node] != STARTED and node not in held:
            floors[node] = earliest[node] = _opened(node, into, earliest, nodes, links)


def _reach_back(links: Links) -> bool:
    """Whether a link may place something before what it follows: one with a lead, or from start to finish."""
    if links.code.count(FS) == len(links.code):
        return False
    return min(links.lag) < 0 or any(code & 3 == SF for code in set(links.code))


def _opened(node: int, into: Iterable[int], earliest: Column, nodes: Nodes, links: Links) -> int:
    """The floor of a node that begins with the project unless something else says when it does."""
    floor = nodes.start_floor[node]
    led = False
    for k in into:
        before = links.predecessor[k]
        kind = nodes.kind[before]
        if links.code[k] & 3 == FF:
            return nodes.start_floor[node]
        if kind == GATE:
            floor = min(floor, earliest[before])
        # The finish of a summary task without tasks has no date.
        elif kind != ROLLUP or links.first[before] < links.first[before + 1]:
            led = True
    return NEVER if led else floor
