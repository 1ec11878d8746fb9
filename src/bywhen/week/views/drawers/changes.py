"""Drawers of proposed changes of the plan, and the picture of what a change moves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bywhen.kernel.wording import day_short
from bywhen.record.selectors.proposals import proposal_get
from bywhen.registers.selectors.entries import change_references
from bywhen.week.engine.ranking import Need
from bywhen.week.views.drawers.acts import Evidence, days_form, days_of, link, need_number, posted, with_primary
from bywhen.week.views.drawers.quotes import quotes_shown

if TYPE_CHECKING:
    from bywhen.record.models import Proposal


def change(need: Need) -> Evidence:
    """A proposed change: what was said, what it moves, accept or reject."""
    proposal = proposal_get(need_number(need))
    if proposal is None:
        return {}
    text = str(proposal.consequence.get("text", ""))
    reference = change_references([proposal]).get(proposal.pk)
    raised = f"{reference} is raised in the change register." if reference else ""
    acts = [
        posted(need, "accept", "Accept: put it into the plan", "a"),
        posted(need, "reject", "Reject: the plan stays", "x"),
    ]
    return {
        "about": f"Proposed change · {proposal.project.name} · {proposal.confidence:.0%} sure",
        "why_title": "What was said",
        "quotes": quotes_shown(proposal.quotes.all()),
        "computed": [said for said in (text, raised) if said],
        "impact_title": "If it is accepted",
        "impact": impact_shown(proposal.consequence, "If the change is accepted"),
        "actions": with_primary([*acts, *_meeting_link(proposal)]),
        "forms": [days_form(need, proposal)] if days_of(proposal) is not None else [],
    }


def _meeting_link(proposal: Proposal) -> list[Evidence]:
    room, _, pk = proposal.origin.partition(":")
    if room != "meeting" or not pk.isdigit():
        return []
    return [link("See it in the meeting", reverse("meetings:review", args=[int(pk)]), "m")]


def impact_shown(consequence: dict[str, Any], caption: str, most: int = 6) -> Evidence | None:
    """A kept consequence as the table and drawing of ``parts/impact.html``; None when no date moves."""
    moved = [each for each in consequence.get("milestones", ()) if each["working_days"]][:most]
    finish = consequence.get("finish") or {}
    if finish.get("working_days"):
        moved.append({**finish, "name": f"{finish['name']} ends", "key": True})
    if not moved:
        return None
    rows = [
        {
            "name": each["name"],
            "before": day_short(date.fromisoformat(each["from"]), date.fromisoformat(each["to"])),
            "after": day_short(date.fromisoformat(each["to"])),
            "delta": each["working_days"],
            "unit": "d",
            "key": each.get("key", False),
        }
        for each in moved
    ]
    bars = [
        {
            "name": each["name"],
            "milestone": True,
            "before": (date.fromisoformat(each["from"]),) * 2,
            "after": (date.fromisoformat(each["to"]),) * 2,
        }
        for each in moved[-4:]
    ]
    return {"caption": caption, "rows": rows, "bars": bars}
