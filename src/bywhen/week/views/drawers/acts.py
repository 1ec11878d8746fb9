"""What can be done from a drawer: addresses to post to, links, and the forms that want words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted
from bywhen.record.engine.payloads import ChangePayload
from bywhen.schedule.selectors import working_time_of
from bywhen.week.engine.ranking import Need

if TYPE_CHECKING:
    from bywhen.loops.models import Loop
    from bywhen.record.models import Proposal

Evidence = dict[str, Any]
"""The context of ``platform/parts/evidence.html``, with ``forms`` for what needs words."""
TARGET = "#today"


def need_number(need: Need) -> int:
    """The key of the row that the need speaks of: the number behind the colon of its reference."""
    return int(need.ref.rpartition(":")[2])


def posted(need: Need, act: str, title: str, key: str) -> Evidence:
    """An act that changes something: a button with its key."""
    address = reverse("week:act", args=[need.ref, act])
    return {"title": title, "key": key, "url": address, "method": "post", "target": TARGET}


def link(title: str, address: str, key: str) -> Evidence:
    """An act that leads somewhere."""
    return {"title": title, "key": key, "url": address, "method": "get"}


def with_primary(acts: list[Evidence]) -> list[Evidence]:
    """The first act is the one that Enter does."""
    return [{**each, "primary": True, "key": "Enter"} if not i else each for i, each in enumerate(acts)]


def wait_form(need: Need, loop: Loop) -> Evidence:
    """Put it off: the reason and the day to look again, three working days from now unless another is given."""
    today = current_clock().today()
    until = working_time_of(loop.project).add_days(today, 3)
    return {
        "title": "Can wait, because ...",
        "key": "w",
        "url": reverse("week:act", args=[need.ref, "wait"]),
        "target": TARGET,
        "submit": "Let it wait",
        "fields": [
            {"name": "reason", "label": "Because", "kind": "text"},
            {
                "name": "until",
                "label": "Look again on",
                "kind": "date",
                "value": until.isoformat(),
                "low": (today + timedelta(days=1)).isoformat(),
            },
        ],
    }


def leave_form(need: Need) -> Evidence:
    """Set a finding aside with the reason; it comes back when its facts change."""
    return {
        "title": "Seen, does not matter, because ...",
        "key": "w",
        "url": reverse("week:act", args=[need.ref, "leave"]),
        "target": TARGET,
        "submit": "Leave it",
        "fields": [{"name": "reason", "label": "Because", "kind": "text"}],
    }


def days_of(proposal: Proposal) -> float | None:
    """The working days by which a proposed change moves or lengthens its task; None when it says neither."""
    payload = ChangePayload.from_document(proposal.payload)
    return payload.delay_days if payload.delay_days is not None else payload.extend_days


def days_form(need: Need, proposal: Proposal) -> Evidence:
    """Accept with another number of days than was said."""
    days = days_of(proposal)
    return {
        "title": "Accept with other days ...",
        "key": "e",
        "url": reverse("week:act", args=[need.ref, "accept"]),
        "target": TARGET,
        "submit": "Accept with these days",
        "fields": [
            {
                "name": "days",
                "label": f"Working days (said: {counted(int(days or 0), 'day')})",
                "kind": "number",
                "value": f"{days:g}",
            }
        ],
    }
