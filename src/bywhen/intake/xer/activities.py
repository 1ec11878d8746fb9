"""Activities of a Primavera export as tasks: dates, progress, constraints, codes and user fields.

What does not live here: where they stand in the outline (``project``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from bywhen.intake.xer import values
from bywhen.intake.xer.tables import Export, Row
from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import CalendarEmptyError
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import Baseline, Calendar, ConstraintType, Task, TaskType
from bywhen.kernel.worktime import WorkingTime

Custom = Mapping[int, Mapping[str, str]]
"""Custom values by activity, then by title."""


class Activities:
    """Makes tasks of rows of the table TASK."""

    def __init__(self, custom: Custom, calendars: Mapping[int, Calendar], project: Row) -> None:
        self._status = values.moment(project, "last_recalc_date")
        self._default = values.whole(project, "clndr_id")
        self._calendars = calendars
        self._times: dict[int | None, WorkingTime] = {}
        self._custom = custom

    def task(self, row: Row, *, id_: int, level: int, parent: int | None) -> Task:
        """One activity. Its duration is what has passed since the actual start and what remains."""
        uid = int(row["task_id"])
        started, ended = values.moment(row, "act_start_date"), values.moment(row, "act_end_date")
        left = values.minutes(row, "remain_drtn_hr_cnt")
        planned = values.minutes(row, "target_drtn_hr_cnt")
        passed = self._passed(row, started, ended)
        length = planned if started is None or left is None else passed + left
        slack = values.minutes(row, "total_float_hr_cnt")
        target = values.moment(row, "target_start_date"), values.moment(row, "target_end_date")
        return Task(
            uid=uid,
            name=row.get("task_name", ""),
            id=id_,
            wbs=row.get("task_code", ""),
            outline_level=level,
            parent_uid=parent,
            milestone=row.get("task_type") in values.MILESTONES,
            manual=row.get("task_type") in values.LEVEL_OF_EFFORT,
            type=values.TASK_TYPES.get(row.get("duration_type", ""), TaskType.FIXED_UNITS),
            duration=None if length is None else Duration(length, shown="d"),
            actual_duration_minutes=passed,
            remaining_duration_minutes=left,
            percent_complete=_percent(row, planned, left),
            physical_percent_complete=values.number(row, "phys_complete_pct") or 0.0,
            start=started or values.moment(row, "early_start_date") or target[0],
            finish=ended or values.moment(row, "early_end_date") or target[1],
            early_start=values.moment(row, "early_start_date"),
            early_finish=values.moment(row, "early_end_date"),
            late_start=values.moment(row, "late_start_date"),
            late_finish=values.moment(row, "late_end_date"),
            total_slack_minutes=slack,
            free_slack_minutes=values.minutes(row, "free_float_hr_cnt"),
            actual_start=started,
            actual_finish=ended,
            stop=values.moment(row, "suspend_date"),
            resume=values.moment(row, "resume_date"),
            constraint=values.CONSTRAINTS.get(row.get("cstr_type", ""), ConstraintType.ASAP),
            constraint_date=values.moment(row, "cstr_date"),
            deadline=values.moment(row, "cstr_date2") if row.get("cstr_type2") == "CS_MEOB" else None,
            calendar_uid=values.whole(row, "clndr_id"),
            baselines=(Baseline(0, *target, duration_minutes=planned),) if any(target) else (),
            custom=self._custom.get(uid, {}),
        )

    def doubts(self, row: Row) -> Iterator[Finding]:
        """What of the activity a plan can say only in part."""
        subject = f"task {row.get('task_id')}"
        if row.get("task_type") in values.LEVEL_OF_EFFORT:
            text = "It is a level of effort; it keeps the dates of the file and drives nothing."
            yield Finding("level-of-effort", Severity.INFO, text, subject)
        if row.get("cstr_type2", "") not in ("", "CS_MEOB"):
            text = f"Its second constraint {row['cstr_type2']} was left out; a task has one."
            yield Finding("constraint-left-out", Severity.WARNING, text, subject)
        if row.get("cstr_type", "") and row["cstr_type"] not in values.CONSTRAINTS:
            text = f"Its constraint {row['cstr_type'][:40]} is unknown and was left out."
            yield Finding("constraint-left-out", Severity.WARNING, text, subject)

    def _passed(self, row: Row, started: datetime | None, ended: datetime | None) -> float:
        """Working minutes from the actual start to the actual finish, or to the data date."""
        until = ended or self._status
        if started is None or until is None or until <= started:
            return 0.0
        try:
            return self._time(values.whole(row, "clndr_id")).between(started, until)
        except CalendarEmptyError:
            return 0.0

    def _time(self, uid: int | None) -> WorkingTime:
        if uid not in self._times:
            found = self._calendars.get(uid if uid is not None else -1) or self._calendars.get(self._default or -1)
            self._times[uid] = WorkingTime.from_calendar(found) if found else WorkingTime.standard()
        return self._times[uid]


def _percent(row: Row, planned: float | None, left: float | None) -> float:
    """Per cent complete by the activity's own percent type; duration when it names none."""
    status = row.get("status_code")
    if status == "TK_Complete":
        return 100.0
    if status == "TK_NotStart" or not row.get("act_start_date"):
        return 0.0
    if row.get("complete_pct_type") == "CP_Phys":
        return values.number(row, "phys_complete_pct") or 0.0
    if not planned or left is None:
        return 0.0
    return round(max(0.0, 1 - left / planned) * 100, 2)


def custom_values(export: Export) -> Custom:
    """User fields and activity codes by activity."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    fields = {row.get("udf_type_id", ""): row for row in export.rows("UDFTYPE") if row.get("table_name") == "TASK"}
    for row in export.rows("UDFVALUE"):
        uid, kind = values.whole(row, "fk_id"), fields.get(row.get("udf_type_id", ""))
        text = row.get("udf_text") or row.get("udf_number") or row.get("udf_date") or ""
        if uid is not None and kind is not None and text:
            found[uid][kind.get("udf_type_label", "")] = text
    kinds = {row.get("actv_code_type_id", ""): row.get("actv_code_type", "") for row in export.rows("ACTVTYPE")}
    codes = {row.get("actv_code_id", ""): row for row in export.rows("ACTVCODE")}
    for row in export.rows("TASKACTV"):
        uid, code = values.whole(row, "task_id"), codes.get(row.get("actv_code_id", ""))
        if uid is not None and code is not None:
            title = kinds.get(code.get("actv_code_type_id", ""), "") or "Activity code"
            found[uid][title] = code.get("actv_code_name") or code.get("short_name", "")
    return found
