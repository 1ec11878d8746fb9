"""The links that lead over inactive tasks: what came before one still comes before what came after it.

An inactive task keeps its place in the plan but binds nobody. Since its 2013 version Microsoft Project puts a hidden
link between the predecessors and the successors of such a task, so that these do not fall back to the project's start.
What does not live here: compiling the links (:mod:`.network`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from bywhen.kernel.plan import Link, LinkType

_KINDS = {
    (False, False): LinkType.FS,
    (True, False): LinkType.SS,
    (False, True): LinkType.FF,
    (True, True): LinkType.SF,
}
"""The link by whether it is counted from the predecessor's start and whether it binds the successor's finish."""


def links_over(links: Sequence[Link], inactive: Collection[int]) -> Iterator[tuple[int, Link]]:
    """The hidden links that take the place of links out of ``inactive`` tasks (uids), each with the place in ``links``
    of the one that it replaces. Lags on the way are added up where they are of one unit, else the last one counts.

    >>> [(place, link.predecessor_uid, link.successor_uid) for place, link in links_over([Link(1, 2), Link(2, 3)], {2})]
    [(1, 1, 3)]
    """
    into: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        if link.successor_uid in inactive:
            into[link.successor_uid].append(link)
    for place, link in enumerate(links):
        if link.predecessor_uid in inactive and link.successor_uid not in inactive:
            for before in _sources(link.predecessor_uid, into, inactive):
                if before.predecessor_uid != link.successor_uid:
                    yield place, _joined(before, link)


def _sources(uid: int, into: Mapping[int, list[Link]], inactive: Collection[int]) -> list[Link]:
    """The links from active tasks into an inactive one, over as many inactive ones as stand between; one for each end
    of each active task.
    """
    found: dict[tuple[int, LinkType], Link] = {}
    waiting, seen = list(into.get(uid, ())), {uid}
    while waiting:
        link = waiting.pop()
        before = link.predecessor_uid
        if before not in inactive:
            found.setdefault((before, link.type), link)
        elif before not in seen:
            seen.add(before)
            waiting.extend(_joined(each, link) for each in into.get(before, ()))
    return list(found.values())


def _joined(first: Link, second: Link) -> Link:
    """From where the first link begins to where the second one ends."""
    from_start = first.type in (LinkType.SS, LinkType.SF)
    to_finish = second.type in (LinkType.FF, LinkType.SF)
    lag = second.lag
    if first.lag.unit is lag.unit or not lag.minutes:
        lag = replace(first.lag, minutes=first.lag.minutes + lag.minutes)
    return replace(second, predecessor_uid=first.predecessor_uid, type=_KINDS[from_start, to_finish], lag=lag)
