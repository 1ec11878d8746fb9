"""What the meeting missed, as rows of ``meetings/_missed.html``.

What does not live here: finding it (``selectors.overlooked``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bywhen.kernel.wording import counted, listed
from bywhen.meetings.engine.publishing import ACCEPTED, OPEN
from bywhen.meetings.selectors.overlooked import meeting_overlooked
from bywhen.meetings.views.rows import item_row, lacks

if TYPE_CHECKING:
    from bywhen.meetings.models import Line, Meeting
    from bywhen.record.models import Proposal


def missed_shown(meeting: Meeting, lines: Sequence[Line], proposals: Sequence[Proposal]) -> dict[str, Any]:
    """Agenda points without an outcome, decisions asked for and not taken, items without owner or date; a summary."""
    found = meeting_overlooked(meeting, lines, proposals)
    kept = [each for each in proposals if each.status in (OPEN, *ACCEPTED)]
    lacking = [item_row(each) for each in kept if any(lacks(each).values())]
    agenda = [{"title": title, "waits": False} for title in found.agenda]
    agenda += [{"title": title, "waits": True} for title in found.hoped]
    return {
        "agenda": agenda,
        "asked": [{"line": each.line, "text": each.text, "speaker": each.speaker} for each in found.asked],
        "lacking": lacking,
        "summary": _summary(len(agenda), len(found.asked), len(lacking)),
    }


def _summary(agenda: int, asked: int, lacking: int) -> str:
    told = (
        (agenda, "point without outcome", "points without outcome"),
        (asked, "decision asked for", "decisions asked for"),
        (lacking, "item without owner or date", "items without owner or date"),
    )
    return listed([counted(count, one, many) for count, one, many in told if count])
