"""From a plan's outline and links to the edges of its network: which node has to wait for which.

What does not live here: sorting the edges (:mod:`.ordering`), what a node is (:mod:`.network`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bywhen.kernel.durations import DurationUnit
from bywhen.kernel.errors import CycleFoundError
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import Link, LinkType, Plan
from bywhen.schedule.engine import sweep
from bywhen.schedule.engine.bridges import links_over
from bywhen.schedule.engine.columns import Columns
from bywhen.schedule.engine.hierarchy import Outline, has_own_dates
from bywhen.schedule.engine.ordering import Edges
from bywhen.schedule.engine.shifts import seconds_for
from bywhen.schedule.engine.staff import Staff
from bywhen.schedule.engine.sweep import MEMBER

_CODES = {LinkType.FS: sweep.FS, LinkType.SS: sweep.SS, LinkType.FF: sweep.FF, LinkType.SF: sweep.SF}
_PLAIN = LinkType.FS


@dataclass(frozen=True, slots=True)
class Ends:
    """The nodes that links and the outline tie together, by task uid: of tasks that are no summaries, the start of a
    summary that its tasks wait for, and the finish of any task (of a summary: what waits for its tasks).
    """

    node_of: dict[int, int]
    gate_of: dict[int, int]
    finish_of: dict[int, int]


def edges_of(plan: Plan, outline: Outline, ends: Ends, staff: Staff, columns: Columns) -> Edges:
    """What the outline implies, then what the links say, in the plan's order, then what leads over inactive tasks.
    Links that cannot be kept are told among the findings of ``staff``.

    Raises:
        CycleFoundError: when a task is linked to itself.
    """
    tied = list(_ties(outline, ends))
    linked = _Linking(plan, outline, ends, staff).edges(columns)
    if not tied:
        return linked
    count = len(tied)
    predecessor, successor, code = (columns.of(list(column)) for column in zip(*tied, strict=True))
    outlined = Edges(predecessor, successor, code, columns.filled(0, count), columns.filled(-1, count))
    for first, second in zip(outlined, linked, strict=True):
        first.extend(second)
    return outlined


def _ties(outline: Outline, ends: Ends) -> Iterable[tuple[int, int, int]]:
    """Predecessor, successor and code of what the outline implies: tasks wait for the start of their summary, its
    finish for its tasks.
    """
    gate_of = ends.gate_of
    for uid in outline.tasks if gate_of else ():
        node = gate_of.get(uid, ends.node_of.get(uid))
        gate = next((gate_of[a] for a in outline.ancestors(uid) if a in gate_of), None)
        if node is not None and gate is not None:
            yield gate, node, sweep.FS
    for uid in outline.summaries:
        if uid in ends.finish_of and not has_own_dates(outline.tasks[uid]):
            for node in _rolled_up(uid, outline, ends.finish_of):
                yield node, ends.finish_of[uid], MEMBER


def _rolled_up(uid: int, outline: Outline, finish_of: Mapping[int, int]) -> Iterable[int]:
    """The nodes directly below a summary: of its tasks, and of those of its summaries that have one themselves."""
    waiting, seen = list(outline.children.get(uid, ())), {uid}
    while waiting:
        child = waiting.pop()
        if child in seen or not outline.tasks[child].active:
            continue
        seen.add(child)
        if child in finish_of:
            yield finish_of[child]
        else:
            waiting.extend(outline.children.get(child, ()))


class _Linking:
    """Reads the links. Most are a plain finish to start between two tasks that are no summaries: all are read as if
    they were, column by column, which plain Python does fastest; then the others are put right one by one.
    """

    def __init__(self, plan: Plan, outline: Outline, ends: Ends, staff: Staff) -> None:
        self.links = plan.links
        self.outline, self.ends, self.staff = outline, ends, staff
        self.inactive = {task.uid for task in outline.noted if not task.active}

    def edges(self, columns: Columns) -> Edges:
        links, count = self.links, len(self.links)
        nodes = self._active_nodes()
        try:
            before = [nodes[link.predecessor_uid] for link in links]
            after = [nodes[link.successor_uid] for link in links]
        except (
            KeyError
        ):  # A summary, an inactive or a missing task: in most plans there is none, and this way is faster.
            before = [nodes.get(link.predecessor_uid, -1) for link in links]
            after = [nodes.get(link.successor_uid, -1) for link in links]
        others = self._others(before, after)
        code, lag = columns.filled(0, count), columns.filled(0, count)
        edges = Edges(columns.of(before), columns.of(after), code, lag, columns.numbered(count))
        dropped = set()
        for place in others:
            tie = self._tie(links[place])
            if tie is None:
                dropped.add(place)
            else:
                edges.predecessor[place], edges.successor[place], code[place], lag[place] = tie
        if dropped:
            kept = columns.of([place for place in range(count) if place not in dropped])
            edges = Edges(*(columns.taken(column, kept) for column in edges))
        for place, hidden in links_over(links, self.inactive) if self.inactive else ():
            tie = self._tie(hidden)
            for column, value in zip(edges, (*tie, place) if tie else (), strict=False):
                column.append(value)
        return edges

    def _active_nodes(self) -> Mapping[int, int]:
        nodes = self.ends.node_of
        return {uid: node for uid, node in nodes.items() if uid not in self.inactive} if self.inactive else nodes

    def _others(self, before: list[int], after: list[int]) -> list[int]:
        """The places of the links that are not plain, in order."""
        others: list[int] = []
        if [link for link in self.links if link.type is not _PLAIN or link.lag.minutes]:
            others = [n for n, link in enumerate(self.links) if link.type is not _PLAIN or link.lag.minutes]
        if -1 in before or -1 in after:
            others += [n for n, ends in enumerate(zip(before, after, strict=True)) if -1 in ends]
        return sorted(set(others))

    def _tie(self, link: Link) -> tuple[int, int, int, int] | None:
        """Predecessor, successor, code and lag of one link of any kind; None when it cannot be kept."""
        ends, before, after = self.ends, link.predecessor_uid, link.successor_uid
        predecessor = ends.finish_of.get(before)
        successor = ends.node_of.get(after)
        if successor is None:
            successor = ends.gate_of.get(after)
        if predecessor is None or successor is None or before == after:
            self._tell_loose(link)
        elif self.outline.summaries and self.outline.holds(before, after):
            text = f"Task {before} and task {after} are linked although one holds the other; the link is left out."
            self._find("link-within-summary", text, f"task {after}")
        elif self.outline.tasks[before].active:
            code, lag = self._lag(link)
            return predecessor, successor, code | (sweep.ALOOF if after in self.inactive else 0), lag
        return None

    def _tell_loose(self, link: Link) -> None:
        tasks = self.outline.tasks
        missing = [uid for uid in (link.predecessor_uid, link.successor_uid) if uid not in tasks]
        if missing and not link.external:
            text = f"A link names task {missing[0]}, which is not in the plan; it is left out."
            self._find("link-to-missing-task", text, f"task {missing[0]}")
        elif link.predecessor_uid == link.successor_uid:
            task = tasks[link.successor_uid]
            raise CycleFoundError([f"{task.id or task.uid} '{task.name}'"])

    def _lag(self, link: Link) -> tuple[int, int]:
        code, lag = _CODES[link.type], link.lag
        if not lag.minutes:
            return code, 0
        if lag.unit in (DurationUnit.PERCENT, DurationUnit.ELAPSED_PERCENT):
            duration = self.outline.tasks[link.predecessor_uid].duration
            seconds = seconds_for((duration.minutes if duration else 0.0) * lag.minutes / 100)
            elapsed = lag.elapsed or bool(duration and duration.elapsed)
        else:
            seconds, elapsed = seconds_for(lag.minutes), lag.elapsed
        if elapsed:
            return code | sweep.ELAPSED_LAG, seconds
        successor = self.outline.tasks[link.successor_uid]
        if successor.duration is not None and successor.duration.elapsed:
            # The task itself runs round the clock, but not the wait for it.
            code |= (self.staff.of_task(successor) + 1) << sweep.LAG_CALENDAR
        return code | sweep.WORKING_LAG, seconds

    def _find(self, rule: str, text: str, subject: str) -> None:
        self.staff.findings.append(Finding(rule, Severity.WARNING, text, subject))
