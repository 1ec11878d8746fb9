"""The baselines of a plan: which there are, what moved since, setting, naming and taking away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bywhen.kernel.wording import counted, day_long, days_after
from bywhen.schedule.engine.baselines import (
    NUMBERS,
    BaselineSummary,
    Drift,
    baseline_dates,
    baseline_drift,
    baselines_of,
)
from bywhen.schedule.forms import number_read, version_expected
from bywhen.schedule.selectors import plan_working_time, schedule_of, undo_next
from bywhen.schedule.services.baselines import baseline_delete, baseline_rename, baseline_set
from bywhen.schedule.views.asked import project_asked, version_asked

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.schedule.engine.cpm import Schedule

MOST = 100
"""Tasks shown of a comparison."""


@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    """All baselines; with ``?from=0&to=2`` (or ``to=now``) what moved from one to the other."""
    project = project_asked(request, key)
    version = version_asked(project)
    schedule = schedule_of(version)
    known = baselines_of(schedule.plan)
    context = {
        "active": "plan",
        "project": project,
        "version": version,
        "headline": _headline(project, known),
        "baselines": [_row(schedule, each) for each in known],
        "free": [number for number in NUMBERS if number not in {each.number for each in known}],
        "comparison": _comparison(request, schedule, known) if known else None,
        "undo": undo_next(project),
    }
    return render(request, "schedule/baselines.html", context)


@require_POST
def act(request: HttpRequest, key: str, name: str) -> HttpResponseRedirect:
    """Set, rename or delete one; the page comes back."""
    project = project_asked(request, key)
    version_expected(request.POST, version_asked(project).number)
    number = number_read(request.POST.get("number", ""))
    said = request.POST.get("name", "")
    if name == "set":
        text = baseline_set(project=project, number=number, name=said)
    elif name == "rename":
        text = baseline_rename(project=project, number=-1 if number is None else number, name=said)
    else:
        text = baseline_delete(project=project, number=-1 if number is None else number)
    messages.success(request, f"{text} Undo with u.")
    return redirect("schedule:baselines", key=project.key)


def _headline(project: Project, known: list[BaselineSummary]) -> str:
    if not known:
        return f"The plan of {project.name} has no baseline: nothing says yet what was agreed."
    return f"The plan of {project.name} has {counted(len(known), 'baseline')}."


def _dates(schedule: Schedule) -> dict[int, Any]:
    return {row.uid: (row.start, row.finish) for row in schedule.rows()}


def _row(schedule: Schedule, each: BaselineSummary) -> dict[str, Any]:
    calendar = plan_working_time(schedule.plan)
    drift = baseline_drift(schedule.plan, each.number, _dates(schedule), calendar)
    later = sum(1 for one in drift if one.working_days > 0)
    assert each.finish is not None
    days = calendar.working_days_between(each.finish.date(), schedule.finish.date())
    return {
        "number": each.number,
        "name": each.name,
        "tasks": each.tasks,
        "set_on": each.set_on,
        "finish": each.finish,
        "now": f"the plan ends {days_after(days, 'it')}" if days else "the plan ends as agreed",
        "later": counted(later, "task is later", "tasks are later") if later else "no task is later",
    }


def _comparison(request: HttpRequest, schedule: Schedule, known: list[BaselineSummary]) -> dict[str, Any]:
    numbers = {each.number: each.name for each in known}
    first, second = number_read(request.GET.get("from", "")), number_read(request.GET.get("to", ""))
    old = first if first in numbers else known[0].number
    assert old is not None
    new = second if second in numbers else None
    dates = _dates(schedule) if new is None else baseline_dates(schedule.plan, new)
    rows = baseline_drift(schedule.plan, old, dates, plan_working_time(schedule.plan))
    return {
        "old": old,
        "new": new,
        "title": f"From {numbers[old]} to {'the plan now' if new is None else numbers[new]}",
        "sentence": _sentence(rows),
        "rows": [_drifted(each) for each in rows[:MOST]],
        "more": max(len(rows) - MOST, 0),
    }


def _sentence(rows: list[Drift]) -> str:
    later = sum(1 for each in rows if each.working_days > 0)
    earlier = sum(1 for each in rows if each.working_days < 0)
    if not later and not earlier:
        return "Every task ends on the day that was agreed."
    worst = f", most of all {rows[0].name}" if later else ""
    parts = [counted(later, "task ends later", "tasks end later") + worst] if later else []
    return "; ".join([*parts, *([counted(earlier, "ends earlier", "end earlier")] if earlier else [])]) + "."


def _drifted(each: Drift) -> dict[str, Any]:
    return {
        "uid": each.uid,
        "name": each.name,
        "before": day_long(each.before.date(), each.after.date()),
        "after": day_long(each.after.date(), each.before.date()),
        "days": each.working_days,
    }
