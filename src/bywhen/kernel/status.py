"""The facts a status is made from, as plain values: progress, milestones, blockers, actions, registers, money.

Every :class:`Fact` has an id, the day it was true and its evidence; without evidence there is no fact. Days of delay,
float and age are **working days** of the project's calendar unless a name says otherwise; dates are dates.

What does not live here: how facts are gathered (room ``reports``: selectors) and judged (``reports/engine/rag``).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bywhen.kernel.errors import EvidenceMissingError
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.money import Money


class Rag(StrEnum):
    """A judgement. ``grey`` means that the evidence does not suffice; it is never shown as green."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"

    @property
    def letter(self) -> str:
        """The letter that stands beside the colour; grey is a question mark."""
        return "?" if self is Rag.GREY else self.value[0].upper()

    @property
    def gravity(self) -> int:
        """3 red, 2 grey, 1 amber, 0 green: what cannot be judged is worse than amber, and better than known red."""
        return {Rag.RED: 3, Rag.GREY: 2, Rag.AMBER: 1, Rag.GREEN: 0}[self]


@dataclass(frozen=True, slots=True)
class SourceTitle:
    """How a source is named to a reader: its title, its kind (``plan``, ``transcript``), the day it came in."""

    title: str
    kind: str = ""
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is known, since when, and from where.

    Raises:
        EvidenceMissingError: without evidence.
    """

    fact_id: str
    evidence: tuple[EvidenceRef, ...]
    as_of: date

    def __post_init__(self) -> None:
        if not self.evidence:
            raise EvidenceMissingError(f"Fact {self.fact_id} has no evidence; cite its source or leave it out.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredStatus(Fact):
    """The status somebody declared; ``text`` is what they wrote."""

    rag: Rag
    by: str
    text: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RagReason:
    """One reason for a judgement: the rule that fired, what it would make the status, one sentence, its evidence."""

    rule: str
    rag: Rag
    text: str
    evidence: tuple[EvidenceRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedStatus:
    """The status that follows from the facts, worst reason first."""

    rag: Rag
    reasons: tuple[RagReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Fact):
    """Progress against the baseline in per cent of the planned duration of all leaf tasks (duration-weighted).

    ``planned_percent`` is what the baseline has done by ``as_of``, ``actual_percent`` what is done; ``spi_t`` is
    schedule performance in time (earned schedule / actual time) and ``cpi`` cost performance, where they are known.
    ``previous_*`` are the values of the report before; ``float_days`` is the least total float on the way to the end.
    """

    planned_percent: Decimal
    actual_percent: Decimal
    previous_actual_percent: Decimal | None = None
    spi_t: Decimal | None = None
    previous_spi_t: Decimal | None = None
    cpi: Decimal | None = None
    float_days: Decimal | None = None
    previous_float_days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ForecastPoint:
    """What a milestone was forecast for in the report of ``on``."""

    on: date
    forecast: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFact(Fact):
    """A milestone: baseline, forecast now and in the report before, both as dates.

    ``late_days`` after the baseline and ``moved_days`` since the report before are working days, negative for earlier;
    ``float_days`` is what is left; ``trend`` runs oldest first; ``cause`` says in words why it moved.
    """

    name: str
    forecast: date
    baseline: date | None = None
    previous: date | None = None
    late_days: int | None = None
    moved_days: int | None = None
    float_days: Decimal | None = None
    critical: bool = False
    done_on: date | None = None
    owner: str = ""
    cause: str = ""
    trend: tuple[ForecastPoint, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the forecast day lies behind and the milestone is not done: the forecast is worth nothing."""
        return self.done_on is None and self.forecast < self.as_of

    @property
    def moves(self) -> int:
        """How often the forecast was set later than in the report before."""
        forecasts = [point.forecast for point in self.trend]
        return sum(after > before for before, after in itertools.pairwise(forecasts))


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockerFact(Fact):
    """What stops work: who must move (``waiting_on``), who sees to it (``owner``), ``age_days`` open, how many tasks
    hang on it, the float left, and the day from which ``milestone`` is missed if nothing moves.
    """

    title: str
    owner: str
    age_days: int
    waiting_on: str = ""
    raised_on: date | None = None
    downstream: int | None = None
    float_days: Decimal | None = None
    becomes_miss_on: date | None = None
    milestone: str = ""
    critical: bool = False
    escalate: bool = False
    next_step: str = ""


class ActionState(StrEnum):
    """Where an action stands on the day of the report."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFact(Fact):
    """An action: who, by when, how many days over. ``protects`` is the milestone it serves."""

    title: str
    owner: str
    due: date | None
    state: ActionState
    overdue_days: int = 0
    protects: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFact(Fact):
    """A risk: probability and impact 1-5, its score now and in the report before, the response, the next review."""

    title: str
    owner: str
    probability: int | None = None
    impact: int | None = None
    previous_score: int | None = None
    response: str = ""
    review_on: date | None = None

    @property
    def score(self) -> int | None:
        """Probability times impact, 1 to 25; None while one is missing."""
        return None if self.probability is None or self.impact is None else self.probability * self.impact


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFact(Fact):
    """A decision that was taken: what, by whom, on which day, what it changes."""

    text: str
    by: str
    on: date
    effect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFact(Fact):
    """A change request: its state, its effect on time (working days) and money."""

    title: str
    status: str
    raised_by: str = ""
    effect_days: int | None = None
    effect_cost: Money | None = None
    milestone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFact(Fact):
    """One category of money: approved budget, actuals booked to date, forecast at completion where known."""

    category: str
    budget: Money
    actual: Money
    forecast: Money | None = None
    previous_actual: Money | None = None
    total: bool = False

    @property
    def remaining(self) -> Money:
        """Budget less the forecast, or less the actuals where there is no forecast; negative is over budget."""
        return self.budget - (self.forecast or self.actual)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementFact(Fact):
    """Something that changed since the report before, in one sentence."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookaheadFact(Fact):
    """What comes next: a task, milestone or meeting, its day, its owner."""

    text: str
    on: date
    owner: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFact(Fact):
    """What is needed from the reader: the ask, from whom, by when, and what is lost by waiting."""

    text: str
    whom: str
    by: date
    loss: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskHistory(Fact):
    """Per cent complete of one task as reported, oldest first; shows work that stands still just before the end."""

    name: str
    owner: str
    percents: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFacts:
    """All facts of one status on one day. Empty collections mean: nothing is known of it, or nothing is open;
    ``checked`` holds, for each section that was looked at (``blockers``, ``risks``, ...), the evidence of the looking.
    """

    project: str
    as_of: date
    previous_as_of: date | None = None
    declared: DeclaredStatus | None = None
    declared_before: tuple[DeclaredStatus, ...] = ()
    pulse: tuple[DeclaredStatus, ...] = ()
    derived: DerivedStatus | None = None
    progress: Progress | None = None
    milestones: tuple[MilestoneFact, ...] = ()
    blockers: tuple[BlockerFact, ...] = ()
    needs: tuple[NeedFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()
    risks: tuple[RiskFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    changes: tuple[ChangeFact, ...] = ()
    money: tuple[MoneyFact, ...] = ()
    movements: tuple[MovementFact, ...] = ()
    lookahead: tuple[LookaheadFact, ...] = ()
    histories: tuple[TaskHistory, ...] = ()
    evidence_age_days: int | None = None
    checked: Mapping[str, tuple[EvidenceRef, ...]] = field(default_factory=dict)
    sources: Mapping[str, SourceTitle] = field(default_factory=dict)
