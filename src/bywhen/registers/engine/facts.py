"""A change request as plain values, for whoever prints it. Dates are dates, days are working days of the project.

What does not live here: gathering them (``selectors.facts``), their look (room ``reports``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.money import Money
from bywhen.kernel.status import SourceTitle


@dataclass(frozen=True, slots=True)
class DateMove:
    """A milestone, or the project's end, that the change moves; ``days`` is negative when it moves earlier."""

    name: str
    before: date
    after: date
    days: int


@dataclass(frozen=True, slots=True)
class FloatUse:
    """A task that loses float."""

    name: str
    before_days: float
    after_days: float


@dataclass(frozen=True, slots=True)
class VoteFact:
    """An approver: the vote ('' while it is missing), its day or the day it is wanted by, its reason."""

    name: str
    vote: str
    on: date | None
    due: date | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """Everything that the form of a change request says. ``evidence`` is what the whole rests on, never empty."""

    reference: str
    title: str
    project: str
    state: str
    as_of: date
    raised_on: date
    evidence: tuple[EvidenceRef, ...]
    requested_by: str = ""
    owner: str = ""
    decision_needed_by: date | None = None
    description: str = ""
    reason: str = ""
    options: str = ""
    risk: str = ""
    rollback: str = ""
    cost: Money | None = None
    effort_days: str = ""
    asked: str = ""
    effect: str = ""
    plan_version: int | None = None
    stale: bool = False
    moves: tuple[DateMove, ...] = ()
    float_used: tuple[FloatUse, ...] = ()
    now_critical: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    votes: tuple[VoteFact, ...] = ()
    tally: str = ""
    decision: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    decision_reason: str = ""
    decision_evidence: str = ""
    implemented_on: date | None = None
    implemented_by: str = ""
    implementation: str = ""
    verified_on: date | None = None
    verified_by: str = ""
    verification: str = ""
    sources: Mapping[str, SourceTitle] = field(default_factory=dict)
