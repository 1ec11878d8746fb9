"""Steering committee: sponsors decide on scope, time and money."""

from __future__ import annotations

KIND = "steering_committee"
TITLE = "Steering committee"
PURPOSE = "Sponsors decide on scope, time and money."
MINUTES = 60
QUORUM = 0.5
PAPERS_DAYS = 5
AGENDA: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("Quorum and last minutes", 5, ()),
    ("Status: time, money, scope", 10, ("milestone",)),
    ("Decisions needed", 20, ("decision",)),
    ("Changes above the thresholds", 10, ("change",)),
    ("Risks for the committee", 10, ("risk",)),
    ("Open actions of the committee", 5, ("overdue", "due")),
)
MINUTES_SECTIONS: tuple[str, ...] = ("Attendance and quorum", "Decisions", "Changes", "Risks", "Actions")
