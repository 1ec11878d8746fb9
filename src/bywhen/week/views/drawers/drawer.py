"""What the evidence drawer shows for each kind of need: where it comes from, what waiting costs, what can be done."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.http import urlencode

from bywhen.week.engine.ranking import Need
from bywhen.week.views.drawers.acts import Evidence, link, with_primary
from bywhen.week.views.drawers.changes import change, control, request
from bywhen.week.views.drawers.findings import money, reforecast, status
from bywhen.week.views.drawers.waiting import blocker, loop_finding, overdue


def drawer(need: Need) -> Evidence:
    """The drawer of one need."""
    shown = _KINDS[need.kind](need)
    shown.setdefault("title", need.title)
    shown.setdefault("about", need.loss)
    return shown


def _minutes(need: Need) -> Evidence:
    room, _, rest = need.ref.partition(":")
    if room == "meetings":
        address = f"{reverse('meetings:list')}?{urlencode({'project': rest})}"
        return {"actions": with_primary([link("Go to the meetings", address, "m")])}
    address = reverse("meetings:review", args=[int(rest)])
    return {
        "computed": ["Each item carries the words it was found in; nothing is told to anybody before you accept it."],
        "actions": with_primary([link("Review the items", address, "m")]),
    }


def _asks(_need: Need) -> Evidence:
    return {
        "computed": [
            "ByWhen sends nothing: what you approve can be copied, mailed from your own program or saved as a file."
        ],
        "actions": with_primary([link("Look at the messages", reverse("followup:outbox"), "f")]),
    }


_KINDS: dict[str, Callable[[Need], Evidence]] = {
    "blocker": blocker,
    "change": change,
    "request": request,
    "control": control,
    "minutes": _minutes,
    "overdue": overdue,
    "ownerless": loop_finding,
    "silent": loop_finding,
    "re-forecast": reforecast,
    "status": status,
    "money": money,
    "asks": _asks,
}
