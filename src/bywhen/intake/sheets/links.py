"""Dependencies of a plan sheet: what the predecessor and successor columns name, resolved to tasks.

What does not live here: how one dependency is typed (:mod:`bywhen.intake.effort`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bywhen.intake.effort import LinkText, read_link, split_links
from bywhen.intake.grid import Row
from bywhen.intake.table import Table
from bywhen.kernel.plan import Link, Task

_ELSEWHERE = re.compile(r"[\\/].*\d$|\.mpp\b|<>", re.IGNORECASE)


_AND = re.compile(r"\s+(?:&|and|und|et|y)\s+", re.IGNORECASE)
_PHRASE = re.compile(
    r"^(?:#\s*|(?:(?:starts |begins )?after|depends on|follows|task|row|line|nach|vorgang|zeile|apr[eè]s|t[aâ]che|"
    r"ligne|despu[eé]s de|tarea|fila)\s+#?)"
)


def links_of(table: Table, rows: Sequence[Row], tasks: Sequence[Task]) -> tuple[Link, ...]:
    """Every dependency once, in the rows' order; what names no task of the sheet is noted as a finding."""
    index = _index(table, rows, tasks)
    found: dict[tuple[int, int], Link] = {}
    for row, task in zip(rows, tasks, strict=True):
        for name in ("predecessors", "successors"):
            for typed in _typed(table.text(row, name), index):
                other = _resolve(typed, index)
                if other is None:
                    _tell_missing(table, row, name, typed, task)
                elif other == task.uid:
                    table.find("link-to-itself", f"Task '{task.name}' names itself as its {name[:-1]}.", row=row)
                else:
                    ends = (other, task.uid) if name == "predecessors" else (task.uid, other)
                    found.setdefault(ends, Link(*ends, type=typed.type, lag=typed.lag))
    return tuple(found.values())


def _typed(text: str, index: dict[str, int]) -> list[LinkText]:
    """The dependencies of a cell; a cell that is wholly a task's name stays one, commas and all."""
    if not text:
        return []
    if text.casefold() in index:
        return [LinkText(text)]
    pieces = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    links: list[LinkText] = []
    for piece in pieces:
        parts = [piece] if piece.casefold() in index else split_links(piece)
        links += [
            LinkText(each) if each.casefold() in index else read_link(each)
            for part in parts
            for each in _named(part, index)
        ]
    return links


def _named(text: str, index: dict[str, int]) -> list[str]:
    """The parts of ``2 & 3`` or ``1 and 2`` where each is a task; else the text itself."""
    parts = _AND.split(text)
    if len(parts) > 1 and text.casefold() not in index and all(_key(part, index) for part in parts):
        return parts
    return [text]


def _index(table: Table, rows: Sequence[Row], tasks: Sequence[Task]) -> dict[str, int]:
    """Key -> uid: the sheet's own numbers and keys first, row numbers only where it has none, then names."""
    index: dict[str, int] = {}
    numbered = any(table.has(name) for name in ("id", "uid"))
    for names in (("id",), ("uid",), ("wbs", "outline_number")):
        for row, task in zip(rows, tasks, strict=True):
            for name in names:
                if key := table.text(row, name).casefold():
                    index.setdefault(key, task.uid)
    if not numbered:
        for at, task in enumerate(tasks, start=1):
            index.setdefault(str(at), task.uid)
    for task in tasks:
        index.setdefault(task.name.casefold(), task.uid)
    return index


def _resolve(typed: LinkText, index: dict[str, int]) -> int | None:
    """The task of a key, of a whole number that a sheet holds as 3.0, or of a key in a phrase (``after T-1``)."""
    key = _key(typed.ref, index)
    return index[key] if key else None


def _key(ref: str, index: dict[str, int]) -> str:
    key = ref.strip().casefold()
    return next((each for each in (key, key.removesuffix(".0"), _PHRASE.sub("", key)) if each in index), "")


def _tell_missing(table: Table, row: Row, name: str, typed: LinkText, task: Task) -> None:
    if _ELSEWHERE.search(typed.ref):
        table.find("link-to-other-file", f"Task '{task.name}' depends on another file ({typed.ref}).", row=row)
        return
    table.find(
        "link-to-missing-task",
        f"Task '{task.name}' names {typed.ref!r} as its {name[:-1]}, and the sheet holds no such task.",
        row=row,
    )
