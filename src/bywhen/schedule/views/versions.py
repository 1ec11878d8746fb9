"""The plan's versions: who changed what, when and why; any two side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bywhen.kernel.wording import counted, day_long
from bywhen.schedule.engine.compare import Comparison, compare
from bywhen.schedule.forms import number_read
from bywhen.schedule.selectors import schedule_of, undo_next, version_changes, version_get, version_list
from bywhen.schedule.services.versions import version_restore
from bywhen.schedule.views.asked import project_asked

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.schedule.models import PlanVersion

MOST = 100
"""Rows shown of each kind of difference."""


@require_GET
def history(request: HttpRequest, key: str) -> HttpResponse:
    """All versions, newest first; with ``?from=3&to=5`` what differs between two."""
    project = project_asked(request, key)
    versions = list(version_list(project))
    made_by_change = version_changes(versions)
    old, new = _chosen(request, project, versions)
    context = {
        "active": "plan",
        "project": project,
        "versions": [{"version": each, "change": made_by_change.get(each.number)} for each in versions],
        "undo": undo_next(project),
        "old": old,
        "new": new,
        "difference": _difference(old, new) if old and new else None,
        "headline": f"The plan of {project.name} has {counted(len(versions), 'version')}.",
    }
    return render(request, "schedule/versions.html", context)


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponseRedirect:
    """Make an earlier version's state the current one again."""
    project = project_asked(request, key)
    version = version_restore(project=project, number=number_read(request.POST.get("number", "")) or 0)
    messages.success(request, f"Version {version.number}: {version.reason}. Undo with u.")
    return redirect("schedule:versions", key=project.key)


def _chosen(
    request: HttpRequest, project: Project, versions: list[PlanVersion]
) -> tuple[PlanVersion | None, PlanVersion | None]:
    """The two versions asked for; the last two when none are named and there are two."""
    numbers = [each.number for each in versions]
    first, second = (request.GET.get(name, "") for name in ("from", "to"))
    if not first and not second:
        wanted = numbers[1::-1] if len(numbers) > 1 else []
    elif first.isdecimal() and second.isdecimal() and {int(first), int(second)} <= set(numbers):
        wanted = sorted((int(first), int(second)))
    else:
        raise Http404("There is no such version.")
    found = [version_get(project, number) for number in wanted]
    return (found[0], found[1]) if found else (None, None)


def _difference(old: PlanVersion, new: PlanVersion) -> dict[str, Any]:
    before, after = schedule_of(old), schedule_of(new)
    found = compare(before.plan, after.plan, recompute=True)
    day = after.plan.minutes_per_day
    groups = [
        ("Moved", [_moved(each) for each in found.moved]),
        ("Added", [{"uid": each.uid, "name": each.name, "text": ""} for each in found.added]),
        ("Removed", [{"uid": 0, "name": each.name, "text": ""} for each in found.removed]),
        (
            "Re-estimated",
            [
                {
                    "uid": each.uid,
                    "name": each.name,
                    "text": f"{each.before_minutes / day:.10g} d becomes {each.after_minutes / day:.10g} d",
                }
                for each in found.reestimated
            ],
        ),
        (
            "Re-linked",
            [
                {"uid": each.uid, "name": each.name, "text": _relinked(each.added, each.removed)}
                for each in found.relinked
            ],
        ),
        ("Corners cut", [{"uid": each.uid, "name": each.name, "text": each.text} for each in found.cut_corners]),
    ]
    return {
        "sentence": _sentence(found),
        "groups": [
            {"title": title, "count": len(rows), "rows": rows[:MOST], "more": max(len(rows) - MOST, 0)}
            for title, rows in groups
            if rows
        ],
    }


def _sentence(found: Comparison) -> str:
    days = found.finish_working_days
    end = day_long(found.finish_after.date())
    if not days:
        return f"The end stays on {end}."
    before, direction = day_long(found.finish_before.date()), "later" if days > 0 else "earlier"
    return f"The end moves {counted(abs(days), 'working day')} {direction}, from {before} to {end}."


def _moved(each: Any) -> dict[str, Any]:
    return {
        "uid": each.uid,
        "name": each.name,
        "text": f"{day_long(each.before.date(), each.after.date())} becomes {day_long(each.after.date())}",
        "days": each.working_days,
    }


def _relinked(added: tuple[str, ...], removed: tuple[str, ...]) -> str:
    parts = [f"now waits for {', '.join(added)}"] if added else []
    parts += [f"no longer waits for {', '.join(removed)}"] if removed else []
    return "; ".join(parts)
