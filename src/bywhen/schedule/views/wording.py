"""The plan's headline and the sentence below it, computed.

What does not live here: numbers (``selectors``), layout (templates).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bywhen.kernel.wording import counted, day_short, days_after
from bywhen.kernel.worktime import WorkingTime

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.schedule.models import PlanVersion, TaskState


def headline(project: Project, rows: Sequence[TaskState], calendar: WorkingTime) -> str:
    """When the end is forecast, how far that is from what was agreed, and how much of what is open is critical."""
    leaves = [row for row in rows if not row.summary and row.active]
    still = [row for row in leaves if row.percent_complete < 100]
    if not leaves:
        return f"The plan of {project.name} holds no tasks."
    if not still:
        return f"All {counted(len(leaves), 'task')} of {project.name} are done."
    end = _end_of(still)
    name = end.name if end.milestone else project.name
    critical = sum(row.critical for row in still)
    return f"{_forecast(name, end, calendar)}; {critical} of {counted(len(still), 'open task')} {'is' if critical == 1 else 'are'} critical."


def _end_of(still: Sequence[TaskState]) -> TaskState:
    """What the plan leads to: its last open milestone, else the task that ends last."""
    dated = [row for row in still if row.finish] or list(still)
    milestones = [row for row in dated if row.milestone]
    return max(milestones or dated, key=lambda row: (row.finish.isoformat() if row.finish else "", row.position))


def _forecast(name: str, end: TaskState, calendar: WorkingTime) -> str:
    if end.finish is None:
        return f"{name} has no date"
    said = f"{name} is forecast for {day_short(end.finish.date())}"
    if end.baseline_finish is None:
        return f"{said}, without a baseline to compare with"
    late = calendar.working_days_between(end.baseline_finish.date(), end.finish.date())
    return f"{said}, {days_after(late, 'its baseline')}"


def version_said(version: PlanVersion) -> str:
    """Which version is shown, whose it is and where it comes from."""
    return (
        f"Version {version.number} by {version.made_by}, {day_short(version.made_at.date())}: {version.reason}. "
        f"Read from {version.source.name}, as of {day_short(version.as_of)}."
    )
