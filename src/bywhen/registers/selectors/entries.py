"""Reading the registers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from bywhen.kernel.worktime import WorkingTime
from bywhen.record.selectors.plan import plan_working_time
from bywhen.record.selectors.quotes import quotes_cited
from bywhen.registers.models import Entry
from bywhen.registers.selectors.catalogue import register_get

if TYPE_CHECKING:
    from bywhen.record.models import Project, Proposal


def entry_list(*, project: Project | None = None, kind: str = "", status: str = "open") -> QuerySet[Entry]:
    """Entries with owner, project and evidence, highest exposure first; ``status`` '' means all."""
    found = Entry.objects.select_related("project", "owner", "request", "proposal").prefetch_related(quotes_cited())
    for field, value in (("project", project), ("kind", kind), ("status", status)):
        if value:
            found = found.filter(**{field: value})
    return found


def entry_get(pk: int) -> Entry | None:
    """One entry with everything that hangs on it."""
    return entry_list(status="").filter(pk=pk).first()


def entries_review_due(today: date, *, project: Project | None = None) -> QuerySet[Entry]:
    """Open entries whose review day has come or passed, longest overdue first."""
    return entry_list(project=project).filter(review_on__lte=today).order_by("review_on", "id")


def entries_stale(today: date, working_time: WorkingTime, *, project: Project | None = None) -> list[tuple[Entry, str]]:
    """Open entries that have not moved for longer than their register allows, each with the reason in words."""
    judged = [(entry, staleness_of(entry, today, working_time)) for entry in entry_list(project=project)]
    return [(entry, reason) for entry, reason in judged if reason]


def change_references(proposals: Iterable[Proposal]) -> dict[int, str]:
    """The references of the change requests that these proposals raised, by the proposals' numbers."""
    rows = Entry.objects.filter(kind="change", proposal__in=list(proposals))
    return {row.proposal_id: row.reference for row in rows if row.proposal_id is not None}


def reference_next(project: Project, prefix: str) -> str:
    """The next free reference of a project's register: ``CR-1``, or one above the highest that a sheet gave."""
    used = Entry.objects.filter(project=project, reference__istartswith=prefix).values_list("reference", flat=True)
    shape = re.compile(rf"(?i){re.escape(prefix)}[-\s]?(\d{{1,9}})")
    numbers = [int(found[1]) for each in used if (found := shape.fullmatch(each.strip()))]
    return f"{prefix}-{max(numbers, default=0) + 1}"


def entry_find(project: Project | None, kind: str, reference: str) -> Entry | None:
    """By reference (case folded), else by number; None when there is none, or several and no project is given."""
    found = entry_list(project=project, kind=kind, status="")
    named = found.filter(reference__iexact=reference.strip())[:2]
    if len(named) == 1:
        return named[0]
    return found.filter(pk=int(reference)).first() if not named and reference.isdigit() else None


def entry_counts(project: Project | None = None) -> dict[str, int]:
    """Open entries of each register, by kind."""
    found = Entry.objects.filter(status="open", **({"project": project} if project else {}))
    return dict(found.order_by().values_list("kind").annotate(count=Count("id")))


def staleness_of(entry: Entry, today: date, working_time: WorkingTime) -> str:
    """Why an open entry counts as not moving; '' while it does not."""
    register = register_get(entry.kind)
    idle = max(0, working_time.working_days_between(entry.last_moved_on, today))
    return register.staleness(idle, entry.band) if register else ""


SHOWN = ("open", "due", "stale", "ownerless", "closed")
"""Which entries may be asked for; cancelled ones were opened by mistake and are never shown."""


def entries_shown(
    kind: str,
    *,
    project: Project | None = None,
    show: str = "open",
    words: str = "",
    owner: str = "",
    cell: str = "",
    today: date,
) -> list[Entry]:
    """Entries of a register by a choice of SHOWN, by words that all stand in them, by owner, and by their ``cell`` of
    the matrix (``4-5``: probability, impact); the worst first.
    """
    found = entry_list(project=project, kind=kind, status="closed" if show == "closed" else "open")
    found = found.prefetch_related("approvals__approver")
    calendars: dict[int, WorkingTime] = {}
    return [
        entry
        for entry in found
        if (not owner or (entry.owner is not None and entry.owner.name == owner))
        and (not cell or f"{entry.probability}-{entry.impact}" == cell)
        and _says(entry, words)
        and _is(entry, show, today, calendars)
    ]


def _says(entry: Entry, words: str) -> bool:
    owner = entry.owner.name if entry.owner else entry.owner_text
    parts = (entry.reference, entry.title, entry.description, entry.response, entry.tags, owner, entry.progress)
    said = " ".join(parts).casefold()
    return all(word in said for word in words.casefold().split())


def _is(entry: Entry, show: str, today: date, calendars: dict[int, WorkingTime]) -> bool:
    if show == "due":
        return entry.review_on is not None and entry.review_on <= today
    if show == "ownerless":
        return entry.owner is None
    if show != "stale":
        return True
    if entry.project_id not in calendars:
        calendars[entry.project_id] = plan_working_time(entry.project)
    return bool(staleness_of(entry, today, calendars[entry.project_id]))
