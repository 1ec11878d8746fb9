"""What the points of an agenda stand on: the places that their loops, entries and changes cite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import SourceTitle
from bywhen.loops.selectors import loop_list
from bywhen.meetings.engine.agenda import Agenda
from bywhen.record.selectors.proposals import proposal_list
from bywhen.registers.selectors.entries import entry_list


@dataclass(frozen=True, slots=True)
class AgendaEvidence:
    """Places by what a point names (``loop:12``), and the sources they lie in by content hash."""

    places: Mapping[str, tuple[EvidenceRef, ...]] = field(default_factory=dict)
    sources: Mapping[str, SourceTitle] = field(default_factory=dict)


def agenda_evidence(agenda: Agenda) -> AgendaEvidence:
    """The evidence of every point that the record gave; the same number of queries however many there are."""
    wanted: dict[str, set[int]] = {"loop": set(), "entry": set(), "proposal": set()}
    for item in agenda.items:
        for point in item.points:
            kind, _, number = point.ref.partition(":")
            if kind in wanted and number.isdecimal():
                wanted[kind].add(int(number))
    found: dict[str, Any] = {
        "loop": loop_list(status="").filter(pk__in=wanted["loop"]),
        "entry": entry_list(status="").filter(pk__in=wanted["entry"]),
        "proposal": proposal_list().filter(pk__in=wanted["proposal"]),
    }
    places: dict[str, tuple[EvidenceRef, ...]] = {}
    sources: dict[str, SourceTitle] = {}
    for kind, rows in found.items():
        for row in rows:
            quotes = list(row.quotes.all())
            refs = tuple(EvidenceRef(each.source.sha256, each.place, each.text) for each in quotes)
            if refs:
                places[f"{kind}:{row.pk}"] = refs
            for each in quotes:
                name = each.source.name.rpartition("/")[2]
                sources[each.source.sha256] = SourceTitle(name, each.source.kind, each.source.received_at.date())
    return AgendaEvidence(places, sources)
