"""Change advisory board: whether a change goes into operation, when, and how it is taken back."""

from __future__ import annotations

KIND = "cab"
TITLE = "Change advisory board"
PURPOSE = "Whether a change goes into operation, when, and how it is taken back."
MINUTES = 60
QUORUM = 0.5
PAPERS_DAYS = 3
AGENDA: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("Quorum and last minutes", 5, ()),
    ("Changes to decide", 30, ("change",)),
    ("Changes implemented since: did they work", 10, ()),
    ("Risks of the changes", 0, ("risk",)),
    ("Other decisions needed", 0, ("decision",)),
    ("Open actions of the board", 10, ("overdue", "due")),
)
MINUTES_SECTIONS: tuple[str, ...] = ("Attendance and quorum", "Changes decided", "Risks", "Actions")
