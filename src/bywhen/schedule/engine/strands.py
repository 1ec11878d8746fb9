"""Strands of work: when a task's dates come from its assignments, resource calendars and splits.

What does not live here: the placement rules themselves (:mod:`.placement`).
"""

from __future__ import annotations

from typing import NamedTuple


class Strand(NamedTuple):
    """One piece of work in a task: ``delay`` and ``length`` in working seconds of calendar ``calendar`` (its index)."""

    calendar: int
    delay: int
    length: int
