"""The status studio: is it true, and does it need a follow-up question?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_long, day_short
from bywhen.record.selectors.projects import project_get
from bywhen.reports.engine.rag import disagrees
from bywhen.reports.selectors.preview import Preview, status_preview
from bywhen.reports.selectors.status import report_get, report_list
from bywhen.reports.services import status_approve, status_build, status_reopen
from bywhen.reports.views.facts import changed_rows, lint_rows, movement_rows, verdict_rows
from bywhen.reports.writers.html.writer import HtmlWriter

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.reports.models import StatusReport

EARLIER = 12


@require_GET
def status(request: HttpRequest, key: str) -> HttpResponse:
    """Facts that changed, the draft as the sponsor sees it, and what would draw a question."""
    project = _found(key)
    today = current_clock().today()
    preview = status_preview(project, today)
    facts, report = preview.facts, preview.report
    approved = report is not None and report.approved_at is not None
    context = {
        "active": "status",
        "project": project,
        "headline": _headline(project, preview),
        "sub": _sub(preview, approved=approved),
        "verdicts": verdict_rows(facts),
        "disagrees": disagrees(facts),
        "changed": changed_rows(facts),
        "movements": movement_rows(facts),
        "since": day_short(facts.previous_as_of, today) if facts.previous_as_of else "",
        # The writer escapes all text; nothing in it is anybody's markup.
        "draft": mark_safe(HtmlWriter().body(preview.document)),  # noqa: S308
        "doubts": lint_rows(preview.doubts),
        "approved": approved,
        "report": report,
        "outdated": approved and not preview.current,
        "downloads": _downloads(project, today.isoformat(), approved=approved),
        "earlier": [_earlier(each, project) for each in report_list(project=project).filter(as_of__lt=today)[:EARLIER]],
    }
    return render(request, "reports/status.html", context)


@require_POST
def approve(request: HttpRequest, key: str) -> HttpResponse:
    """Write the day's report from the facts as they are and stand for it."""
    project = _found(key)
    report, _ = status_build(project=project, today=current_clock().today())
    if report.approved_at is None:
        status_approve(report=report)
        messages.success(request, f"Approved. {project.name} says this for {day_long(report.as_of)}.")
    else:
        messages.info(request, f"{report.approved_by} had approved it before; nothing was changed.")
    return redirect("reports:status", key=project.key)


@require_POST
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Take the approval back."""
    project = _found(key)
    report = report_get(project, current_clock().today())
    if report is None or report.approved_at is None:
        messages.info(request, "There is no approval to take back.")
    else:
        status_reopen(report=report)
        messages.success(request, "The approval is taken back; the draft follows the facts again.")
    return redirect("reports:status", key=project.key)


def _headline(project: Project, preview: Preview) -> str:
    derived, declared = preview.facts.derived, preview.facts.declared
    said = f"{project.name}: the facts say {derived.rag.value if derived else 'grey'}"
    if declared is None:
        return f"{said}; nobody has declared a status"
    if declared.rag is (derived.rag if derived else None):
        return f"{said}, as declared"
    return f"{said}, declared is {declared.rag.value}"


def _sub(preview: Preview, *, approved: bool) -> str:
    if approved and preview.report and preview.report.approved_at:
        day = day_short(preview.report.approved_at.date(), preview.facts.as_of)
        return f"Approved by {preview.report.approved_by} on {day}; it stays as it was approved."
    doubts = len(preview.doubts)
    asks = f"{counted(doubts, 'passage')} would draw a question" if doubts else "no passage would draw a question"
    return f"Draft for {day_long(preview.facts.as_of)}; {asks}."


def _downloads(project: Project, on: str, *, approved: bool) -> list[dict[str, str]]:
    # Markdown is written from the facts of the moment, so it is only offered while they are what the report says.
    kinds = [("docx", "Word"), ("html", "HTML"), *([] if approved else [("md", "Markdown")])]
    return [{"title": title, "url": reverse("reports:download", args=[project.key, on, kind])} for kind, title in kinds]


def _earlier(report: StatusReport, project: Project) -> dict[str, Any]:
    return {
        "on": day_short(report.as_of),
        "declared": report.declared_rag,
        "derived": report.derived_rag,
        "headline": report.headline,
        "approved": report.approved_by,
        "downloads": _downloads(project, report.as_of.isoformat(), approved=True),
    }


def _found(key: str) -> Project:
    project = project_get(key)
    if project is None:
        raise Http404
    return project
