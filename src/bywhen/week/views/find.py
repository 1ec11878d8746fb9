"""What Ctrl-K finds as one types: open loops, decisions and tasks of the plans."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bywhen.loops.selectors import loop_list
from bywhen.meetings.selectors.searching import decision_search
from bywhen.record.selectors.projects import project_list
from bywhen.schedule.selectors import task_list

MOST = 8
SHORTEST = 2


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Places whose names hold every word of ``q``, as JSON for the palette."""
    words = request.GET.get("q", "").split()[:8]
    if not words or len("".join(words)) < SHORTEST:
        return JsonResponse({"places": []})
    places = []
    loops = loop_list()
    for word in words:
        loops = loops.filter(title__icontains=word)
    places += [
        {"title": loop.title, "url": reverse("week:loop", args=[loop.pk]), "note": f"{loop.kind}, {loop.project.name}"}
        for loop in loops[:MOST]
    ]
    places += [
        {
            "title": each.text,
            "url": reverse("meetings:decision", args=[each.pk]),
            "note": f"decision, {each.status}, {each.project.name}",
        }
        for each in decision_search(" ".join(words))[:MOST]
    ]
    for project in project_list():
        tasks = task_list(project)
        for word in words:
            tasks = tasks.filter(name__icontains=word)
        places += [
            {
                "title": task.name,
                "url": f"{reverse('schedule:plan', args=[project.key])}#task-{task.uid}",
                "note": f"task, {project.name}",
            }
            for task in tasks[:MOST]
        ]
    return JsonResponse({"places": places})
