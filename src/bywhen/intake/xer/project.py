"""A Primavera export as plans: one for each project in the file.

The work breakdown structure becomes summary tasks, activities stand below them. Primavera's own rules (its options for
lag calendars, retained logic, longest path) have no place in a plan: the dates are those of the file.
What does not live here: cells and codes (``values``), calendars (``calendars``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from bywhen.intake import limits
from bywhen.intake.port import Blob, Loss, Reading, Skipped
from bywhen.intake.xer import values
from bywhen.intake.xer.activities import Activities, Custom, custom_values
from bywhen.intake.xer.calendars import read_calendar
from bywhen.intake.xer.tables import Export, Row, read_tables
from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import FileMalformedError
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import Assignment, Calendar, Link, Plan, Resource, ResourceType, Task

_KNOWN = frozenset(
    {"PROJECT", "CALENDAR", "PROJWBS", "TASK", "TASKPRED", "RSRC", "TASKRSRC", "CURRTYPE", "OBS", "SCHEDOPTIONS"}
    | {
        "UDFTYPE",
        "UDFVALUE",
        "ACTVTYPE",
        "ACTVCODE",
        "TASKACTV",
        "RSRCRATE",
        "UMEASURE",
        "ROLES",
        "ACCOUNT",
        "MEMOTYPE",
    }
)
_PROJECTS = 100
_CALENDAR_TEXT = 4_000_000
_RESOURCE_TYPES = {"RT_Mat": ResourceType.MATERIAL}


def read_xer(blob: Blob, *, format_name: str) -> tuple[Reading, ...]:
    """Every project of a Primavera export.

    Raises:
        FileMalformedError: when it is no export, or holds no project.
        FileTooLargeError: with more activities than are read.
    """
    export = read_tables(blob.data, file=blob.name)
    limits.within(export.count("TASK"), limits.TASKS, "activities", file=blob.name)
    limits.within(export.count("PROJECT"), _PROJECTS, "projects", file=blob.name)
    texts = sum(len(row.get("clndr_data", "")) for row in export.rows("CALENDAR"))
    limits.within(texts, _CALENDAR_TEXT, "characters of calendar data", file=blob.name)
    projects = [row for row in export.rows("PROJECT") if values.whole(row, "proj_id") is not None]
    if not projects:
        raise FileMalformedError("it holds no project", file=blob.name, remedy="Export a project, not only a library.")
    calendars, custom = tuple(_calendars(export)), custom_values(export)
    return tuple(_Project(export, row, calendars, custom).reading(format_name) for row in projects)


class _Project:
    def __init__(self, export: Export, row: Row, calendars: tuple[Calendar, ...], custom: Custom) -> None:
        self.export, self.row, self.calendars, self.custom = export, row, calendars, custom
        self.id = values.whole(row, "proj_id")
        self.skipped: list[Skipped] = []
        self.findings: list[Finding] = []

    def reading(self, format_name: str) -> Reading:
        tasks = self._tasks()
        uids = {task.uid for task in tasks}
        links = tuple(self._links(uids))
        plan = Plan(
            name=self._name(),
            tasks=tasks,
            links=links,
            calendars=self.calendars,
            resources=tuple(self._resources()),
            assignments=tuple(self._assignments(uids)),
            calendar_uid=self._default_calendar(),
            start=values.moment(self.row, "plan_start_date"),
            finish=values.moment(self.row, "scd_end_date") or values.moment(self.row, "plan_end_date"),
            status_date=values.moment(self.row, "last_recalc_date"),
            honor_constraints=any(row.get("cstr_type") in values.MANDATORY for row in self._own("TASK")),
            critical_slack_limit_days=(values.number(self.row, "critical_drtn_hr_cnt") or 0.0) / 8,
            currency=self.export.header[8].strip() if len(self.export.header) > 8 else "",
        )
        return Reading(
            kind="plan",
            format=format_name,
            payload=plan,
            read=len(tasks) + len(self.skipped),
            part=self.row.get("proj_short_name", ""),
            skipped=tuple(self.skipped),
            findings=tuple(self.findings),
            losses=tuple(self._losses()),
        )

    def _own(self, table: str) -> Iterator[Row]:
        return self.export.own(table, self.row["proj_id"])

    def _name(self) -> str:
        roots = (row for row in self._own("PROJWBS") if row.get("proj_node_flag") == "Y")
        return next((row.get("wbs_name", "") for row in roots), "") or self.row.get("proj_short_name", "")

    def _default_calendar(self) -> int | None:
        return values.whole(self.row, "clndr_id") or next(
            (values.whole(row, "clndr_id") for row in self.export.rows("CALENDAR") if row.get("default_flag") == "Y"),
            None,
        )

    def _tasks(self) -> tuple[Task, ...]:
        activities = Activities(self.custom, {each.uid: each for each in self.calendars}, self.row)
        by_wbs: dict[int | None, list[Row]] = defaultdict(list)
        seen: set[int] = set()
        for number, row in enumerate(self._own("TASK"), start=1):
            uid = values.whole(row, "task_id")
            if uid is None or uid in seen:
                self.skipped.append(Skipped(f"table TASK, row {number}", "its task_id is missing or used before it"))
                continue
            seen.add(uid)
            by_wbs[values.whole(row, "wbs_id")].append(row)
        return tuple(self._outline(activities, by_wbs, seen))

    def _outline(self, activities: Activities, by_wbs: dict[int | None, list[Row]], used: set[int]) -> Iterator[Task]:
        """Depth first: each node of the breakdown, its activities by code, then the nodes below it."""
        nodes = {uid: row for row in self._own("PROJWBS") if (uid := values.whole(row, "wbs_id")) is not None}
        below: dict[int | None, list[int]] = defaultdict(list)
        for uid, row in nodes.items():
            above = values.whole(row, "parent_wbs_id")
            below[above if above in nodes else None].append(uid)
        shift = max([*used, *nodes], default=0) if used & nodes.keys() else 0
        stack: list[tuple[int | None, int, int | None]] = [(None, 0, None)]
        seen: set[int | None] = set()
        count = 0
        while stack:
            node, level, parent = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            if node is not None and nodes[node].get("proj_node_flag") != "Y":
                count += 1
                level, parent, above = level + 1, node + shift, parent
                yield _summary(nodes[node], uid=parent, id_=count, level=level, parent=above)
            orphans = [] if node is not None else [r for w, rs in by_wbs.items() if w not in nodes for r in rs]
            for each in sorted(by_wbs.get(node, []) + orphans, key=lambda r: r.get("task_code", "")):
                count += 1
                yield activities.task(each, id_=count, level=level + 1, parent=parent)
                self.findings.extend(activities.doubts(each))
            children = sorted(below[node], key=lambda uid: values.number(nodes[uid], "seq_num") or 0, reverse=True)
            stack.extend((uid, level, parent) for uid in children)

    def _links(self, uids: set[int]) -> Iterator[Link]:
        for row in self._own("TASKPRED"):
            after, before = values.whole(row, "task_id"), values.whole(row, "pred_task_id")
            if after not in uids:
                continue
            external = values.whole(row, "pred_proj_id") not in (self.id, None)
            if before is None or (before not in uids and not external):
                text = f"The link from activity {row.get('pred_task_id')} leads from one that is not in the project."
                self.findings.append(Finding("link-to-missing-task", Severity.WARNING, text, f"task {after}"))
                continue
            kind = values.LINK_TYPES.get(row.get("pred_type", "PR_FS"), values.LINK_TYPES["PR_FS"])
            yield Link(before, after, kind, Duration(values.minutes(row, "lag_hr_cnt") or 0.0), external=external)

    def _resources(self) -> Iterator[Resource]:
        used = {values.whole(row, "rsrc_id") for row in self._own("TASKRSRC")}
        for row in self.export.rows("RSRC"):
            uid = values.whole(row, "rsrc_id")
            if uid is not None and uid in used:
                yield Resource(
                    uid=uid,
                    name=row.get("rsrc_name", ""),
                    id=uid,
                    type=_RESOURCE_TYPES.get(row.get("rsrc_type", ""), ResourceType.WORK),
                    calendar_uid=values.whole(row, "clndr_id"),
                    email=row.get("email_addr", ""),
                    initials=row.get("rsrc_short_name", ""),
                )

    def _assignments(self, uids: set[int]) -> Iterator[Assignment]:
        for row in self._own("TASKRSRC"):
            uid, task = values.whole(row, "taskrsrc_id"), values.whole(row, "task_id")
            if uid is None or task not in uids or task is None:
                continue
            done = (values.minutes(row, "act_reg_qty") or 0.0) + (values.minutes(row, "act_ot_qty") or 0.0)
            left = values.minutes(row, "remain_qty")
            planned = values.minutes(row, "target_qty") or 0.0
            yield Assignment(
                uid=uid,
                task_uid=task,
                resource_uid=values.whole(row, "rsrc_id"),
                units=values.number(row, "target_qty_per_hr") or 1.0,
                work_minutes=planned if left is None else done + left,
                actual_work_minutes=done,
                remaining_work_minutes=left,
                start=values.moment(row, "act_start_date") or values.moment(row, "target_start_date"),
                finish=values.moment(row, "act_end_date") or values.moment(row, "target_end_date"),
                actual_start=values.moment(row, "act_start_date"),
                actual_finish=values.moment(row, "act_end_date"),
                cost=values.money(row, "target_cost"),
                actual_cost=values.money(row, "act_reg_cost"),
            )

    def _losses(self) -> Iterator[Loss]:
        for table in self.export.lines:
            count = self.export.count(table)
            if count and table not in _KNOWN:
                yield Loss(table, f"{count} rows", "", "a plan has no place for this table")


def _calendars(export: Export) -> Iterator[Calendar]:
    """Calendars are flat: what one inherits, its own text repeats, but for the base's exceptions."""
    rows = {uid: row for row in export.rows("CALENDAR") if (uid := values.whole(row, "clndr_id")) is not None}
    found = {uid: read_calendar(row, uid) for uid, row in rows.items()}
    for uid, calendar in found.items():
        base = values.whole(rows[uid], "base_clndr_id")
        inherited = found[base].exceptions if base in found and base != uid else ()
        yield replace(calendar, exceptions=inherited + calendar.exceptions)


def _summary(row: Row, *, uid: int, id_: int, level: int, parent: int | None) -> Task:
    return Task(
        uid=uid,
        name=row.get("wbs_name", ""),
        id=id_,
        wbs=row.get("wbs_short_name", ""),
        outline_level=level,
        parent_uid=parent,
        summary=True,
    )
