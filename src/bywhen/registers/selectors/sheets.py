"""A register as a sheet to take along, with the columns that its kind names; it can be read back as a RAID log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bywhen.platform.spreadsheets import Cell, rows_csv, rows_xlsx
from bywhen.registers.kinds.change import KIND as CHANGE
from bywhen.registers.selectors.changes import change_state, effect_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bywhen.registers.models import Entry
    from bywhen.registers.selectors.catalogue import RegisterKind

HEADINGS = {
    "reference": "ID", "title": "Title", "description": "Description", "owner": "Owner", "probability": "Probability",
    "impact": "Impact", "score": "Score", "band": "Rating", "response": "Response", "due": "Due date",
    "review_on": "Review date", "progress": "Status", "tags": "Tags", "raised_on": "Date raised", "effect": "Effect",
}  # fmt: skip
"""Headings that the reader of RAID logs knows, so that a sheet may come back."""
_WIDTHS = {"title": 46, "description": 46, "response": 40, "owner": 22, "effect": 24}


def sheet_of(asked: RegisterKind, entries: Sequence[Entry], suffix: str) -> bytes:
    """The entries as ``csv`` or ``xlsx``; the first columns tell register and project."""
    rest = (name for name in asked.COLUMNS if name not in {"reference", "title", "raised_on"})
    columns = ["reference", "title", "description", "raised_on", *rest]
    headings = ["Type", "Project", *(HEADINGS.get(name, name.replace("_", " ").capitalize()) for name in columns)]
    rows = [[asked.KIND, entry.project.key, *(_value(entry, name) for name in columns)] for entry in entries]
    if suffix == "csv":
        return rows_csv(headings, rows)
    widths = [12, 12, *(_WIDTHS.get(name, 13) for name in columns)]
    return rows_xlsx(headings, rows, title=asked.TITLE, sheet=asked.TITLE, widths=widths, frozen=4)


def _value(entry: Entry, name: str) -> Cell:
    if name == "owner":
        return entry.owner.name if entry.owner else entry.owner_text
    if name == "effect":
        return effect_words(entry)
    if name == "progress":
        return change_state(entry) if entry.kind == CHANGE else entry.progress or entry.status
    value: Cell = getattr(entry, name)
    return value
