"""Reading the decision register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from bywhen.meetings.models import Decision, Objection
from bywhen.record.selectors.quotes import quotes_cited

if TYPE_CHECKING:
    from bywhen.record.models import Project


def decision_list(*, project: Project | None = None, since: date | None = None, status: str = "") -> QuerySet[Decision]:
    """Decisions, latest first, with their quotes and objections. By words: ``selectors.searching``."""
    cited = Decision.objects.select_related("project", "meeting", "superseded_by").prefetch_related(
        quotes_cited(), "objections"
    )
    given: dict[str, object] = {"project": project, "decided_on__gte": since, "status": status}
    return cited.filter(**{field: value for field, value in given.items() if value})


def decision_get(pk: int) -> Decision | None:
    """One decision."""
    return decision_list().filter(pk=pk).first()


def decisions_replaced(decision: Decision) -> QuerySet[Decision]:
    """The decisions that this one took the place of, latest first."""
    return decision_list().filter(superseded_by=decision)


def objection_get(pk: int) -> Objection | None:
    """One objection with its decision."""
    return Objection.objects.select_related("decision").filter(pk=pk).first()
