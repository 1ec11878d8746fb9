"""Tasks and links as Microsoft Project XML; the inverse of ``tasks``. Elements stand in the schema's order."""

from __future__ import annotations

from collections.abc import Iterable

from bywhen.intake.mspdi import codes
from bywhen.intake.mspdi.markup import Markup
from bywhen.intake.mspdi.values import print_number
from bywhen.kernel.durations import Duration, DurationUnit
from bywhen.kernel.plan import Baseline, Link, Task

_PERCENT = (DurationUnit.PERCENT, DurationUnit.ELAPSED_PERCENT)


def write_task(out: Markup, task: Task, level: int, links: Iterable[Link]) -> None:
    """The fields of one ``Task`` element, left open for its custom fields, which follow the links."""
    out.code("UID", task.uid)
    out.code("ID", task.id)
    out.text("Name", task.name)
    out.flag("Active", task.active)
    out.flag("Manual", task.manual)
    out.code("Type", codes.TASK_TYPE_CODES[task.type])
    out.flag("IsNull", task.is_null)
    out.text("WBS", task.wbs)
    out.text("OutlineNumber", task.outline_number)
    out.code("OutlineLevel", level)
    out.code("Priority", task.priority)
    out.moment("Start", task.start)
    out.moment("Finish", task.finish)
    _write_duration(out, "Duration", "DurationFormat", task.duration, estimated=task.estimated)
    out.moment("ManualStart", task.manual_start)
    out.moment("ManualFinish", task.manual_finish)
    _write_duration(out, "ManualDuration", "FreeformDurationFormat", task.manual_duration)
    out.minutes("Work", task.work_minutes)
    out.moment("Stop", task.stop)
    out.moment("Resume", task.resume)
    out.flag("EffortDriven", task.effort_driven)
    out.flag("Recurring", task.recurring)
    out.flag("Estimated", task.estimated)
    out.flag("Milestone", task.milestone)
    out.flag("Summary", task.summary)
    if task.critical is not None:
        out.flag("Critical", task.critical)
    _write_origin(out, task)
    _write_computed(out, task)
    _write_progress(out, task)
    _write_rules(out, task)
    for link in links:
        _write_link(out, link)


def _write_origin(out: Markup, task: Task) -> None:
    subproject = bool(task.external_project) and not task.external
    out.flag("IsSubproject", subproject)
    if subproject:
        out.text("SubprojectName", task.external_project)
    out.flag("ExternalTask", task.external)
    if task.external:
        out.text("ExternalTaskProject", task.external_project)


def _write_computed(out: Markup, task: Task) -> None:
    out.moment("EarlyStart", task.early_start)
    out.moment("EarlyFinish", task.early_finish)
    out.moment("LateStart", task.late_start)
    out.moment("LateFinish", task.late_finish)
    out.tenths("FreeSlack", task.free_slack_minutes)
    out.tenths("StartSlack", task.start_slack_minutes)
    out.tenths("FinishSlack", task.finish_slack_minutes)
    out.tenths("TotalSlack", task.total_slack_minutes)


def _write_progress(out: Markup, task: Task) -> None:
    out.money("FixedCost", task.fixed_cost)
    out.code("PercentComplete", round(task.percent_complete))
    out.code("PercentWorkComplete", round(task.percent_work_complete))
    out.money("Cost", task.cost)
    out.moment("ActualStart", task.actual_start)
    out.moment("ActualFinish", task.actual_finish)
    out.minutes("ActualDuration", task.actual_duration_minutes)
    out.money("ActualCost", task.actual_cost)
    out.minutes("ActualWork", task.actual_work_minutes)
    out.minutes("RemainingDuration", task.remaining_duration_minutes)
    out.minutes("RemainingWork", task.remaining_work_minutes)


def _write_rules(out: Markup, task: Task) -> None:
    out.code("ConstraintType", codes.CONSTRAINT_CODES[task.constraint])
    out.code("CalendarUID", -1 if task.calendar_uid is None else task.calendar_uid)
    out.moment("ConstraintDate", task.constraint_date)
    out.moment("Deadline", task.deadline)
    out.tenths("LevelingDelay", task.leveling_delay_minutes)
    out.code("LevelingDelayFormat", codes.FORMAT_CODES[DurationUnit.ELAPSED, "ed"])
    out.text("Hyperlink", task.hyperlink)
    out.text("HyperlinkAddress", task.hyperlink)
    out.flag("IgnoreResourceCalendar", task.ignore_resource_calendars)
    out.text("Notes", task.notes)
    out.code("PhysicalPercentComplete", round(task.physical_percent_complete))


def _write_link(out: Markup, link: Link) -> None:
    amount = link.lag.minutes if link.lag.unit in _PERCENT else link.lag.minutes * 10
    out.open("PredecessorLink")
    out.code("PredecessorUID", link.predecessor_uid)
    out.code("Type", codes.LINK_CODES[link.type])
    out.flag("CrossProject", link.external)
    out.text("CrossProjectName", link.external_project)
    out.code("LinkLag", print_number(round(amount, 6)))
    out.code("LagFormat", _format_code(link.lag))
    out.close("PredecessorLink")


def write_baselines(out: Markup, baselines: Iterable[Baseline]) -> None:
    """The ``Baseline`` children of a task or an assignment."""
    for each in baselines:
        out.open("Baseline")
        out.code("Number", each.number)
        out.moment("Start", each.start)
        out.moment("Finish", each.finish)
        out.minutes("Duration", each.duration_minutes)
        out.minutes("Work", each.work_minutes)
        out.money("Cost", each.cost)
        out.close("Baseline")


def _write_duration(out: Markup, name: str, form: str, value: Duration | None, *, estimated: bool = False) -> None:
    if value is not None:
        out.minutes(name, value.minutes)
        out.code(form, _format_code(value) + (codes.ESTIMATED if estimated else 0))


def _format_code(value: Duration) -> int:
    """The code of the unit that was typed; where the format lacks it, of days of the same sort."""
    days = (value.unit, "ed" if value.elapsed else "d")
    return codes.FORMAT_CODES.get(
        (value.unit, value.shown), codes.FORMAT_CODES.get(days, codes.FORMAT_CODES[codes.WORKING_DAYS])
    )
