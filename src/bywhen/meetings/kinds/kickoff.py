"""Kickoff: why the project exists, who does what, and how the team will work."""

from __future__ import annotations

KIND = "kickoff"
TITLE = "Kickoff"
PURPOSE = "Why the project exists, who does what, and how the team will work."
MINUTES = 90
QUORUM = 0.0
PAPERS_DAYS = 2
AGENDA: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("Goal, scope and what is out of scope", 20, ()),
    ("Who decides, who does, who is told", 15, ()),
    ("Plan and first milestones", 20, ("milestone",)),
    ("Risks known today", 15, ("risk",)),
    ("How we work: meetings, tools, escalation", 10, ()),
    ("Decisions needed", 0, ("decision",)),
    ("First actions", 10, ("overdue", "due")),
)
MINUTES_SECTIONS: tuple[str, ...] = ("Attendance", "Goal and scope", "Roles", "Decisions", "Risks", "Actions")
