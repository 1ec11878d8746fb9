"""The words something was found in, with their place and the address that shows them there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from bywhen.week.views.drawers.acts import Evidence

if TYPE_CHECKING:
    from bywhen.record.models import Quote


def quote_shown(quote: Quote) -> Evidence:
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


def quotes_shown(quotes: Iterable[Quote]) -> list[Evidence]:
    """Quotes as the drawer shows them."""
    return [quote_shown(quote) for quote in quotes]
