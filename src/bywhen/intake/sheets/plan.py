"""Plan sheets: task lists of Microsoft Project, Smartsheet, Jira, Asana, monday.com and of people's own making.

What does not live here: single rows (``plantasks``), what columns are called (``planwords``), the hierarchy, the
dependencies and the resources, each in its own module beside this one.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import PurePath

from bywhen.intake.dates import DateHabit, read_date
from bywhen.intake.grid import Row, is_empty, shown
from bywhen.intake.headers import Vocabulary, normal
from bywhen.intake.numbers import fractions_in, read_number
from bywhen.intake.sheets.crew import crew_of
from bywhen.intake.sheets.hierarchy import placed
from bywhen.intake.sheets.links import links_of
from bywhen.intake.sheets.plantasks import Habits, read_task
from bywhen.intake.sheets.planwords import FIELDS, NO_TITLES, STATUS_DATE, TITLE_WORDS
from bywhen.intake.sheets.staggered import unstaggered
from bywhen.intake.table import Built, SheetKind, Table
from bywhen.kernel.findings import Severity
from bywhen.kernel.plan import ConstraintType, Link, Plan, Task, standard_calendar

_DATES = ("start", "finish", "due", "baseline_start", "baseline_finish", "actual_start", "actual_finish")
_GENERIC = frozenset({"", "plan", "project plan", "schedule", "tasks", "task table", "sheet1", "tabelle1", "export"})


def build(table: Table) -> Built:
    """The plan that a task list tells; tasks stand in the sheet's order.

    Dates without a time mean the whole day: a start is 08:00, a finish 17:00. Without a duration, the working time
    between start and finish on the standard calendar counts. A start that no dependency explains is kept by a
    start-no-earlier-than constraint, as Microsoft Project does when it takes in dates.
    """
    table = unstaggered(table)
    habits = _habits(table)
    rows = list(table.records(habits.name, is_record=lambda row: not is_empty(table.cell(row, habits.name))))
    named = [row for row in rows if table.text(row, habits.name)]
    for row in rows:
        if not table.text(row, habits.name):
            table.skip(row, f"column '{table.heading(habits.name)}' is empty, so the row names no task")
    heads = [_is_head(table, row, habits.name) for row in named]
    tree = placed(table, named, heads=heads)
    uids = _uids(table, named)
    tasks = [read_task(table, row, habits, uids, tree, at) for at, row in enumerate(named)]
    links = links_of(table, named, tasks)
    held = _held(table, tasks, links)
    resources, assignments = crew_of(table, named, held)
    plan = Plan(
        name=_name(table, held),
        tasks=tuple(held),
        links=links,
        calendars=(standard_calendar(),),
        calendar_uid=1,
        resources=resources,
        assignments=assignments,
        start=min((task.start for task in held if task.start), default=None),
        finish=max((task.finish for task in held if task.finish), default=None),
        status_date=_status_date(table),
        currency=table.currency(named[0], "cost") if named and table.has("cost") else "",
    )
    return Built(plan, len(held))


def _habits(table: Table) -> Habits:
    stamps = [
        stamp for name in _DATES for row in table.rows if (stamp := read_date(table.cell(row, name), DateHabit("DMY")))
    ]
    return Habits(
        days_only=all(stamp.time() == time() for stamp in stamps),
        shares=fractions_in(table.column("percent_complete")),
        name="name" if table.has("name") else "milestone",
        baseline_is_plan=not any(table.has(name) for name in ("start", "finish", "due")),
    )


def _is_head(table: Table, row: Row, name: str) -> bool:
    return {table.columns.get(name), table.columns.get("id"), table.columns.get("wbs")} >= set(row.filled())


def _uids(table: Table, rows: Sequence[Row]) -> list[int]:
    """The sheet's own whole numbers where they are unique, else 1, 2, 3 in order."""
    for name in ("uid", "id"):
        numbers = [read_number(table.cell(row, name)) for row in rows]
        if rows and all(number is not None and number % 1 == 0 and 0 <= number < 2**31 for number in numbers):
            found = [int(number) for number in numbers if number is not None]
            doubled = [number for number, times in Counter(found).items() if times > 1]
            if not doubled:
                return found
            shown_ids = ", ".join(map(str, sorted(doubled)[:10]))
            table.find("task-id-doubled", f"Column '{table.heading(name)}' holds {shown_ids} more than once.")
    return list(range(1, len(rows) + 1))


def _held(table: Table, tasks: Sequence[Task], links: Sequence[Link]) -> list[Task]:
    """Keep starts that no dependency explains."""
    driven = {link.successor_uid for link in links}
    first = min((task.start for task in tasks if task.start), default=None)
    held = [
        dataclasses.replace(task, constraint=ConstraintType.SNET, constraint_date=task.start)
        if task.start and task.start != first and _is_loose(task, driven)
        else task
        for task in tasks
    ]
    count = sum(new is not old for new, old in zip(held, tasks, strict=True))
    if count:
        table.find(
            "start-held",
            f"{count} tasks start later than the plan without a predecessor; their start is kept (no earlier than).",
            severity=Severity.INFO,
        )
    return held


def _is_loose(task: Task, driven: set[int]) -> bool:
    free = task.constraint is ConstraintType.ASAP and not task.summary and not task.manual
    return free and task.uid not in driven and task.actual_start is None


def _status_date(table: Table) -> datetime | None:
    """The date beside, or after the colon behind, a word for it above the heading."""
    habit = DateHabit(table.options.date_order, table.options.today)
    for row in table.preamble:
        for at in row.filled():
            word, _, behind = shown(row.cells[at]).partition(":")
            if normal(word) in STATUS_DATE:
                for cell in (behind.strip(), *row.cells[at + 1 :]):
                    if found := read_date(cell, habit):
                        return found
    return None


def _name(table: Table, tasks: Sequence[Task]) -> str:
    """The title above the heading, the one task that holds all others, the sheet's name, the file's."""
    for row in table.preamble:
        filled = row.filled()
        if len(filled) == 1 and isinstance(text := row.cells[filled[0]], str) and (title := _title(text)):
            return title
    tops = [task for task in tasks if task.parent_uid is None]
    if len(tops) == 1 and tops[0].summary:
        return tops[0].name
    return PurePath(table.file).stem if normal(table.grid.sheet) in _GENERIC else table.grid.sheet


def _title(text: str) -> str:
    """A line above the heading as the plan's title; '' for notes such as ``Confidential`` or ``Owner: Ana``."""
    word, colon, behind = text.partition(":")
    if colon and normal(word) not in TITLE_WORDS:
        return ""
    title = (behind if colon else text).strip()
    return title if len(title) <= 120 and normal(title) not in NO_TITLES else ""


def _fits(table: Table) -> bool:
    """A list of actions is a plan only when it says when each begins and how it goes on; else it is a register."""
    if normal(table.heading("name")) != "action":
        return True
    return table.has("start") and any(table.has(name) for name in ("finish", "duration", "predecessors"))


KIND = SheetKind(
    kind="plan",
    fields=Vocabulary(FIELDS),
    needs=(
        ("name", "milestone"),
        (
            "duration",
            "start",
            "finish",
            "due",
            "predecessors",
            "successors",
            "outline_level",
            "baseline_start",
            "parent",
        ),
    ),
    build=build,
    fits=_fits,
    names=("plan", "schedule", "tasks", "gantt", "wbs", "milestones", "zeitplan", "terminplan", "baseline schedule"),
    telling=frozenset({"duration", "predecessors", "successors", "outline_level", "wbs", "start", "finish"}),
)
