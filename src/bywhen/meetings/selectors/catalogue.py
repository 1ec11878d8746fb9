"""The kinds of meeting that exist: the built-in ones as an explicit list, third parties' by entry point
``bywhen.meetings``.

A new kind is one file under ``kinds/`` and one line here.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Protocol

from bywhen.meetings.kinds import (
    cab,
    kickoff,
    retrospective,
    sprint_planning,
    sprint_review,
    stand_up,
    status,
    steering_committee,
    vendor_call,
    working_session,
)

ENTRY_POINTS = "bywhen.meetings"


class MeetingKind(Protocol):
    """What a kind of meeting says of itself. Modules with these names fulfil it.

    ``MINUTES`` is its usual length; ``QUORUM`` the part of the required people without whom nothing can be decided (0:
    none); ``PAPERS_DAYS`` the working days before it by which papers must be with everybody (0: no papers). ``AGENDA``
    holds (title, minutes, topics of the record that belong there); ``MINUTES_SECTIONS`` what its minutes must tell.
    """

    KIND: str
    TITLE: str
    PURPOSE: str
    MINUTES: int
    QUORUM: float
    PAPERS_DAYS: int
    AGENDA: tuple[tuple[str, int, tuple[str, ...]], ...]
    MINUTES_SECTIONS: tuple[str, ...]


BUILT_IN: tuple[MeetingKind, ...] = (
    kickoff,
    stand_up,
    sprint_planning,
    sprint_review,
    retrospective,
    status,
    cab,
    steering_committee,
    vendor_call,
    working_session,
)


@cache
def kind_list() -> tuple[MeetingKind, ...]:
    """Every kind: built-in ones first, then third parties' in the order of their names."""
    points = sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)
    return (*BUILT_IN, *(point.load() for point in points))


def kind_get(kind: str) -> MeetingKind | None:
    """The kind of this name; None when there is none."""
    return next((each for each in kind_list() if kind == each.KIND), None)
