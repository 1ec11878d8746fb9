"""Reading the decision register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from bywhen.meetings.models import Decision
from bywhen.record.selectors.quotes import quotes_cited

if TYPE_CHECKING:
    from bywhen.record.models import Project


def decision_list(
    *, project: Project | None = None, since: date | None = None, words: str = "", status: str = ""
) -> QuerySet[Decision]:
    """Decisions, latest first, with their quotes. Each of ``words`` must stand in the text, who decided or a quote."""
    found = Decision.objects.select_related("project", "meeting", "superseded_by").prefetch_related(quotes_cited())
    for word in words.split():
        said = Q(text__icontains=word) | Q(decided_by__icontains=word) | Q(meeting__title__icontains=word)
        found = found.filter(said | Q(pk__in=Decision.objects.filter(quotes__text__icontains=word)))
    given: dict[str, object] = {"project": project, "decided_on__gte": since, "status": status}
    return found.filter(**{field: value for field, value in given.items() if value})


def decision_get(pk: int) -> Decision | None:
    """One decision."""
    return decision_list().filter(pk=pk).first()


def decisions_replaced(decision: Decision) -> QuerySet[Decision]:
    """The decisions that this one took the place of, latest first."""
    return decision_list().filter(superseded_by=decision)
