"""The sheets beside the plan: people, RAID log, budget, ledger, forecasts, declared statuses, and two plans as tables.

What does not live here: plans as MSPDI, meetings.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import Plan, Task
from generator.world import World

CREATED = datetime(2026, 11, 20, 17)
Plans = Mapping[str, tuple[Plan, Mapping[str, int]]]
"""Project key -> its plan and the uid of each id of its source."""


def read_toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Comma-separated UTF-8 with line feeds, quoted only where needed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue().encode()


def xlsx_bytes(sheet: str, title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet with a title row above its header, as people keep them; the same bytes every time."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": title, "author": "Sofia Lindqvist", "created": CREATED})
    page = book.add_worksheet(sheet)
    bold, head = (
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format({"bold": True, "bg_color": "#E2EEF1"}),
    )
    page.write_string(0, 0, title, bold)
    page.write_row(2, 0, headings, head)
    for line, row in enumerate(rows, start=3):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(line, column, value)
            elif value is not None:
                page.write(line, column, value)
    page.freeze_panes(3, 0)
    page.set_column(0, len(headings) - 1, 18)
    book.close()
    return out.getvalue()


def people_csv(world: World) -> bytes:
    headings = [
        "Name",
        "E-mail",
        "Handle",
        "Aliases",
        "Role",
        "RACI",
        "Team",
        "Manager",
        "Time zone",
        "Working hours",
        "Seniority",
    ]
    return csv_bytes(
        headings,
        (
            (
                person.name, person.address, person.handle, "; ".join(person.aliases), person.role, person.raci,
                person.team, person.manager, *world.offices[person.office][1:3], person.seniority,
            )
            for person in world.people
        ),
    )  # fmt: skip


def plan_rows(plan: Plan) -> Iterable[tuple[object, ...]]:
    """A plan as a table: the columns Microsoft Project exports, predecessors as ``3FS+2d;5SS``."""
    owner = {resource.uid: resource.name for resource in plan.resources}
    names = {assignment.task_uid: owner[assignment.resource_uid or 0] for assignment in plan.assignments}
    before: dict[int, list[str]] = {}
    for link in plan.links:
        before.setdefault(link.successor_uid, []).append(f"{link.predecessor_uid}{link.type}{_lag(link.lag)}")
    for task in plan.tasks:
        baseline = task.baselines[0]
        yield (
            task.id, task.wbs, task.name, _days(task.duration), _day(task.start), _day(task.finish),
            ";".join(before.get(task.uid, ())), names.get(task.uid, ""), task.percent_complete / 100,
            _day(task.actual_start), _day(task.actual_finish), _day(baseline.start), _day(baseline.finish),
            "Yes" if task.milestone else "No", task.constraint.value if task.constraint_date else "",
            _day(task.constraint_date), _day(task.deadline),
        )  # fmt: skip


PLAN_HEADINGS = (
    "ID", "WBS", "Task Name", "Duration", "Start", "Finish", "Predecessors", "Resource Names", "% Complete",
    "Actual Start", "Actual Finish", "Baseline Start", "Baseline Finish", "Milestone", "Constraint Type",
    "Constraint Date", "Deadline",
)  # fmt: skip


def plan_csv(plan: Plan) -> bytes:
    rows = ([_text(value, place) for place, value in enumerate(row)] for row in plan_rows(plan))
    return csv_bytes(PLAN_HEADINGS, rows)


def _text(value: object, place: int) -> object:
    if PLAN_HEADINGS[place] == "% Complete" and isinstance(value, float):
        return f"{value:.0%}"
    return "" if value is None else value


def _lag(lag: Duration) -> str:
    return f"{'+' if lag.minutes > 0 else ''}{lag.minutes / 480:g}d" if lag.minutes else ""


def _days(duration: Duration | None) -> str:
    return f"{duration.minutes / 480:g}d" if duration else ""


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None


def task_of(plans: Plans, ref: str) -> Task | None:
    """The task that ``erp:pen.test`` names; None for ''."""
    if not ref:
        return None
    key, _, name = ref.partition(":")
    plan, uids = plans[key]
    return plan.task(uids[name])


RAID_HEADINGS = (
    "ID", "Type", "Title", "Description", "Owner", "Raised by", "Raised on", "Due", "Status", "Probability", "Impact",
    "Response", "Waiting on", "Last movement", "Last comment", "Review on", "Plan task", "Task UID", "Project",
)  # fmt: skip


def raid_xlsx(source: Path, plans: Plans) -> bytes:
    rows = []
    for row in read_toml(source / "raid.toml")["row"]:
        task = task_of(plans, row.get("task", ""))
        rows.append(
            (
                row["id"], row["kind"], row["title"], row.get("description", ""), row["owner"], row["raised_by"],
                row["raised"], row.get("due"), row["status"], row.get("probability"), row.get("impact"),
                row.get("response", ""), row.get("waiting", ""), row["moved"], row.get("comment", ""),
                row.get("review"), task.name if task else "", task.uid if task else None, row["project"],
            )
        )  # fmt: skip
    return xlsx_bytes("RAID", "Meridian ERP roll-out: RAID log", RAID_HEADINGS, rows)


def budget_xlsx(source: Path) -> bytes:
    """The approved budget by category and month, in the order of the source."""
    money = read_toml(source / "money.toml")
    first, last = (date.fromisoformat(day) for day in money["months"])
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(count)]
    rows = [
        (line["category"], month, line["total"] / count, money["currency"], line["description"], line["project"])
        for line in money["budget"]
        for month in months
    ]
    headings = ("Category", "Period", "Approved amount", "Currency", "Description", "Project")
    return xlsx_bytes("Budget", "Meridian ERP roll-out: approved budget", headings, rows)


def ledger_rows(source: Path) -> list[tuple[object, ...]]:
    """All bookings in the order they were booked."""
    money = read_toml(source / "money.toml")
    rows: list[tuple[object, ...]] = []
    for line in money["series"]:
        for turn, amount in enumerate(line["amounts"]):
            on = date.fromisoformat(line["first"]) + timedelta(days=line["every"] * turn)
            rows.append(_booking(on, line, line["document"].format(line["number"] + turn), amount))
    rows += [
        _booking(date.fromisoformat(line["on"]), line, line["document"], line["amount"]) for line in money["single"]
    ]
    return sorted(rows, key=lambda row: (row[0], row[2], row[3]))


def _booking(on: date, line: Mapping[str, Any], document: str, amount: float) -> tuple[object, ...]:
    return (
        on, line["category"], line["supplier"], document, line["order"], f"{amount:.2f}", "EUR", line["text"],
        line["project"],
    )  # fmt: skip


LEDGER_HEADINGS = (
    "Booking date", "Category", "Supplier", "Document number", "Purchase order", "Amount", "Currency", "Text",
    "Project",
)  # fmt: skip


def ledger_csv(source: Path) -> bytes:
    return csv_bytes(LEDGER_HEADINGS, ledger_rows(source))


def _weeks(history: Mapping[str, Any]) -> list[date]:
    first = date.fromisoformat(history["first"])
    return [first + timedelta(weeks=week) for week in range(history["weeks"])]


def forecasts_csv(source: Path, plans: Plans) -> bytes:
    """What each milestone was forecast for, Friday by Friday."""
    history = read_toml(source / "history.toml")
    rows: list[tuple[object, ...]] = []
    for friday in _weeks(history):
        for line in history["milestone"]:
            task = task_of(plans, line["task"])
            told = [date.fromisoformat(to) for on, to in line["moves"] if date.fromisoformat(on) <= friday]
            if task is None:
                raise ValueError(line["task"])
            forecast = told[-1] if told else date.fromisoformat(line["baseline"])
            rows.append((friday, task.name, forecast, task.uid, line["task"].partition(":")[0]))
    return csv_bytes(("On", "Milestone", "Forecast", "Task UID", "Project"), rows)


def status_csv(source: Path) -> bytes:
    """What each lead declared, Friday by Friday; silence repeats the last words, as it does in life."""
    history = read_toml(source / "history.toml")
    rows = []
    for friday in _weeks(history):
        for area in history["area"]:
            said = [entry for entry in area["said"] if date.fromisoformat(entry[0]) <= friday]
            rows.append((friday, area["name"], said[-1][1], area["by"], said[-1][2], area["project"]))
    return csv_bytes(("On", "Area", "Declared status", "By", "Text", "Project"), rows)
