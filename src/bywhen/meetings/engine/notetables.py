"""Items in tables of notes: rows under a head with an owner, a due or a kind column, and rows that name their cells.

What does not live here: the words of heads (:mod:`bywhen.meetings.engine.markers`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bywhen.meetings.engine.grammar import Marked, heading_kind
from bywhen.meetings.engine.items import ItemKind
from bywhen.meetings.engine.markers import COLUMNS, DONE, INFORMATION, LETTERS, NOTHING


@dataclass(frozen=True, slots=True)
class TableHead:
    """Which column holds what; ``kind`` is the kind its own heading announces for every row."""

    columns: tuple[str, ...]
    kind: ItemKind | None


def cells(text: str) -> tuple[str, ...]:
    """The cells of a table row written with bars or tabs; one cell when it is no row."""
    if text.count("|") >= 1:
        return tuple(c.strip() for c in text.strip().strip("|").split("|"))
    return tuple(c.strip() for c in text.split("\t")) if "\t" in text else (text,)


def column_of(head: str) -> str:
    """What a column or field of that name holds: owner, due, kind, status, text or ''.

    >>> column_of("Due date"), column_of("Verantwortlich"), column_of("Nr.")
    ('due', 'owner', '')
    """
    return next((name for name, pattern in COLUMNS.items() if pattern.match(head.strip(" *_:"))), "")


def table_head(row: tuple[str, ...]) -> TableHead | None:
    """The head of a table of items: a text column and an owner, a due or a kind column."""
    names = tuple(column_of(cell) for cell in row)
    if "text" not in names or not {"owner", "due", "kind"} & set(names):
        return None
    return TableHead(names, heading_kind(row[names.index("text")]))


def table_row(row: tuple[str, ...], head: TableHead, heading: str) -> Marked | None:
    """One row below a head; None for rulers, empty rows, what is done and what is mere information."""
    if len(row) != len(head.columns):
        return None
    return _row({name: cell for name, cell in zip(head.columns, row, strict=True) if name}, head.kind, heading)


def keyed_row(row: tuple[str, ...], heading: str) -> Marked | None:
    """A row whose cells name themselves: "Who: Ana | What: send the plan | When: Friday"."""
    pairs = [cell.partition(":") for cell in row]
    field = {column_of(key): value.strip() for key, sign, value in pairs if sign}
    if len(field) != len(row) or "text" not in field or not {"owner", "due"} & field.keys():
        return None
    return _row(field, None, heading)


def _row(field: dict[str, str], kind: ItemKind | None, heading: str) -> Marked | None:
    text, said_kind = field.get("text", ""), field.get("kind", "").strip(" .*_")
    if not re.search(r"\w", text) or NOTHING.match(text) or DONE.fullmatch(field.get("status", "").strip(" *_")):
        return None
    if INFORMATION.fullmatch(said_kind):
        return None
    kind = LETTERS.get(said_kind.casefold()) or heading_kind(said_kind) or kind or heading_kind(heading)
    return Marked(kind or ItemKind.ACTION, text, "table row", 0.95, field.get("owner", ""), field.get("due", ""))
