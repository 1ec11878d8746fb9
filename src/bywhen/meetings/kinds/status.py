"""Status meeting: where the project stands against its plan, and what has to be decided."""

from __future__ import annotations

KIND = "status"
TITLE = "Status meeting"
PURPOSE = "Where the project stands against its plan, and what has to be decided."
MINUTES = 60
QUORUM = 0.0
PAPERS_DAYS = 1
AGENDA: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("Overdue actions", 10, ("overdue",)),
    ("Milestones that moved", 10, ("milestone",)),
    ("Decisions needed", 10, ("decision",)),
    ("New and changed risks", 10, ("risk",)),
    ("Changes waiting for a decision", 0, ("change",)),
    ("Due until the next meeting", 10, ("due",)),
    ("Any other business", 5, ()),
)
MINUTES_SECTIONS: tuple[str, ...] = ("Attendance", "Decisions", "Milestones", "Risks", "Actions")
