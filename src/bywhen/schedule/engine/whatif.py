"""What a change would do: the impact of delaying, finishing, re-estimating or dropping a task.

Only what the change reaches is computed again; the result equals a full computation of the changed network. What does
not live here: reading a change from words (room ``meetings``), the passes (:mod:`.sweep`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from heapq import heapify, heappop, heappush
from typing import Any

from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import ChangeImpossibleError, TaskUnknownError
from bywhen.kernel.plan import Plan, Task
from bywhen.schedule.engine import passes, sweep
from bywhen.schedule.engine.columns import Column
from bywhen.schedule.engine.cpm import MORE_YEARS, Schedule, compute, limits_of, scheduled, span_of, within_calendars
from bywhen.schedule.engine.network import Network, with_longer_calendars
from bywhen.schedule.engine.shifts import DAY, moment_of, seconds_for, seconds_of
from bywhen.schedule.engine.sweep import ALWAYS, FIXED, MEMBER, NEVER, SIMPLE, STARTED, STRANDED, Early, Late, Nodes


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one task; exactly one of the four is given.

    ``delay`` moves it that much later (earlier when negative), ``finish`` makes it end then (a date means the end of
    that working day), ``duration`` re-estimates it, ``remove`` drops it while what came before still comes before what
    came after. On a summary task each unfinished task in it is changed.
    """

    task_uid: int
    delay: Duration | None = None
    finish: date | datetime | None = None
    duration: Duration | None = None
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that moves: ``working_days`` counted on the project's calendar, negative when it moves earlier."""

    uid: int
    name: str
    before: datetime
    after: datetime
    working_days: int


@dataclass(frozen=True, slots=True)
class FloatUsed:
    """A task that loses total float, in working minutes."""

    uid: int
    before_minutes: float
    after_minutes: float


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change would do. ``finish`` is the project's (uid 0); ``moved_tasks`` counts tasks, not summaries, whose
    start or finish moves; ``milestones`` stand in the plan's order.
    """

    finish: Moved
    milestones: tuple[Moved, ...]
    moved: tuple[int, ...]
    now_critical: tuple[int, ...]
    float_used: tuple[FloatUsed, ...]
    schedule: Schedule

    @property
    def moved_tasks(self) -> int:
        """How many tasks move."""
        return len(self.moved)


def what_if(base: Plan | Schedule, *changes: Change) -> Impact:
    """The impact of changes on a plan, or on its schedule when that is computed already.

    Raises:
        TaskUnknownError: when a changed task is not in the plan or has no dates.
        ChangeImpossibleError: when a task that is complete would be changed.

    >>> from bywhen.kernel.plan import Link, Task, standard_calendar
    >>> tasks = (Task(1, "Build", duration=Duration(960.0)), Task(2, "Live", milestone=True, duration=Duration(0.0)))
    >>> plan = Plan("P", tasks, (Link(1, 2),), (standard_calendar(),), calendar_uid=1, start=datetime(2026, 11, 26, 8))
    >>> what_if(plan, Change(1, delay=Duration(480.0))).milestones[0].after.isoformat()
    '2026-11-30T17:00:00'
    """
    before = compute(base) if isinstance(base, Plan) else base
    network, touched = changed_network(before, changes)
    for years in MORE_YEARS:
        if not _leaves_calendars(network, touched):
            break
        before = scheduled(with_longer_calendars(before.network, years))
        network, touched = changed_network(before, changes)
    after, differing = rescheduled(before, network, touched)
    return impact_of(before, after, differing, removed=[c.task_uid for c in changes if c.remove])


def changed_network(before: Schedule, changes: Sequence[Change]) -> tuple[Network, list[int]]:
    """The network with the changes made, and the nodes they were made to."""
    network, touched = before.network, []
    edited: list[Any] = [_Edited(column) for column in network.nodes]
    length: Any = _Edited(network.strands.length)
    draft = replace(network, nodes=Nodes(*edited), strands=network.strands._replace(length=length))
    for change in changes:
        for task in _targets(network, change):
            node = network.node_of[task.uid]
            _Edit(before, draft, task, node).make(change)
            touched.append(node)
    nodes = Nodes(*(each.column() for each in edited))
    return replace(network, nodes=nodes, strands=network.strands._replace(length=length.column())), touched


class _Edited:
    """A column while entries of it are changed: the column itself stays as it is, and is copied only if any was."""

    def __init__(self, column: Column) -> None:
        self._before = column
        self._changed: dict[int, int] = {}

    def __getitem__(self, place: int) -> int:
        return self._changed[place] if place in self._changed else self._before[place]

    def __setitem__(self, place: int, value: int) -> None:
        self._changed[place] = value

    def column(self) -> Column:
        if not self._changed:
            return self._before
        column = self._before[:]
        for place, value in self._changed.items():
            column[place] = value
        return column


def _leaves_calendars(network: Network, touched: Iterable[int]) -> bool:
    """Whether a change was made to fall on a day for which no calendar is laid out."""
    low, high = (day * DAY for day in network.horizon)
    nodes = network.nodes
    bounds = (nodes.start_floor, nodes.start_ceiling, nodes.finish_ceiling)
    instants = (column[node] for node in touched for column in bounds)
    return any(not low <= at < high for at in instants if NEVER < at < ALWAYS)


def _targets(network: Network, change: Change) -> list[Task]:
    uid = change.task_uid
    if uid in network.node_of:
        task = network.tasks[uid]
        if _done(task):
            raise ChangeImpossibleError(task.name, "it is complete")
        return [task]
    waiting, found = list(network.children.get(uid, ())), []
    while waiting:
        child = waiting.pop(0)
        if child in network.node_of and not _done(network.tasks[child]):
            found.append(network.tasks[child])
        waiting = [*network.children.get(child, ()), *waiting]
    if not found:
        raise TaskUnknownError(uid, network.plan.name)
    return found


def _done(task: Task) -> bool:
    return task.actual_finish is not None or task.percent_complete >= 100


class _Edit:
    """Makes one change to one node's entries."""

    def __init__(self, before: Schedule, network: Network, task: Task, node: int) -> None:
        self.before, self.network, self.task, self.node = before, network, task, node
        self.nodes, self.shifts = network.nodes, network.shifts
        self.calendar = network.nodes.calendar[node]
        self.start, self.finish = before.early.start[node], before.early.finish[node]

    def make(self, change: Change) -> None:
        if change.delay is not None:
            self._delay(change.delay)
        elif change.finish is not None:
            self._finish(self._end_of(change.finish))
        elif change.duration is not None:
            self._length(seconds_for(change.duration.minutes))
        elif change.remove:
            self._remove()

    def _later(self, at: int, by: Duration) -> int:
        seconds = seconds_for(by.minutes)
        return sweep.lagged(
            at, sweep.ELAPSED_LAG if by.elapsed else sweep.WORKING_LAG, seconds, self.calendar, self.shifts
        )

    def _delay(self, by: Duration) -> None:
        kind = self.nodes.kind[self.node]
        if kind == STARTED:
            self.nodes.finish_ceiling[self.node] = max(self._later(self.finish, by), self.start)
        elif kind == FIXED:
            start = self._later(self.start, by)
            if self.nodes.duration[self.node]:
                start = sweep.opens(self._work(start), self.calendar, self.shifts)
            self.nodes.start_ceiling[self.node] = start
            self.nodes.finish_ceiling[self.node] = self._later(self.finish, by)
        else:
            self._hold(self._later(self.start, by), earlier=by.minutes < 0)

    def _hold(self, start: int, *, earlier: bool) -> None:
        nodes, node = self.nodes, self.node
        nodes.start_floor[node] = min(nodes.start_floor[node], start) if earlier else start
        nodes.start_ceiling[node] = (
            max(start, nodes.start_ceiling[node]) if nodes.start_ceiling[node] < ALWAYS else ALWAYS
        )
        if nodes.finish_ceiling[node] < ALWAYS:
            finish = sweep.finish_for(start, node, nodes, self.network.strands, self.shifts)
            nodes.finish_ceiling[node] = max(finish, nodes.finish_ceiling[node])
        nodes.delay[node] = 0

    def _end_of(self, when: date | datetime) -> int:
        if isinstance(when, datetime):
            return seconds_of(when)
        midnight = seconds_of(datetime(when.year, when.month, when.day)) + 86_400
        return sweep.closes(sweep.work_at(midnight, self.calendar, self.shifts), self.calendar, self.shifts)

    def _finish(self, finish: int) -> None:
        nodes, node = self.nodes, self.node
        if nodes.kind[node] in (STARTED, FIXED):
            nodes.finish_ceiling[node] = max(finish, self.start)
            if nodes.duration[node] == 0:
                nodes.start_ceiling[node] = finish
        elif finish >= self.finish or nodes.duration[node] == 0:
            start = (
                sweep.start_for(finish, node, nodes, self.network.strands, self.shifts)
                if nodes.duration[node]
                else finish
            )
            self._hold(start, earlier=finish < self.finish)
        else:
            self._length(max(self._work(finish) - self._work(self.start), 0))

    def _work(self, at: int) -> int:
        return sweep.work_at(at, self.calendar, self.shifts)

    def _length(self, seconds: int) -> None:
        nodes, node = self.nodes, self.node
        seconds = max(seconds, 0)
        before = nodes.duration[node]
        if nodes.kind[node] == STARTED:
            end = sweep.closes(self._work(self.finish) + seconds - before, self.calendar, self.shifts)
            nodes.finish_ceiling[node] = max(end, self.start)
        elif nodes.kind[node] == FIXED:
            nodes.finish_ceiling[node] = sweep.closes(self._work(self.start) + seconds, self.calendar, self.shifts)
        elif nodes.kind[node] == STRANDED and before:
            strands = self.network.strands
            for s in range(strands.first[node], strands.first[node + 1]):
                strands.length[s] = strands.length[s] * seconds // before
        nodes.duration[node] = seconds

    def _remove(self) -> None:
        nodes, node = self.nodes, self.node
        has_predecessor = self.network.links.first[node] < self.network.links.first[node + 1]
        nodes.kind[node], nodes.duration[node], nodes.delay[node] = SIMPLE, 0, 0
        nodes.start_floor[node], nodes.finish_floor[node] = (NEVER if has_predecessor else self.network.start), NEVER
        nodes.start_ceiling[node] = nodes.finish_ceiling[node] = ALWAYS
        nodes.late_start[node] = nodes.late_finish[node] = ALWAYS
        nodes.pinned[node] = 0


def rescheduled(before: Schedule, network: Network, touched: Iterable[int]) -> tuple[Schedule, Iterable[int]]:
    """The schedule of a network that differs from the one of ``before`` at the ``touched`` nodes only, and the nodes
    whose dates or slack may differ.
    """
    everything = range(len(network))
    if network.late_tasks or not network.plan.schedule_from_start:
        return within_calendars(scheduled(network)), everything
    touched = list(touched)
    early = Early(*(entry[:] for entry in before.early))
    moved = _forward_from(touched, network, early)
    begin, end = _new_span(before, network, early, moved)
    if end != before.end or network.plan.multiple_critical_paths or _starts_awaited(network):
        limits = limits_of(network, early, end)
        late = passes.backward(network, early, limits)
        return within_calendars(Schedule(network, early, late, limits, begin, end, network.findings)), everything
    late, edited = Late(*(entry[:] for entry in before.late)), _Edited(before.limits)
    for node in touched:
        limit = min(max(end, network.last_date), network.nodes.late_finish[node])
        if limit != edited[node]:
            edited[node] = limit
    limits = edited.column()
    changed = _backward_from(touched, network, early, limits, late)
    after = Schedule(network, early, late, limits, begin, end, network.findings)
    if min(begin, *(late.start[node] for node in changed)) < network.horizon[0] * DAY:
        return within_calendars(after), everything
    return after, sorted({*moved, *changed})


def _new_span(before: Schedule, network: Network, early: Early, moved: list[int]) -> tuple[int, int]:
    """The project's start and finish after some nodes moved; looks at all nodes only where it has to."""
    counting = [n for n in moved if network.counts[n]]
    if any(before.early.finish[n] == before.end or before.early.start[n] == before.begin for n in counting):
        return span_of(network, early)
    begin = min((early.start[n] for n in counting), default=before.begin)
    end = max((early.finish[n] for n in counting), default=before.end)
    return min(begin, before.begin), max(end, before.end)


def _forward_from(touched: list[int], network: Network, early: Early) -> list[int]:
    """Place the touched nodes and all that follow from them again; the nodes that moved, in order."""
    waiting, queued, moved = touched[:], set(touched), []
    heapify(waiting)
    first, successor = network.followers.first, network.followers.successor
    while waiting:
        node = heappop(waiting)
        start, finish = early.start[node], early.finish[node]
        work = early.start_work[node]
        sweep.forward((node,), network.nodes, network.links, network.strands, network.shifts, early)
        if early.start[node] == start and early.finish[node] == finish and early.start_work[node] == work:
            continue
        moved.append(node)
        for after in successor[first[node] : first[node + 1]]:
            if after not in queued:
                queued.add(after)
                heappush(waiting, after)
    return moved


def _backward_from(touched: list[int], network: Network, early: Early, limits: Column, late: Late) -> list[int]:
    """Place the touched nodes and all that they are held by as late as may be again; the nodes that were placed."""
    waiting, queued = [-node for node in touched], set(touched)
    heapify(waiting)
    first, predecessor = network.links.first, network.links.predecessor
    seen = []
    while waiting:
        node = -heappop(waiting)
        seen.append(node)
        before = (late.start[node], late.finish[node])
        sweep.backward((node,), network.nodes, network.followers, network.strands, network.shifts, early, limits, late)
        if (late.start[node], late.finish[node]) == before and node not in touched:
            continue
        for behind in predecessor[first[node] : first[node + 1]]:
            if behind not in queued:
                queued.add(behind)
                heappush(waiting, -behind)
    return seen


def _starts_awaited(network: Network) -> bool:
    """Whether something waits for the start of a summary task: its late start then depends on early dates."""
    codes, predecessor, kinds = network.links.code, network.links.predecessor, network.nodes.kind
    return bool(network.gate_of or len(network.finish_of) > len(network.node_of)) and any(
        code & 1 and code != MEMBER and kinds[p] == sweep.ROLLUP for code, p in zip(codes, predecessor, strict=True)
    )


def impact_of(
    before: Schedule, after: Schedule, differing: Iterable[int] | None = None, *, removed: Sequence[int] = ()
) -> Impact:
    """Compare a schedule with the one after a change; looks at ``differing`` nodes only, when these are given."""
    network, gone = before.network, set(removed)
    moved, now_critical, float_used = [], [], []
    for node in range(len(network)) if differing is None else differing:
        uid = network.owner[node]
        if uid in gone or uid not in network.node_of:
            continue
        if before.early.start[node] != after.early.start[node] or before.early.finish[node] != after.early.finish[node]:
            moved.append(uid)
        old, new = before.total_slack(node), after.total_slack(node)
        if new < old:
            float_used.append(FloatUsed(uid, old / 60, new / 60))
        if new != old and after.is_critical(uid) and not before.is_critical(uid):
            now_critical.append(uid)
    moved.sort(key=network.place_of)
    now_critical.sort(key=network.place_of)
    float_used.sort(key=lambda used: network.place_of(used.uid))
    return Impact(
        finish=_moved(before, 0, before.plan.name, before.end, after.end),
        milestones=tuple(_milestones(before, after, moved)),
        moved=tuple(moved),
        now_critical=tuple(now_critical),
        float_used=tuple(float_used),
        schedule=after,
    )


def _milestones(before: Schedule, after: Schedule, moved: list[int]) -> Iterable[Moved]:
    for uid in moved:
        task, node = before.network.tasks[uid], before.network.node_of[uid]
        if task.milestone or before.network.nodes.duration[node] == 0:
            yield _moved(before, uid, task.name, before.early.finish[node], after.early.finish[node])


def _moved(before: Schedule, uid: int, name: str, old: int, new: int) -> Moved:
    first, second = moment_of(old), moment_of(new)
    days = before.network.project_calendar.working_days_between(first.date(), second.date())
    return Moved(uid, name, first, second, days)
