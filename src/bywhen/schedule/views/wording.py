"""The plan's headline and the sentence below it, computed.

What does not live here: numbers (``selectors``), layout (templates).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bywhen.kernel.wording import counted, day_short, days_after, working_days
from bywhen.kernel.worktime import WorkingTime

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.schedule.models import PlanVersion, TaskState

_GOING_LIVE = re.compile(r"\bgo(?:es|ing)?[- ]?live\b|\blaunch(?:ed)?\b|\bcut-?over\b", re.IGNORECASE)
"""How plans call the day that the sponsor asks about."""


def headline(project: Project, rows: Sequence[TaskState], calendar: WorkingTime) -> str:
    """When the end is forecast, how far that is from what was agreed, and how much of what is open is critical."""
    leaves = [row for row in rows if not row.summary and row.active]
    still = [row for row in leaves if row.percent_complete < 100]
    if not leaves:
        return f"The plan of {project.name} holds no tasks."
    if not still:
        return f"All {counted(len(leaves), 'task')} of {project.name} are done."
    end = _end_of(still)
    critical = sum(row.critical for row in still)
    tail = f"{critical} of {counted(len(still), 'open task')} {'is' if critical == 1 else 'are'} critical"
    parts = [_forecast(end.name if end.milestone else project.name, end, calendar), _worst(still, end, calendar), tail]
    return f"{'; '.join(part for part in parts if part)}."


def _end_of(still: Sequence[TaskState]) -> TaskState:
    """What the plan leads to: going live where a milestone says so, else the last open milestone, else the task that
    ends last.
    """
    dated = [row for row in still if row.finish] or list(still)
    milestones = [row for row in dated if row.milestone]
    live = [row for row in milestones if _GOING_LIVE.search(row.name)]
    return max(
        live or milestones or dated, key=lambda row: (row.finish.isoformat() if row.finish else "", row.position)
    )


def _worst(still: Sequence[TaskState], end: TaskState, calendar: WorkingTime) -> str:
    """The open milestone that is furthest behind what was agreed, when that is more than the end is."""
    late = {row: _late(row, calendar) for row in still if row.milestone and row.baseline_finish and row.finish}
    if not late:
        return ""
    worst = max(late, key=lambda row: late[row])
    if late[worst] <= max(_late(end, calendar), 0):
        return ""
    return f"{worst.name} is {working_days(late[worst])} late"


def _late(row: TaskState, calendar: WorkingTime) -> int:
    if row.baseline_finish is None or row.finish is None:
        return 0
    return calendar.working_days_between(row.baseline_finish.date(), row.finish.date())


def _forecast(name: str, end: TaskState, calendar: WorkingTime) -> str:
    if end.finish is None:
        return f"{name} has no date"
    said = f"{name} is forecast for {day_short(end.finish.date())}"
    if end.baseline_finish is None:
        return f"{said}, without a baseline to compare with"
    return f"{said}, {days_after(_late(end, calendar), 'its baseline')}"


def version_said(version: PlanVersion) -> str:
    """Which version is shown, whose it is and where it comes from."""
    source = version.source.name
    by = "" if version.made_by == source else f" by {version.made_by}"
    told = "" if source in version.reason else f" Read from {source}."
    return f"Version {version.number}{by}, {day_short(version.made_at.date())}: {version.reason}.{told}"
