"""The compiled network: a plan's tasks, links and calendars as arrays in the order in which they can be computed.

What does not live here: what one task asks for (:mod:`.placement`), the passes (:mod:`.sweep`), answers (:mod:`.cpm`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bywhen.kernel.durations import DurationUnit
from bywhen.kernel.errors import CalendarEmptyError, CycleFoundError
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import Assignment, ConstraintType, Link, LinkType, Plan, ResourceType, Task
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine import sweep
from bywhen.schedule.engine.placement import Placement, placed
from bywhen.schedule.engine.shifts import LAST_DAY, ROUND_THE_CLOCK, Shifts, seconds_of, shift_table
from bywhen.schedule.engine.sweep import GATE, MEMBER, NEVER, ROLLUP, STARTED, Followers, Links, Nodes, Strands

_CODES = {LinkType.FS: sweep.FS, LinkType.SS: sweep.SS, LinkType.FF: sweep.FF, LinkType.SF: sweep.SF}
_YEAR = 366


@dataclass(frozen=True, slots=True)
class Edge:
    """One link between two nodes; ``link`` is its place in ``plan.links``, -1 for what the outline implies."""

    predecessor: int
    successor: int
    code: int
    lag: int
    link: int


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A plan ready to be computed. Node arrays stand in topological order.

    ``node_of`` and ``finish_of`` find a task's node (for a summary with links: the node of its finish), ``gate_of`` a
    summary's start; ``owner`` the task uid of each node, ``ends`` the nodes of active
    tasks, which the project's dates come from; ``link_of`` the place in ``plan.links`` of each link entry.
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
    link_of: list[int]
    node_of: Mapping[int, int]
    gate_of: Mapping[int, int]
    finish_of: Mapping[int, int]
    calendar_of: Mapping[int, int]
    project_calendar_index: int
    ends: tuple[int, ...]
    late_tasks: tuple[int, ...]
    findings: tuple[Finding, ...]
    tasks: Mapping[int, Task] = field(repr=False)
    children: Mapping[int, list[int]] = field(repr=False)

    @property
    def project_calendar(self) -> WorkingTime:
        """The calendar that days are counted on."""
        return self.calendars[self.project_calendar_index]

    def __len__(self) -> int:
        return len(self.nodes.kind)


def compiled_network(plan: Plan, *, years: int = 20, work_after: datetime | None = None) -> Network:
    """Compile a plan. ``years`` is how far beyond its dates the calendars are laid out at first; with ``work_after``
    nothing that is still to do is planned before that moment.

    Raises:
        CycleFoundError: when the links form a circle; every task in it is named.
        CalendarEmptyError: when the project's calendar has no working time.
    """
    return _Compiler(plan, years, work_after).network()


class _Compiler:
    """Holds the growing lists while a plan is compiled."""

    def __init__(self, plan: Plan, years: int, work_after: datetime | None) -> None:
        self.plan = plan
        self.work_after = seconds_of(work_after) if work_after else NEVER
        self.findings: list[Finding] = []
        self.tasks = {t.uid: t for t in plan.tasks if not t.is_null}
        self.children: dict[int, list[int]] = defaultdict(list)
        self._outline()
        self.summaries = {
            uid
            for uid in self.tasks
            if uid in self.children or (self.tasks[uid].summary and self.tasks[uid].outline_level == 0)
        }
        self.assignments: dict[int, list[Assignment]] = defaultdict(list)
        for assignment in plan.assignments:
            self.assignments[assignment.task_uid].append(assignment)
        self._calendars()
        self._common_calendars()
        start = plan.start or min((t.start for t in plan.tasks if t.start), default=None) or datetime(2000, 1, 3, 8)
        self.horizon = self._horizon(start, years)
        self.shifts = shift_table(self.calendars, *self.horizon)
        first = seconds_of(start)
        self.start = sweep.opens(
            sweep.work_at(first, self.project_calendar, self.shifts), self.project_calendar, self.shifts
        )
        self.placements: list[Placement] = []
        self.owner: list[int] = []
        self.node_of: dict[int, int] = {}
        self.gate_of: dict[int, int] = {}
        self.finish_of: dict[int, int] = {}
        self.edges: list[Edge] = []

    # -- the outline -------------------------------------------------------------------------------------------------

    def _outline(self) -> None:
        for task in self.tasks.values():
            if task.parent_uid is None or task.parent_uid == task.uid:
                continue
            if task.parent_uid in self.tasks:
                self.children[task.parent_uid].append(task.uid)

    def _ancestors(self, uid: int) -> Iterable[int]:
        parent, seen = self.tasks[uid].parent_uid, {uid}
        while parent is not None and parent in self.tasks and parent not in seen:
            yield parent
            seen.add(parent)
            parent = self.tasks[parent].parent_uid

    # -- calendars ---------------------------------------------------------------------------------------------------

    def _calendars(self) -> None:
        by_uid = {c.uid: c for c in self.plan.calendars}
        self.calendars: list[WorkingTime] = []
        self.calendar_index: dict[int, int] = {}
        self._same: dict[object, int] = {}
        for uid, calendar in by_uid.items():
            index = self._index_of(WorkingTime.from_calendar(calendar, by_uid))
            if index is not None:
                self.calendar_index[uid] = index
        self.elapsed_calendar = self._index_of(ROUND_THE_CLOCK) or 0
        self.resources = {r.uid: r for r in self.plan.resources}
        wanted = self.plan.calendar_uid
        if wanted in self.calendar_index:
            self.project_calendar = self.calendar_index[wanted]
        elif wanted in by_uid:
            raise CalendarEmptyError(by_uid[wanted].name)
        else:
            self.project_calendar = self._index_of(WorkingTime.standard()) or 0
            if wanted is not None or self.plan.calendars:
                self._find(
                    "calendar-missing",
                    f"The plan names no calendar of its own that exists ({wanted}); Monday to Friday, eight hours, is used.",
                )

    def _index_of(self, calendar: WorkingTime) -> int | None:
        days = {day: shifts for day, shifts in calendar.days.items() if shifts != calendar.week[day.weekday()]}
        key = (calendar.week, tuple(sorted(days.items())))
        if key not in self._same:
            if not any(calendar.week) and not any(days.values()):
                self._find(
                    "calendar-without-work",
                    f"Calendar '{calendar.name}' has no working time and is not used.",
                    subject=f"calendar {calendar.name}",
                )
                return None
            self._same[key] = len(self.calendars)
            self.calendars.append(calendar)
        return self._same[key]

    def calendar_of_task(self, task: Task) -> int:
        """The index of the calendar that a task's own duration runs on."""
        if task.calendar_uid is None:
            return self.project_calendar
        return self.calendar_index.get(task.calendar_uid, self.project_calendar)

    def assignments_of(self, task_uid: int) -> Iterable[Assignment]:
        """The assignments of a task."""
        return self.assignments.get(task_uid, ())

    def resource_type(self, uid: int) -> ResourceType | None:
        """The type of a resource; None when there is no such resource."""
        resource = self.resources.get(uid)
        return None if resource is None else resource.type

    def calendar_of_assignment(self, task: Task, assignment: Assignment) -> int:
        """The resource's calendar; where the task has one too, the time they have in common.

        The task's alone when it ignores its resources' calendars or the two have no common time.
        """
        own = self.calendar_of_task(task)
        if assignment.resource_uid is None or (task.calendar_uid is not None and task.ignore_resource_calendars):
            return own
        theirs = self._calendar_of_resource(assignment.resource_uid)
        if task.calendar_uid is None or task.calendar_uid not in self.calendar_index:
            return theirs
        return self._common.get((own, theirs), own)

    def _calendar_of_resource(self, uid: int) -> int:
        resource = self.resources.get(uid)
        if resource is None or resource.calendar_uid is None:
            return self.project_calendar
        return self.calendar_index.get(resource.calendar_uid, self.project_calendar)

    def _common_calendars(self) -> None:
        self._common: dict[tuple[int, int], int] = {}
        for uid, assignments in self.assignments.items():
            task = self.tasks.get(uid)
            if task is None or task.calendar_uid not in self.calendar_index or task.ignore_resource_calendars:
                continue
            own = self.calendar_of_task(task)
            for resource in (each.resource_uid for each in assignments if each.resource_uid is not None):
                theirs = self._calendar_of_resource(resource)
                if theirs != own and (own, theirs) not in self._common:
                    index = self._index_of(self.calendars[own].common(self.calendars[theirs]))
                    self._common[own, theirs] = own if index is None else index

    def _horizon(self, start: datetime, years: int) -> tuple[int, int]:
        low = high = start.toordinal()
        for task in self.plan.tasks:
            for day in (task.start, task.finish, task.constraint_date, task.actual_start, task.deadline):
                if day is not None:
                    low, high = min(low, day.toordinal()), max(high, day.toordinal())
        return max(low - 3 * _YEAR, 1), min(high + years * _YEAR, LAST_DAY)

    # -- nodes -------------------------------------------------------------------------------------------------------

    def _add_node(self, uid: int, placement: Placement) -> int:
        self.placements.append(placement)
        self.owner.append(uid)
        return len(self.placements) - 1

    def _nodes(self) -> None:
        bound, awaited = self._linked_summaries()
        for uid in self.summaries:
            task, calendar = self.tasks[uid], self.calendar_of_task(self.tasks[uid])
            if uid in bound:
                self.gate_of[uid] = self._add_node(uid, self._gate(task, calendar))
            if uid in awaited:
                self.finish_of[uid] = self._add_node(uid, Placement(ROLLUP, calendar, 0, NEVER))
        for uid, task in self.tasks.items():
            if uid not in self.summaries:
                self.node_of[uid] = self.finish_of[uid] = self._add_node(uid, placed(task, self))

    def _linked_summaries(self) -> tuple[set[int], set[int]]:
        bound = {uid for uid in self.summaries if self._binds_children(self.tasks[uid])}
        awaited: set[int] = set()
        for link in self.plan.links:
            if link.successor_uid in self.summaries:
                bound.add(link.successor_uid)
            if link.predecessor_uid in self.summaries:
                awaited.add(link.predecessor_uid)
        return bound, awaited

    def _binds_children(self, task: Task) -> bool:
        return (
            task.manual
            or (task.constraint is not ConstraintType.ASAP and task.constraint_date is not None)
            or bool(task.leveling_delay_minutes)
        )

    def _gate(self, task: Task, calendar: int) -> Placement:
        floor = NEVER
        if task.manual and (task.manual_start or task.start):
            floor = seconds_of(task.manual_start or task.start or datetime.min)
        elif task.constraint is ConstraintType.SNET and task.constraint_date:
            floor = seconds_of(task.constraint_date)
        return Placement(GATE, calendar, 0, floor, delay=round(task.leveling_delay_minutes * 60))

    # -- links -------------------------------------------------------------------------------------------------------

    def _edges(self) -> None:
        for uid, node in self.node_of.items():
            self._tie_to_summary(uid, node)
        for uid, node in self.gate_of.items():
            gate = next((self.gate_of[a] for a in self._ancestors(uid) if a in self.gate_of), None)
            if gate is not None:
                self.edges.append(Edge(gate, node, sweep.FS, 0, -1))
        for uid, node in self.finish_of.items():
            if uid in self.summaries:
                self._roll_up(uid, node)
        for place, link in enumerate(self.plan.links):
            self._link(place, link)

    def _tie_to_summary(self, uid: int, node: int) -> None:
        if not self.gate_of:
            return
        gate = next((self.gate_of[a] for a in self._ancestors(uid) if a in self.gate_of), None)
        if gate is not None:
            self.edges.append(Edge(gate, node, sweep.FS, 0, -1))

    def _roll_up(self, uid: int, node: int) -> None:
        waiting, seen = list(self.children[uid]), {uid}
        while waiting:
            child = waiting.pop()
            if child in seen:
                continue
            seen.add(child)
            if not self.tasks[child].active:
                continue
            if child in self.finish_of:
                self.edges.append(Edge(self.finish_of[child], node, MEMBER, 0, -1))
            else:
                waiting.extend(self.children.get(child, ()))

    def _link(self, place: int, link: Link) -> None:
        missing = [uid for uid in (link.predecessor_uid, link.successor_uid) if uid not in self.tasks]
        if missing:
            if not link.external:
                self._find(
                    "link-to-missing-task",
                    f"A link names task {missing[0]}, which is not in the plan; it is left out.",
                    f"task {missing[0]}",
                )
            return
        if not self.tasks[link.predecessor_uid].active:
            return
        if link.predecessor_uid in self._ancestors(link.successor_uid) or link.successor_uid in self._ancestors(
            link.predecessor_uid
        ):
            self._find(
                "link-within-summary",
                f"Task {link.predecessor_uid} and task {link.successor_uid} are linked although one holds the other; the link is left out.",
                f"task {link.successor_uid}",
            )
            return
        predecessor = self.finish_of.get(link.predecessor_uid)
        successor = self.gate_of.get(link.successor_uid, self.node_of.get(link.successor_uid))
        if predecessor is None or successor is None:
            return
        code, lag = self._lag(link)
        self.edges.append(Edge(predecessor, successor, code, lag, place))

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

    # -- order -------------------------------------------------------------------------------------------------------

    def network(self) -> Network:
        self._nodes()
        self._edges()
        order = self._order()
        place = [0] * len(order)
        for new, old in enumerate(order):
            place[old] = new
        links, link_of = self._links(order, place)
        placements = [self.placements[old] for old in order]
        self._open_floors(placements, links)
        return Network(
            plan=self.plan, nodes=_nodes(placements), links=links, followers=_followers(links), strands=_strands(placements), shifts=self.shifts,
            calendars=tuple(self.calendars), horizon=self.horizon, start=self.start,
            owner=[self.owner[old] for old in order], link_of=link_of,
            node_of={u: place[n] for u, n in self.node_of.items()},
            gate_of={u: place[n] for u, n in self.gate_of.items()},
            finish_of={u: place[n] for u, n in self.finish_of.items()},
            calendar_of={u: self.calendar_of_task(t) for u, t in self.tasks.items()},
            project_calendar_index=self.project_calendar,
            ends=tuple(place[n] for u, n in self.node_of.items() if self.tasks[u].active),
            late_tasks=tuple(
                place[n] for u, n in self.node_of.items()
                if self.tasks[u].constraint is ConstraintType.ALAP and not self.tasks[u].manual and not self.tasks[u].actual_start
            ),
            findings=tuple(self.findings), tasks=self.tasks, children=self.children,
        )  # fmt: skip

    def _order(self) -> list[int]:
        count = len(self.placements)
        waiting = [0] * count
        after: list[list[int]] = [[] for _ in range(count)]
        for edge in self.edges:
            after[edge.predecessor].append(edge.successor)
            waiting[edge.successor] += 1
        order = [node for node in range(count) if not waiting[node]]
        for node in order:
            for successor in after[node]:
                waiting[successor] -= 1
                if not waiting[successor]:
                    order.append(successor)
        if len(order) < count:
            raise CycleFoundError(self._circle({n for n in range(count) if waiting[n]}))
        return order

    def _circle(self, stuck: set[int]) -> list[str]:
        before: dict[int, list[int]] = defaultdict(list)
        for edge in self.edges:
            if edge.predecessor in stuck and edge.successor in stuck:
                before[edge.successor].append(edge.predecessor)
        path: list[int] = []
        node = min(stuck)
        while node not in path:
            path.append(node)
            node = before[node][0]
        ring = path[path.index(node) :][::-1]
        names: list[str] = []
        for each in ring:
            task = self.tasks[self.owner[each]]
            label = f"{task.id or task.uid} '{task.name}'"
            if label not in names:
                names.append(label)
        return names

    def _links(self, order: list[int], place: list[int]) -> tuple[Links, list[int]]:
        into: list[list[Edge]] = [[] for _ in order]
        for edge in self.edges:
            into[place[edge.successor]].append(edge)
        links, link_of = Links([0], [], [], []), []
        for edges in into:
            for edge in edges:
                links.predecessor.append(place[edge.predecessor])
                links.code.append(edge.code)
                links.lag.append(edge.lag)
                link_of.append(edge.link)
            links.first.append(len(links.code))
        return links, link_of

    def _open_floors(self, placements: list[Placement], links: Links) -> None:
        """Let work that follows a task before the project's start begin there too: only what nothing precedes waits for
        the project's start."""
        earliest = [min(p.start_floor, p.start_ceiling) if p.start_floor else self.start for p in placements]
        for node, placement in enumerate(placements):
            before = links.predecessor[links.first[node] : links.first[node + 1]]
            least = min((earliest[p] for p in before), default=self.start)
            earliest[node] = min(earliest[node], least)
            if placement.start_floor == self.start and placement.kind != STARTED:
                placement.start_floor = min(self.start, least)

    def _find(self, rule: str, text: str, subject: str = "") -> None:
        self.findings.append(Finding(rule, Severity.WARNING, text, subject))


def _nodes(placements: list[Placement]) -> Nodes:
    return Nodes(
        [p.kind for p in placements],
        [p.calendar for p in placements],
        [p.duration for p in placements],
        [p.start_floor for p in placements],
        [p.finish_floor for p in placements],
        [p.start_ceiling for p in placements],
        [p.finish_ceiling for p in placements],
        [p.late_start for p in placements],
        [p.late_finish for p in placements],
        [p.delay for p in placements],
    )


def _followers(links: Links) -> Followers:
    count = len(links.first) - 1
    first = [0] * (count + 1)
    for predecessor in links.predecessor:
        first[predecessor + 1] += 1
    for node in range(count):
        first[node + 1] += first[node]
    place, size = first[:], len(links.code)
    followers = Followers(first, [0] * size, [0] * size, [0] * size)
    for node in range(count):
        for k in range(links.first[node], links.first[node + 1]):
            at = place[links.predecessor[k]]
            place[links.predecessor[k]] += 1
            followers.successor[at], followers.code[at], followers.lag[at] = node, links.code[k], links.lag[k]
    return followers


def _strands(placements: list[Placement]) -> Strands:
    strands = Strands([0], [], [], [])
    for placement in placements:
        for strand in placement.strands:
            strands.calendar.append(strand.calendar)
            strands.delay.append(strand.delay)
            strands.length.append(strand.length)
        strands.first.append(len(strands.length))
    return strands
