"""Vendor call: what the vendor promised, by when, and what it waits for from us."""

from __future__ import annotations

KIND = "vendor_call"
TITLE = "Vendor call"
PURPOSE = "What the vendor promised, by when, and what it waits for from us."
MINUTES = 45
QUORUM = 0.0
PAPERS_DAYS = 0
AGENDA: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("Promised and overdue", 10, ("overdue",)),
    ("Deliveries and milestones", 10, ("milestone",)),
    ("Due next", 10, ("due",)),
    ("Questions and decisions", 5, ("decision",)),
    ("Changes asked for", 0, ("change",)),
    ("Risks", 0, ("risk",)),
)
MINUTES_SECTIONS: tuple[str, ...] = ("Attendance", "Promises", "Decisions", "Actions")
