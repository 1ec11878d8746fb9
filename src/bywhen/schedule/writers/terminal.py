"""The tables and the text Gantt that ``bywhen plan`` prints for people.

Names and texts of a plan are printed as they are: nothing in them is taken as markup. What does not live here: the
verbs (``schedule/cli``), the documents they print (``schedule/engine/documents.py``).
"""

# ruff: noqa: T201 - printing is what this module is for

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bywhen.kernel.plan import Plan


def print_schedule(document: dict[str, Any], minutes_per_day: int) -> None:
    """Dates, float and marks of all tasks."""
    table = _table("", "Id", "Task", "Start", "Finish", "Total float", "")
    for task in document["tasks"]:
        mark = "critical" if task["critical"] else ""
        slack = task["total_slack_minutes"]
        table.add_row(
            str(task["uid"]),
            str(task["id"]),
            _text(task["name"]),
            _short(task["start"]),
            _short(task["finish"]),
            "" if slack is None else f"{slack / minutes_per_day:.1f} d",
            mark,
        )
    _print_table(table)
    _print_findings(document)


def _print_findings(document: dict[str, Any]) -> None:
    for finding in document["findings"]:
        print(f"{finding['severity']}: {finding['text']}", file=sys.stderr)


def print_gantt(document: dict[str, Any], plan: Plan, today: date) -> None:
    """The outline with a bar for each task."""
    counts = document["counts"]
    print(
        f"{plan.name} on {today}: {counts['tasks']} tasks, {counts['milestones']} milestones, {counts['links']} links"
    )
    dated = [t for t in document["tasks"] if t["start"] and t["finish"]]
    if not dated:
        return
    first = min(date.fromisoformat(t["start"][:10]) for t in dated)
    last = max(date.fromisoformat(t["finish"][:10]) for t in dated)
    width = max(_console().width - 66, 12)
    levels = {t.uid: t.outline_level for t in plan.tasks}
    table = _table("Task", "Start", "Finish", f"{first} to {last}")
    for task in dated:
        bar = _bar(task, first, max((last - first).days, 1), width, today)
        table.add_row(
            _text("  " * max(levels[task["uid"]] - 1, 0) + task["name"]),
            _short(task["start"]),
            _short(task["finish"]),
            bar,
        )
    _print_table(table)
    _print_findings(document)


def _bar(task: dict[str, Any], first: date, days: int, width: int, today: date) -> str:
    def column(text: str) -> int:
        return min(round((date.fromisoformat(text[:10]) - first).days * (width - 1) / days), width - 1)

    cells = ["."] * width
    begin, end = column(task["start"]), column(task["finish"])
    sign = "=" if task["summary"] else "#" if task["critical"] else "-"
    cells[begin : end + 1] = sign * (end + 1 - begin)
    if task["milestone"]:
        cells[end] = "*"
    now = round((today - first).days * (width - 1) / days)
    if 0 <= now < width and cells[now] == ".":
        cells[now] = "|"
    return "".join(cells)


def print_signals(document: dict[str, Any]) -> None:
    """Slips that mean more, with their reasons."""
    print(f"{len(document['signals'])} of {document['tasks']} tasks slip in a way that means more")
    for signal in document["signals"]:
        print(f"{signal['uid']} {signal['name']}: {signal['slipped_days']:+d} working days")
        for reason in signal["reasons"]:
            print(f"  {reason['text']}")


def print_path(document: dict[str, Any], plan: Plan) -> None:
    """The driving path, with the reason of each date."""
    print(f"{plan.name} finishes {_short(document['finish'])}")
    print(f"{len(document['critical'])} critical tasks, {len(document['near_critical'])} nearly critical; driven by:")
    table = _table("", "Start", "Finish", "Why then")
    for step in document["path"]:
        table.add_row(str(step["uid"]), _short(step["start"]), _short(step["finish"]), _text(step["why"]))
    _print_table(table)


def print_impact(document: dict[str, Any], plan: Plan) -> None:
    """What a change would do."""
    print(f"Finish {_move(document['finish'])}; {document['moved_tasks']} tasks move")
    for each in document["milestones"]:
        print(f"  milestone {each['name']}: {_move(each)}")
    names = {t.uid: t.name for t in plan.tasks}
    for uid in document["now_critical"]:
        print(f"  now critical: {uid} {names[uid]}")


def _move(each: dict[str, Any]) -> str:
    return f"{_short(each['from'])} -> {_short(each['to'])} ({each['working_days']:+d} working days)"


def print_comparison(document: dict[str, Any]) -> None:
    """What differs between two versions."""
    print(f"Finish {_move(document['finish'])}")
    for kind in ("moved", "added", "removed", "relinked", "reestimated", "cut_corners"):
        for each in document[kind]:
            rest = {k: v for k, v in each.items() if k not in ("uid", "name")}
            print(
                f"{kind.replace('_', ' ')}: {each['uid']} {each['name']} "
                + ", ".join(f"{k} {v}" for k, v in rest.items())
            )


def _short(text: str | None) -> str:
    return "" if text is None else text[:16].replace("T", " ")


def _text(text: str) -> Text:
    return Text(text)


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        dated = column in ("Start", "Finish")
        table.add_column(column, overflow="fold", no_wrap=dated, min_width=16 if dated else None)
    return table


def _print_table(table: Table) -> None:
    _console().print(table)


def _console() -> Console:
    return Console()
