"""Lines of written notes that frame them (title, date, who was there, headings, heads of tables) and tell nothing.

What does not live here: reading notes (room ``intake``), finding items in them
(:mod:`bywhen.meetings.engine.extraction`).
"""

from __future__ import annotations

import re

from bywhen.kernel.evidence import folded

_LABELLED = re.compile(
    r"^(?:date|time|held(?: on)?|place|location|room|chair|minutes(?: by)?|note ?taker|scribe|attendees|attendance|"
    r"present|participants|apologies|absent|invited|cc|distribution|datum|ort|teilnehmer\w*|anwesend\w*|"
    r"entschuldigt|protokoll)\s*:",
    re.IGNORECASE,
)
_HEAD_WORDS = frozenset(
    {"no", "nr", "id", "action", "actions", "task", "what", "owner", "who", "responsible", "due", "due date", "date",
     "by", "by when", "deadline", "status", "decision", "decided by", "risk", "issue", "topic", "item", "comment",
     "comments", "note", "notes", "priority", "aufgabe", "wer", "was", "bis", "termin", "verantwortlich"}
)  # fmt: skip


def frames(text: str, *, heading: str = "", title: str = "") -> bool:
    """Whether a line only frames the notes: it repeats its ``heading`` or the meeting's ``title``, labels what the
    minutes tell elsewhere, or is the head of a table.

    >>> frames("Actions", heading="Actions"), frames("Attendees: Ana, Bo"), frames("Action | Owner | Due")
    (True, True, True)
    >>> frames("Tom asked for the budget", heading="Budget"), frames("Date of the go-live: unclear")
    (False, False)
    """
    words = _plain(text)
    if not words or words in (_plain(heading), _plain(title)):
        return True
    cells = [_plain(cell) for cell in text.split("|")]
    return bool(_LABELLED.match(folded(text))) or (
        len(cells) > 1 and all(cell in _HEAD_WORDS for cell in cells if cell)
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", folded(text).casefold()))
