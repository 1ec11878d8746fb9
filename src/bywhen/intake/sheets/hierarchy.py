"""Which task stands under which: from a level column, dotted numbers, a parent column, indentation or heading rows.

What does not live here: the tasks themselves (:mod:`bywhen.intake.sheets.plan`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bywhen.intake.grid import Row, column_letters, shown
from bywhen.intake.numbers import read_number
from bywhen.intake.table import Table

_DOTTED = re.compile(r"^[A-Za-z]*\d+(?:[.\-]\d+)*\.?$")
_INDENT = re.compile(r"^[ \t\u00a0\u2003]+|^(?:[>\u2022\u2023\u2192-]\s*)+")

_NUMBERED_NAME = re.compile(r"(\d{1,4}(?:\.\d{1,4}){0,8})[.)]?\s+\S")
_NEARLY_ALL = 0.8


@dataclass(frozen=True, slots=True)
class Places:
    """One level (1 = top) and one parent position (None = top) a row, in the rows' order; ``holders``: all parents."""

    levels: tuple[int, ...]
    parents: tuple[int | None, ...]
    holders: frozenset[int | None] = frozenset()


def placed(table: Table, rows: Sequence[Row], *, heads: Sequence[bool]) -> Places:
    """The hierarchy by the surest evidence that the sheet holds. ``heads`` marks rows with nothing but a name: they
    are heading rows when nothing else tells the hierarchy.
    """
    for by in (_by_level, _by_number, _by_parent, _by_indent, _by_grouping, _by_number_in_name):
        found = by(table, rows)
        if found is not None:
            return found
    if any(heads) and not all(heads) and heads[0]:
        return _stacked([1 if head else 2 for head in heads])
    return Places((1,) * len(rows), (None,) * len(rows))


def _stacked(levels: Sequence[int]) -> Places:
    """Parents from levels: the nearest row above with a smaller level."""
    stack: list[tuple[int, int]] = []
    parents: list[int | None] = []
    depths: list[int] = []
    for at, level in enumerate(levels):
        while stack and stack[-1][0] >= level:
            stack.pop()
        parents.append(stack[-1][1] if stack else None)
        stack.append((level, at))
        depths.append(len(stack))
    return Places(tuple(depths), tuple(parents), frozenset(parents))


def _by_level(table: Table, rows: Sequence[Row]) -> Places | None:
    if not table.has("outline_level"):
        return None
    levels = [read_number(table.cell(row, "outline_level")) for row in rows]
    known = [int(level) for level in levels if level is not None]
    return _stacked([int(level) if level is not None else max(known) for level in levels]) if known else None


def _by_number(table: Table, rows: Sequence[Row]) -> Places | None:
    """Dotted numbers (``1.2.3``): the parent is the row with the longest number that begins this one."""
    for name in ("outline_number", "wbs", "id"):
        numbers = [table.text(row, name).rstrip(".") for row in rows]
        dotted = [number for number in numbers if "." in number or "-" in number]
        if not dotted or not all(_DOTTED.match(number) for number in numbers if number):
            continue
        at_number = {number: at for at, number in reversed(list(enumerate(numbers))) if number}
        parents = [_parent_of(number, at_number) for number in numbers]
        if any(parent is not None for parent in parents):
            return _depths(parents)
    return None


def _parent_of(number: str, at_number: dict[str, int]) -> int | None:
    while cut := max(number.rfind("."), number.rfind("-"), 0):
        number = number[:cut]
        if number in at_number:
            return at_number[number]
    return None


def _by_parent(table: Table, rows: Sequence[Row]) -> Places | None:
    if not table.has("parent"):
        return None
    keys: dict[str, int] = {}
    for at, row in reversed(list(enumerate(rows))):
        for name in ("name", "id", "uid"):
            if key := table.text(row, name).casefold():
                keys[key] = at
    parents = [keys.get(table.text(row, "parent").casefold()) for row in rows]
    own = [parent if parent != at else None for at, parent in enumerate(parents)]
    return _depths(own) if any(parent is not None for parent in own) else None


def _by_indent(table: Table, rows: Sequence[Row]) -> Places | None:
    """By the spaces or bullets before the name, else by the indent of its cell."""
    widths = []
    for row in rows:
        found = _INDENT.match(shown(table.cell(row, "name")))
        widths.append(len(found.group().replace("\t", "    ")) if found else 0)
    if len(set(widths)) == 1 and "name" in table.columns:
        letters = column_letters(table.columns["name"])
        widths = [table.grid.indentation.cells.get((row.number, letters), 0) for row in rows]
    return _stacked(widths) if len(set(widths)) > 1 else None


def _by_grouping(table: Table, rows: Sequence[Row]) -> Places | None:
    """By grouped rows, where it is sure that the heading of a group stands above it: the sheet says so, or ends within
    a group.
    """
    grouping = table.grid.indentation
    levels = [grouping.rows.get(row.number, 0) for row in rows]
    headed = bool(levels) and not levels[0] and (grouping.above or levels[-1] > 0)
    return _stacked(levels) if headed and any(levels) else None


def _by_number_in_name(table: Table, rows: Sequence[Row]) -> Places | None:
    """By dotted numbers before the names themselves, when nearly every name has one: ``1.2 Review``."""
    found = [_NUMBERED_NAME.match(table.text(row, "name")) for row in rows]
    numbers = [each.group(1) if each else "" for each in found]
    if sum(map(bool, numbers)) < _NEARLY_ALL * len(rows) or not any("." in number for number in numbers):
        return None
    at_number = {number: at for at, number in reversed(list(enumerate(numbers))) if number}
    parents = [_parent_of(number, at_number) for number in numbers]
    return _depths(parents) if any(parent is not None for parent in parents) else None


def _depths(parents: Sequence[int | None]) -> Places:
    """Levels from parents; a circle of parents is cut where it closes."""
    mended = list(parents)
    levels: list[int] = []
    for at in range(len(mended)):
        seen, step, depth = {at}, mended[at], 1
        while step is not None:
            if step in seen:
                mended[at] = None
                depth = 1
                break
            seen.add(step)
            step, depth = mended[step], depth + 1
        levels.append(depth)
    return Places(tuple(levels), tuple(mended), frozenset(mended))
