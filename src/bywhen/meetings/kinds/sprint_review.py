"""Sprint review: what was finished, shown to those who asked for it."""

from __future__ import annotations

KIND = "sprint_review"
TITLE = "Sprint review"
PURPOSE = "What was finished, shown to those who asked for it."
MINUTES = 60
QUORUM = 0.0
PAPERS_DAYS = 0
AGENDA: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("Goal of the sprint: met or not", 5, ()),
    ("Demonstration", 30, ()),
    ("Milestones: where they stand", 10, ("milestone",)),
    ("What changed around us", 0, ("risk", "change")),
    ("Decisions needed", 0, ("decision",)),
    ("What comes next", 10, ("overdue", "due")),
)
MINUTES_SECTIONS: tuple[str, ...] = ("Attendance", "Shown", "Feedback", "Decisions", "Actions")
