"""Reading open loops."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from bywhen.loops.models import Loop
from bywhen.record.selectors.quotes import quotes_cited

if TYPE_CHECKING:
    from bywhen.record.models import Project


def loop_list(*, project: Project | None = None, kind: str = "", status: str = "open") -> QuerySet[Loop]:
    """Loops with owner, project and evidence, by due date; ``status`` '' means all."""
    found = Loop.objects.select_related("project", "owner__manager").prefetch_related(quotes_cited(), "movements")
    for field, value in (("project", project), ("kind", kind), ("status", status)):
        if value:
            found = found.filter(**{field: value})
    return found


def loop_get(pk: int) -> Loop | None:
    """One loop with everything that hangs on it."""
    return loop_list(status="").filter(pk=pk).first()


def loops_broken(*, project: Project | None = None) -> QuerySet[Loop]:
    """The invariant's breaches: open loops without an owner or without a next check."""
    return loop_list(project=project).filter(Q(owner=None) | Q(next_check=None))


def loops_closed_since(day: date, *, project: Project | None = None) -> QuerySet[Loop]:
    """Loops closed on or after ``day``."""
    return loop_list(project=project, status="closed").filter(closed_on__gte=day)


def loop_waits(loop: Loop, today: date) -> bool:
    """Whether somebody said, with a reason, that it can wait beyond ``today``."""
    return bool(loop.deferred_reason) and loop.next_check is not None and loop.next_check > today
