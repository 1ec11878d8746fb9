"""Stand-up: daily, a quarter of an hour: what moves, what is stuck."""

from __future__ import annotations

KIND = "stand_up"
TITLE = "Stand-up"
PURPOSE = "Daily, a quarter of an hour: what moves, what is stuck."
MINUTES = 15
QUORUM = 0.0
PAPERS_DAYS = 0
AGENDA: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("Stuck: who needs help from whom", 8, ("overdue", "decision")),
    ("Due in the next days", 7, ("due",)),
)
MINUTES_SECTIONS: tuple[str, ...] = ("Attendance", "Blockers", "Actions")
