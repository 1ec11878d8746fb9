"""Writing an accepted change into the plan itself, as a planner would in Microsoft Project.

:func:`plan_changed` gives the plan whose computation is what :func:`~bywhen.schedule.engine.whatif.what_if` announced:
a moved task gets a start-no-earlier-than constraint, a task under way a longer remaining duration. What does not live
here: computing dates, storing versions.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import ChangeImpossibleError, TaskUnknownError
from bywhen.kernel.plan import Assignment, ConstraintType, Link, Plan, Task
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.cpm import Schedule, TaskDates
from bywhen.schedule.engine.whatif import Change, FloatUsed, Impact, Moved


def plan_changed(before: Schedule, change: Change) -> Plan:
    """The plan with one change made to one task (or, on a summary, to each unfinished task below it).

    Raises:
        TaskUnknownError: when the plan has no such task.
        ChangeImpossibleError: when the task is complete.
    """
    plan = before.plan
    targets = _targets(before, change.task_uid)
    if change.remove:
        return _without(plan, {task.uid for task in targets})
    edited = {task.uid: _edited(before, task, change) for task in targets}
    stretch = {uid: _ratio(before.network.tasks[uid], task) for uid, task in edited.items()}
    return replace(
        plan,
        tasks=tuple(edited.get(task.uid, task) for task in plan.tasks),
        assignments=tuple(_stretched(each, stretch.get(each.task_uid, 1.0)) for each in plan.assignments),
    )


def plan_progressed(before: Schedule, uid: int, percent: float) -> Plan:
    """The plan with a task's progress set to ``percent`` (0-100): actual dates follow the computed ones, what remains
    is the rest of its duration.

    Raises:
        TaskUnknownError: when the plan has no such task.
        ChangeImpossibleError: when a summary is named; its progress follows from its tasks.
    """
    task = before.network.tasks.get(uid)
    if task is None:
        raise TaskUnknownError(uid, before.plan.name)
    if task.summary:
        raise ChangeImpossibleError(task.name, "its progress follows from the tasks below it")
    row = before.row(uid)
    length = task.duration.minutes if task.duration else row.duration_minutes
    done = length * percent / 100
    progressed = replace(
        task,
        percent_complete=percent,
        actual_start=(task.actual_start or row.start) if percent else None,
        actual_finish=row.finish if percent >= 100 else None,
        actual_duration_minutes=done,
        remaining_duration_minutes=length - done,
    )
    return replace(before.plan, tasks=tuple(progressed if each.uid == uid else each for each in before.plan.tasks))


def plan_dated(schedule: Schedule) -> Plan:
    """The plan with its computed dates and floats written into its tasks, for files that carry them."""
    rows = {row.uid: row for row in schedule.rows()}
    return replace(
        schedule.plan,
        start=schedule.plan.start or schedule.start,
        finish=schedule.finish,
        tasks=tuple(_dated(task, rows[task.uid]) if task.uid in rows else task for task in schedule.plan.tasks),
    )


def _dated(task: Task, row: TaskDates) -> Task:
    return replace(
        task,
        start=row.start,
        finish=row.finish,
        early_start=row.early_start,
        early_finish=row.early_finish,
        late_start=row.late_start,
        late_finish=row.late_finish,
        total_slack_minutes=row.total_slack_minutes,
        free_slack_minutes=row.free_slack_minutes,
        start_slack_minutes=row.start_slack_minutes,
        finish_slack_minutes=row.finish_slack_minutes,
        critical=row.critical,
    )


def impact_recomputed(before: Schedule, after: Schedule) -> Impact:
    """What differs between a plan's schedule and the one computed anew after an edit of the same tasks, in the shape of
    :func:`~bywhen.schedule.engine.whatif.what_if`: for edits that it does not know, such as progress.
    """
    old = {row.uid: row for row in before.rows()}
    rows = [(old[row.uid], row) for row in after.rows() if row.uid in old and not before.network.tasks[row.uid].summary]
    moved = [(a, b) for a, b in rows if (a.start, a.finish) != (b.start, b.finish)]
    tasks = before.network.tasks
    return Impact(
        finish=_moved(before, 0, before.plan.name, before.finish, after.finish),
        milestones=tuple(
            _moved(before, b.uid, tasks[b.uid].name, a.finish, b.finish)
            for a, b in moved
            if tasks[b.uid].milestone or not a.duration_minutes
        ),
        moved=tuple(b.uid for _, b in moved),
        now_critical=tuple(b.uid for a, b in rows if b.critical and not a.critical),
        float_used=tuple(
            FloatUsed(b.uid, a.total_slack_minutes, b.total_slack_minutes)
            for a, b in rows
            if b.total_slack_minutes < a.total_slack_minutes
        ),
        schedule=after,
    )


def _moved(before: Schedule, uid: int, name: str, first: datetime, second: datetime) -> Moved:
    days = before.network.project_calendar.working_days_between(first.date(), second.date())
    return Moved(uid, name, first, second, days)


def _targets(before: Schedule, uid: int) -> list[Task]:
    task = before.network.tasks.get(uid)
    if task is None:
        raise TaskUnknownError(uid, before.plan.name)
    if not task.summary:
        if task.actual_finish is not None or task.percent_complete >= 100:
            raise ChangeImpossibleError(task.name, "it is complete")
        return [task]
    below = [child for each in before.network.children.get(uid, ()) for child in _open_below(before, each)]
    if not below:
        raise ChangeImpossibleError(task.name, "nothing in it is unfinished")
    return below


def _open_below(before: Schedule, uid: int) -> list[Task]:
    task = before.network.tasks[uid]
    if task.summary:
        return [child for each in before.network.children.get(uid, ()) for child in _open_below(before, each)]
    return [] if task.percent_complete >= 100 or not task.active else [task]


def _edited(before: Schedule, task: Task, change: Change) -> Task:
    row = before.row(task.uid)
    calendar = _calendar_of(before, task.uid)
    if change.duration is not None:
        return _resized(task, change.duration.minutes)
    if change.delay is not None:
        later = change.delay
        move = timedelta(minutes=later.minutes)
        start = row.start + move if later.elapsed else _moved_by(calendar, row.start, later.minutes)
        if row.duration_minutes and not later.elapsed:
            start = calendar.next(
                start
            )  # 17:00 and the next 08:00 are the same working moment; a start is said as 08:00
        if task.actual_start is not None:
            return _resized(task, row.duration_minutes + later.minutes)
        return _held(
            task, start, row.finish + move if later.elapsed else _moved_by(calendar, row.finish, later.minutes)
        )
    assert change.finish is not None
    finish = _end_of(calendar, change.finish)
    if task.milestone or row.duration_minutes == 0:
        return _held(task, finish, finish)
    if task.actual_start is not None or finish < row.finish:
        return _resized(task, max(calendar.between(row.start, finish), 0.0))
    return _held(task, calendar.subtract(finish, row.duration_minutes), finish)


def _calendar_of(before: Schedule, uid: int) -> WorkingTime:
    """The working time that the task's own dates were computed on."""
    network = before.network
    return network.calendars[network.nodes.calendar[network.node_of[uid]]]


def _moved_by(calendar: WorkingTime, at: datetime, minutes: float) -> datetime:
    return calendar.add(calendar.next(at), minutes) if minutes >= 0 else calendar.subtract(at, -minutes)


def _end_of(calendar: WorkingTime, when: date | datetime) -> datetime:
    if isinstance(when, datetime):
        return when
    return calendar.previous(datetime.combine(when + timedelta(days=1), time()))


def _held(task: Task, start: datetime, finish: datetime) -> Task:
    """Not before ``start``; manual tasks simply stand there."""
    if task.manual:
        return replace(task, start=start, finish=finish, manual_start=start, manual_finish=finish)
    return replace(task, constraint=ConstraintType.SNET, constraint_date=start, leveling_delay_minutes=0.0)


def _resized(task: Task, minutes: float) -> Task:
    """Another working duration; what is done stays done, what remains changes."""
    shown = task.duration.shown if task.duration else "d"
    elapsed = task.duration.unit if task.duration else Duration(0).unit
    done = task.actual_duration_minutes or 0.0
    remaining = None if task.remaining_duration_minutes is None else max(minutes - done, 0.0)
    percent = task.percent_complete if not done or not minutes else min(done / minutes * 100, 99.0)
    return replace(
        task,
        duration=Duration(minutes, elapsed, shown),
        remaining_duration_minutes=remaining,
        percent_complete=round(percent, 2),
        splits=(),
    )


def _ratio(before: Task, after: Task) -> float:
    if before.duration is None or after.duration is None or not before.duration.minutes:
        return 1.0
    return after.duration.minutes / before.duration.minutes


def _stretched(assignment: Assignment, ratio: float) -> Assignment:
    """Work follows the duration; the hour-by-hour spread no longer holds and is dropped."""
    if ratio == 1.0:
        return assignment
    work = assignment.work_minutes * ratio
    remaining = None if assignment.remaining_work_minutes is None else max(work - assignment.actual_work_minutes, 0.0)
    return replace(assignment, work_minutes=work, remaining_work_minutes=remaining, timephased=(), finish=None)


def _without(plan: Plan, gone: set[int]) -> Plan:
    """Drop tasks; what came before them still comes before what came after, without their lags."""
    links = list(plan.links)
    for uid in gone:
        into = [link for link in links if link.successor_uid == uid]
        out = [link for link in links if link.predecessor_uid == uid]
        links = [link for link in links if uid not in (link.successor_uid, link.predecessor_uid)]
        links += [Link(a.predecessor_uid, b.successor_uid) for a in into for b in out]
    return replace(
        plan,
        tasks=tuple(task for task in plan.tasks if task.uid not in gone),
        links=tuple(links),
        assignments=tuple(each for each in plan.assignments if each.task_uid not in gone),
    )
