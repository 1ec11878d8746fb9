"""What of a plan a Primavera export cannot hold: found by reading the written file again.

What does not live here: writing (``writing``), the comparison itself (:mod:`bywhen.intake.fieldloss`).
"""

from __future__ import annotations

from dataclasses import replace

from bywhen.intake.fieldloss import losses_between
from bywhen.intake.port import Blob, Loss
from bywhen.intake.xer.calendarwriting import flat
from bywhen.intake.xer.linking import activity_links
from bywhen.intake.xer.outline import Outline, is_project_row
from bywhen.intake.xer.project import read_xer
from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import Assignment, Calendar, ConstraintType, Plan, Resource, Task, TaskType

_DATES = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish", "stop", "resume", "deadline")
_ROUNDED = "Primavera keeps it by other rules, so that it comes out differently"
_UNFOLDED = "the breakdown of Primavera cannot be linked; the activities below were linked instead, to the same effect"
_MINUTES = "Primavera keeps dates to the minute"
_WHY = {
    **{f"{kind}.{field}": _MINUTES for kind in ("task", "assignment") for field in _DATES},
    "calendar.exceptions": "an export holds single days, no more than ten thousand, none before 1900",
    "task.row": "Primavera has no inactive activities and no ghosts of other projects",
    "task.order": "Primavera puts the activities of a node before the nodes below it, by their codes",
    "task.wbs": "codes have to be unique and short in Primavera; new ones were given",
    "task.name": "names are one line of 120 letters in Primavera",
    "task.notes": "a notebook keeps no control characters and no space around it",
    "task.manual": "Primavera schedules every activity; it was given a mandatory start on its date",
    "task.manual_start": "Primavera schedules every activity",
    "task.manual_finish": "Primavera schedules every activity",
    "task.manual_duration": "Primavera schedules every activity",
    "task.duration": "elapsed time became hours round the clock; of a begun activity the data date decides",
    "task.percent_complete": _ROUNDED,
    "task.priority": "Primavera has five priorities; the nearest was taken",
    "task.milestone": "a milestone of Primavera has no duration; it became an activity",
    "task.estimated": "Primavera knows no estimated durations",
    "task.effort_driven": "Primavera says by the duration type what work drives",
    "task.baselines": "one baseline goes into the planned dates; Primavera keeps others in projects of their own",
    "task.constraint": "the breakdown of Primavera has no constraints",
    "task.deadline": "the breakdown of Primavera has no deadlines",
    "task.hyperlink": "links are documents of Primavera's database",
    "task.splits": "Primavera interrupts an activity once, by suspend and resume",
    "task.leveling_delay_minutes": "Primavera keeps the levelled dates, not the delay",
    "task.recurring": "a recurring task became a node of the breakdown",
    "link.row": "an export links activities; this link of a summary task cannot be said by theirs",
    "link.lag": "an export has one calendar for all lags; it became working time of the same length",
    "link.external_project": "an export says only that the predecessor is elsewhere",
    "resource.row": "an export holds the resources that work in the project",
    "resource.type": "Primavera has no cost resources; it became material",
    "resource.initials": "short names have to be unique in Primavera",
    "assignment.row": "an export holds what resources of the plan do on activities; interruptions are left out",
    "assignment.timephased": "the spread of work and cost over time is Primavera's own to compute",
    "project.honor_constraints": "in Primavera only mandatory constraints overrule the links",
    "project.schedule_from_start": "Primavera schedules from the data date forward",
}


def xer_losses(plan: Plan, data: bytes) -> tuple[Loss, ...]:
    """What ``data``, the plan written by :func:`~bywhen.intake.xer.writing.write_xer`, does not hold of it."""
    again = read_xer(Blob("plan.xer", data, ""), format_name="primavera")[0].payload
    assert isinstance(again, Plan)
    linked = activity_links(plan, Outline(plan))
    unfolded = tuple(
        Loss("link", f"link {link.predecessor_uid} to {link.successor_uid}", f"{count} links", _UNFOLDED)
        for link, count in linked.unfolded
    )
    held = comparable(replace(plan, links=linked.links))
    return (*unfolded, *losses_between(held, comparable(again), _WHY))


def comparable(plan: Plan) -> Plan:
    """The plan without what is the same in other words: calendars flat, nothing that is computed from other fields,
    no empty rows, no row for the project itself.
    """
    calendars = {each.uid: each for each in plan.calendars}
    roots = {task.uid for task in plan.tasks if is_project_row(task)}
    rows = [task for task in plan.tasks if not (task.is_null or task.uid in roots)]
    limited = any(task.constraint not in _SOFT for task in rows)
    return replace(
        plan,
        tasks=tuple(_comparable(task, plan, roots) for task in rows),
        calendars=tuple(_calendar(each, calendars) for each in plan.calendars),
        links=tuple(replace(each, lag=_plain(each.lag)) if each.lag.shown else each for each in plan.links),
        resources=tuple(_resource(each) for each in plan.resources if each.name),
        assignments=tuple(_assignment(each) for each in plan.assignments if _says_something(each)),
        honor_constraints=plan.honor_constraints if limited else True,
        current_date=None,
        custom_fields=(),
    )


def _plain(length: Duration) -> Duration:
    """Without the unit that was typed, which says nothing of its length."""
    return replace(length, shown="")


_SOFT = (ConstraintType.ASAP, ConstraintType.ALAP, ConstraintType.SNET, ConstraintType.FNET)


def _calendar(calendar: Calendar, calendars: dict[int, Calendar]) -> Calendar:
    return replace(flat(calendar, calendars), name=calendar.name.strip())


def _comparable(task: Task, plan: Plan, roots: set[int]) -> Task:
    dated = task.constraint not in (ConstraintType.ASAP, ConstraintType.ALAP)
    suspended = task.actual_start is not None and task.actual_finish is None and task.stop and task.resume
    same = replace(
        task,
        id=0,
        outline_number="",
        notes=task.notes.replace("\r\n", "\n").strip(),
        duration=task.duration and _plain(task.duration),
        cost=task.cost or None,
        actual_cost=task.actual_cost or None,
        fixed_cost=task.fixed_cost or None,
        parent_uid=None if task.parent_uid in roots else task.parent_uid,
        critical=None,
        start_slack_minutes=None,
        finish_slack_minutes=None,
        percent_work_complete=0.0,
        actual_duration_minutes=None,
        constraint_date=task.constraint_date if dated else None,
        stop=task.stop if suspended else None,
        resume=task.resume if suspended else None,
        manual_start=task.manual_start if task.manual else None,
        manual_finish=task.manual_finish if task.manual else None,
        manual_duration=task.manual_duration if task.manual else None,
        calendar_uid=None if task.calendar_uid == plan.calendar_uid else task.calendar_uid,
        ignore_resource_calendars=False,
    )
    return _node(same) if task.summary else same


def _node(task: Task) -> Task:
    """A summary task without what is rolled up from the tasks below it."""
    return replace(
        task,
        type=TaskType.FIXED_UNITS,
        effort_driven=False,
        estimated=False,
        milestone=False,
        priority=500,
        duration=None,
        remaining_duration_minutes=None,
        percent_complete=0.0,
        physical_percent_complete=0.0,
        early_start=None,
        early_finish=None,
        late_start=None,
        late_finish=None,
        total_slack_minutes=None,
        free_slack_minutes=None,
        actual_start=None,
        actual_finish=None,
        stop=None,
        resume=None,
        calendar_uid=None,
        work_minutes=None,
        actual_work_minutes=None,
        remaining_work_minutes=None,
        cost=None,
        actual_cost=None,
        baselines=(),
    )


def _resource(resource: Resource) -> Resource:
    extra = resource.overtime_rate or None, resource.cost_per_use or None
    return replace(resource, id=0, overtime_rate=extra[0], cost_per_use=extra[1])


def _says_something(assignment: Assignment) -> bool:
    """The placeholder of a task without resources says nothing, but for interruptions in its work."""
    return assignment.resource_uid is not None or any(not span.minutes for span in assignment.timephased)


def _assignment(assignment: Assignment) -> Assignment:
    cost, spent = assignment.cost or None, assignment.actual_cost or None
    return replace(assignment, stop=None, resume=None, cost=cost, actual_cost=spent)
