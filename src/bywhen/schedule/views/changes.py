"""Changing the plan: the impact first, then commit, propose, undo."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bywhen.schedule.forms import change_read, sent_with, version_expected
from bywhen.schedule.services.changes import change_commit, change_impact, change_propose, plan_undo
from bywhen.schedule.services.consequences import impact_sentence
from bywhen.schedule.views.asked import project_asked, version_asked
from bywhen.schedule.views.consequence import consequence


@require_POST
def impact(request: HttpRequest, key: str) -> HttpResponse:
    """What a change would do; nothing is written."""
    project = project_asked(request, key)
    version = version_asked(project)
    payload = change_read(sent_with(request))
    found = change_impact(project=project, payload=payload)
    return render(request, "schedule/_impact.html", {"change": consequence(project, version, payload, found)})


@require_POST
def commit(request: HttpRequest, key: str) -> HttpResponseRedirect:
    """Make the change; the page comes back with the task still chosen."""
    project = project_asked(request, key)
    version_expected(request.POST, version_asked(project).number)
    payload = change_read(request.POST)
    found = change_impact(project=project, payload=payload)
    proposal = change_commit(project=project, payload=payload, reason=request.POST.get("reason", "").strip())
    messages.success(request, f"{proposal.text}. {impact_sentence(found)} Undo with u.")
    return plan_shown(project.key, payload.task_uid)


@require_POST
def propose(request: HttpRequest, key: str) -> HttpResponseRedirect:
    """Put the change with its consequence before whoever decides; the plan stays as it is."""
    project = project_asked(request, key)
    version_expected(request.POST, version_asked(project).number)
    payload = change_read(request.POST)
    proposal = change_propose(project=project, payload=payload)
    messages.success(
        request, f"Proposed: {proposal.text}. It waits on Today; the plan stays as it is until somebody decides."
    )
    return plan_shown(project.key, payload.task_uid)


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponseRedirect:
    """Take the last change back."""
    project = project_asked(request, key)
    text, uid = plan_undo(project=project)
    messages.success(request, f"Undone: {text}. The plan is as it was before.")
    back = request.POST.get("back", "")
    if back in ("baselines", "versions"):
        return redirect(f"schedule:{back}", key=project.key)
    sent = request.POST.get("uid", "")
    return plan_shown(project.key, uid if uid is not None else int(sent) if sent.isdecimal() else None)


def plan_shown(key: str, uid: int | None) -> HttpResponseRedirect:
    """Back to the plan with a task chosen."""
    address = reverse("schedule:plan", args=[key])
    return redirect(f"{address}?task={uid}" if uid is not None else address)
