"""Resources, their rates and their assignments in a Primavera export.

What does not live here: what an activity costs in all (``rollup``).
"""

from __future__ import annotations

from collections.abc import Iterator

from bywhen.intake.xer import values
from bywhen.intake.xer.custom import Attached
from bywhen.intake.xer.tables import Export, Row
from bywhen.kernel.plan import Assignment, Resource, ResourceType

_TYPES = {"RT_Mat": ResourceType.MATERIAL}


def read_resources(export: Export, project: str, attached: Attached) -> Iterator[Resource]:
    """The resources that work in the project; an export may hold the whole company's."""
    used = {values.whole(row, "rsrc_id") for row in export.own("TASKRSRC", project)}
    rates: dict[int | None, Row] = {}
    for row in export.rows("RSRCRATE"):
        rates.setdefault(values.whole(row, "rsrc_id"), row)
    for row in export.rows("RSRC"):
        uid = values.whole(row, "rsrc_id")
        if uid is not None and uid in used:
            rate = rates.get(uid, {})
            units = values.number(rate, "max_qty_per_hr")
            yield Resource(
                uid=uid,
                name=row.get("rsrc_name", ""),
                id=values.whole(row, "rsrc_seq_num") or uid,
                type=_TYPES.get(row.get("rsrc_type", ""), ResourceType.WORK),
                max_units=1.0 if units is None else units,
                calendar_uid=values.whole(row, "clndr_id"),
                email=row.get("email_addr", ""),
                initials=row.get("rsrc_short_name", ""),
                standard_rate=values.money(rate, "cost_per_qty"),
                custom=attached.custom("RSRC", uid),
            )


def read_assignments(export: Export, project: str, tasks: set[int]) -> Iterator[Assignment]:
    """What each resource does on each activity."""
    for row in export.own("TASKRSRC", project):
        uid, task = values.whole(row, "taskrsrc_id"), values.whole(row, "task_id")
        if uid is not None and task is not None and task in tasks:
            yield _assignment(row, uid, task)


def _assignment(row: Row, uid: int, task: int) -> Assignment:
    done = (values.minutes(row, "act_reg_qty") or 0.0) + (values.minutes(row, "act_ot_qty") or 0.0)
    left, planned = values.minutes(row, "remain_qty"), values.minutes(row, "target_qty") or 0.0
    units = values.number(row, "target_qty_per_hr")
    spent, open_cost = values.money(row, "act_reg_cost"), values.money(row, "remain_cost")
    started, ended = values.moment(row, "act_start_date"), values.moment(row, "act_end_date")
    return Assignment(
        uid=uid,
        task_uid=task,
        resource_uid=values.whole(row, "rsrc_id"),
        units=1.0 if units is None else units,
        work_minutes=planned if left is None else done + left,
        actual_work_minutes=done,
        remaining_work_minutes=left,
        start=started or values.moment(row, "restart_date") or values.moment(row, "target_start_date"),
        finish=ended or values.moment(row, "reend_date") or values.moment(row, "target_end_date"),
        actual_start=started,
        actual_finish=ended,
        delay_minutes=values.minutes(row, "target_lag_drtn_hr_cnt") or 0.0,
        cost=values.money(row, "target_cost") if open_cost is None else open_cost + (spent or 0),
        actual_cost=spent,
    )
