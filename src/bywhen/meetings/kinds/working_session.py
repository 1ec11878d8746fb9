"""Working session: a few people work something out together."""

from __future__ import annotations

KIND = "working_session"
TITLE = "Working session"
PURPOSE = "A few people work something out together."
MINUTES = 60
QUORUM = 0.0
PAPERS_DAYS = 0
AGENDA: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("What we want to have at the end", 5, ()),
    ("Work", 45, ()),
    ("Decisions to take", 0, ("decision",)),
    ("Open from last time", 0, ("overdue", "due")),
    ("Result and next steps", 10, ()),
)
MINUTES_SECTIONS: tuple[str, ...] = ("Attendance", "Result", "Decisions", "Actions")
