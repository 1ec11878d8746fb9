"""Slips that point to something larger: each with its reasons and what was known of it day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_short, working_days
from bywhen.schedule.engine.signals import ALERT_WEIGHT, Reason, SlipKind
from bywhen.schedule.selectors import SlipSignal, slip_signals
from bywhen.schedule.views.asked import project_asked

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.schedule.engine.signals import Observation

MOST_ROWS = 8
WATCHED = 2
"""Slips of this weight are shown as being watched: one reason that alone means little."""
_TITLES = {
    SlipKind.REPEATED: "Put off again and again",
    SlipKind.FLOAT_EROSION: "Float runs out",
    SlipKind.CLUSTER: "Not alone",
    SlipKind.MERGE_EXPOSURE: "Others wait at a merge point",
    SlipKind.STUCK: "Almost done, and staying so",
    SlipKind.BASELINE_DRIFT: "Away from what was agreed",
}


@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    """The signals of a project, heaviest first; ``?kind=cluster`` shows those with one kind of reason."""
    project = project_asked(request, key)
    every = slip_signals(project, current_clock().today(), least=WATCHED)
    found = [each for each in every if each.weight >= ALERT_WEIGHT]
    kind = request.GET.get("kind", "")
    shown = [each for each in found if not kind or kind in {reason.kind.value for reason in each.reasons}]
    kinds = [one for one in SlipKind if any(reason.kind is one for each in found for reason in each.reasons)]
    context = {
        "active": "plan",
        "project": project,
        "headline": _headline(project, len(found)),
        "signals": [_shown(project, each) for each in shown],
        "watched": [_shown(project, each) for each in every if each.weight < ALERT_WEIGHT],
        "kinds": [{"value": one.value, "title": _TITLES[one], "chosen": one.value == kind} for one in kinds],
        "kind": kind,
    }
    return render(request, "schedule/signals.html", context)


def _headline(project: Project, count: int) -> str:
    if not count:
        return f"No slip of {project.name} points to something larger."
    said = counted(count, "slip")
    return f"{said[0].upper()}{said[1:]} of {project.name} point{'s' if count == 1 else ''} to something larger."


def _shown(project: Project, signal: SlipSignal) -> dict[str, Any]:
    first, last = signal.observations[0], signal.observations[-1]
    later = working_days(signal.slipped_days)
    return {
        "name": signal.name,
        "uid": signal.uid,
        "slipped": f"{later} later than on {day_short(first.on)}: now {day_short(last.finish)}",
        "reasons": [_reason(each) for each in signal.reasons],
        "rows": [_row(each) for each in signal.observations[-MOST_ROWS:]],
        "with_float": any(each.float_days is not None for each in signal.observations),
        "why_url": reverse("schedule:why", args=[project.key, signal.uid]) if signal.uid is not None else "",
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"title": _TITLES[reason.kind], "text": reason.text}


def _row(each: Observation) -> dict[str, Any]:
    return {
        "on": each.on,
        "finish": each.finish,
        "float": "" if each.float_days is None else f"{each.float_days:.4g} d",
        "percent": f"{each.percent:.0f} %" if each.float_days is not None else "",
    }
