"""Proposals, lines and meetings as rows of the templates.

What does not live here: reading them (``selectors``), answering requests (the other views).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

from bywhen.kernel.wording import counted, day_short
from bywhen.meetings.engine.marking import marked
from bywhen.meetings.forms import NEEDS_OWNER
from bywhen.record.engine.payloads import ITEM_KINDS

if TYPE_CHECKING:
    from bywhen.meetings.models import Line, Meeting
    from bywhen.record.models import Proposal, Quote

OPEN = "proposed"
_STATES = {
    "edited": "Accepted with changes",
    "accepted": "Accepted",
    "rejected": "Rejected",
    "superseded": "Merged into another",
}


def item_row(proposal: Proposal) -> dict[str, Any]:
    """One proposal as ``meetings/_item.html`` and ``meetings/_judged.html`` want it."""
    payload: Mapping[str, Any] = proposal.edited or proposal.payload
    quotes = list(proposal.quotes.all())
    is_item = proposal.kind in ITEM_KINDS
    due = payload.get("due") or ""
    return {
        "key": proposal.pk,
        "kind": proposal.kind,
        "kind_title": "Change of the plan" if proposal.kind == "change" else proposal.kind.capitalize(),
        "text": payload.get("text") or proposal.text,
        "confidence": f"{proposal.confidence:.0%}".replace("%", "\N{NO-BREAK SPACE}%"),
        "quotes": [quote_row(quote) for quote in quotes],
        "line": line_number(quotes[0].place) if quotes else None,
        "is_item": is_item,
        "owner": payload.get("owner", ""),
        "owner_title": "Decided by" if proposal.kind == "decision" else "Owner",
        "owner_needed": proposal.kind in NEEDS_OWNER,
        "due": due,
        "due_shown": _day_of(due),
        "due_text": payload.get("due_text", ""),
        "has_due": is_item and proposal.kind != "decision",
        **lacks(proposal),
        "consequence": proposal.consequence.get("text", "") if proposal.kind == "change" else "",
        "impact": impact_of(proposal.consequence),
        "plan_url": _plan_url(proposal),
        "state": proposal.status,
        "mark": mark_of(proposal),
        "save_url": reverse("meetings:save", args=[proposal.pk]),
        "state_title": _STATES.get(proposal.status, proposal.status.capitalize()),
        "decided_by": proposal.decided_by,
        "reversible": proposal.status in _STATES,
    }


def mark_of(proposal: Proposal) -> str:
    """What the item says and what became of it, as a short mark: a page that shows an older one is out of date."""
    said = [proposal.status, proposal.edited or proposal.payload, proposal.consequence]
    told = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def lacks(proposal: Proposal) -> dict[str, bool]:
    """What the minutes would miss: an owner (all kinds but changes), a date (actions)."""
    payload = proposal.edited or proposal.payload
    return {
        "missing_owner": proposal.kind in ITEM_KINDS and not payload.get("owner"),
        "missing_due": proposal.kind == "action" and not payload.get("due"),
    }


def quote_row(quote: Quote) -> dict[str, Any]:
    """A quote with its line in the transcript."""
    return {
        "text": quote.text,
        "speaker": quote.speaker,
        "place": quote.place,
        "line": line_number(quote.place),
        "at": clock_of(quote.at_seconds),
    }


def line_number(place: str) -> int | None:
    """The number at the end of a place (``cue 12``, ``line 3``)."""
    found = re.search(r"(\d+)$", place)
    return int(found[1]) if found else None


def clock_of(seconds: float | None) -> str:
    """Seconds from the start as a recording shows them: ``4:05``, ``1:02:09``; '' when unknown."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def line_rows(lines: Iterable[Line], proposals: Sequence[Proposal], cited: int | None) -> list[dict[str, Any]]:
    """The transcript, each line in its quoted and unquoted parts; ``cited`` is the line that is shown first."""
    quoted: dict[int, list[tuple[str, int]]] = {}
    for proposal in proposals:
        for quote in proposal.quotes.all():
            number = line_number(quote.place)
            if number is not None:
                quoted.setdefault(number, []).append((quote.text, proposal.pk))
    rows, heading = [], ""
    for line in lines:
        told = quoted.get(line.number, [])
        rows.append(
            {
                "line": line.number,
                "speaker": line.speaker,
                "at": clock_of(line.start),
                "heading": line.heading if line.heading != heading else "",
                "parts": marked(line.text, [text for text, _ in told]),
                "item": told[0][1] if told else None,
                "cited": line.number == cited,
            }
        )
        heading = line.heading
    return rows


def impact_of(consequence: Mapping[str, Any]) -> dict[str, Any] | None:
    """A change's computed consequence as ``parts/impact.html`` wants it; None when nothing was computed."""
    finish = consequence.get("finish")
    if not finish:
        return None
    milestones = [each for each in consequence.get("milestones", ()) if each["working_days"]]
    rows = [_impact_row(each) for each in milestones] + [{**_impact_row(finish), "key": True}]
    bars = [
        {
            "name": each["name"],
            "milestone": True,
            "before": (date.fromisoformat(each["from"]),) * 2,
            "after": (date.fromisoformat(each["to"]),) * 2,
        }
        for each in milestones
    ]
    return {"caption": "What moves if this is accepted: date now, date then, working days", "rows": rows, "bars": bars}


def _impact_row(moved: Mapping[str, Any]) -> dict[str, Any]:
    before, after = date.fromisoformat(moved["from"]), date.fromisoformat(moved["to"])
    return {
        "name": moved["name"],
        "before": day_short(before, before),
        "after": day_short(after, before),
        "delta": moved["working_days"],
        "unit": "d",
    }


def _day_of(due: str) -> str:
    return day_short(date.fromisoformat(due)) if due else ""


def _plan_url(proposal: Proposal) -> str:
    """Where the change stands on the plan; '' when no plan screen is mounted."""
    if proposal.kind != "change":
        return ""
    try:
        address = reverse("schedule:plan", args=[proposal.project.key])
    except NoReverseMatch:
        return ""
    return f"{address}?task={proposal.payload.get('task_uid')}"


def people_shown(meeting: Meeting) -> str:
    """Who was there, in at most three names."""
    names = [person.name for person in meeting.attendees.all()]
    if not names:
        return "Nobody known by name"
    more = f" and {counted(len(names) - 2, 'other', 'others')}" if len(names) > 3 else ""
    return ", ".join(names[: 2 if more else 3]) + more
