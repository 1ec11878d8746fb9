"""A plan as Microsoft Project XML: the whole document, and what of the plan it cannot hold.

What does not live here: single tasks (``taskwriting``) and calendars (``calendarwriting``), files and paths.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from bywhen.intake.fieldloss import losses_between
from bywhen.intake.mspdi import codes
from bywhen.intake.mspdi.calendarwriting import clock, write_calendar
from bywhen.intake.mspdi.customwriting import CustomWriter, homeless
from bywhen.intake.mspdi.markup import Markup
from bywhen.intake.mspdi.project import read_mspdi
from bywhen.intake.mspdi.taskwriting import write_baselines, write_task
from bywhen.intake.mspdi.values import print_minutes, print_number
from bywhen.intake.port import Blob, Loss
from bywhen.kernel.plan import Assignment, Link, Plan, Resource, ResourceType, Task, Timephased

_SAVE_VERSION = 14
"""The version of the format that Microsoft Project 2010 and later write."""

_IN_DAYS, _IN_HOURS = 7, 2
"""What a new duration and new work are shown in; without it, readers fall back on units of their own."""


def write_mspdi(plan: Plan) -> bytes:
    """The plan as a Microsoft Project XML document (UTF-8).

    Reading it again gives an equal plan, but for what :func:`mspdi_losses` names. Percentages are whole numbers there.
    """
    return _Writer(plan).written()


def mspdi_losses(plan: Plan, data: bytes | None = None) -> tuple[Loss, ...]:
    """What of the plan the format cannot hold, one loss a field, found by reading ``data`` (the plan written) again."""
    why = {f"{kind}.{title}": "all text columns of the format are in use" for kind, title in homeless(plan)}
    written = write_mspdi(plan) if data is None else data
    again = read_mspdi(Blob("plan.xml", written, "")).payload
    assert isinstance(again, Plan)
    # A calendar without a base is written as a base calendar; its working time is the same.
    calendars = tuple(replace(each, is_base=each.base_uid is None) for each in plan.calendars)
    return losses_between(replace(plan, calendars=calendars), again, _WHY | why)


_WHOLE = "the format has whole percentages"
_WHY = {
    "task.percent_complete": _WHOLE,
    "task.percent_work_complete": _WHOLE,
    "task.physical_percent_complete": _WHOLE,
    "task.splits": "the format says interruptions by the work of assignments over time",
}


class _Writer:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.out = Markup()
        self.custom = CustomWriter(plan, self.out)
        self.links: dict[int, list[Link]] = defaultdict(list)
        for link in plan.links:
            self.links[link.successor_uid].append(link)

    def written(self) -> bytes:
        out = self.out
        out.open("Project", f' xmlns="{codes.NAMESPACE}"')
        self._write_properties()
        self.custom.write_definitions()
        out.open("Calendars")
        for calendar in self.plan.calendars:
            write_calendar(out, calendar)
        out.close("Calendars")
        out.open("Tasks")
        levels = _levels(self.plan)
        for task in self.plan.tasks:
            self._write_task(task, levels[task.uid])
        out.close("Tasks")
        out.open("Resources")
        for resource in self.plan.resources:
            self._write_resource(resource)
        out.close("Resources")
        out.open("Assignments")
        for assignment in self.plan.assignments:
            _write_assignment(out, assignment)
        out.close("Assignments")
        out.close("Project")
        return out.done()

    def _write_properties(self) -> None:
        out, plan = self.out, self.plan
        out.code("SaveVersion", _SAVE_VERSION)
        out.text("Name", plan.name)
        out.text("Title", plan.name)
        out.text("Author", plan.author)
        out.flag("ScheduleFromStart", plan.schedule_from_start)
        out.moment("StartDate", plan.start)
        out.moment("FinishDate", plan.finish)
        out.code("CriticalSlackLimit", print_number(plan.critical_slack_limit_days))
        out.text("CurrencyCode", plan.currency)
        if plan.calendar_uid is not None:
            out.code("CalendarUID", plan.calendar_uid)
        out.code("DefaultStartTime", clock(plan.default_start_minute))
        out.code("DefaultFinishTime", clock(plan.default_finish_minute))
        out.code("MinutesPerDay", plan.minutes_per_day)
        out.code("MinutesPerWeek", plan.minutes_per_week)
        out.code("DaysPerMonth", plan.days_per_month)
        out.code("DurationFormat", _IN_DAYS)
        out.code("WorkFormat", _IN_HOURS)
        out.flag("HonorConstraints", plan.honor_constraints)
        out.flag("MultipleCriticalPaths", plan.multiple_critical_paths)
        out.flag("MoveCompletedEndsBack", plan.move_completed_ends_back)
        out.flag("MoveRemainingStartsForward", plan.move_remaining_starts_forward)
        out.moment("StatusDate", plan.status_date)
        out.moment("CurrentDate", plan.current_date)
        out.flag("NewTasksAreManual", plan.new_tasks_are_manual)

    def _write_task(self, task: Task, level: int) -> None:
        self.out.open("Task")
        write_task(self.out, task, level, self.links.get(task.uid, ()))
        self.custom.write_values("task", task.custom)
        write_baselines(self.out, task.baselines)
        self.custom.write_codes("task", task.custom)
        self.out.close("Task")

    def _write_resource(self, resource: Resource) -> None:
        out = self.out
        out.open("Resource")
        out.code("UID", resource.uid)
        out.code("ID", resource.id)
        out.text("Name", resource.name)
        out.code("Type", codes.RESOURCE_TYPE_CODES[resource.type])
        out.code("IsNull", 0)
        out.text("Initials", resource.initials)
        out.text("Group", resource.group)
        out.text("EmailAddress", resource.email)
        out.code("MaxUnits", print_number(resource.max_units))
        _write_rate(out, "StandardRate", resource.standard_rate)
        _write_rate(out, "OvertimeRate", resource.overtime_rate)
        out.money("CostPerUse", resource.cost_per_use)
        out.code("CalendarUID", -1 if resource.calendar_uid is None else resource.calendar_uid)
        self.custom.write_values("resource", resource.custom)
        self.custom.write_codes("resource", resource.custom)
        out.flag("IsGeneric", resource.generic)
        out.flag("IsCostResource", resource.type is ResourceType.COST)
        out.close("Resource")


def _levels(plan: Plan) -> dict[int, int]:
    """Outline levels by task: one below the parent where there is one, else the task's own."""
    levels: dict[int, int] = {}
    for task in plan.tasks:
        parent = None if task.parent_uid is None else levels.get(task.parent_uid)
        levels[task.uid] = task.outline_level if parent is None else parent + 1
    return levels


def _write_rate(out: Markup, name: str, rate: Decimal | None) -> None:
    if rate is not None:
        out.code(name, f"{rate:f}")


def _write_assignment(out: Markup, each: Assignment) -> None:
    out.open("Assignment")
    out.code("UID", each.uid)
    out.code("TaskUID", each.task_uid)
    out.code("ResourceUID", codes.UNRESOURCED if each.resource_uid is None else each.resource_uid)
    out.moment("ActualFinish", each.actual_finish)
    out.money("ActualCost", each.actual_cost)
    out.moment("ActualStart", each.actual_start)
    out.minutes("ActualWork", each.actual_work_minutes)
    out.money("Cost", each.cost)
    out.tenths("Delay", each.delay_minutes)
    out.moment("Finish", each.finish)
    out.flag("HasFixedRateUnits", each.has_fixed_rate_units)
    out.tenths("LevelingDelay", each.leveling_delay_minutes)
    out.minutes("OvertimeWork", each.overtime_work_minutes)
    out.minutes("RemainingWork", each.remaining_work_minutes)
    out.moment("Start", each.start)
    out.moment("Stop", each.stop)
    out.moment("Resume", each.resume)
    out.code("Units", print_number(each.units))
    out.minutes("Work", each.work_minutes)
    out.code("WorkContour", each.contour)
    write_baselines(out, each.baselines)
    for span in each.timephased:
        _write_timephased(out, span, each.uid)
    out.close("Assignment")


def _write_timephased(out: Markup, span: Timephased, uid: int) -> None:
    out.open("TimephasedData")
    out.code("Type", span.kind)
    out.code("UID", uid)
    out.moment("Start", span.start)
    out.moment("Finish", span.finish)
    out.code("Unit", span.unit)
    money = span.kind in codes.COST_TIMEPHASED
    out.code("Value", print_number(span.minutes) if money else print_minutes(span.minutes))
    out.close("TimephasedData")
