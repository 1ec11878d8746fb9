"""Answers about plans for the rooms beside the schedule (see :mod:`bywhen.record.selectors.plan`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bywhen.kernel.errors import ByWhenError
from bywhen.record.engine.payloads import ChangePayload
from bywhen.schedule.selectors import schedule_current, task_list, version_current, working_time_of
from bywhen.schedule.services.changes import change_impact
from bywhen.schedule.services.consequences import change_consequence

if TYPE_CHECKING:
    from bywhen.kernel.worktime import WorkingTime
    from bywhen.record.models import Project


def working_time(project: Project) -> WorkingTime:
    """The project's own calendar."""
    return working_time_of(project)


def version(project: Project) -> int | None:
    """The number of the plan's current version."""
    found = version_current(project)
    return found.number if found else None


def tasks(project: Project) -> list[tuple[int, str]]:
    """Unfinished tasks, no summaries, in the plan's order."""
    found = task_list(project).filter(summary=False, active=True, percent_complete__lt=100)
    return list(found.values_list("uid", "name"))


def consequence(project: Project, payload: ChangePayload) -> dict[str, Any] | None:
    """What the engine says the change would do; one that cannot be made says why instead."""
    schedule = schedule_current(project)
    if schedule is None:
        return None
    task = schedule.network.tasks.get(payload.task_uid)
    named = {"task": task.name} if task else {}
    try:
        impact = change_impact(project=project, payload=payload)
    except ByWhenError as error:
        return {"text": str(error), **named}
    return {**change_consequence(impact, schedule.plan.minutes_per_day), **named}
