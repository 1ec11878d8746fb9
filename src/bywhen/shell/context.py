"""What every page's frame shows: navigation with counts, projects, freshness, further places for Ctrl-K."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from bywhen.finance.selectors import ledger_list
from bywhen.followup.selectors.asks import ask_list, week_of
from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_short
from bywhen.loops.selectors import loops_broken
from bywhen.meetings.selectors.held import meeting_list
from bywhen.record.selectors.projects import EVERY, project_chosen, project_list
from bywhen.record.selectors.proposals import proposal_counts_by_origin
from bywhen.schedule.selectors import plan_day
from bywhen.week.selectors.needs import need_list

if TYPE_CHECKING:
    from bywhen.record.models import Project

STALE_DAYS = {"plan": 14, "ledger": 35, "meeting": 14}
"""Calendar days after which a source is called out of date: two turns of the week; a month and its closing."""
_SCREENS = (
    ("today", "Today", "week:today", "inbox"),
    ("plan", "Plan", "schedule:home", "chart-gantt"),
    ("meetings", "Meetings", "meetings:list", "message-square-quote"),
    ("followup", "Follow-up", "followup:outbox", "send"),
    ("status", "Status", "reports:overview", "file-text"),
)
_ACROSS = (
    ("blockers", "Blockers", "week:blockers", "circle-alert"),
    ("loops", "Open loops", "week:loops", "list-todo"),
    ("registers", "Registers", "registers:home", "triangle-alert"),
    ("changes", "Changes", "registers:changes", "pencil"),
    ("decisions", "Decisions", "meetings:decisions", "circle-check"),
)
"""Key, title, address, icon."""


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context for ``platform/base.html``; empty for those who have not entered, and for fragments."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "htmx", False):
        return {}
    chosen = project_chosen(request.GET.get("project"), request.session)
    projects = list(project_list())
    today = current_clock().today()
    counts = _counts(request, today, chosen)
    fresh, stale = _freshness(chosen, today)
    return {
        "nav": [_place(*screen, counts) for screen in _SCREENS],
        "nav_across": [_place(*screen, counts) for screen in _ACROSS],
        "projects": _switcher(request, projects, chosen),
        "scope_title": chosen.name if chosen else "All projects",
        "freshness": fresh,
        "stale": stale,
        "palette": _palette(chosen),
        "find_url": reverse("week:find"),
    }


def _place(key: str, title: str, name: str, icon: str, counts: dict[str, int]) -> dict[str, Any]:
    """A screen with its count of what needs a person."""
    return {"key": key, "title": title, "url": reverse(name), "icon": icon, "count": counts.get(key, 0)}


def _counts(request: HttpRequest, today: date, chosen: Project | None) -> dict[str, int]:
    shown = getattr(request, "needs_shown", None)  # Today has just counted them
    undecided = proposal_counts_by_origin()
    if chosen is not None:
        own = {f"meeting:{pk}" for pk in meeting_list(project=chosen).values_list("pk", flat=True)}
        undecided = {origin: count for origin, count in undecided.items() if origin in own}
    meetings = sum(1 for origin in undecided if origin.startswith("meeting:"))
    return {
        "today": len(need_list(today=today, project=chosen)) if shown is None else shown,
        "meetings": meetings,
        "followup": ask_list(status="draft", week=week_of(today), project=chosen).count(),
        "loops": loops_broken(project=chosen).count(),
    }


def _switcher(request: HttpRequest, projects: list[Project], chosen: Project | None) -> list[dict[str, Any]]:
    if not projects:
        return []
    path = request.path if request.method == "GET" else "/"
    lists = path if "/" not in path.strip("/") else "/"  # what stands below a list belongs to one project
    every = {
        "title": "All projects",
        "url": f"{lists}?{urlencode({'project': EVERY})}",
        "current": chosen is None,
        "note": "",
    }
    return [
        every,
        *(
            {
                "title": project.name,
                "url": f"{_same_page(path, chosen, project)}?{urlencode({'project': project.key})}",
                "current": project == chosen,
                "note": project.key,
            }
            for project in projects
        ),
    ]


def _same_page(path: str, chosen: Project | None, other: Project) -> str:
    """Where the reader of ``path`` goes on in another project: the same page where its address names the project, else
    the list that holds it. The query's other parts belong to the page left.
    """
    parts = path.strip("/").split("/")
    if chosen is not None and len(parts) in (2, 3) and parts[1] == chosen.key:
        return f"/{'/'.join([parts[0], other.key, *parts[2:]])}/"
    if len(parts) > 1:
        return f"/{parts[0]}/" if any(parts[0] == reverse(name).strip("/") for _, _, name, _ in _SCREENS) else "/"
    return path


def _freshness(project: Project | None, today: date) -> tuple[list[str], str]:
    """How old each kind of source is, and the sentence about what is out of date."""
    days = {
        "plan": plan_day(project),
        "ledger": ledger_list(project=project, until=today)
        .order_by("-booked_on")
        .values_list("booked_on", flat=True)
        .first(),
        "meeting": meeting_list(project=project).values_list("held_on", flat=True).first(),
    }
    newest = {kind: day for kind, day in days.items() if day is not None}
    fresh = [f"{kind.capitalize()} {day_short(day, today)}" for kind, day in newest.items()]
    old = [(kind, (today - day).days) for kind, day in newest.items() if (today - day).days > STALE_DAYS[kind]]
    sentences = [
        f"{'the last ' if kind == 'meeting' else 'the '}{kind} is {counted(days, 'day')} old" for kind, days in old
    ]
    return fresh, "; ".join(sentences).capitalize() if sentences else ""


def _palette(chosen: Project | None) -> list[dict[str, str]]:
    """Recent meetings; tasks are found by the search as one types."""
    return [
        {
            "title": meeting.title or meeting.source.name,
            "url": reverse("meetings:review", args=[meeting.pk]),
            "note": f"meeting, {day_short(meeting.held_on)}",
        }
        for meeting in meeting_list(project=chosen)[:40]
    ]
