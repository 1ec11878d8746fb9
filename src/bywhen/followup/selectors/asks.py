"""Reading the outbox."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max, QuerySet

from bywhen.followup.models import Ask
from bywhen.record.selectors.quotes import quotes_cited

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project


def week_of(day: date) -> date:
    """The Monday of the ISO week, which names the ask cycle."""
    return day - timedelta(days=day.weekday())


def ask_list(
    *, status: str = "", week: date | None = None, person: Person | None = None, project: Project | None = None
) -> QuerySet[Ask]:
    """Messages with their person and lines, newest cycle first; ``status`` '' means all, ``week`` is its Monday."""
    found = Ask.objects.select_related("person").prefetch_related(
        "person__addresses", "lines__loop__project", quotes_cited("lines__loop__quotes")
    )
    for name, value in (("status", status), ("week", week), ("person", person), ("lines__loop__project", project)):
        if value:
            found = found.filter(**{name: value})
    return found.distinct()


def ask_get(pk: int) -> Ask | None:
    """One message with its lines."""
    return ask_list().filter(pk=pk).first()


def asked_on(since: date) -> dict[str, list[date]]:
    """Person's name -> days on or after ``since`` on which messages to them were approved."""
    days: dict[str, list[date]] = {}
    for name, on in Ask.objects.filter(status="approved", approved_on__gte=since).values_list(
        "person__name", "approved_on"
    ):
        if on is not None:
            days.setdefault(name, []).append(on)
    return days


def asked_last(people: Collection[int], *, before: date) -> dict[int, date]:
    """Person -> the last day before ``before`` on which a message to them was approved."""
    found = Ask.objects.filter(person__in=people, status="approved", approved_on__lt=before)
    return dict(found.order_by().values_list("person").annotate(last=Max("approved_on")))
