"""Where the entries of a register stand: the matrix of probability and impact, the board of change requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.http import urlencode

from bywhen.kernel.wording import counted
from bywhen.registers.kinds.change import FINAL, STATES
from bywhen.registers.selectors.changes import change_list, change_state
from bywhen.registers.views.rows import label, row_shown

if TYPE_CHECKING:
    from bywhen.kernel.worktime import WorkingTime
    from bywhen.record.models import Project
    from bywhen.registers.models import Entry
    from bywhen.registers.selectors.catalogue import RegisterKind

CARDS, CARDS_DONE = 12, 5
"""Cards of one column of the board; of what is decided only the latest."""


def matrix(asked: RegisterKind, entries: Sequence[Entry], choice: Mapping[str, str]) -> dict[str, Any] | None:
    """Probability up, impact to the right: how many stand in each cell, and what it means."""
    if not {"probability", "impact"} <= set(asked.FIELDS):
        return None
    counts = Counter((entry.probability, entry.impact) for entry in entries)
    unscored = sum(count for (p, i), count in counts.items() if p is None or i is None)
    return {
        "rows": [
            {
                "level": p,
                "cells": [_cell(asked, p, i, counts[p, i], choice) for i in range(1, 6)],
            }
            for p in range(5, 0, -1)
        ],
        "probability": label(asked, "probability"),
        "impact": label(asked, "impact"),
        "unscored": unscored,
        "chosen": choice["cell"],
        "all_url": address_of(choice, cell=""),
    }


def _cell(asked: RegisterKind, probability: int, impact: int, count: int, choice: Mapping[str, str]) -> dict[str, Any]:
    band = asked.band(asked.exposure(probability, impact))
    key = f"{probability}-{impact}"
    return {
        "band": band,
        "count": count,
        "url": address_of(choice, cell="" if choice["cell"] == key else key),
        "chosen": choice["cell"] == key,
        "said": f"{counted(count, asked.NOUN)}, probability {probability}, impact {impact}, {band}",
    }


def board(project: Project | None, today: date, calendars: Mapping[int, WorkingTime]) -> list[dict[str, Any]]:
    """Change requests by their state; of what is decided the latest five."""
    columns: dict[str, list[Entry]] = {state: [] for state in STATES}
    for entry in change_list(project=project):
        columns.get(change_state(entry), []).append(entry)
    shown = []
    for state, entries in columns.items():
        most = CARDS_DONE if state in FINAL else CARDS
        cards = [row_shown(each, today, calendars[each.project_id]) for each in entries[:most]]
        more = max(0, len(entries) - most)
        shown.append({"title": state.capitalize(), "count": len(entries), "cards": cards, "more": more})
    return shown


def address_of(choice: Mapping[str, str], **other: str) -> str:
    """The list's own address with one choice made otherwise."""
    asked = {name: value for name, value in {**choice, **other}.items() if value}
    return f"?{urlencode(asked)}"
