"""Resources, rates, assignments and expenses as rows of a Primavera export; the inverse of ``crew`` and ``rollup``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from bywhen.intake.xer.cells import CODE_LETTERS, Rows, print_hours, print_moment, print_money, print_number, print_text
from bywhen.kernel.plan import Assignment, Resource, ResourceType, Task

_TYPES = {ResourceType.WORK: "RT_Labor", ResourceType.MATERIAL: "RT_Mat", ResourceType.COST: "RT_Mat"}


def write_resources(rows: Rows, resources: Iterable[Resource], calendars: set[int]) -> None:
    """Resources with their rate; short names are made unique, as Primavera asks."""
    taken: set[str] = set()
    for number, each in enumerate(resources, start=1):
        short = print_text(each.initials, CODE_LETTERS)
        if not short or short in taken:
            short = f"R{each.uid}"
        taken.add(short)
        rows.add(
            "RSRC",
            rsrc_id=each.uid,
            clndr_id=each.calendar_uid if each.calendar_uid in calendars and each.calendar_uid is not None else "",
            rsrc_seq_num=each.id or each.uid,
            email_addr=print_text(each.email),
            rsrc_name=print_text(each.name) or short,
            rsrc_short_name=short,
            def_qty_per_hr=print_number(each.max_units),
            cost_qty_type="QT_Hour",
            active_flag="Y",
            auto_compute_act_flag="Y",
            def_cost_qty_link_flag="Y",
            ot_flag="N",
            curr_id=1,
            rsrc_type=_TYPES[each.type],
        )
        rows.add(
            "RSRCRATE",
            rsrc_rate_id=number,
            rsrc_id=each.uid,
            max_qty_per_hr=print_number(each.max_units),
            cost_per_qty=print_money(each.standard_rate),
            start_date="1984-01-01 00:00",
        )


def write_assignment(rows: Rows, each: Assignment, resource: Resource, project: int) -> None:
    """One resource on one activity."""
    left = each.remaining_work_minutes
    left = each.work_minutes - each.actual_work_minutes if left is None else left
    rows.add(
        "TASKRSRC",
        taskrsrc_id=each.uid,
        task_id=each.task_uid,
        proj_id=project,
        cost_qty_link_flag="N",
        rsrc_id=resource.uid,
        remain_qty=print_hours(left),
        target_qty=print_hours(each.work_minutes),
        remain_qty_per_hr=print_number(each.units),
        target_lag_drtn_hr_cnt=print_hours(each.delay_minutes),
        target_qty_per_hr=print_number(each.units),
        act_ot_qty=0,
        act_reg_qty=print_hours(each.actual_work_minutes),
        cost_per_qty=print_money(resource.standard_rate),
        target_cost=print_money(each.cost),
        act_reg_cost=print_money(each.actual_cost),
        remain_cost=print_money(None if each.cost is None else each.cost - (each.actual_cost or 0)),
        act_start_date=print_moment(each.actual_start),
        act_end_date=print_moment(each.actual_finish),
        restart_date=print_moment(each.start),
        reend_date=print_moment(each.finish),
        target_start_date=print_moment(each.start),
        target_end_date=print_moment(each.finish),
        rollup_dates_flag="Y",
        rate_type="COST_PER_QTY",
        rsrc_type=_TYPES[resource.type],
    )


def write_expense(rows: Rows, task: Task, assigned: Decimal | None, project: int, number: int) -> bool:
    """What the activity costs beside its assignments, as one expense; whether there is any."""
    beside = task.fixed_cost
    if task.cost is not None and beside is None:
        beside = task.cost - (assigned or 0)
    if not beside:
        return False
    spent = beside if task.actual_finish else Decimal(0)
    rows.add(
        "PROJCOST",
        cost_item_id=number,
        proj_id=project,
        task_id=task.uid,
        cost_name="Fixed cost",
        target_cost=print_money(beside),
        act_cost=print_money(spent),
        remain_cost=print_money(beside - spent),
    )
    return True
