"""What every page shows alike: a quote with its place, what a change moves before and after.

What does not live here: the templates (``platform/parts``), which quotes and changes (the rooms' views).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode

from bywhen.kernel.wording import day_short

if TYPE_CHECKING:
    from bywhen.record.models import Quote

Shown = dict[str, Any]
"""The context of a template."""


def quote_shown(quote: Quote) -> Shown:
    """A quote with its place and the address that shows it in context."""
    seconds = int(quote.at_seconds) if quote.at_seconds is not None else None
    return {
        "text": quote.text or quote.place,
        "by": quote.speaker,
        "at": f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}" if seconds is not None else "",
        "source": quote.source.name.rpartition("/")[2],
        "place": quote.place,
        "url": evidence_address(quote.source.sha256, quote.place),
    }


def evidence_address(sha256: str, place: str) -> str:
    """Where a place in a source is shown."""
    return f"{reverse('record:evidence', args=[sha256])}?{urlencode({'place': place})}"


def quotes_shown(quotes: Iterable[Quote]) -> list[Shown]:
    """Quotes as the drawer shows them."""
    return [quote_shown(quote) for quote in quotes]


def impact_shown(consequence: Mapping[str, Any], caption: str, most: int = 6) -> Shown | None:
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
