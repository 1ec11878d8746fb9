"""The compiled network: a plan's tasks, links and calendars as arrays in the order in which they can be computed.

What does not live here: what one task asks for (:mod:`.placement`), whose calendar is whose (:mod:`.staff`), the passes
(:mod:`.sweep`), answers (:mod:`.cpm`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate, islice
from operator import attrgetter, le
from typing import Any

from bywhen.kernel.durations import DurationUnit
from bywhen.kernel.errors import CycleFoundError, ScheduleImpossibleError
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import ConstraintType, Link, LinkType, Plan, Task
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine import sweep
from bywhen.schedule.engine.ordering import Edges, circle, in_order
from bywhen.schedule.engine.placement import Placement, Setting, placed
from bywhen.schedule.engine.shifts import LAST_DAY, Shifts, moment_of, seconds_of, shift_table
from bywhen.schedule.engine.staff import Staff
from bywhen.schedule.engine.sweep import ALWAYS, GATE, MEMBER, NEVER, ROLLUP, STARTED, Followers, Links, Nodes, Strands

_CODES = {LinkType.FS: sweep.FS, LinkType.SS: sweep.SS, LinkType.FF: sweep.FF, LinkType.SF: sweep.SF}
_YEAR = 366
_PLAIN = LinkType.FS
_LINKED = attrgetter("predecessor_uid", "successor_uid", "type", "lag.minutes")
_DATES = attrgetter("start", "finish", "constraint_date", "actual_start", "deadline")
_EPOCH = datetime(2000, 1, 3, 8)
"""Where a plan without any date begins: a Monday morning."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A plan ready to be computed. Node arrays stand in topological order.

    ``node_of`` finds the node of a task that is no summary; ``gate_of`` and ``finish_of`` the start and the finish of
    a summary that is linked (``finish_of`` holds all other tasks too); ``owner`` is the task uid of each node,
    ``counts`` whether it belongs to an active task, which the project's dates come from; ``link_of`` the place in
    ``plan.links`` of each link entry, -1 for what the outline implies; ``late_tasks`` the nodes to be placed as late
    as possible; ``dated`` those whose late finish is not simply the project's; ``memo`` keeps what is made of the
    arrays once (a changed network needs an empty one).
    """

    plan: Plan
    nodes: Nodes
    links: Links
    followers: Followers
    strands: Strands
    shifts: Shifts
    calendars: tuple[WorkingTime, ...]
    horizon: tuple[int, int]
    start: int
    owner: list[int]
    counts: list[bool]
    link_of: list[int]
    node_of: Mapping[int, int]
    gate_of: Mapping[int, int]
    finish_of: Mapping[int, int]
    calendar_of: Mapping[int, int]
    project_calendar: WorkingTime
    late_tasks: tuple[int, ...]
    dated: tuple[int, ...]
    findings: tuple[Finding, ...]
    tasks: Mapping[int, Task] = field(repr=False)
    children: Mapping[int, list[int]] = field(repr=False)
    memo: dict[str, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.nodes.kind)


def compiled_network(plan: Plan, *, years: int = 20, work_after: datetime | None = None) -> Network:
    """Compile a plan. ``years`` is how far beyond its dates the calendars are laid out at first; with ``work_after``
    nothing that is still to do is planned before that moment.

    Raises:
        CycleFoundError: when the links form a circle; every task in it is named.
        CalendarEmptyError: when the project's calendar has no working time.
        ScheduleImpossibleError: when the plan starts after the year 2599.
    """
    return _Compiler(plan, years, work_after).network()


def with_longer_calendars(network: Network, years: int) -> Network:
    """The same network with its calendars laid out ``years`` beyond the plan's dates: nothing else depends on how far
    they reach.
    """
    horizon = _horizon(network.plan, moment_of(network.start), years)
    return replace(network, shifts=shift_table(network.calendars, *horizon), horizon=horizon, memo={})


class _Compiler:
    """Holds the growing lists while a plan is compiled."""

    def __init__(self, plan: Plan, years: int, work_after: datetime | None) -> None:
        self.plan = plan
        self.tasks = {t.uid: t for t in plan.tasks if not t.is_null}
        self.children = _children(self.tasks)
        self.summaries = {u for u, t in self.tasks.items() if u in self.children or (t.summary and not t.outline_level)}
        self.staff = Staff(plan, self.tasks)
        self.findings = self.staff.findings
        start = plan.start or min((t.start for t in plan.tasks if t.start), default=_EPOCH)
        if start.toordinal() >= LAST_DAY:
            raise ScheduleImpossibleError(f"The plan starts on {start:%Y-%m-%d}, after the year 2599; check its start.")
        self.horizon = _horizon(plan, start, years)
        self.shifts = shift_table(self.staff.calendars, *self.horizon)
        work = sweep.work_at(seconds_of(start), self.staff.project, self.shifts)
        self.start = sweep.opens(work, self.staff.project, self.shifts)
        self.work_after = seconds_of(work_after) if work_after else NEVER
        self.placements: list[Placement] = []
        self.owner: list[int] = []
        self.node_of: dict[int, int] = {}
        self.gate_of: dict[int, int] = {}
        self.finish_of: dict[int, int] = {}
        self.edges = Edges([], [], [], [], [])

    def network(self) -> Network:
        self._add_nodes()
        self._add_edges()
        order = in_order(len(self.placements), self.edges)
        if len(order) < len(self.placements):
            raise CycleFoundError(self._circle(order))
        if order != list(range(len(order))):
            self._renumber(order)
        links, followers, link_of = _links(len(order), self.edges)
        placements, node_of = self.placements, self.node_of
        self._open_floors(placements, links)
        counts = [False] * len(order)
        for uid, node in node_of.items():
            counts[node] = self.tasks[uid].active
        return Network(
            plan=self.plan,
            nodes=_nodes(placements),
            links=links,
            followers=followers,
            strands=_strands(placements),
            shifts=self.shifts,
            calendars=tuple(self.staff.calendars),
            horizon=self.horizon,
            start=self.start,
            owner=self.owner,
            counts=counts,
            link_of=link_of,
            node_of=node_of,
            gate_of=self.gate_of,
            finish_of=self.finish_of,
            calendar_of={u: self.staff.of_task(self.tasks[u]) for u in self.summaries},
            project_calendar=self.staff.calendars[self.staff.project],
            late_tasks=tuple(n for u, n in node_of.items() if _is_late(self.tasks[u])),
            dated=tuple(n for n, p in enumerate(placements) if p.late_finish < ALWAYS or p.kind == GATE),
            findings=tuple(self.findings),
            tasks=self.tasks,
            children=self.children,
        )

    def _renumber(self, order: list[int]) -> None:
        """Number the nodes in the order in which they are computed."""
        place = [0] * len(order)
        for new, old in enumerate(order):
            place[old] = new
        self.placements = [self.placements[old] for old in order]
        self.owner = [self.owner[old] for old in order]
        for found in (self.node_of, self.gate_of, self.finish_of):
            found.update((uid, place[node]) for uid, node in list(found.items()))
        for column in (self.edges.predecessor, self.edges.successor):
            column[:] = [place[node] for node in column]

    # -- nodes -------------------------------------------------------------------------------------------------------

    def _add_node(self, uid: int, placement: Placement) -> int:
        self.placements.append(placement)
        self.owner.append(uid)
        return len(self.placements) - 1

    def _add_nodes(self) -> None:
        setting = Setting(self.plan, self.start, self.shifts, self.staff, self.work_after, {})
        bound, awaited = self._linked_summaries()
        for uid in self.tasks:
            task = self.tasks[uid]
            if uid not in self.summaries:
                self.node_of[uid] = self.finish_of[uid] = self._add_node(uid, placed(task, setting))
                continue
            if uid in bound:
                self.gate_of[uid] = self._add_node(uid, _gate(task, self.staff.of_task(task)))
            if uid in awaited:
                self.finish_of[uid] = self._add_node(uid, Placement(ROLLUP, self.staff.of_task(task), 0, NEVER))

    def _linked_summaries(self) -> tuple[set[int], set[int]]:
        bound = {uid for uid in self.summaries if _binds_children(self.tasks[uid])}
        awaited: set[int] = set()
        if self.summaries:
            bound |= self.summaries.intersection(link.successor_uid for link in self.plan.links)
            awaited = self.summaries.intersection(link.predecessor_uid for link in self.plan.links)
        return bound, awaited

    # -- links -------------------------------------------------------------------------------------------------------

    def _add_edges(self) -> None:
        if self.gate_of:
            for uid in self.tasks:
                node = self.gate_of.get(uid, self.node_of.get(uid))
                gate = next((self.gate_of[a] for a in self._ancestors(uid) if a in self.gate_of), None)
                if node is not None and gate is not None:
                    self.edges.add(gate, node, sweep.FS)
        for uid in self.summaries:
            if uid in self.finish_of:
                self._roll_up(uid, self.finish_of[uid])
        self._add_links()

    def _add_links(self) -> None:
        # Most links are a plain finish to start between two tasks: told apart at once, they cost a third.
        plain_before = {u: n for u, n in self.node_of.items() if self.tasks[u].active}.get
        plain_after = self.node_of.get
        predecessors, successors, places = [], [], []
        for place, (before, after, kind, lag) in enumerate(map(_LINKED, self.plan.links)):
            predecessor, successor = plain_before(before), plain_after(after)
            if kind is _PLAIN and not lag and predecessor is not None and successor is not None and before != after:
                predecessors.append(predecessor)
                successors.append(successor)
                places.append(place)
                continue
            self._add_plain(predecessors, successors, places)
            self._add_link(place, self.plan.links[place])
        self._add_plain(predecessors, successors, places)

    def _add_plain(self, predecessors: list[int], successors: list[int], places: list[int]) -> None:
        """Take over the plain links gathered so far, before one of another kind: their order is kept."""
        nothing = [0] * len(places)
        for column, values in zip(self.edges, (predecessors, successors, nothing, nothing, places), strict=True):
            column.extend(values)
        for values in (predecessors, successors, places):
            values.clear()

    def _ancestors(self, uid: int) -> Iterable[int]:
        parent, seen = self.tasks[uid].parent_uid, {uid}
        while parent is not None and parent in self.tasks and parent not in seen:
            yield parent
            seen.add(parent)
            parent = self.tasks[parent].parent_uid

    def _roll_up(self, uid: int, node: int) -> None:
        waiting, seen = list(self.children.get(uid, ())), {uid}
        while waiting:
            child = waiting.pop()
            if child in seen or not self.tasks[child].active:
                continue
            seen.add(child)
            if child in self.finish_of:
                self.edges.add(self.finish_of[child], node, MEMBER)
            else:
                waiting.extend(self.children.get(child, ()))

    def _add_link(self, place: int, link: Link) -> None:
        before, after = link.predecessor_uid, link.successor_uid
        predecessor = self.finish_of.get(before)
        successor = self.node_of.get(after)
        if successor is None:
            successor = self.gate_of.get(after)
        if predecessor is None or successor is None or before == after:
            self._tell_loose(link)
        elif self.summaries and self._holds(before, after):
            text = f"Task {before} and task {after} are linked although one holds the other; the link is left out."
            self._find("link-within-summary", text, f"task {after}")
        elif self.tasks[before].active:
            code, lag = self._lag(link)
            self.edges.add(predecessor, successor, code, lag, place)

    def _tell_loose(self, link: Link) -> None:
        missing = [uid for uid in (link.predecessor_uid, link.successor_uid) if uid not in self.tasks]
        if missing and not link.external:
            text = f"A link names task {missing[0]}, which is not in the plan; it is left out."
            self._find("link-to-missing-task", text, f"task {missing[0]}")
        elif link.predecessor_uid == link.successor_uid:
            name = self.tasks[link.successor_uid].name
            raise CycleFoundError([f"{self.tasks[link.successor_uid].id or link.successor_uid} '{name}'"])

    def _holds(self, one: int, other: int) -> bool:
        return (one in self.summaries and one in self._ancestors(other)) or (
            other in self.summaries and other in self._ancestors(one)
        )

    def _lag(self, link: Link) -> tuple[int, int]:
        code, lag = _CODES[link.type], link.lag
        if not lag.minutes:
            return code, 0
        if lag.unit in (DurationUnit.PERCENT, DurationUnit.ELAPSED_PERCENT):
            duration = self.tasks[link.predecessor_uid].duration
            seconds = round((duration.minutes if duration else 0.0) * 60 * lag.minutes / 100)
            elapsed = lag.elapsed or bool(duration and duration.elapsed)
        else:
            seconds, elapsed = round(lag.minutes * 60), lag.elapsed
        return code | (sweep.ELAPSED_LAG if elapsed else sweep.WORKING_LAG), seconds

    def _circle(self, order: list[int]) -> list[str]:
        stuck = set(range(len(self.placements))).difference(order)
        names: list[str] = []
        for node in circle(stuck, self.edges):
            task = self.tasks[self.owner[node]]
            label = f"{task.id or task.uid} '{task.name}'"
            if label not in names:
                names.append(label)
        return names

    def _open_floors(self, placements: list[Placement], links: Links) -> None:
        """Let work that follows a task before the project's start begin there too: only what nothing precedes waits for
        the project's start.
        """
        earliest = [min(p.start_floor or self.start, p.start_ceiling) for p in placements]
        if min(earliest, default=self.start) >= self.start:
            return
        for node, placement in enumerate(placements):
            before = links.predecessor[links.first[node] : links.first[node + 1]]
            least = min((earliest[p] for p in before), default=self.start)
            earliest[node] = min(earliest[node], least)
            if placement.start_floor == self.start and placement.kind != STARTED:
                placements[node] = replace(placement, start_floor=min(self.start, least))

    def _find(self, rule: str, text: str, subject: str = "") -> None:
        self.findings.append(Finding(rule, Severity.WARNING, text, subject))


def _children(tasks: Mapping[int, Task]) -> dict[int, list[int]]:
    """The children of each summary; an outline that goes in a circle is taken as flat there."""
    children: dict[int, list[int]] = defaultdict(list)
    for task in tasks.values():
        if task.parent_uid in tasks and not _is_own_ancestor(task, tasks):
            children[task.parent_uid or 0].append(task.uid)
    return dict(children)


def _is_own_ancestor(task: Task, tasks: Mapping[int, Task]) -> bool:
    parent, seen = task.parent_uid, set[int]()
    while parent is not None and parent in tasks and parent not in seen:
        if parent == task.uid:
            return True
        seen.add(parent)
        parent = tasks[parent].parent_uid
    return False


def _horizon(plan: Plan, start: datetime, years: int) -> tuple[int, int]:
    days = [day for dates in map(_DATES, plan.tasks) for day in dates if day is not None]
    low, high = (edge([start, *days]).toordinal() for edge in (min, max))
    back = (3 + years // 10) * _YEAR
    return max(low - back, 1), min(high + years * _YEAR, LAST_DAY)


def _is_late(task: Task) -> bool:
    return task.constraint is ConstraintType.ALAP and not task.manual and not task.actual_start


def _binds_children(task: Task) -> bool:
    constrained = task.constraint is not ConstraintType.ASAP and task.constraint_date is not None
    return task.manual or constrained or bool(task.leveling_delay_minutes)


def _gate(task: Task, calendar: int) -> Placement:
    floor = NEVER
    by_hand = task.manual_start or task.start
    if task.manual and by_hand:
        floor = seconds_of(by_hand)
    elif task.constraint is ConstraintType.SNET and task.constraint_date:
        floor = seconds_of(task.constraint_date)
    return Placement(GATE, calendar, 0, floor, delay=round(task.leveling_delay_minutes * 60))


def _nodes(placements: list[Placement]) -> Nodes:
    return Nodes(*(list(map(attrgetter(name), placements)) for name in Nodes._fields))


def _links(count: int, edges: Edges) -> tuple[Links, Followers, list[int]]:
    """The edges by successor, by predecessor, and the place in ``plan.links`` of each by successor."""
    predecessor, successor, code, lag, link = edges if _is_sorted(edges.successor) else _sorted(edges, edges.successor)
    links = Links(_firsts(count, successor), predecessor, code, lag)
    order = sorted(range(len(predecessor)), key=predecessor.__getitem__)
    followers = Followers(
        _firsts(count, predecessor), *([column[k] for k in order] for column in (successor, code, lag))
    )
    return links, followers, link


def _is_sorted(column: list[int]) -> bool:
    return all(map(le, column, islice(column, 1, None)))


def _sorted(edges: Edges, by: list[int]) -> Edges:
    order = sorted(range(len(by)), key=by.__getitem__)
    return Edges(*([column[k] for k in order] for column in edges))


def _firsts(count: int, nodes: Iterable[int]) -> list[int]:
    """Where the entries of each of ``count`` nodes begin in a column that is sorted by node, and where the last end."""
    sizes = [0] * (count + 1)
    for node in nodes:
        sizes[node + 1] += 1
    return list(accumulate(sizes))


def _strands(placements: list[Placement]) -> Strands:
    strands = Strands([0], [], [], [])
    if not any(p.strands for p in placements):
        return strands._replace(first=[0] * (len(placements) + 1))
    for placement in placements:
        for strand in placement.strands:
            strands.calendar.append(strand.calendar)
            strands.delay.append(strand.delay)
            strands.length.append(strand.length)
        strands.first.append(len(strands.length))
    return strands
