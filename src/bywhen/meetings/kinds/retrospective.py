"""Retrospective: how the team worked, and one or two things to do otherwise."""

from __future__ import annotations

KIND = "retrospective"
TITLE = "Retrospective"
PURPOSE = "How the team worked, and one or two things to do otherwise."
MINUTES = 60
QUORUM = 0.0
PAPERS_DAYS = 0
AGENDA: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("What became of the last actions", 10, ("overdue", "due")),
    ("What went well", 10, ()),
    ("What did not", 15, ()),
    ("Causes", 15, ()),
    ("One or two changes, each with an owner", 10, ()),
)
MINUTES_SECTIONS: tuple[str, ...] = ("Attendance", "Went well", "Did not go well", "Actions")
