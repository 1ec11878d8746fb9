"""A plan as a Primavera export (XER): the whole document.

Summary tasks become the breakdown, all other rows activities below it. What Primavera says in other words is put into
them: a deadline is a second constraint, elapsed time runs on a calendar round the clock, a manual task has a mandatory
start. What does not live here: what the format cannot hold (``losses``), the cells of each record.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal

from bywhen.intake.xer import values
from bywhen.intake.xer.attaching import Attacher
from bywhen.intake.xer.calendarwriting import calendar_text, flat
from bywhen.intake.xer.cells import CODE_LETTERS, Rows, print_hours, print_moment, print_text
from bywhen.intake.xer.columns import ORDER
from bywhen.intake.xer.crewwriting import write_assignment, write_expense, write_resources
from bywhen.intake.xer.linking import activity_links
from bywhen.intake.xer.outline import Outline, activity_codes
from bywhen.intake.xer.taskwriting import Setting, task_cells
from bywhen.kernel.durations import DurationUnit
from bywhen.kernel.plan import Calendar, Link, Plan, ResourceType, Task, standard_calendar

_PROJECT, _ELSEWHERE = 1, 2
_WEEK_MINUTES = 7 * 1440
_ROUND_THE_CLOCK = (((0, 1440),),) * 7
_LINK_TYPES = {kind: code for code, kind in values.LINK_TYPES.items()}
_PERCENT = (DurationUnit.PERCENT, DurationUnit.ELAPSED_PERCENT)
_OLDEST = datetime(1984, 1, 1)


def write_xer(plan: Plan) -> bytes:
    """The plan as one project of a Primavera export, in the Windows code page where that holds it, else in UTF-8.

    Reading it again gives an equal plan, but for what :func:`~bywhen.intake.xer.losses.xer_losses` names.
    """
    return _Writer(plan).written()


class _Writer:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rows = Rows()
        self.outline = Outline(plan)
        self.calendars = self._calendars()
        self.default = plan.calendar_uid if plan.calendar_uid in self.calendars else next(iter(self.calendars))
        self.resources = {each.uid: each for each in plan.resources}
        self.activities = {task.uid: task for task in self.outline.activities}
        self.elsewhere = {task.uid for task in plan.tasks if task.external}
        self.assignments = [
            each
            for each in plan.assignments
            if each.task_uid in self.activities and each.resource_uid in self.resources
        ]
        self.links = activity_links(plan, self.outline).links
        lags = [link.lag for link in self.links if link.lag.minutes]
        self.lags_elapsed = bool(lags) and all(lag.unit is DurationUnit.ELAPSED for lag in lags)
        self.attacher = Attacher(self.rows, _PROJECT)

    def written(self) -> bytes:
        self._write_project()
        for uid, calendar in self.calendars.items():
            self._write_calendar(uid, calendar)
        self._write_nodes()
        used = {each.resource_uid for each in self.assignments}
        working = [each for each in self.plan.resources if each.uid in used]
        write_resources(self.rows, working, set(self.calendars))
        for each in working:
            self.attacher.write_fields("RSRC", each.uid, each.custom)
        self._write_activities()
        for number, link in enumerate(self.links, start=1):
            self._write_link(number, link)
        self._write_work()
        return _encoded("\r\n".join((self._header(), *self.rows.lines(ORDER), "%E", "")))

    def _header(self) -> str:
        plan = self.plan
        day = plan.current_date or plan.status_date or plan.start or _OLDEST
        currency = print_text(plan.currency)
        parts = ("ERMHDR", "19.12", f"{day:%Y-%m-%d}", "Project", "admin", "admin", "dbxDatabaseNoName")
        return "\t".join((*parts, "Project Management", currency))

    def _calendars(self) -> dict[int, Calendar]:
        """Flat calendars by key; one is added where the plan has none, or where elapsed time wants its own."""
        plan = self.plan
        by_uid = {each.uid: each for each in plan.calendars}
        found = {uid: flat(each, by_uid) for uid, each in by_uid.items()}
        if not found:
            found = {1: standard_calendar()}
        elapsed = any(task.duration and task.duration.elapsed for task in self.outline.activities)
        if elapsed and not any(each.week == _ROUND_THE_CLOCK and not each.exceptions for each in found.values()):
            uid = max(found) + 1
            found[uid] = Calendar(uid, "24 Hours", _ROUND_THE_CLOCK)
        return found

    def _write_project(self) -> None:
        plan, rows = self.plan, self.rows
        if plan.currency:
            rows.add(
                "CURRTYPE", curr_id=1, decimal_digit_cnt=2, curr_symbol=print_text(plan.currency), decimal_symbol=".",
                digit_group_symbol=",", pos_curr_fmt_type="#1.1", neg_curr_fmt_type="(#1.1)",
                curr_type=print_text(plan.currency), curr_short_name=print_text(plan.currency), group_digit_cnt=3,
                base_exch_rate=1,
            )  # fmt: skip
        rows.add(
            "PROJECT", proj_id=_PROJECT, fy_start_month_num=1, rsrc_self_add_flag="Y", allow_complete_flag="Y",
            rsrc_multi_assign_flag="Y", checkout_flag="N", project_flag="Y", step_complete_flag="N",
            cost_qty_recalc_flag="N", batch_sum_flag="Y", name_sep_char=".", def_complete_pct_type="CP_Drtn",
            proj_short_name=self._short_name(), clndr_id=self.default, task_code_base=1000, task_code_step=10,
            priority_num=10, wbs_max_sum_level=0, def_cost_per_qty=0,
            critical_drtn_hr_cnt=print_hours(plan.critical_slack_limit_days * plan.minutes_per_day),
            last_recalc_date=print_moment(self._data_date()), plan_start_date=print_moment(plan.start),
            scd_end_date=print_moment(plan.finish), def_duration_type="DT_FixedDrtn", task_code_prefix="A",
            def_qty_type="QT_Hour", def_rate_type="COST_PER_QTY", add_act_remain_flag="N", act_this_per_link_flag="Y",
            def_task_type="TT_Task", act_pct_link_flag="N", critical_path_type="CT_TotFloat",
            task_code_prefix_flag="Y", def_rollup_dates_flag="Y", use_project_baseline_flag="Y",
            rem_target_link_flag="Y", reset_planned_flag="N", allow_neg_act_flag="N", sum_assign_level="SL_Taskrsrc",
            export_flag="Y",
        )  # fmt: skip
        rows.add(
            "SCHEDOPTIONS", schedoptions_id=1, proj_id=_PROJECT, sched_outer_depend_type="SD_Both",
            sched_open_critical_flag="N", sched_lag_early_start_flag="Y", sched_retained_logic="Y",
            sched_setplantoforecast="N", sched_float_type="FT_Min",
            sched_calendar_on_relationship_lag=values.ROUND_THE_CLOCK if self.lags_elapsed else "rcal_Successor",
            sched_use_expect_end_flag="Y", sched_progress_override="N",
        )  # fmt: skip
        self.attacher.write_fields("PROJECT", _PROJECT, plan.custom)

    def _short_name(self) -> str:
        return print_text(self.plan.name, CODE_LETTERS) or "PLAN"

    def _data_date(self) -> datetime | None:
        """Primavera needs a day up to which progress is told: the status date, else the latest actual date."""
        if self.plan.status_date is not None:
            return self.plan.status_date
        told = [
            each for task in self.activities.values() for each in (task.actual_start, task.actual_finish, task.stop)
        ]
        return max((each for each in told if each is not None), default=self.plan.start)

    def _write_calendar(self, uid: int, calendar: Calendar) -> None:
        plan = self.plan
        owner = next((each.name for each in plan.resources if each.calendar_uid == uid), "")
        self.rows.add(
            "CALENDAR",
            clndr_id=uid,
            default_flag="Y" if uid == self.default else "N",
            clndr_name=print_text(calendar.name) or print_text(owner) or f"Calendar {uid}",
            clndr_type="CA_Base" if calendar.is_base else "CA_Rsrc",
            day_hr_cnt=print_hours(plan.minutes_per_day),
            week_hr_cnt=print_hours(plan.minutes_per_week),
            month_hr_cnt=print_hours(plan.minutes_per_day * plan.days_per_month),
            year_hr_cnt=print_hours(plan.minutes_per_day * plan.days_per_month * 12),
            rsrc_private="N",
            clndr_data=calendar_text(calendar),
        )

    def _write_nodes(self) -> None:
        self._write_node(self.outline.root, 0, 0, self._short_name(), print_text(self.plan.name))
        for number, task in enumerate(self.outline.nodes, start=1):
            code = print_text(task.wbs, CODE_LETTERS) or str(number)
            self._write_node(task.uid, number, self.outline.above(task), code, print_text(task.name))
            self.attacher.write_fields("PROJWBS", task.uid, task.custom)
            self.attacher.write_notes("PROJWBS", task.uid, task.notes)

    def _write_node(self, uid: int, number: int, above: int, code: str, name: str) -> None:
        self.rows.add(
            "PROJWBS", wbs_id=uid, proj_id=_PROJECT, seq_num=number, est_wt=1, sum_data_flag="Y", status_code="WS_Open",
            proj_node_flag="N" if number else "Y", wbs_short_name=code, wbs_name=name,
            parent_wbs_id=above if number else "", ev_user_pct=6, ev_etc_user_value="0.88",
            ev_compute_type="EC_Cmp_pct", ev_etc_compute_type="EE_PF_cpi",
        )  # fmt: skip

    def _write_activities(self) -> None:
        codes = activity_codes(self.outline.activities)
        crews = self._crews()
        has_baselines = any(each.number == 0 for task in self.activities.values() for each in task.baselines)
        for task in self.outline.activities:
            calendar = self._calendar_of(task)
            ruled = not task.ignore_resource_calendars and bool(crews[task.uid] - {calendar, None})
            setting = Setting(
                _PROJECT, self.outline.above(task), codes[task.uid], calendar, ruled, has_baselines=has_baselines
            )
            self.rows.add("TASK", **task_cells(self.plan, task, setting))
            self.attacher.write_fields("TASK", task.uid, task.custom)
            self.attacher.write_notes("TASK", task.uid, task.notes)

    def _crews(self) -> dict[int, set[int | None]]:
        found: dict[int, set[int | None]] = defaultdict(set)
        for each in self.assignments:
            resource = self.resources[each.resource_uid or 0]
            if resource.type is ResourceType.WORK:
                found[each.task_uid].add(resource.calendar_uid)
        return found

    def _calendar_of(self, task: Task) -> int:
        if task.duration and task.duration.elapsed:
            around = (
                uid for uid, each in self.calendars.items() if each.week == _ROUND_THE_CLOCK and not each.exceptions
            )
            return next(around)
        return task.calendar_uid if task.calendar_uid in self.calendars else self.default

    def _write_link(self, number: int, link: Link) -> None:
        inside = link.predecessor_uid in self.activities
        outside = not inside and (link.external or link.predecessor_uid in self.elsewhere)
        if link.successor_uid in self.activities and (inside or outside):
            self.rows.add(
                "TASKPRED",
                task_pred_id=number,
                task_id=link.successor_uid,
                pred_task_id=link.predecessor_uid,
                proj_id=_PROJECT,
                pred_proj_id=_PROJECT if inside and not link.external else _ELSEWHERE,
                pred_type=_LINK_TYPES[link.type],
                lag_hr_cnt=print_hours(self._lag(link)),
            )

    def _lag(self, link: Link) -> float:
        """The lag in minutes of the file's calendar for lags, whatever unit it was typed in."""
        minutes, elapsed = link.lag.minutes, link.lag.elapsed
        if link.lag.unit in _PERCENT:
            duration = (task := self.activities.get(link.predecessor_uid)) and task.duration
            minutes = (duration.minutes if duration else 0.0) * minutes / 100
            elapsed = elapsed or bool(duration and duration.elapsed)
        if elapsed and not self.lags_elapsed:
            minutes = round(minutes * self.plan.minutes_per_week / _WEEK_MINUTES, 1)
        return minutes

    def _write_work(self) -> None:
        costs: dict[int, Decimal] = defaultdict(Decimal)
        for each in self.assignments:
            write_assignment(self.rows, each, self.resources[each.resource_uid or 0], _PROJECT)
            costs[each.task_uid] += each.cost or 0
        number = 1
        for task in self.outline.activities:
            number += write_expense(self.rows, task, costs.get(task.uid), _PROJECT, number)


def _encoded(text: str) -> bytes:
    """In the Windows code page, as Primavera writes it; in UTF-8 where that lacks a letter or could be misread."""
    try:
        data = text.encode("cp1252")
    except UnicodeEncodeError:
        return text.encode()
    try:
        return data if data.decode() == text else text.encode()
    except UnicodeDecodeError:
        return data
