"""A source's place in context, the source as it came, and the communication matrix.

Text of sources is shown, never interpreted.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bywhen.kernel.errors import InputRefusedError
from bywhen.kernel.wording import day_long
from bywhen.record.forms import ARTEFACTS, AUDIENCES, CommunicationForm
from bywhen.record.models import Project, Source
from bywhen.record.selectors.communication import communication_list, recipient_list
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.places import place_get
from bywhen.record.selectors.projects import project_get
from bywhen.record.selectors.proposals import source_get
from bywhen.record.services.communication import communication_rule_add, communication_rule_remove


@require_GET
def evidence(request: HttpRequest, sha256: str) -> HttpResponse:
    """The place named in the address, in its context: for the drawer, or as a page."""
    source = _source(sha256)
    place = request.GET.get("place", "")
    context = {
        "source": source,
        "title": source.name.rpartition("/")[2],
        "place": place,
        "shown": place_get(source, place) if place else None,
        "received": day_long(source.received_at.date()),
        "original_url": reverse("record:original", args=[sha256]),
    }
    page = "record/_place.html" if getattr(request, "htmx", False) else "record/place.html"
    return render(request, page, context)


@require_GET
def original(_request: HttpRequest, sha256: str) -> HttpResponse:
    """The bytes as they came, always to be saved and never to be run by the browser."""
    source = _source(sha256)
    name = "".join(letter for letter in source.name.rpartition("/")[2] if letter.isprintable() and letter not in '"\\')
    response = HttpResponse(bytes(source.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "replace").decode()}"'
    response.headers["Content-Security-Policy"] = "sandbox"
    return response


@require_http_methods(["GET", "POST"])
def communication(request: HttpRequest, key: str) -> HttpResponse:
    """The communication matrix of a project; a row sent is added, or refused in place."""
    project = _project(key)
    if request.method == "GET":
        return _matrix(request, project)
    form = CommunicationForm(request.POST)
    if not form.is_valid():
        return _matrix(request, project, "Choose what goes to whom.")
    try:
        communication_rule_add(project=project, **form.cleaned_data)
    except InputRefusedError as error:
        return _matrix(request, project, str(error))
    messages.success(request, "The rule is added.")
    return redirect("record:communication", key=project.key)


@require_POST
def communication_remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a row out."""
    project = _project(key)
    rule = communication_list(project=project).filter(pk=pk).first()
    if rule is not None:
        communication_rule_remove(rule=rule)
        messages.success(request, "The rule is removed.")
    return redirect("record:communication", key=project.key)


def _matrix(request: HttpRequest, project: Project, problem: str = "") -> HttpResponse:
    words = dict(ARTEFACTS)
    context = {
        "project": project,
        "headline": f"{project.name}: who gets what",
        "sub": "Minutes, the weekly status and the steering pack go to those named here.",
        "rows": [
            {
                "pk": rule.pk,
                "what": words[rule.artefact],
                "whom": _whom(rule.audience_kind, rule.audience),
                "when": rule.when,
            }
            for rule in communication_list(project=project)
        ],
        "recipients": [
            {
                "title": title,
                "people": [
                    {"name": each.person.name, "address": each.address, "why": each.why}
                    for each in recipient_list(project=project, artefact=artefact)
                ],
            }
            for artefact, title in ARTEFACTS
        ],
        "artefacts": ARTEFACTS,
        "audiences": AUDIENCES,
        "people": person_list().values_list("name", flat=True),
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "record/communication.html", context, status=422 if problem else 200)


def _whom(kind: str, audience: str) -> str:
    return {"attendees": "Whoever attended", "raci": f"RACI letter {audience}"}.get(kind, audience)


def _project(key: str) -> Project:
    project = project_get(key)
    if project is None:
        raise Http404(key)
    return project


def _source(sha256: str) -> Source:
    source = source_get(sha256)
    if source is None:
        raise Http404(sha256)
    return source
