"""Sprint planning: what the team takes on for the sprint, and what it needs for that."""

from __future__ import annotations

KIND = "sprint_planning"
TITLE = "Sprint planning"
PURPOSE = "What the team takes on for the sprint, and what it needs for that."
MINUTES = 120
QUORUM = 0.5
PAPERS_DAYS = 0
AGENDA: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("Goal of the sprint", 15, ()),
    ("Carried over from the last sprint", 15, ("overdue",)),
    ("Work to take on", 60, ("due", "milestone")),
    ("Risks to the goal", 10, ("risk",)),
    ("Decisions needed", 0, ("decision",)),
    ("Commitment", 10, ()),
)
MINUTES_SECTIONS: tuple[str, ...] = ("Attendance", "Sprint goal", "Commitment", "Decisions", "Actions")
