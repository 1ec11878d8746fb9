"""Keeping the words by which decisions are found. What does not live here: searching (``selectors.searching``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bywhen.meetings.engine.searching import words_kept
from bywhen.meetings.models import DecisionWords

if TYPE_CHECKING:
    from bywhen.meetings.models import Decision


def decision_index(*, decision: Decision) -> None:
    """Keep the words of a decision anew: what was decided and considered, who, its meeting and its quotes."""
    quotes = [part for quote in decision.quotes.all() for part in (quote.speaker, quote.text)]
    meeting = decision.meeting.title if decision.meeting else ""
    words = words_kept(decision.text, decision.decided_by, meeting, decision.options, *quotes)
    DecisionWords.objects.update_or_create(decision=decision, defaults={"words": words})
