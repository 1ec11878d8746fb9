"""An agenda from plain facts: each fact once, sections time-boxed, a warning when they do not fit the slot.

What does not live here: gathering the facts (room ``week``), the sections of each kind of meeting (``kinds``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

TOPICS = ("overdue", "due", "decision", "risk", "milestone", "change")
POINT_MINUTES = {"overdue": 2, "due": 2, "decision": 5, "risk": 3, "milestone": 3, "change": 5}
"""Minutes that one point of a topic takes; what is decided takes longer than what is told."""

Section = tuple[str, int, tuple[str, ...]]
"""Title, minutes that it takes at least, topics of the record that belong there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaFact:
    """Something on record that a meeting should look at. ``ref`` names it (``loop:12``); ``topic`` is one of TOPICS;
    ``rank`` orders within a topic, most pressing first (smallest).
    """

    ref: str
    topic: str
    title: str
    note: str = ""
    owner: str = ""
    rank: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One line under a section."""

    title: str
    note: str = ""
    owner: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A section with its time box in minutes."""

    title: str
    minutes: int
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """Sections in order, for a slot of so many minutes."""

    items: tuple[AgendaItem, ...]
    slot: int

    @property
    def minutes(self) -> int:
        """All time boxes together."""
        return sum(item.minutes for item in self.items)

    @property
    def warning(self) -> str:
        """Why it does not fit; '' when it does."""
        over = self.minutes - self.slot
        if over <= 0:
            return ""
        longest = max(self.items, key=lambda item: (item.minutes, item.title))
        return (
            f"The points take {self.minutes} minutes, the slot has {self.slot}: {over} too many. "
            f"The longest is '{longest.title}' with {longest.minutes}."
        )

    def document(self) -> dict[str, Any]:
        """As JSON gives it back."""
        items = [
            {"title": item.title, "minutes": item.minutes, "points": [asdict(point) for point in item.points]}
            for item in self.items
        ]
        return {"slot": self.slot, "items": items}


def draft_agenda(sections: Sequence[Section], facts: Iterable[AgendaFact], slot: int) -> Agenda:
    """Put each fact once under the first section that takes its topic; a fact that comes twice keeps its first topic in
    the order of TOPICS. A section that only exists for topics without facts is left out.

    Args:
        sections: of the kind of meeting, in order.
        facts: of any topic; topics that no section takes do not belong into this meeting.
        slot: minutes that the meeting has.

    >>> sections = (("Overdue actions", 5, ("overdue",)), ("Changes", 0, ("change",)), ("Other", 5, ()))
    >>> facts = [AgendaFact(ref=f"loop:{n}", topic="overdue", title=f"Action {n}") for n in range(4)]
    >>> agenda = draft_agenda(sections, facts, 10)
    >>> [(item.title, item.minutes, len(item.points)) for item in agenda.items]
    [('Overdue actions', 8, 4), ('Other', 5, 0)]
    >>> agenda.warning
    "The points take 13 minutes, the slot has 10: 3 too many. The longest is 'Overdue actions' with 8."
    """
    once: dict[str, AgendaFact] = {}
    for fact in sorted(facts, key=lambda fact: (TOPICS.index(fact.topic), fact.rank, fact.ref)):
        once.setdefault(fact.ref, fact)
    left = list(once.values())
    items = []
    for title, least, topics in sections:
        taken = [fact for fact in left if fact.topic in topics]
        left = [fact for fact in left if fact.topic not in topics]
        if taken or least:
            minutes = max(least, sum(POINT_MINUTES[fact.topic] for fact in taken))
            points = tuple(Point(fact.title, fact.note, fact.owner, fact.ref) for fact in taken)
            items.append(AgendaItem(title, minutes, points))
    return Agenda(tuple(items), slot)


def carry_over(agenda: Agenda, before: Agenda) -> Agenda:
    """The agenda with what people themselves had put on the one before it and that is not on it: each point under the
    section of its title, else under one of its own at the end. What came from the record comes from the record again.

    >>> before = Agenda((AgendaItem("Demo", 10, (Point("Show the form"), Point("Act", ref="loop:1"))),), 30)
    >>> [(item.title, [point.title for point in item.points]) for item in carry_over(Agenda((), 30), before).items]
    [('Demo', ['Show the form'])]
    """
    there = {point.title.casefold() for item in agenda.items for point in item.points}
    items = list(agenda.items)
    for old in before.items:
        own = tuple(point for point in old.points if not point.ref and point.title.casefold() not in there)
        if not own:
            continue
        place = next((at for at, item in enumerate(items) if item.title.casefold() == old.title.casefold()), None)
        if place is None:
            items.append(AgendaItem(old.title, old.minutes, own))
        else:
            items[place] = replace(items[place], points=(*items[place].points, *own))
    return replace(agenda, items=tuple(items))


def agenda_from(document: Mapping[str, Any]) -> Agenda:
    """The agenda of a JSON document; unknown fields are left out."""
    items = tuple(
        AgendaItem(
            str(item["title"]),
            max(0, int(item["minutes"])),
            tuple(
                Point(*(str(point.get(name, "")) for name in ("title", "note", "owner", "ref")))
                for point in item.get("points", ())
            ),
        )
        for item in document.get("items", ())
    )
    return Agenda(items, int(document.get("slot", 0)))
