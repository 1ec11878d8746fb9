"""Reading proposals, findings and sources."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from bywhen.record.models import Finding, Intake, Project, Proposal, Source
from bywhen.record.selectors.quotes import quotes_cited


def proposal_list(*, project: Project | None = None, status: str = "", origin: str = "") -> QuerySet[Proposal]:
    """Proposals with their quotes, oldest first."""
    found = Proposal.objects.select_related("project").prefetch_related(quotes_cited())
    for field, value in (("project", project), ("status", status), ("origin", origin)):
        if value:
            found = found.filter(**{field: value})
    return found


def proposal_get(pk: int) -> Proposal | None:
    """One proposal with its quotes."""
    return proposal_list().filter(pk=pk).first()


def proposal_counts_by_origin() -> dict[str, int]:
    """Undecided proposals per origin (``meeting:7``)."""
    rows = Proposal.objects.filter(status="proposed").values("origin").annotate(count=Count("id"))
    return {row["origin"]: row["count"] for row in rows}


def finding_list(*, project: Project | None = None, rule: str = "") -> QuerySet[Finding]:
    """Findings that stand and that nobody has dismissed, with their quotes."""
    found = Finding.objects.filter(resolved_on=None, dismissed_on=None).select_related("project")
    found = found.prefetch_related(quotes_cited())
    if project is not None:
        found = found.filter(project=project)
    return found.filter(rule__startswith=rule) if rule else found


def finding_get(pk: int) -> Finding | None:
    """One finding with its quotes, whatever became of it."""
    return Finding.objects.select_related("project").prefetch_related(quotes_cited()).filter(pk=pk).first()


def source_get(sha256: str) -> Source | None:
    """One source by content hash."""
    return Source.objects.filter(sha256=sha256).first()


def source_project(name: str) -> Project | None:
    """Whose the file of this name was when it came in last."""
    last = Source.objects.filter(name=name).exclude(project=None).select_related("project").defer("content").first()
    return last.project if last else None


def source_list(*, project: Project | None = None) -> QuerySet[Source]:
    """Sources, newest first, without their bytes."""
    found = Source.objects.defer("content").select_related("project")
    return found.filter(project=project) if project else found


def source_known(sha256s: list[str]) -> set[str]:
    """Which of these contents were kept before."""
    return set(Source.objects.filter(sha256__in=sha256s).values_list("sha256", flat=True))


def intake_list(*, source: Source | None = None) -> QuerySet[Intake]:
    """The intake ledger, newest first."""
    found = Intake.objects.select_related("source").defer("source__content")
    return found.filter(source=source) if source else found
