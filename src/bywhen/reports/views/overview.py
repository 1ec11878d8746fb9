"""All projects: is what was declared true, and where must one look?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.kernel.status import Rag
from bywhen.kernel.wording import counted, day_short, plain_number, signed
from bywhen.record.selectors.projects import project_list
from bywhen.reports.selectors.status import reports_latest

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.reports.models import StatusReport


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """One row a project, from its last report."""
    today = current_clock().today()
    reports = {report.project_id: report for report in reports_latest(today)}
    rows = [_row(project, reports.get(project.pk), today) for project in project_list()]
    for row in rows[:1]:
        row["chosen"] = True
    context = {
        "active": "status",
        "headline": _headline(rows),
        "sub": "Declared is what somebody said, derived is what the facts say. Each row shows the last report.",
        "rows": rows,
        "empty": {
            "title": "No project is on record",
            "text": "Take in a plan, or run the week over a project folder; each project's status then stands here.",
        },
    }
    return render(request, "reports/overview.html", context)


def _row(project: Project, report: StatusReport | None, today: date) -> dict[str, Any]:
    figures = report.figures if report else {}
    declared, derived = (report.declared_rag, report.derived_rag) if report else ("", "")
    blockers = figures.get("blockers") or {}
    return {
        "key": project.key,
        "title": project.name,
        "url": reverse("reports:status", args=[project.key]),
        "lead": project.lead.name if project.lead else "",
        "declared": declared,
        "derived": derived or "grey",
        "better": bool(declared) and Rag(declared).gravity < Rag(derived).gravity,
        "headline": report.headline if report else "No status has been written yet.",
        "done": _percent(figures.get("actual_percent")),
        "against": _against(figures),
        "milestone": _milestone(figures.get("next_milestone"), today),
        "critical": blockers.get("critical"),
        "blockers": blockers.get("open"),
        "as_of": day_short(report.as_of, today) if report else "",
        "approved": report.approved_by if report else "",
        "chosen": False,
    }


def _percent(value: str | None) -> str:
    return "" if value is None else f"{plain_number(Decimal(value))} %"


def _against(figures: dict[str, Any]) -> str:
    done, planned = figures.get("actual_percent"), figures.get("planned_percent")
    if done is None or planned is None:
        return "no baseline"
    return f"{signed(Decimal(done) - Decimal(planned))} points to plan"


def _milestone(found: dict[str, Any] | None, today: date) -> dict[str, Any] | None:
    if not found:
        return None
    forecast = date.fromisoformat(found["forecast"])
    return {
        "name": found["name"],
        "on": day_short(forecast, today),
        "late": found["late_days"],
        "passed": forecast < today,
    }


def _headline(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "No project is on record"
    red = sum(row["derived"] == "red" for row in rows)
    better = [row["title"] for row in rows if row["better"]]
    said = f"{red} of {counted(len(rows), 'project')} {'is' if red == 1 else 'are'} red by the facts"
    if not better:
        return f"{said}; no project is declared better than its facts"
    verb = "is" if len(better) == 1 else "are"
    return f"{said}; {counted(len(better), 'project')} {verb} declared better than the facts"
