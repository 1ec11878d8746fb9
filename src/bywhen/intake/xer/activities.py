"""Activities of a Primavera export as tasks: dates, progress, work, constraints and calendars.

What does not live here: where they stand in the outline (``project``), user fields and notes (``custom``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from bywhen.intake.xer import values
from bywhen.intake.xer.custom import ACTIVITY_TYPE, TYPE_TITLES, Attached
from bywhen.intake.xer.tables import Row
from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import CalendarEmptyError
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import Baseline, Calendar, ConstraintType, Task, TaskType
from bywhen.kernel.worktime import WorkingTime

_NONE: frozenset[int | None] = frozenset()


class Activities:
    """Makes tasks of rows of the table TASK."""

    def __init__(
        self,
        attached: Attached,
        calendars: Mapping[int, Calendar],
        project: Row,
        *,
        default: int | None = None,
        crews: Mapping[int, frozenset[int | None]] | None = None,
    ) -> None:
        """``default`` is the project's calendar, ``crews`` the calendars of those who work on each activity."""
        self._status = values.moment(project, "last_recalc_date")
        self._default = default
        self._calendars = calendars
        self._crews = crews or {}
        self._times: dict[int | None, WorkingTime] = {}
        self._attached = attached

    def task(self, row: Row, *, id_: int, level: int, parent: int | None, number: str) -> Task:
        """One activity. Its duration is what has passed since the actual start and what remains."""
        uid = int(row["task_id"])
        started, ended = values.moment(row, "act_start_date"), values.moment(row, "act_end_date")
        left = values.minutes(row, "remain_drtn_hr_cnt")
        planned = values.minutes(row, "target_drtn_hr_cnt")
        passed = self._passed(row, started, ended)
        length = planned if left is None else passed + left
        target = values.moment(row, "target_start_date"), values.moment(row, "target_end_date")
        done, open_work = values.minutes(row, "act_work_qty"), values.minutes(row, "remain_work_qty")
        agreed_work = values.minutes(row, "target_work_qty")
        work = None if done is None or open_work is None else done + open_work
        calendar, ignores = self._calendar(row, uid)
        return Task(
            uid=uid,
            name=row.get("task_name", ""),
            id=id_,
            wbs=row.get("task_code", ""),
            outline_level=level,
            outline_number=number,
            parent_uid=parent,
            milestone=row.get("task_type") in values.MILESTONES,
            manual=row.get("task_type") in values.LEVEL_OF_EFFORT,
            type=values.TASK_TYPES.get(row.get("duration_type", ""), TaskType.FIXED_UNITS),
            priority=values.PRIORITIES.get(row.get("priority_type", ""), 500),
            duration=None if length is None else Duration(length, shown="d"),
            actual_duration_minutes=passed,
            remaining_duration_minutes=left,
            percent_complete=_percent(row, planned, left),
            percent_work_complete=round(100 * done / work, 2) if done and work else 0.0,
            physical_percent_complete=values.number(row, "phys_complete_pct") or 0.0,
            start=started or values.moment(row, "restart_date") or values.moment(row, "early_start_date") or target[0],
            finish=ended or values.moment(row, "reend_date") or values.moment(row, "early_end_date") or target[1],
            early_start=values.moment(row, "early_start_date"),
            early_finish=values.moment(row, "early_end_date"),
            late_start=values.moment(row, "late_start_date"),
            late_finish=values.moment(row, "late_end_date"),
            total_slack_minutes=values.minutes(row, "total_float_hr_cnt"),
            free_slack_minutes=values.minutes(row, "free_float_hr_cnt"),
            actual_start=started,
            actual_finish=ended,
            stop=values.moment(row, "suspend_date"),
            resume=values.moment(row, "resume_date"),
            constraint=values.CONSTRAINTS.get(row.get("cstr_type", ""), ConstraintType.ASAP),
            constraint_date=values.moment(row, "cstr_date"),
            deadline=values.moment(row, "cstr_date2") if row.get("cstr_type2") == "CS_MEOB" else None,
            calendar_uid=calendar,
            ignore_resource_calendars=ignores,
            work_minutes=work,
            actual_work_minutes=done,
            remaining_work_minutes=open_work,
            notes=self._attached.notes("TASK", uid),
            baselines=(Baseline(0, *target, duration_minutes=planned, work_minutes=agreed_work),)
            if any(target)
            else (),
            custom=self._custom(row, uid),
        )

    def _custom(self, row: Row, uid: int) -> Mapping[str, str]:
        found = self._attached.custom("TASK", uid)
        title = TYPE_TITLES.get(row.get("task_type", ""))
        return {**found, ACTIVITY_TYPE: title} if title else found

    def _calendar(self, row: Row, uid: int) -> tuple[int | None, bool]:
        """The activity's own calendar, None for the project's, and whether it overrules those of its resources."""
        own = values.whole(row, "clndr_id")
        own = self._default if own is None else own
        others = self._crews.get(uid, _NONE) - {own, None}
        if row.get("task_type") != values.RESOURCE_DEPENDENT and others:
            return own, True
        return (None if own == self._default else own), False

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
        """Working minutes from the actual start to the actual finish; of an open activity to the data date, or to
        where its remaining work begins if that is earlier.
        """
        reached = [each for each in (self._status, values.moment(row, "restart_date")) if each is not None]
        until = ended or min(reached, default=None)
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
