"""What one task asks of the sweep: its kind of node, length, floors and ceilings, by Microsoft Project's rules.

What does not live here: links and summaries (:mod:`.network`), resources' calendars and splits (:mod:`.strands`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bywhen.kernel.plan import ConstraintType, Plan, Task
from bywhen.schedule.engine.shifts import Shifts, seconds_for, seconds_of
from bywhen.schedule.engine.staff import Staff
from bywhen.schedule.engine.strands import Strand, remaining_ends, strands_of
from bywhen.schedule.engine.sweep import ALWAYS, DONE, FIXED, NEVER, SIMPLE, STARTED, STRANDED, closes, opens, work_at


@dataclass(slots=True)
class Placement:
    """One task's entries in the columns of :class:`~bywhen.schedule.engine.sweep.Nodes`, and its strands. ``held``: its
    start floor is its own, not the project's start.
    """

    kind: int
    calendar: int
    duration: int
    start_floor: int
    finish_floor: int = NEVER
    start_ceiling: int = ALWAYS
    finish_ceiling: int = ALWAYS
    late_start: int = ALWAYS
    late_finish: int = ALWAYS
    delay: int = 0
    pinned: int = 0
    strands: tuple[Strand, ...] = ()
    held: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What the placements of one plan share. Nothing that is still to do is placed before ``work_after``."""

    plan: Plan
    start: int
    shifts: Shifts
    staff: Staff
    work_after: int


def placed(task: Task, setting: Setting) -> Placement:
    """The placement of a task that is no summary task."""
    duration, elapsed = length_of(task)
    calendar = setting.staff.elapsed if elapsed else setting.staff.of_task(task)
    result = Placement(SIMPLE, calendar, duration, setting.start, delay=seconds_for(task.leveling_delay_minutes))
    if task.deadline:
        result.late_finish = seconds_of(task.deadline)
    if task.manual or task.external:
        _keep_dates(result, task, setting)
    elif task.actual_finish or (task.actual_start and task.percent_complete >= 100):
        _keep_actuals(result, task, setting)
    elif task.actual_start:
        _go_on(result, task.actual_start, task, setting, elapsed=elapsed)
    else:
        result.strands = () if elapsed else strands_of(task, calendar, duration, setting.staff, setting.shifts)
        result.kind = STRANDED if result.strands else SIMPLE
        _constrain(result, task.constraint, task.constraint_date, honour=setting.plan.honor_constraints)
        result.start_floor = max(result.start_floor, setting.work_after)
        if task.constraint is ConstraintType.ALAP and setting.plan.schedule_from_start:
            result.delay = 0  # It is as late as can be: levelling cannot put it off.
    return result


def length_of(task: Task) -> tuple[int, bool]:
    """The task's duration in seconds and whether they are elapsed; a missing duration is none, a negative one too."""
    duration = task.manual_duration if task.manual and task.duration is None else task.duration
    if duration is None:
        return 0, False
    return max(seconds_for(duration.minutes), 0), duration.elapsed


def _keep_dates(result: Placement, task: Task, setting: Setting) -> None:
    start, finish = task.manual_start or task.start, task.manual_finish or task.finish
    if task.external:
        start, finish = task.start, task.finish
    first = seconds_of(start) if start else None
    last = seconds_of(finish) if finish else None
    if first is None:
        first = setting.start if last is None else _before(last, result, setting.shifts)
    if last is None:
        last = closes(
            work_at(first, result.calendar, setting.shifts) + result.duration, result.calendar, setting.shifts
        )
    result.kind, result.start_ceiling, result.finish_ceiling = FIXED, first, last
    result.duration = work_at(last, result.calendar, setting.shifts) - work_at(first, result.calendar, setting.shifts)


def _before(last: int, result: Placement, shifts: Shifts) -> int:
    return opens(work_at(last, result.calendar, shifts) - result.duration, result.calendar, shifts)


def _keep_actuals(result: Placement, task: Task, setting: Setting) -> None:
    finish = task.actual_finish or task.finish
    last = seconds_of(finish) if finish else None
    first = seconds_of(task.actual_start) if task.actual_start else last
    first = setting.start if first is None else first
    if last is None:
        last = closes(
            work_at(first, result.calendar, setting.shifts) + result.duration, result.calendar, setting.shifts
        )
    result.kind, result.start_ceiling, result.finish_ceiling = DONE, first, last


def _go_on(result: Placement, begun: datetime, task: Task, setting: Setting, *, elapsed: bool) -> None:
    """A task that has begun: what remains is done from where it stopped or is to be resumed."""
    start = seconds_of(begun)
    remaining = task.remaining_duration_minutes
    left = result.duration if remaining is None else max(seconds_for(remaining), 0)
    stopped = task.resume or task.stop
    if stopped:
        resume = max(seconds_of(stopped), start)
    else:
        done = work_at(start, result.calendar, setting.shifts) + max(result.duration - left, 0)
        resume = closes(done, result.calendar, setting.shifts)
    ends = [] if elapsed else remaining_ends(task, result.calendar, resume, setting.staff, setting.shifts)
    if left and setting.work_after > resume:
        # Rescheduled: all that remains moves by the working time between where it stopped and the status date.
        by = work_at(setting.work_after, result.calendar, setting.shifts) - work_at(
            resume, result.calendar, setting.shifts
        )
        ends = [
            closes(work_at(at, result.calendar, setting.shifts) + by, result.calendar, setting.shifts) for at in ends
        ]
        resume = opens(work_at(setting.work_after, result.calendar, setting.shifts), result.calendar, setting.shifts)
    end = closes(work_at(resume, result.calendar, setting.shifts) + left, result.calendar, setting.shifts)
    result.kind, result.start_floor = STARTED, resume
    result.start_ceiling, result.finish_ceiling = start, max(max(ends, default=end), start, _not_before(task))


def _not_before(task: Task) -> int:
    """What has begun keeps its start whatever its constraint; only a finish that may not be earlier still counts."""
    when = task.constraint_date if task.constraint is ConstraintType.FNET else None
    return NEVER if when is None else seconds_of(when)


def _constrain(result: Placement, constraint: ConstraintType, when: datetime | None, *, honour: bool) -> None:
    if when is None:
        return
    at = seconds_of(when)
    if constraint is ConstraintType.SNET:
        result.start_floor, result.held = at, True
    elif constraint is ConstraintType.FNET:
        result.finish_floor = at
    elif constraint is ConstraintType.MSO:
        result.start_floor, result.held = at, True
        result.late_start = at
        if honour:
            result.start_ceiling, result.pinned = at, 1
    elif constraint is ConstraintType.MFO:
        result.finish_floor = at
        result.late_finish = min(result.late_finish, at)
        if honour:
            result.finish_ceiling, result.pinned = at, 1
    elif constraint is ConstraintType.SNLT:
        result.late_start = at
        if honour:
            result.start_ceiling = at
    elif constraint is ConstraintType.FNLT:
        result.late_finish = min(result.late_finish, at)
        if honour:
            result.finish_ceiling = at
