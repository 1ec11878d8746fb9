"""Constraints that cannot be kept together with the links: which task each pulls ahead of what it follows.

What does not live here: how such a task is placed (:mod:`.sweep`), links that cannot be kept at all (:mod:`.linking`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import ConstraintType
from bywhen.schedule.engine.sweep import SIMPLE, STRANDED, work_at

if TYPE_CHECKING:  # the values are given
    from bywhen.schedule.engine.cpm import Schedule

_SAID = {
    ConstraintType.MSO: "must start on",
    ConstraintType.MFO: "must finish on",
    ConstraintType.SNLT: "must start no later than",
    ConstraintType.FNLT: "must finish no later than",
}


def constraint_conflicts(schedule: Schedule) -> Iterator[Finding]:
    """One finding for each task whose constraint, which is honoured, places it before its links allow."""
    network, early = schedule.network, schedule.early
    for uid, node in network.node_of.items():
        task = network.tasks[uid]
        said = _SAID.get(task.constraint)
        if said is None or task.constraint_date is None or network.nodes.kind[node] not in (SIMPLE, STRANDED):
            continue
        # The sweep counts the start's work from where the links put it.
        if early.start_work[node] > work_at(early.start[node], network.nodes.calendar[node], network.shifts):
            text = (
                f"Task {task.id or uid} '{task.name}' {said} {task.constraint_date:%Y-%m-%d}, before its links allow; "
                "it is placed there. Move the date, or what it follows."
            )
            yield Finding("constraint-before-links", Severity.WARNING, text, f"task {uid}")
