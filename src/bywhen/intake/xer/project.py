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
from bywhen.intake.xer.activities import Activities
from bywhen.intake.xer.calendars import read_calendar
from bywhen.intake.xer.crew import read_assignments, read_resources
from bywhen.intake.xer.custom import Attached
from bywhen.intake.xer.outline import code_order
from bywhen.intake.xer.rollup import expenses, with_costs, with_dates
from bywhen.intake.xer.tables import Export, Row, read_tables
from bywhen.kernel.durations import Duration, DurationUnit
from bywhen.kernel.errors import FileMalformedError
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import Calendar, Link, Plan, Resource, ResourceType, Task

_KNOWN = frozenset({
    "PROJECT", "CALENDAR", "PROJWBS", "TASK", "TASKPRED", "RSRC", "TASKRSRC", "CURRTYPE", "OBS", "SCHEDOPTIONS",
    "UDFTYPE", "UDFVALUE", "ACTVTYPE", "ACTVCODE", "TASKACTV", "RSRCRATE", "UMEASURE", "ROLES", "ACCOUNT", "MEMOTYPE",
    "TASKMEMO", "WBSMEMO", "PROJCOST",
})  # fmt: skip
_PROJECTS = 100
_CALENDAR_TEXT = 4_000_000


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
    calendars, attached = tuple(_calendars(export)), Attached(export)
    return tuple(_Project(export, row, calendars, attached).reading(format_name) for row in projects)


class _Project:
    def __init__(self, export: Export, row: Row, calendars: tuple[Calendar, ...], attached: Attached) -> None:
        self.export, self.row, self.calendars, self.attached = export, row, calendars, attached
        self.id = values.whole(row, "proj_id")
        self.skipped: list[Skipped] = []
        self.findings: list[Finding] = []
        self.default = self._default_calendar()

    def reading(self, format_name: str) -> Reading:
        resources = tuple(read_resources(self.export, self.row["proj_id"], self.attached))
        tasks = self._tasks(resources)
        uids = {task.uid for task in tasks}
        assignments = tuple(read_assignments(self.export, self.row["proj_id"], uids))
        tasks = with_dates(with_costs(tasks, assignments, expenses(self._own("PROJCOST"))))
        day = self._calendar_minutes("day_hr_cnt") or 480
        plan = Plan(
            name=self._name(),
            tasks=tuple(_agreed(tasks)),
            links=tuple(self._links(uids)),
            calendars=self.calendars,
            resources=resources,
            assignments=assignments,
            calendar_uid=self.default,
            start=values.moment(self.row, "plan_start_date"),
            finish=values.moment(self.row, "scd_end_date") or values.moment(self.row, "plan_end_date"),
            status_date=values.moment(self.row, "last_recalc_date"),
            honor_constraints=any(row.get("cstr_type") in values.MANDATORY for row in self._own("TASK")),
            minutes_per_day=day,
            minutes_per_week=self._calendar_minutes("week_hr_cnt") or 2400,
            days_per_month=round((self._calendar_minutes("month_hr_cnt") or 20 * day) / day),
            critical_slack_limit_days=(values.minutes(self.row, "critical_drtn_hr_cnt") or 0.0) / day,
            currency=self.export.header[8].strip() if len(self.export.header) > 8 else "",
            custom={} if self.id is None else self.attached.custom("PROJECT", self.id),
        )
        return Reading(
            kind="plan",
            format=format_name,
            payload=plan,
            read=len(tasks) + len(self.skipped),
            part=self.row.get("proj_short_name", ""),
            skipped=tuple(self.skipped),
            findings=(*self.findings, *self._doubts()),
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

    def _calendar_minutes(self, column: str) -> int:
        """What a day, a week or a month means when typed: the project's calendar says it."""
        own = (row for row in self.export.rows("CALENDAR") if values.whole(row, "clndr_id") == self.default)
        return round(next((values.minutes(row, column) or 0.0 for row in own), 0.0))

    def _crews(self, resources: tuple[Resource, ...]) -> dict[int, frozenset[int | None]]:
        """The calendars of the resources on each activity."""
        calendars: dict[int | None, int | None] = {
            each.uid: each.calendar_uid for each in resources if each.type is ResourceType.WORK
        }
        found: dict[int, frozenset[int | None]] = defaultdict(frozenset)
        for row in self._own("TASKRSRC"):
            uid = values.whole(row, "task_id")
            if uid is not None:
                found[uid] |= {calendars.get(values.whole(row, "rsrc_id"))}
        return found

    def _tasks(self, resources: tuple[Resource, ...]) -> list[Task]:
        calendars = {each.uid: each for each in self.calendars}
        activities = Activities(self.attached, calendars, self.row, default=self.default, crews=self._crews(resources))
        by_wbs: dict[int | None, list[Row]] = defaultdict(list)
        seen: set[int] = set()
        for number, row in enumerate(self._own("TASK"), start=1):
            uid = values.whole(row, "task_id")
            if uid is None or uid in seen:
                self.skipped.append(Skipped(f"table TASK, row {number}", "its task_id is missing or used before it"))
                continue
            seen.add(uid)
            by_wbs[values.whole(row, "wbs_id")].append(row)
        return list(self._outline(activities, by_wbs, seen))

    def _outline(self, activities: Activities, by_wbs: dict[int | None, list[Row]], used: set[int]) -> Iterator[Task]:
        """Depth first: each node of the breakdown, its activities by code, then the nodes below it."""
        nodes = {uid: row for row in self._own("PROJWBS") if (uid := values.whole(row, "wbs_id")) is not None}
        below: dict[int | None, list[int]] = defaultdict(list)
        for uid, row in nodes.items():
            above = values.whole(row, "parent_wbs_id")
            below[above if above in nodes else None].append(uid)
        shift = max([*used, *nodes], default=0) if used & nodes.keys() else 0
        below[None] += self._in_circles(nodes, below)
        stack: list[tuple[int | None, int, int | None]] = [(None, 0, None)]
        seen: set[int | None] = set()
        numbers = _Numbers()
        count = 0
        while stack:
            node, level, parent = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            if node is not None and nodes[node].get("proj_node_flag") != "Y":
                count += 1
                level, parent, above = level + 1, node + shift, parent
                number = numbers.next(parent, above)
                yield self._summary(nodes[node], uid=parent, id_=count, level=level, parent=above, number=number)
            orphans = [] if node is not None else self._orphans(by_wbs, nodes)
            for each in sorted(by_wbs.get(node, []) + orphans, key=_by_code):
                count += 1
                number = numbers.next(int(each["task_id"]), parent)
                yield activities.task(each, id_=count, level=level + 1, parent=parent, number=number)
                self.findings.extend(activities.doubts(each))
            children = sorted(below[node], key=lambda uid: values.number(nodes[uid], "seq_num") or 0, reverse=True)
            stack.extend((uid, level, parent) for uid in children)

    def _orphans(self, by_wbs: dict[int | None, list[Row]], nodes: dict[int, Row]) -> list[Row]:
        """Activities whose node of the breakdown is not in the file; they stand at the top."""
        found = [row for node, rows in by_wbs.items() if node is not None and node not in nodes for row in rows]
        if found:
            text = (
                f"{len(found)} activities name nodes of the breakdown that are not in the file; they stand at the top."
            )
            self.findings.append(Finding("breakdown-missing", Severity.WARNING, text, f"task {found[0]['task_id']}"))
        return found

    def _in_circles(self, nodes: dict[int, Row], below: dict[int | None, list[int]]) -> list[int]:
        """Nodes that no way from the top leads to, for they hold each other: one of each circle, to begin at."""
        reached: set[int] = set()
        found: list[int] = []
        for uid in (*below[None], *nodes):
            if uid in reached:
                continue
            if uid not in below[None]:
                found.append(uid)
                text = (
                    f"The nodes above '{nodes[uid].get('wbs_name', '')[:60]}' hold each other; it was put at the top."
                )
                self.findings.append(Finding("breakdown-circle", Severity.WARNING, text, f"node {uid}"))
            waiting = [uid]
            while waiting:
                node = waiting.pop()
                if node not in reached:
                    reached.add(node)
                    waiting.extend(below[node])
        return found

    def _links(self, uids: set[int]) -> Iterator[Link]:
        options = next(self._own("SCHEDOPTIONS"), {})
        elapsed = options.get("sched_calendar_on_relationship_lag") == values.ROUND_THE_CLOCK
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
            minutes = values.minutes(row, "lag_hr_cnt") or 0.0
            lag = Duration(minutes, DurationUnit.ELAPSED, "ed") if elapsed and minutes else Duration(minutes)
            yield Link(before, after, kind, lag, external=external)

    def _summary(self, row: Row, *, uid: int, id_: int, level: int, parent: int | None, number: str) -> Task:
        node = values.whole(row, "wbs_id") or 0
        return Task(
            uid=uid,
            name=row.get("wbs_name", ""),
            id=id_,
            wbs=row.get("wbs_short_name", ""),
            outline_level=level,
            outline_number=number,
            parent_uid=parent,
            summary=True,
            notes=self.attached.notes("PROJWBS", node),
            custom=self.attached.custom("PROJWBS", node),
        )

    def _doubts(self) -> Iterator[Finding]:
        """What of the file is not there, or cannot be read."""
        if not self.export.complete:
            text = "The export does not end with %E; it may be cut short. Export it again if activities are missing."
            yield Finding("file-cut-short", Severity.WARNING, text, self.row.get("proj_short_name", ""))
        for table, key in (("PROJECT", "proj_id"), ("TASK", "task_id"), ("TASKRSRC", "taskrsrc_id")):
            rows = [self.row] if table == "PROJECT" else self._own(table)
            yield from values.unreadable(table, key, rows)

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


def _by_code(row: Row) -> list[tuple[bool, int, str]]:
    return code_order(row.get("task_code", ""))


class _Numbers:
    """Outline numbers by the place in the outline: 1, 1.1, 1.2, 2."""

    def __init__(self) -> None:
        self._counts: dict[int | None, int] = defaultdict(int)
        self._numbers: dict[int | None, str] = {}

    def next(self, uid: int, parent: int | None) -> str:
        """The number of the next row under ``parent``."""
        self._counts[parent] += 1
        above = self._numbers.get(parent)
        self._numbers[uid] = f"{above}.{self._counts[parent]}" if above else str(self._counts[parent])
        return self._numbers[uid]


def _agreed(tasks: list[Task]) -> Iterator[Task]:
    """Planned dates that everywhere equal the current ones were never agreed apart from them: no baseline."""
    differ = any(
        (baseline.start, baseline.finish) != (task.start, task.finish) for task in tasks for baseline in task.baselines
    )
    return (task if differ or not task.baselines else replace(task, baselines=()) for task in tasks)
