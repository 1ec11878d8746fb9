"""All tasks of a plan as the node columns of its network.

Most tasks ask for nothing but time on a calendar. Those are written column by column, which plain Python does fastest;
the others, and the nodes of summaries, are placed one by one. What does not live here: what such a task asks for
(:mod:`.placement`), the order of the nodes (:mod:`.ordering`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bywhen.kernel.durations import DurationUnit
from bywhen.kernel.plan import ConstraintType, Task
from bywhen.schedule.engine.columns import Column, Columns
from bywhen.schedule.engine.hierarchy import Outline
from bywhen.schedule.engine.linking import Ends
from bywhen.schedule.engine.placement import Placement, Setting, placed
from bywhen.schedule.engine.shifts import seconds_for, seconds_of
from bywhen.schedule.engine.staff import Staff
from bywhen.schedule.engine.strands import Strand
from bywhen.schedule.engine.sweep import ALWAYS, GATE, NEVER, ROLLUP, SIMPLE, Nodes, Strands


@dataclass(frozen=True, slots=True)
class Placed:
    """The node columns; which nodes count for the project's dates, which are those of tasks to be placed as late as
    possible, which have a late finish of their own, and which a start floor of their own.
    """

    nodes: Nodes
    strands: Strands
    counts: Column
    late: tuple[int, ...]
    dated: tuple[int, ...]
    held: frozenset[int]


def lengths_of(tasks: Iterable[Task]) -> list[int]:
    """The durations of tasks in seconds, working and elapsed alike; none is nothing, and so is a negative one."""
    minutes = [length.minutes if (length := task.duration) is not None else 0.0 for task in tasks]
    seconds = {each: max(seconds_for(each), 0) for each in set(minutes)}
    return [seconds[each] for each in minutes]


def all_placed(
    tasks: Sequence[Task],
    lengths: Column,
    calendars: Column,
    asking: Iterable[int],
    of_summaries: Mapping[int, Placement],
    limits: Mapping[int, int],
    setting: Setting,
    columns: Columns,
) -> Placed:
    """The columns of nodes that belong to these tasks and have these lengths and calendars, in this order; those that
    are ``asking`` are placed one by one. ``limits`` is by when some nodes have to end because a summary that they stand
    in has to.
    """
    count = len(tasks)
    nodes = Nodes(
        kind=columns.filled(SIMPLE, count),
        calendar=calendars,
        duration=lengths,
        start_floor=columns.filled(max(setting.start, setting.work_after), count),
        finish_floor=columns.filled(NEVER, count),
        start_ceiling=columns.filled(ALWAYS, count),
        finish_ceiling=columns.filled(ALWAYS, count),
        late_start=columns.filled(ALWAYS, count),
        late_finish=columns.filled(ALWAYS, count),
        delay=columns.filled(0, count),
        pinned=columns.filled(0, count),
    )
    counts = columns.filled(1, count)
    strands: dict[int, tuple[Strand, ...]] = {}
    held = []
    for node in asking:
        placement = of_summaries.get(node) or placed(tasks[node], setting)
        _write(nodes, node, placement)
        if placement.strands:
            strands[node] = placement.strands
        if placement.held:
            held.append(node)
        counts[node] = int(tasks[node].active and node not in of_summaries)
    for node, limit in limits.items():
        nodes.late_finish[node] = min(nodes.late_finish[node], limit)
    return Placed(
        nodes,
        _strand_columns(count, strands, columns),
        counts,
        late=tuple(n for n in asking if n not in of_summaries and _is_late(tasks[n])),
        dated=tuple(n for n in sorted({*asking, *limits}) if nodes.late_finish[n] < ALWAYS or nodes.kind[n] == GATE),
        held=frozenset(held),
    )


def calendars_of(count: int, outline: Outline, ends: Ends, staff: Staff, columns: Columns) -> Column:
    """The calendar of each node's own duration: the project's, unless its task has one."""
    calendars = columns.filled(staff.project, count)
    for task in outline.noted:
        if task.calendar_uid is not None and task.uid in ends.node_of:
            calendars[ends.node_of[task.uid]] = staff.of_task(task)
    return calendars


def asking_of(outline: Outline, ends: Ends, of_summaries: Iterable[int], staff: Staff) -> Sequence[int]:
    """The nodes that ask for more than a working duration on a calendar, in order."""
    finish_of = ends.finish_of
    asking = {finish_of[task.uid] for task in outline.noted if task.uid in finish_of and _asks(task)}
    asking.update(finish_of[uid] for uid in staff.assigned() if uid in finish_of)
    return sorted(asking.union(of_summaries))


def _asks(task: Task) -> bool:
    length = task.duration
    return bool(
        task.manual
        or not task.active
        or task.external
        or task.actual_start is not None
        or task.actual_finish is not None
        or task.constraint is not ConstraintType.ASAP
        or task.constraint_date is not None
        or task.deadline is not None
        or task.leveling_delay_minutes
        or length is None
        or length.unit is not DurationUnit.WORKING
    )


def summaries_placed(tasks: Sequence[Task], ends: Ends, outline: Outline, staff: Staff) -> dict[int, Placement]:
    """The nodes of summaries: the start that their tasks wait for, the finish that waits for their tasks. One that is
    scheduled by hand finishes like any other task that is.
    """
    found = {node: _gate(tasks[node], staff.of_task(tasks[node])) for node in ends.gate_of.values()}
    for uid in (outline.summaries & ends.finish_of.keys()) - outline.by_hand():
        node = ends.finish_of[uid]
        found[node] = Placement(ROLLUP, staff.of_task(tasks[node]), 0, NEVER)
    return found


def _gate(task: Task, calendar: int) -> Placement:
    floor = NEVER
    by_hand = task.manual_start or task.start
    if task.manual and by_hand:
        floor = seconds_of(by_hand)
    elif task.constraint is ConstraintType.SNET and task.constraint_date:
        floor = seconds_of(task.constraint_date)
    return Placement(GATE, calendar, 0, floor, delay=seconds_for(task.leveling_delay_minutes))


def _write(nodes: Nodes, node: int, placement: Placement) -> None:
    nodes.kind[node] = placement.kind
    nodes.calendar[node] = placement.calendar
    nodes.duration[node] = placement.duration
    nodes.start_floor[node] = placement.start_floor
    nodes.finish_floor[node] = placement.finish_floor
    nodes.start_ceiling[node] = placement.start_ceiling
    nodes.finish_ceiling[node] = placement.finish_ceiling
    nodes.late_start[node] = placement.late_start
    nodes.late_finish[node] = placement.late_finish
    nodes.delay[node] = placement.delay
    nodes.pinned[node] = placement.pinned


def _is_late(task: Task) -> bool:
    return task.constraint is ConstraintType.ALAP and not task.manual and not task.actual_start


def _strand_columns(count: int, strands: Mapping[int, tuple[Strand, ...]], columns: Columns) -> Strands:
    if not strands:
        return Strands(columns.filled(0, count + 1), columns.of([]), columns.of([]), columns.of([]))
    first, every = [0], list[Strand]()
    for node in range(count):
        every += strands.get(node, ())
        first.append(len(every))
    return Strands(columns.of(first), *(columns.of(list(column)) for column in zip(*every, strict=True)))
