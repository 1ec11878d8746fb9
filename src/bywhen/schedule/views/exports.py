"""The plan as a file to take along: Microsoft Project XML, Primavera export, Excel, CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from bywhen.intake.mspdi.writing import write_mspdi
from bywhen.intake.xer.writing import write_xer
from bywhen.kernel.plan import Link, Plan
from bywhen.platform.spreadsheets import Cell
from bywhen.schedule.engine.edits import plan_dated
from bywhen.schedule.selectors import schedule_of, task_list
from bywhen.schedule.views.asked import project_asked, version_asked
from bywhen.schedule.views.island import constraint_words
from bywhen.schedule.writers.table import table_csv, table_xlsx

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.schedule.models import PlanVersion

TYPES = {
    "mspdi": ("xml", "application/xml"),
    "xer": ("xer", "application/octet-stream"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("csv", "text/csv; charset=utf-8"),
}
"""What can be downloaded: ending and media type."""
_WRITERS = {"mspdi": write_mspdi, "xer": write_xer}
"""Plan formats; tables are made of rows."""


@require_GET
def download(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The current version with its computed dates."""
    if kind not in TYPES:
        raise Http404(f"There is no download {kind}.")
    project = project_asked(request, key)
    version = version_asked(project)
    ending, media = TYPES[kind]
    response = HttpResponse(_content(kind, project, version), content_type=media)
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{project.key}-plan-v{version.number}").strip("-")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _content(kind: str, project: Project, version: PlanVersion) -> bytes:
    schedule = schedule_of(version)
    if kind in _WRITERS:
        return _WRITERS[kind](plan_dated(schedule))
    rows = _rows(project, schedule.plan)
    return table_csv(rows) if kind == "csv" else table_xlsx(rows, title=f"Plan of {project.name}")


def _rows(project: Project, plan: Plan) -> Iterator[tuple[Cell, ...]]:
    day = plan.minutes_per_day
    tasks = {task.uid: task for task in plan.tasks}
    links: dict[int, list[str]] = {}
    for link in plan.links:
        links.setdefault(link.successor_uid, []).append(_link_said(link, day))
    for row in task_list(project):
        yield (
            row.uid, row.wbs, row.level, row.name, row.owner, row.start, row.finish, row.duration_minutes / day,
            row.percent_complete, row.baseline_start, row.baseline_finish, _in_days(row.total_float_minutes, day),
            _in_days(row.free_float_minutes, day), row.critical, row.milestone, row.deadline,
            constraint_words(tasks[row.uid]), "; ".join(links.get(row.uid, [])),
        )  # fmt: skip


def _in_days(minutes: float | None, day: int) -> float | None:
    return None if minutes is None else round(minutes / day, 2)


def _link_said(link: Link, day: int) -> str:
    """A predecessor as planners write it: ``12FS+2d``."""
    lag = link.lag.minutes / (1440 if link.lag.elapsed else day)
    return f"{link.predecessor_uid}{link.type.value}{f'{lag:+.10g}d' if lag else ''}"
