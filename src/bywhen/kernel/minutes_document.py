"""The facts of minutes as JSON and back: what a published version keeps, so that it can always be written again.

What does not live here: the facts themselves (:mod:`bywhen.kernel.minutes`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bywhen.kernel.minutes import MinutesFacts
from bywhen.kernel.plan_document import decoded, encoded


def minutes_document(facts: MinutesFacts) -> dict[str, Any]:
    """JSON-ready; dates are ISO 8601, fields at their default are left out."""
    document = encoded(facts)
    assert isinstance(document, dict)
    return document


def minutes_from_document(document: Mapping[str, Any]) -> MinutesFacts:
    """The facts again, equal to those that were written.

    >>> from datetime import date
    >>> facts = MinutesFacts(meeting="Sync", project="Meridian", held_on=date(2026, 11, 19), number=1)
    >>> minutes_from_document(minutes_document(facts)) == facts
    True
    """
    facts = decoded(MinutesFacts, document)
    assert isinstance(facts, MinutesFacts)
    return facts
