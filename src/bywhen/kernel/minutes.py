"""The facts that minutes are made from, as plain values: attendance, outcome, what was said, what was missed.

Dates are dates. Whatever is said of the meeting carries evidence (see :class:`bywhen.kernel.status.Fact`).

What does not live here: gathering the facts (room ``meetings``), saying them as a document (room ``reports``), their
JSON (:mod:`bywhen.kernel.minutes_document`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import Fact, SourceTitle

ITEM_KINDS = ("decision", "action", "change", "risk", "issue", "question")
"""The six kinds of minuted items, in the order in which minutes tell them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendant(Fact):
    """Somebody who was there, or who was asked and was not (``present`` False); ``role`` '' when none is known."""

    name: str
    present: bool = True
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteItem(Fact):
    """Something that came of the meeting. ``kind`` is one of :data:`ITEM_KINDS`; a decision's ``owner`` made it.

    ``settled`` False says that nobody has judged it: it stands in the minutes as left open. ``due_text`` keeps the
    words of a deadline that names no day; ``effect`` says what a change does to the plan.
    """

    kind: str
    text: str
    owner: str = ""
    due: date | None = None
    due_text: str = ""
    effect: str = ""
    settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark(Fact):
    """What somebody said or what was noted, verbatim; ``speaker`` '' in notes."""

    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionPoint:
    """What was said on one item of the agenda, in order; ``heading`` '' when the source names none."""

    heading: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedPoint(Fact):
    """An item of the agenda of which nothing came: no decision, action, risk, issue, change or question."""

    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesFacts:
    """All that the minutes of one meeting say.

    ``number`` is the version; ``published_by`` '' while it is a draft. ``waived`` names in words what is missing and
    was published all the same, because of ``waiver``. ``distribution`` holds the names of those who get them.
    ``sections`` is what minutes of this kind of meeting tell, in their order; () when no kind is known. ``kind``,
    ``hours`` (from, to, zone), ``place``, ``quorum`` and ``next_meeting`` are words, '' where nothing is known.
    ``since`` tells in sentences what is different from the version before.
    """

    meeting: str
    project: str
    held_on: date
    number: int
    attendance: tuple[Attendant, ...] = ()
    items: tuple[MinuteItem, ...] = ()
    discussion: tuple[DiscussionPoint, ...] = ()
    missed: tuple[MissedPoint, ...] = ()
    waived: tuple[str, ...] = ()
    waiver: str = ""
    published_by: str = ""
    published_on: date | None = None
    distribution: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    kind: str = ""
    hours: str = ""
    place: str = ""
    quorum: str = ""
    next_meeting: str = ""
    since: tuple[str, ...] = ()
    sources: Mapping[str, SourceTitle] = field(default_factory=dict)

    def of_kind(self, *kinds: str, settled: bool = True) -> tuple[MinuteItem, ...]:
        """The items of these kinds that were judged (or, with ``settled`` False, that were not)."""
        return tuple(item for item in self.items if item.kind in kinds and item.settled == settled)


def evidence_whole(source: str, lines: int, unit: str) -> tuple[EvidenceRef, ...]:
    """The whole of a source as evidence, for what no single line says (who spoke, what was never mentioned).

    >>> evidence_whole("ab12", 214, "cue")[0].place
    'cues 1 to 214'
    """
    return (EvidenceRef(source, f"{unit}s 1 to {lines}" if lines > 1 else f"{unit} 1"),)
