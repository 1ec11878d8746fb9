"""Activities as rows of the table TASK; the inverse of ``activities``.

What does not live here: where they stand in the breakdown (``writing``), their user fields and notes (``attaching``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bywhen.intake.xer import values
from bywhen.intake.xer.cells import print_hours, print_moment, print_number, print_text
from bywhen.intake.xer.custom import ACTIVITY_TYPE, TYPE_TITLES
from bywhen.kernel.plan import Baseline, ConstraintType, Plan, Task, TaskType

_CONSTRAINTS = {kind: code for code, kind in reversed(values.CONSTRAINTS.items()) if code not in values.MANDATORY}
_MANDATORY = {ConstraintType.MSO: "CS_MANDSTART", ConstraintType.MFO: "CS_MANDFIN"}
_TASK_TYPES = {
    TaskType.FIXED_DURATION: "DT_FixedDrtn",
    TaskType.FIXED_WORK: "DT_FixedQty",
    TaskType.FIXED_UNITS: "DT_FixedRate",
}
_TYPES = {title: code for code, title in TYPE_TITLES.items()}
_DATELESS = (ConstraintType.ASAP, ConstraintType.ALAP)


@dataclass(frozen=True, slots=True)
class Setting:
    """What an activity's row takes from the rest of the plan: its keys, its calendar, whether resources rule it."""

    project: int
    wbs: int
    code: str
    calendar: int
    resource_dependent: bool
    has_baselines: bool


def task_cells(plan: Plan, task: Task, setting: Setting) -> dict[str, str | int]:
    """The cells of one activity."""
    kind = _type(task, setting)
    baseline = next((each for each in task.baselines if each.number == 0), None)
    if not setting.has_baselines:
        minutes = task.duration.minutes if task.duration else None
        baseline = Baseline(0, task.start, task.finish, minutes, task.work_minutes)
    return {
        "task_id": task.uid,
        "proj_id": setting.project,
        "wbs_id": setting.wbs,
        "clndr_id": setting.calendar,
        "rev_fdbk_flag": "N",
        "est_wt": 1,
        "lock_plan_flag": "N",
        "auto_compute_act_flag": "N",
        "task_type": kind,
        "duration_type": _TASK_TYPES[task.type],
        "task_code": setting.code,
        "task_name": print_text(task.name),
        "priority_type": _priority(task.priority),
        "driving_path_flag": "N",
        **_agreed(task, baseline),
        **_dates(task),
        **_progress(task, baseline),
        **_constraints(plan, task, kind),
    }


def _type(task: Task, setting: Setting) -> str:
    if task.custom.get(ACTIVITY_TYPE) in _TYPES:
        return _TYPES[task.custom[ACTIVITY_TYPE]]
    if task.milestone and not (task.duration and task.duration.minutes):
        at = task.start or task.finish
        # A milestone at the end of a working day finishes something; Primavera asks which of the two it is.
        return "TT_FinMile" if at is not None and at.hour >= 12 else "TT_Mile"
    return values.RESOURCE_DEPENDENT if setting.resource_dependent else "TT_Task"


def _agreed(task: Task, baseline: Baseline | None) -> dict[str, str]:
    agreed = baseline or Baseline(0)
    planned = agreed.duration_minutes
    if baseline is None and task.duration:
        planned = task.duration.minutes
    work, done, left = task.work_minutes, task.actual_work_minutes, task.remaining_work_minutes
    if work is not None:
        done = done or 0.0
        left = work - done if left is None else left
    return {
        "target_start_date": print_moment(agreed.start),
        "target_end_date": print_moment(agreed.finish),
        "target_drtn_hr_cnt": print_hours(planned),
        "target_work_qty": print_hours(agreed.work_minutes if baseline else work),
        "act_work_qty": print_hours(done),
        "remain_work_qty": print_hours(left),
        "target_equip_qty": "0",
        "act_equip_qty": "0",
        "remain_equip_qty": "0",
    }


def _dates(task: Task) -> dict[str, str]:
    begun, ended = has_begun(task), has_ended(task)
    suspended = begun and not ended
    return {
        "act_start_date": print_moment(task.actual_start) if begun else "",
        "act_end_date": print_moment(task.actual_finish) if ended else "",
        "restart_date": "" if ended else print_moment(_remaining_start(task, begun=begun)),
        "reend_date": "" if ended else print_moment(task.finish),
        "early_start_date": print_moment(task.early_start),
        "early_end_date": print_moment(task.early_finish),
        "late_start_date": print_moment(task.late_start),
        "late_end_date": print_moment(task.late_finish),
        "total_float_hr_cnt": print_hours(task.total_slack_minutes),
        "free_float_hr_cnt": print_hours(task.free_slack_minutes),
        "suspend_date": print_moment(task.stop) if suspended and task.resume else "",
        "resume_date": print_moment(task.resume) if suspended and task.stop else "",
    }


def _remaining_start(task: Task, *, begun: bool) -> datetime | None:
    """Where the remaining work begins; unknown where some of it is done and the plan does not say up to when."""
    if begun and (task.resume or task.actual_duration_minutes):
        return task.resume
    return task.start


def has_begun(task: Task) -> bool:
    """Whether work has begun; an actual start that the task's own start denies is a leftover of some tool."""
    return task.actual_start is not None and task.start in (None, task.actual_start)


def has_ended(task: Task) -> bool:
    """Whether all is done, by the same rule."""
    return has_begun(task) and task.actual_finish is not None and task.finish in (None, task.actual_finish)


def _progress(task: Task, baseline: Baseline | None) -> dict[str, str]:
    left = remaining(task)
    planned = baseline.duration_minutes if baseline else None
    by_duration = round(max(0.0, 1 - left / planned) * 100, 2) if planned and left is not None else 0.0
    by_hand = task.percent_complete not in (0.0, 100.0, by_duration)
    status = "TK_Complete" if has_ended(task) else "TK_Active" if has_begun(task) else "TK_NotStart"
    return {
        "status_code": status,
        "complete_pct_type": "CP_Phys" if by_hand else "CP_Drtn",
        "phys_complete_pct": print_number(task.percent_complete if by_hand else task.physical_percent_complete),
        "remain_drtn_hr_cnt": print_hours(left),
    }


def remaining(task: Task) -> float | None:
    """The minutes of work that are left: none after the finish, all before the start."""
    if has_ended(task):
        return 0.0
    if has_begun(task) and task.remaining_duration_minutes is not None:
        # The instant at which it goes on loses its seconds; what is left gains them, and the whole stays the same.
        return task.remaining_duration_minutes + (task.resume.second / 60 if task.resume else 0.0)
    return task.duration.minutes if task.duration else task.remaining_duration_minutes


def _priority(priority: int) -> str:
    """The nearest of Primavera's five."""
    return min(values.PRIORITIES, key=lambda code: abs(values.PRIORITIES[code] - priority))


def _constraints(plan: Plan, task: Task, kind: str) -> Mapping[str, str]:
    found = {"cstr_type": "", "cstr_date": "", "cstr_type2": "", "cstr_date2": ""}
    pinned = task.manual and task.start is not None and kind not in values.LEVEL_OF_EFFORT
    if task.constraint is not ConstraintType.ASAP:
        mandatory = _MANDATORY.get(task.constraint) if plan.honor_constraints else None
        found["cstr_type"] = mandatory or _CONSTRAINTS[task.constraint]
        found["cstr_date"] = "" if task.constraint in _DATELESS else print_moment(task.constraint_date)
    elif pinned:
        # Nothing moves a manual task; Primavera says that by a mandatory start.
        found["cstr_type"], found["cstr_date"] = "CS_MANDSTART", print_moment(task.manual_start or task.start)
    if task.deadline is not None:
        found["cstr_type2"], found["cstr_date2"] = "CS_MEOB", print_moment(task.deadline)
    return found
