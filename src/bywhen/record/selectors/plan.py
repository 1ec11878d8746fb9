"""What rooms beside the schedule may ask about a project's plan. Who answers is registered from above the schedule.

What does not live here: any answer (rooms ``schedule`` and ``week``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from bywhen.kernel.worktime import WorkingTime
from bywhen.record.engine.payloads import ChangePayload

if TYPE_CHECKING:
    from bywhen.record.models import Project


class PlanAnswers(Protocol):
    """Who answers about plans; a module with these functions fulfils it. Days are working days of the plan."""

    def working_time(self, project: Project, /) -> WorkingTime:
        """The project's own calendar."""

    def version(self, project: Project, /) -> int | None:
        """The number of the plan's current version; None without a plan."""

    def tasks(self, project: Project, /) -> list[tuple[int, str]]:
        """Number and name of each unfinished task, in the plan's order."""

    def consequence(self, project: Project, payload: ChangePayload, /) -> dict[str, Any] | None:
        """What a change would do to the current plan, as a proposal keeps it; None without a plan."""


_answering: list[PlanAnswers] = []


def plan_answers_register(answers: PlanAnswers) -> None:
    """Say who answers; the last one does. Called from a room's ``apps.ready``."""
    _answering[:] = [answers]


def plan_working_time(project: Project) -> WorkingTime:
    """The project's own calendar, else Monday to Friday."""
    return _answering[0].working_time(project) if _answering else WorkingTime.standard()


def plan_version(project: Project) -> int | None:
    """The number of the plan's current version; None without a plan."""
    return _answering[0].version(project) if _answering else None


def plan_tasks(project: Project) -> list[tuple[int, str]]:
    """Number and name of each unfinished task of the current plan, in its order."""
    return _answering[0].tasks(project) if _answering else []


def plan_consequence(project: Project, payload: ChangePayload) -> dict[str, Any] | None:
    """What a change would do to the current plan: the JSON of ``plan whatif`` with ``text`` and ``task`` (its name).
    A change that cannot be made has only a ``text`` that says why; None without a plan.
    """
    return _answering[0].consequence(project, payload) if _answering else None
