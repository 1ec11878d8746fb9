"""The rules of change control of one project: from which effect a change needs a request, and who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bywhen.kernel.errors import ByWhenError
from bywhen.kernel.wording import counted
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.plan import plan_working_time
from bywhen.record.selectors.projects import project_chosen, project_get, project_list
from bywhen.record.selectors.proposals import proposal_list
from bywhen.registers.forms import ControlForm, person_named
from bywhen.registers.selectors.control import board_list, control_get, thresholds_of, thresholds_words
from bywhen.registers.services.change_acts import control_keep
from bywhen.registers.services.changes import changes_follow
from bywhen.registers.views.listing import UNDO

if TYPE_CHECKING:
    from bywhen.record.models import Project


@require_http_methods(["GET", "POST"])
def control(request: HttpRequest) -> HttpResponse:
    """Show the rules; a POST keeps them and judges the changes that wait by them."""
    project = _project(request)
    if project is None:
        return render(request, "registers/control.html", {"active": "changes", "project": None})
    if request.method == "POST":
        try:
            return _kept(request, project)
        except ByWhenError as error:
            return render(request, "registers/control.html", _page(request, project, problem=str(error)), status=422)
    return render(request, "registers/control.html", _page(request, project))


def _kept(request: HttpRequest, project: Project) -> HttpResponse:
    board = [person_named(name, "board") for name in request.POST.getlist("board")]
    done = control_keep(project=project, board=board, **ControlForm(request.POST).values())
    waiting = proposal_list(project=project, status="proposed")
    raised = changes_follow(proposals=waiting, working_time=plan_working_time(project))
    address = f"{reverse('registers:control')}?project={project.key}"
    if done.undo:
        request.session[UNDO] = {"said": done.said, "steps": list(done.undo), "back": address}
    more = f" {counted(raised, 'waiting change needs', 'waiting changes need')} a request now." if raised else ""
    messages.info(request, f"{done.said}{more}")
    return redirect(address)


def _project(request: HttpRequest) -> Project | None:
    if request.method == "POST":
        return project_get(request.POST.get("project", ""))
    chosen = project_chosen(request.GET.get("project"), request.session)
    return chosen or project_list().first()


def _page(request: HttpRequest, project: Project, problem: str = "") -> dict[str, Any]:
    control_row = control_get(project)
    on_board = {person.pk for person in board_list(project)}
    return {
        "active": "changes",
        "project": project,
        "projects_of": [
            {"title": each.name, "url": f"?project={each.key}", "current": each == project} for each in project_list()
        ],
        "control": control_row,
        "currency": control_row.currency or project.currency,
        "people": sorted(
            ({"name": person.name, "member": person.pk in on_board} for person in person_list()),
            key=lambda each: not each["member"],
        ),
        "limits": thresholds_words(thresholds_of(project)),
        "problem": problem,
        "typed": request.POST,
        "last": request.session.get(UNDO),
    }
