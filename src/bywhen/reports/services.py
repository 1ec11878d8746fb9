"""Taking in declared statuses; writing the weekly status as documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.counts import Counts
from bywhen.kernel.status import MilestoneFact, StatusFacts
from bywhen.kernel.tables import StatusRow
from bywhen.platform.acting import current_actor
from bywhen.record.services.sources import place_keep
from bywhen.reports.kinds.weekly_status.headline import headline_of, milestones_to_come
from bywhen.reports.kinds.weekly_status.report import WeeklyStatus
from bywhen.reports.models import Declaration, StatusReport
from bywhen.reports.selectors.preview import facts_digest
from bywhen.reports.selectors.status import report_get, status_facts
from bywhen.reports.writers.docx.writer import DocxWriter
from bywhen.reports.writers.html.writer import HtmlWriter

if TYPE_CHECKING:
    from bywhen.record.models import Project, Source


@dataclass(frozen=True, slots=True)
class Written:
    """One document on disk, and whether its content is new."""

    path: Path
    changed: bool


@transaction.atomic
def statuses_take_in(
    *, rows: Sequence[StatusRow], project_of: Mapping[str, Project], default: Project, source: Source
) -> Counts:
    """Take in declared statuses, one per area and day; a second call with the same rows changes nothing."""
    counts = Counts()
    for row in rows:
        project = project_of.get(row.project.casefold()) or project_of.get(row.area.casefold(), default)
        values = {"rag": row.rag, "by": row.by[:200], "text": row.text}
        known = Declaration.objects.filter(project=project, area=row.area[:200], on=row.on).first()
        if known is None:
            quote = place_keep(source=source, place=row.place, text=row.text or row.rag)
            Declaration.objects.create(project=project, area=row.area[:200], on=row.on, quote=quote, **values)
            counts.created += 1
        elif any(getattr(known, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(known, field, value)
            known.save()
            counts.updated += 1
        else:
            counts.unchanged += 1
    return counts


@transaction.atomic
def status_build(*, project: Project, today: date) -> tuple[StatusReport, bool]:
    """Write the weekly status of a day into the record; answers it and whether what it says is new.

    The report of a day is made anew until somebody approves it; then it stays as it was approved.
    """
    facts = status_facts(project, today)
    digest = facts_digest(facts)
    known = report_get(project, today)
    if known is not None and (known.digest == digest or known.approved_at):
        return known, False
    document = WeeklyStatus().build(facts)
    report = known or StatusReport(project=project, as_of=today)
    report.declared_rag = facts.declared.rag.value if facts.declared else ""
    report.derived_rag = facts.derived.rag.value if facts.derived else "grey"
    report.headline = headline_of(facts)
    report.digest = digest
    report.figures = _figures(facts)
    report.html = HtmlWriter().write(document).decode("utf-8")
    report.docx = DocxWriter().write(document)
    report.written_at = current_clock().now()
    report.save()
    return report, True


def status_write(*, project: Project, today: date, out: Path) -> list[Written]:
    """Put a day's status of a project into ``out`` as docx and HTML; files whose content is the same are left alone."""
    report, _ = status_build(project=project, today=today)
    out.mkdir(parents=True, exist_ok=True)
    stem = f"{project.key}-status-{today.isoformat()}"
    return [
        _put(out / f"{stem}.docx", bytes(report.docx)),
        _put(out / f"{stem}.html", report.html.encode("utf-8")),
    ]


def status_approve(*, report: StatusReport) -> StatusReport:
    """A person stands for it; from now on it is not made anew."""
    report.approved_at, report.approved_by = current_clock().now(), current_actor().name[:200]
    report.save()
    return report


def status_reopen(*, report: StatusReport) -> StatusReport:
    """Take the approval back (undo)."""
    report.approved_at, report.approved_by = None, ""
    report.save()
    return report


def _put(path: Path, content: bytes) -> Written:
    if path.is_file() and path.read_bytes() == content:
        return Written(path, changed=False)
    path.write_bytes(content)
    return Written(path, changed=True)


def _figures(facts: StatusFacts) -> dict[str, Any]:
    """What the next report compares itself with, and what the overview of all projects shows."""
    coming = milestones_to_come(facts)
    blockers = {"open": len(facts.blockers), "critical": sum(item.critical for item in facts.blockers)}
    figures: dict[str, Any] = {"blockers": blockers, "next_milestone": _milestone(coming[0]) if coming else None}
    if facts.progress is not None:
        names = ("planned_percent", "actual_percent", "spi_t", "float_days")
        values = {name: getattr(facts.progress, name) for name in names}
        figures |= {name: None if value is None else str(value) for name, value in values.items()}
    return figures


def _milestone(item: MilestoneFact) -> dict[str, Any]:
    return {"name": item.name, "forecast": item.forecast.isoformat(), "late_days": item.late_days}
