"""What an address names: the project, its plan, its current version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest

from bywhen.kernel.errors import StateWrongError
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.projects import CHOSEN, project_get
from bywhen.schedule.models import PlanVersion
from bywhen.schedule.selectors import version_current

if TYPE_CHECKING:
    from bywhen.record.models import Project


def project_asked(request: HttpRequest, key: str) -> Project:
    """The project with this key, which becomes the chosen one.

    Raises:
        Http404: when there is none.
    """
    project = project_get(key)
    if project is None:
        raise Http404(f"There is no project {key}.")
    if request.session.get(CHOSEN) != project.key:
        request.session[CHOSEN] = project.key
    return project


def version_asked(project: Project) -> PlanVersion:
    """The current version of a project's plan.

    Raises:
        StateWrongError: when there is no plan yet.
    """
    version = version_current(project)
    if version is None:
        raise StateWrongError(f"{project.name} has no plan yet; take one in first.")
    return version


def reader_name(request: HttpRequest) -> str:
    """The name under which the signed-in person stands in plans; '' when no person is linked to the account."""
    person = person_list().filter(user_id=request.user.pk).first() if request.user.pk else None
    return person.name if person else ""
