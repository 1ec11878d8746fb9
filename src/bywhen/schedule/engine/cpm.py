"""The critical path method over a plan: early, late and scheduled dates, floats and what drives each task.

:func:`compute` is the entry. What does not live here: the passes themselves (:mod:`.sweep`), how a plan becomes arrays
(:mod:`.network`), what a change would do (:mod:`.whatif`), sentences about the result (:mod:`.explain`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bywhen.kernel.errors import ScheduleImpossibleError, TaskUnknownError
from bywhen.kernel.findings import Finding
from bywhen.kernel.plan import ConstraintType, Plan, Task
from bywhen.schedule.engine import passes, sweep
from bywhen.schedule.engine.columns import Column
from bywhen.schedule.engine.network import Network, compiled_network, with_longer_calendars
from bywhen.schedule.engine.passes import columns_for
from bywhen.schedule.engine.placement import length_of
from bywhen.schedule.engine.shifts import DAY, FIRST_DAY, LAST_DAY, moment_of, seconds_of
from bywhen.schedule.engine.sweep import (
    ALWAYS,
    DONE,
    FIXED,
    GATE,
    MEMBER,
    NEVER,
    SIMPLE,
    STARTED,
    STRANDED,
    Early,
    Late,
    Nodes,
)

MORE_YEARS = (80, 320, 640)
"""How far beyond a plan's dates its calendars are laid out when its work turns out not to end within them."""


@dataclass(frozen=True, slots=True)
class TaskDates:
    """One task's computed row. Date-times are naive project time; slack and duration in minutes, working ones on the
    task's calendar (elapsed ones for a task with an elapsed duration). ``driver`` is the link that fixed the start,
    as its place in ``plan.links``; None when no link did.
    """

    uid: int
    start: datetime
    finish: datetime
    early_start: datetime
    early_finish: datetime
    late_start: datetime
    late_finish: datetime
    duration_minutes: float
    total_slack_minutes: float
    free_slack_minutes: float
    start_slack_minutes: float
    finish_slack_minutes: float
    critical: bool
    driver: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """A computed plan. Arrays inside; :meth:`row` and :meth:`rows` give plain values.

    ``begin`` and ``end`` are the project's computed start and finish in the engine's seconds, ``limits`` the latest
    finish of each node whatever follows it, ``placed`` the scheduled dates where they are not the early ones: in a plan
    that is scheduled from its finish.
    """

    network: Network
    early: Early
    late: Late
    limits: Column
    begin: int
    end: int
    findings: tuple[Finding, ...] = ()
    placed: Early | None = None
    _free: list[Column] = field(default_factory=list, repr=False)
    _summaries: dict[int, TaskDates] = field(default_factory=dict, repr=False)

    @property
    def plan(self) -> Plan:
        """The plan that was computed."""
        return self.network.plan

    @property
    def start(self) -> datetime:
        """When the first task starts."""
        return moment_of(self.begin)

    @property
    def finish(self) -> datetime:
        """When the last task finishes."""
        return moment_of(self.end)

    def __contains__(self, uid: object) -> bool:
        return uid in self.network.node_of or uid in self.network.children

    def rows(self) -> Iterator[TaskDates]:
        """All rows that have dates, in the plan's order; inactive tasks and summaries without tasks have none."""
        for uid in self.network.tasks:
            row = self._row(uid)
            if row is not None:
                yield row

    def row(self, uid: int) -> TaskDates:
        """One task's row.

        Raises:
            TaskUnknownError: when the plan has no such task, or it has no dates.
        """
        row = self._row(uid)
        if row is None:
            raise TaskUnknownError(uid, self.plan.name)
        return row

    def critical(self) -> list[int]:
        """The uids of the critical tasks that are no summaries, in the plan's order."""
        return [row.uid for row in self.rows() if row.critical and row.uid in self.network.node_of]

    def free(self) -> Column:
        """Free slack of each node in working seconds, computed when first asked for."""
        if not self._free:
            self._free.append(passes.free_slack(self.network, self.early))
        return self._free[0]

    def total_slack(self, node: int) -> int:
        """Total slack of a node in working seconds; of a task that has begun, the slack of its finish."""
        finish = self.late.finish_work[node] - self.early.finish_work[node]
        if self.network.nodes.kind[node] == STARTED:
            return finish
        return min(self.late.start_work[node] - self.early.start_work[node], finish)

    def is_critical(self, uid: int) -> bool:
        """Whether a task that is no summary is critical: total slack within the plan's limit, and not complete."""
        return self._is_critical(self.network.tasks[uid], self.total_slack(self.network.node_of[uid]))

    def _is_critical(self, task: Task, slack: int) -> bool:
        plan = self.network.plan
        done = task.actual_finish is not None or task.percent_complete >= 100
        return not done and slack <= plan.critical_slack_limit_days * plan.minutes_per_day * 60

    def _row(self, uid: int) -> TaskDates | None:
        node = self.network.node_of.get(uid)
        if node is not None:
            try:
                return self._node_row(uid, node)
            except (ValueError, OverflowError) as error:  # an inactive one: all others were looked at before
                task = self.network.tasks[uid]
                text = f"Task {task.id or uid} '{task.name}' lies outside the years 1 to 9999; check its dates."
                raise ScheduleImpossibleError(text) from error
        if uid in self.network.children:
            return self._summary_row(uid)
        return None

    def _node_row(self, uid: int, node: int) -> TaskDates:
        network, early, late = self.network, self.early, self.late
        task = network.tasks[uid]
        slack = self.total_slack(node)
        driver, free = early.driver[node], self.free()[node]
        length = length_of(task)[0] if network.nodes.kind[node] == FIXED else network.nodes.duration[node]
        early_start, early_finish = moment_of(early.start[node]), moment_of(early.finish[node])
        start, finish = early_start, early_finish
        if self.placed:
            start, finish = moment_of(self.placed.start[node]), moment_of(self.placed.finish[node])
        return TaskDates(
            uid=uid,
            start=start,
            finish=finish,
            early_start=early_start,
            early_finish=early_finish,
            late_start=moment_of(late.start[node]),
            late_finish=moment_of(late.finish[node]),
            duration_minutes=length / 60,
            total_slack_minutes=slack / 60,
            free_slack_minutes=max(min(free, slack), 0) / 60,
            start_slack_minutes=(late.start_work[node] - early.start_work[node]) / 60,
            finish_slack_minutes=(late.finish_work[node] - early.finish_work[node]) / 60,
            critical=self._is_critical(task, slack),
            driver=None if driver < 0 else network.link_of[driver],
        )

    def _summary_row(self, uid: int) -> TaskDates | None:
        if uid in self._summaries:
            return self._summaries[uid]
        tasks = self.network.tasks
        children = [child for child in self.network.children[uid] if tasks[child].active]
        rows = [row for row in (self._row(child) for child in children) if row is not None]
        if not rows:
            return None
        row = self._rolled_up(uid, rows)
        self._summaries[uid] = row
        return row

    def _has_begun(self, uid: int) -> bool:
        """Whether work on any task inside a summary task has begun."""
        kinds, node = self.network.nodes.kind, self.network.node_of.get(uid)
        if node is not None:
            return kinds[node] in (STARTED, DONE)
        return any(self._has_begun(child) for child in self.network.children.get(uid, ()))

    def _between(self, uid: int, first: datetime, second: datetime) -> float:
        """Working minutes between two moments on a summary's calendar."""
        calendar, shifts = self.network.calendar_of[uid], self.network.shifts
        before, after = (sweep.work_at(seconds_of(at), calendar, shifts) for at in (first, second))
        return (after - before) / 60

    def _rolled_up(self, uid: int, rows: list[TaskDates]) -> TaskDates:
        network = self.network
        start, finish = min(r.start for r in rows), max(r.finish for r in rows)
        early_start, early_finish = min(r.early_start for r in rows), max(r.early_finish for r in rows)
        node = network.finish_of.get(uid)
        if node is not None and network.nodes.kind[node] == FIXED:
            start = early_start = moment_of(self.early.start[node])
            finish = early_finish = moment_of(self.early.finish[node])
        # A task scheduled by hand stands where it was put, so it counts with that for its summary's late start.
        late_start = min(r.start if network.tasks[r.uid].manual else r.late_start for r in rows)
        late_finish = max(r.late_finish for r in rows)
        start_slack = self._between(uid, early_start, late_start)
        finish_slack = self._between(uid, early_finish, late_finish)
        total = finish_slack if self._has_begun(uid) else min(start_slack, finish_slack)
        free = total if node is None else min(self.free()[node] / 60, total)
        return TaskDates(
            uid, start, finish, early_start, early_finish, late_start, late_finish,
            duration_minutes=self._between(uid, start, finish), total_slack_minutes=total,
            free_slack_minutes=max(free, 0.0),
            start_slack_minutes=start_slack, finish_slack_minutes=finish_slack, critical=any(r.critical for r in rows),
        )  # fmt: skip


def compute(plan: Plan, *, work_after: datetime | None = None, accelerate: bool | None = None) -> Schedule:
    """Compute a plan's schedule from its tasks, links, calendars and progress; stored dates are not used.

    With ``work_after`` (a status date) nothing that is still to do is planned before that moment: unfinished work is
    rescheduled to go on after it. ``accelerate`` asks for the compiled sweep or forbids it; left open, it is used where
    it is installed and pays. The result never depends on it.

    Raises:
        CycleFoundError: when the links form a circle.
        CalendarEmptyError: when the project's calendar has no working time.
        ScheduleImpossibleError: when work runs beyond the year 2599.

    >>> from datetime import datetime
    >>> from bywhen.kernel.durations import Duration
    >>> from bywhen.kernel.plan import Link, Plan, Task, standard_calendar
    >>> build, test = Task(1, "Build", duration=Duration(960.0)), Task(2, "Test", duration=Duration(480.0))
    >>> plan = Plan(
    ...     "P", (build, test), (Link(1, 2),), (standard_calendar(),), calendar_uid=1, start=datetime(2026, 11, 26, 8)
    ... )
    >>> compute(plan).row(2).finish.isoformat()
    '2026-11-30T17:00:00'
    """
    columns = columns_for(len(plan.tasks), accelerate=accelerate)
    network = compiled_network(plan, work_after=work_after, columns=columns)
    return within_calendars(scheduled(network))


def within_calendars(schedule: Schedule) -> Schedule:
    """The schedule itself, or one over longer calendars where some work runs beyond those that are laid out.

    Raises:
        ScheduleImpossibleError: when work runs beyond the year 2599.
    """
    for years in MORE_YEARS:
        if _is_within(schedule) or _is_beyond(schedule):
            break
        schedule = scheduled(with_longer_calendars(schedule.network, years))
    if not _is_within(schedule):
        raise ScheduleImpossibleError(_too_far(schedule))
    return schedule


def scheduled(network: Network) -> Schedule:
    """Compute a compiled network. Its calendars must reach far enough; :func:`compute` sees to that."""
    if not network.plan.schedule_from_start:
        return _scheduled_from_finish(network)
    early = passes.forward(network, network.nodes)
    begin, end = span_of(network, early)
    limits = limits_of(network, early, end)
    late = passes.backward(network, early, limits)
    if network.late_tasks:
        # As late as possible means at the late dates; what follows such a task then follows those.
        early = passes.forward(network, _held(network.nodes, late, network.late_tasks))
        begin = span_of(network, early)[0]
    return Schedule(network, early, late, limits, begin, end, network.findings)


def _scheduled_from_finish(network: Network) -> Schedule:
    """Place all as late as the project's finish allows; what is marked as soon as possible goes forward again."""
    nodes, plan = network.nodes, network.plan
    early = passes.forward(network, nodes)
    end = seconds_of(plan.finish) if plan.finish else span_of(network, early)[1]
    limits = limits_of(network, early, end)
    late = passes.backward(network, early, limits)
    begin = _first(network, late.start)
    floors = [begin if floor == network.start else floor for floor in nodes.start_floor]
    opened = nodes._replace(start_floor=network.columns.of(floors))
    early = passes.forward(network, opened)
    soon = {n for u, n in network.node_of.items() if network.tasks[u].constraint is ConstraintType.ASAP}
    held = [n for n, counts in enumerate(network.counts) if counts and n not in soon]
    placed = passes.forward(network, _held(opened, late, held))
    return Schedule(network, early, late, limits, begin, span_of(network, placed)[1], network.findings, placed)


def _held(nodes: Nodes, late: Late, held: Iterable[int]) -> Nodes:
    """The nodes with some held back to their late starts."""
    floors = nodes.start_floor[:]
    for node in held:
        if nodes.kind[node] in (SIMPLE, STRANDED):
            floors[node] = max(floors[node], late.start[node])
    return nodes._replace(start_floor=floors)


def span_of(network: Network, early: Early) -> tuple[int, int]:
    """First start and last finish of the tasks; the project's start when there are none."""
    last = network.columns.run(sweep.latest, early.finish, network.counts)
    return _first(network, early.start), network.start if last == NEVER else last


def _first(network: Network, starts: Column) -> int:
    first = network.columns.run(sweep.earliest, starts, network.counts)
    return network.start if first == ALWAYS else first


def limits_of(network: Network, early: Early, end: int) -> Column:
    """The latest finish of each node whatever follows it: the project's finish (or, if that is later, the last date by
    which a task may have to finish), or its own deadline; with several critical paths each open end is its own project.

    Source: Microsoft Knowledge Base 182899, on late finishes beyond the project's.
    """
    ends = network.columns.filled(max(end, network.last_date), len(network))
    if network.plan.multiple_critical_paths:
        followed = {p for p, code in zip(network.links.predecessor, network.links.code, strict=True) if code != MEMBER}
        ends = network.columns.of([end if n in followed else finish for n, finish in enumerate(early.finish)])
    kinds, own = network.nodes.kind, network.nodes.late_finish
    for node in network.dated:
        ends[node] = ALWAYS if kinds[node] == GATE else min(ends[node], own[node])
    return ends


def _is_within(schedule: Schedule) -> bool:
    low, high = (day * DAY for day in schedule.network.horizon)
    return schedule.end < high and _earliest(schedule) >= max(low, FIRST_DAY * DAY)


def _is_beyond(schedule: Schedule) -> bool:
    """Whether no calendar can be long enough: outside of those laid out work is taken to go on without a break, so that
    with longer ones it ends still later, or begins still earlier.
    """
    return schedule.end >= LAST_DAY * DAY or _earliest(schedule) < FIRST_DAY * DAY


def _earliest(schedule: Schedule) -> int:
    return min(schedule.begin, _first(schedule.network, schedule.late.start))


def _too_far(schedule: Schedule) -> str:
    network = schedule.network
    nodes = network.node_of.values()
    if schedule.end >= network.horizon[1] * DAY:
        node, what = (
            max(nodes, key=lambda n: schedule.early.finish[n]),
            "would finish after the year 2599; check its duration and lags",
        )
    else:
        node, what = (
            min(nodes, key=lambda n: min(schedule.late.start[n], schedule.early.start[n])),
            "would have to start centuries ago; check the dates of its successors and its leads",
        )
    task = network.tasks[network.owner[node]]
    return f"Task {task.id or task.uid} '{task.name}' {what}."
