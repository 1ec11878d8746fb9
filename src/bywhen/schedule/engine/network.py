"""The compiled network: a plan's tasks, links and calendars as columns in the order in which they can be computed.

What does not live here: the outline (:mod:`.hierarchy`), which node waits for which (:mod:`.linking`), what tasks ask
for (:mod:`.nodes`), whose calendar is whose (:mod:`.staff`), the passes (:mod:`.sweep`), answers (:mod:`.cpm`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter

from bywhen.kernel.errors import CycleFoundError, ScheduleImpossibleError
from bywhen.kernel.findings import Finding
from bywhen.kernel.plan import Plan, Task
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.columns import PLAIN, Column, Columns
from bywhen.schedule.engine.floors import open_floors
from bywhen.schedule.engine.hierarchy import Outline, must_end
from bywhen.schedule.engine.linking import Ends, edges_of
from bywhen.schedule.engine.nodes import all_placed, asking_of, calendars_of, lengths_of, summaries_placed
from bywhen.schedule.engine.ordering import (
    Edges,
    add_waits,
    by_node,
    circle,
    in_order,
    invert,
    longest,
    renumbered,
    sorted_edges,
)
from bywhen.schedule.engine.placement import Setting
from bywhen.schedule.engine.shifts import FIRST_DAY, LAST_DAY, Shifts, moment_of, seconds_of, shift_table
from bywhen.schedule.engine.staff import Staff
from bywhen.schedule.engine.sweep import NEVER, Followers, Links, Nodes, Strands

_YEAR = 366
_SPARE_YEARS = 3
"""Calendars reach so much further than the longest way through the network says, for holidays and what-ifs."""
_MANY_YEARS = 20
"""As long as that where a calendar's weeks do not say how long work takes on it."""
_DATES = attrgetter("start", "finish", "constraint_date", "actual_start", "deadline")
_EPOCH = datetime(2000, 1, 3, 8)
"""Where a plan without any date begins: a Monday morning."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A plan ready to be computed. Node columns stand in topological order; ``columns`` says of which kind all are.

    ``node_of`` finds the node of a task that is no summary; ``gate_of`` and ``finish_of`` the start and the finish of
    a summary that is linked (``finish_of`` holds all other tasks too); ``owner`` is the task uid of each node,
    ``counts`` whether it belongs to an active task, which the project's dates come from; ``link_of`` the place in
    ``plan.links`` of each link entry, -1 for what the outline implies; ``late_tasks`` the nodes to be placed as late
    as possible; ``dated`` those whose late finish is not simply the project's; ``last_date`` the last date by which an
    open task has to finish by its constraint; ``horizon`` the days (ordinals, end excluded) for which the calendars are
    laid out.
    """

    plan: Plan
    columns: Columns
    nodes: Nodes
    links: Links
    followers: Followers
    strands: Strands
    shifts: Shifts
    calendars: tuple[WorkingTime, ...]
    horizon: tuple[int, int]
    start: int
    owner: list[int]
    counts: Column
    link_of: Column
    node_of: Mapping[int, int]
    gate_of: Mapping[int, int]
    finish_of: Mapping[int, int]
    calendar_of: Mapping[int, int]
    project_calendar: WorkingTime
    late_tasks: tuple[int, ...]
    dated: tuple[int, ...]
    last_date: int
    findings: tuple[Finding, ...]
    tasks: Mapping[int, Task] = field(repr=False)
    children: Mapping[int, list[int]] = field(repr=False)
    _places: dict[int, int] = field(default_factory=dict, repr=False)

    def place_of(self, uid: int) -> int:
        """Where a task stands in the plan; found out for all tasks when first asked for."""
        if not self._places:
            self._places.update(zip(self.tasks, range(len(self.tasks)), strict=True))
        return self._places[uid]

    def __len__(self) -> int:
        return len(self.owner)


def compiled_network(plan: Plan, *, work_after: datetime | None = None, columns: Columns = PLAIN) -> Network:
    """Compile a plan. Its calendars are laid out for as long as its work is likely to take; with ``work_after`` nothing
    that is still to do is planned before that moment.

    Raises:
        CycleFoundError: when the links form a circle; every task in it is named.
        CalendarEmptyError: when the project's calendar has no working time.
        ScheduleImpossibleError: when the plan starts after the year 2599.
    """
    outline = Outline(plan)
    staff = Staff(plan, outline.tasks)
    owner, ends, edges = _in_order(plan, outline, staff, columns)
    links, followers, link_of = _links(len(owner), edges, columns)
    tasks = list(map(outline.tasks.__getitem__, owner))
    lengths = columns.of(lengths_of(tasks))
    of_summaries = summaries_placed(tasks, ends, outline, staff)
    asking = asking_of(outline, ends, of_summaries, staff)

    # Calendars are laid out once the longest way is known, so that hardly any plan needs them longer afterwards.
    begin = _begin(plan)
    way = _longest_way(links, lengths, columns)
    years = _years_for(way, staff.calendars[staff.project])
    horizon = _horizon(outline.noted, begin, years, years if asking else 1)
    shifts = shift_table(staff.calendars, *horizon, columns)
    start = seconds_of(begin)
    setting = Setting(plan, start, shifts, staff, seconds_of(work_after) if work_after else NEVER)
    limits = {ends.node_of[uid]: seconds_of(when) for uid, when in outline.limits().items()}
    calendars = calendars_of(len(owner), outline, ends, staff, columns)
    each = all_placed(tasks, lengths, calendars, asking, of_summaries, limits, setting, columns)
    open_floors(each.nodes, asking, each.held, links, start)
    return Network(
        plan=plan,
        columns=columns,
        nodes=each.nodes,
        links=links,
        followers=followers,
        strands=each.strands,
        shifts=shifts,
        calendars=tuple(staff.calendars),
        horizon=horizon,
        start=start,
        owner=owner,
        counts=each.counts,
        link_of=link_of,
        node_of=ends.node_of,
        gate_of=ends.gate_of,
        finish_of=ends.finish_of,
        calendar_of={uid: staff.of_task(outline.tasks[uid]) for uid in outline.summaries},
        project_calendar=staff.calendars[staff.project],
        late_tasks=each.late,
        dated=each.dated,
        last_date=max((seconds_of(when) for n in asking if (when := must_end(tasks[n]))), default=NEVER),
        findings=tuple(staff.findings),
        tasks=outline.tasks,
        children=outline.children,
    )


def with_longer_calendars(network: Network, years: int) -> Network:
    """The same network with its calendars laid out ``years`` before and beyond the plan's dates: nothing else depends
    on how far they reach.
    """
    horizon = _horizon(network.tasks.values(), moment_of(network.start), years, years)
    return replace(network, shifts=shift_table(network.calendars, *horizon, network.columns), horizon=horizon)


def _in_order(plan: Plan, outline: Outline, staff: Staff, columns: Columns) -> tuple[list[int], Ends, Edges]:
    """The nodes, numbered with predecessors first, by the uid that each belongs to and the other way round, and the
    edges between them.
    """
    owner, ends = _numbered(plan, outline)
    edges = edges_of(plan, outline, ends, staff, columns)
    order = in_order(len(owner), edges, columns)
    if order is None:
        return owner, ends, edges
    if len(order) < len(owner):
        raise CycleFoundError(_circle(outline, owner, order, edges))
    return *_reordered(owner, ends, order), renumbered(edges, order, columns)


def _numbered(plan: Plan, outline: Outline) -> tuple[list[int], Ends]:
    """The nodes that there are, by the uid that each belongs to: one of each task; of a summary its start and its
    finish, where something waits for them.
    """
    if not outline.summaries:
        owner = list(outline.tasks)
        nodes = dict(zip(owner, range(len(owner)), strict=True))
        return owner, Ends(nodes, {}, nodes)
    gated = outline.binding() | outline.summaries.intersection(link.successor_uid for link in plan.links)
    awaited = outline.by_hand() | outline.summaries.intersection(link.predecessor_uid for link in plan.links)
    owner, ends = [], Ends({}, {}, {})
    for uid in outline.tasks:
        if uid not in outline.summaries:
            ends.node_of[uid] = ends.finish_of[uid] = len(owner)
            owner.append(uid)
            continue
        for wanted, found in ((gated, ends.gate_of), (awaited, ends.finish_of)):
            if uid in wanted:
                found[uid] = len(owner)
                owner.append(uid)
    return owner, ends


def _reordered(owner: list[int], ends: Ends, order: Column) -> tuple[list[int], Ends]:
    """The same nodes numbered by their place in ``order``."""
    place = [0] * len(order)
    invert(order, place)
    found = [{uid: place[node] for uid, node in each.items()} for each in (ends.node_of, ends.gate_of, ends.finish_of)]
    return [owner[node] for node in order], Ends(*found)


def _circle(outline: Outline, owner: list[int], order: Column, edges: Edges) -> list[str]:
    names: list[str] = []
    for node in circle(set(range(len(owner))).difference(order), edges):
        task = outline.tasks[owner[node]]
        label = f"{task.id or task.uid} '{task.name}'"
        if label not in names:
            names.append(label)
    return names


def _links(count: int, edges: Edges, columns: Columns) -> tuple[Links, Followers, Column]:
    """The edges by successor, by predecessor, and the place in ``plan.links`` of each by successor."""
    first, (predecessor, successor, code, lag, link) = sorted_edges(count, edges, columns)
    begins, places = by_node(count, predecessor, columns)
    followers = Followers(begins, *(columns.taken(column, places) for column in (successor, code, lag)))
    return Links(first, predecessor, code, lag), followers, link


def _longest_way(links: Links, lengths: Column, columns: Columns) -> int:
    """The seconds that the network takes at least, or somewhat more where lags and leads come together."""
    if any(links.lag):
        lengths = lengths[:]
        columns.run(add_waits, links.first, links.lag, lengths)
    return columns.run(longest, links.first, links.predecessor, lengths, columns.filled(0, len(lengths)))


def _begin(plan: Plan) -> datetime:
    begin = plan.start or min((t.start for t in plan.tasks if t.start), default=_EPOCH)
    if not FIRST_DAY <= begin.toordinal() < LAST_DAY:
        when = "after the year 2599" if begin.toordinal() >= LAST_DAY else "in the year 1"
        raise ScheduleImpossibleError(f"The plan starts on {begin:%Y-%m-%d}, {when}; check its start.")
    return begin


def _years_for(way: int, calendar: WorkingTime) -> int:
    """Years within which that many seconds of work are done on the calendar, holidays and what-ifs included."""
    a_week = 60 * sum(end - start for shifts in calendar.week for start, end in shifts)
    return _SPARE_YEARS + (way + way // 8) // (52 * a_week) if a_week else _MANY_YEARS


def _horizon(tasks: Iterable[Task], begin: datetime, beyond: int, before: int) -> tuple[int, int]:
    """The days for which calendars are laid out: so many years before and beyond all dates that the tasks name."""
    days = [day for dates in map(_DATES, tasks) for day in dates if day is not None]
    low, high = (edge([begin, *days]).toordinal() for edge in (min, max))
    return max(low - before * _YEAR, 1), min(high + beyond * _YEAR, LAST_DAY)
