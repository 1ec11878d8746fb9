"""Blockers by harm: what each holds up, which milestones it costs from which day on, who moves next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_short, working_days
from bywhen.record.selectors.projects import project_chosen
from bywhen.week.selectors.blocked import Blocked, blocked_list, blocked_owners

if TYPE_CHECKING:
    from bywhen.schedule.engine.exposure import Exposure

SHOWS = (
    ("all", "All"),
    ("critical", "On a critical path"),
    ("soon", "Missed within two weeks"),
    ("unplaced", "No task named"),
)
SOON_DAYS = 14
MOST = 4
"""Milestones named of each blocker before the rest is counted."""


@require_GET
def blockers(request: HttpRequest) -> HttpResponse:
    """The list; ``?show=`` and ``?whose=`` narrow it."""
    today = current_clock().today()
    found = blocked_list(today=today, project=project_chosen(request.GET.get("project"), request.session))
    show, whose = request.GET.get("show", "all"), request.GET.get("whose", "")
    listed = [each for each in found if _shown(each, show, today) and whose in ("", each.whose)]
    context = {
        "active": "blockers",
        "headline": _headline(found),
        "rows": [_row(each, today) for each in listed],
        "all": len(found),
        "show": show,
        "whose": whose,
        "shows": [
            {"key": key, "title": title, "url": f"?{urlencode({'show': key, 'whose': whose})}"} for key, title in SHOWS
        ],
        "owners": blocked_owners(found),
    }
    return render(request, "week/blockers.html", context)


def _shown(each: Blocked, show: str, today: date) -> bool:
    if show == "critical":
        return bool(each.critical_for)
    if show == "soon":
        return any((one.miss_on - today).days <= SOON_DAYS for one in each.threatened)
    return each.task_uid is None if show == "unplaced" else True


def _headline(found: list[Blocked]) -> str:
    if not found:
        return "Nothing is blocked."
    critical = sum(1 for each in found if each.critical_for)
    said = f"{counted(len(found), 'blocker')} open"
    return (
        f"{said}; {critical} on the critical path of a milestone." if critical else f"{said}, none on a critical path."
    )


def _row(each: Blocked, today: date) -> dict[str, Any]:
    fact, loop = each.fact, each.loop
    key = loop.project.key
    return {
        "title": loop.title,
        "url": reverse("week:loop", args=[loop.pk]),
        "project": loop.project.name,
        "rag": "red" if each.critical_for else "amber" if fact.escalate or each.threatened else "green",
        "age": f"open {working_days(fact.age_days)}" if fact.age_days else "opened today",
        "task": each.task,
        "task_url": f"{reverse('schedule:plan', args=[key])}?task={each.task_uid}" if each.task_uid is not None else "",
        "hangs": counted(fact.downstream, "task") if fact.downstream else "",
        "critical_for": ", ".join(each.critical_for[:MOST]),
        "cost": _cost(each, today),
        "misses": [_miss(one, today) for one in each.threatened[:MOST]],
        "more": max(len(each.threatened) - MOST, 0),
        "whose": each.whose or "Nobody",
        "sees_to_it": fact.owner if fact.waiting_on and fact.owner and fact.owner not in fact.waiting_on else "",
        "next": _next_step(each),
        "check": f"looked at again {day_short(loop.next_check, today)}" if loop.next_check else "no next check",
    }


def _cost(each: Blocked, today: date) -> list[str]:
    """What clearing it on the promised day costs, the end first."""
    if each.cost is None:
        return []
    first = each.threatened[0] if each.critical_for else None
    each_day = f"Each working day after {day_short(first.miss_on, today)} moves {first.name} by one." if first else ""
    when = "today" if each.cleared_on == today else f"on {day_short(each.cleared_on, today)}"
    if not each.cost.delay_days:
        return [f"Nothing, when it is cleared {when}.", *([each_day] if each_day else [])]
    moved = [f"{name} {working_days(days)}" for _, name, days in each.cost.milestones[:2]]
    end = f"the end {working_days(each.cost.finish_days)}" if each.cost.finish_days else "the end holds"
    return [f"Cleared {when}: {'; '.join([*moved, end])}.", *([each_day] if each_day else [])]


def _miss(one: Exposure, today: date) -> dict[str, Any]:
    late, day = one.miss_on < today, day_short(one.miss_on, today)
    return {"name": one.name, "on": one.on, "late": late, "text": f"missed since {day}" if late else day}


def _next_step(each: Blocked) -> str:
    if each.waits:
        return "Waits, with a reason"
    if each.task_uid is None:
        return "Name the task it holds up"
    if each.critical_for:
        return "Escalate now"
    return "Ask again" if each.fact.escalate else "Can wait until the next check-in"
