"""Resources and assignments of a plan sheet: ``Ana[50%],Bo`` and a cost where one is given.

What does not live here: the team list, which is its own kind of sheet (:mod:`bywhen.intake.sheets.people`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bywhen.intake.grid import Row
from bywhen.intake.numbers import read_number
from bywhen.intake.table import Table
from bywhen.kernel.plan import Assignment, Resource, Task

_NAMED = re.compile(r"^(?P<name>[^\[]+?)\s*(?:\[(?P<units>[^\]]*)\])?$")
_SEPARATOR = re.compile(r"[;\n](?![^\[]*\])")
_COMMA = re.compile(r",(?![^\[]*\])")


def named_resources(text: str) -> list[tuple[str, float]]:
    """The resources a cell names with their units (1.0 = 100 %).

    >>> named_resources("Ana[50%],Bo; Crane[2.00 pieces]")
    [('Ana', 0.5), ('Bo', 1.0), ('Crane', 2.0)]
    """
    found: list[tuple[str, float]] = []
    for part in (piece for each in _SEPARATOR.split(text) for piece in _COMMA.split(each)):
        named = _NAMED.match(part.strip())
        if named:
            units = read_number((named.group("units") or "").split(" ")[0])
            found.append((named.group("name"), 1.0 if units is None else float(units)))
    return found


def crew_of(
    table: Table, rows: Sequence[Row], tasks: Sequence[Task]
) -> tuple[tuple[Resource, ...], tuple[Assignment, ...]]:
    """Every resource once, in the order of their first appearance, and one assignment a task and name."""
    resources: dict[str, Resource] = {}
    assignments: list[Assignment] = []
    for row, task in zip(rows, tasks, strict=True):
        emails = _emails(table, row)
        for at, (name, units) in enumerate(named_resources(table.text(row, "resources"))):
            uid = len(resources) + 1
            email = emails[at] if at < len(emails) else ""
            resource = resources.setdefault(name.casefold(), Resource(uid=uid, id=uid, name=name, email=email))
            if not task.summary:
                share = (task.work_minutes or 0.0) if at == 0 else 0.0
                assignments.append(Assignment(len(assignments) + 1, task.uid, resource.uid, units, work_minutes=share))
    return tuple(resources.values()), tuple(assignments)


def _emails(table: Table, row: Row) -> list[str]:
    return [part.strip() for part in re.split(r"[;,]", table.text(row, "email")) if "@" in part]
