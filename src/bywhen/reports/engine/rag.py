"""The status that follows from the facts, beside the one that was declared.

Each rule looks at one kind of fact and answers with reasons or with nothing; the gravest reason decides. Grey is the
answer where evidence is missing or old: it is never rounded to green. The rules and thresholds are told in prose in
``docs/explanation/algorithms/derived-rag.md``.

What does not live here: gathering the facts, showing the judgement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from bywhen.kernel.status import (
    ActionState,
    DerivedStatus,
    Fact,
    MilestoneFact,
    Rag,
    RagReason,
    StatusFacts,
    TaskHistory,
)
from bywhen.kernel.wording import counted, day_short, days_after, index, listed, plain_number, working_days


@dataclass(frozen=True, slots=True, kw_only=True)
class RagThresholds:
    """Where amber and red begin. Indices are red **below** their value, days and shares **at or above** it, float
    below zero is always red. Days are working days; the overdue share counts when **over** its value.

    Source: the watermelon signals of the project reference (SPI(t) or CPI under 0.90, critical float under zero, a
    milestone moved twice, 80 to 95 per cent for three reports, over 20 per cent overdue, ten days without evidence).
    """

    index_red: Decimal = Decimal("0.90")
    index_amber: Decimal = Decimal("0.95")
    late_amber_days: int = 3
    late_red_days: int = 10
    moves_amber: int = 2
    moves_red: int = 3
    overdue_amber: Decimal = Decimal("0.20")
    overdue_red: Decimal = Decimal("0.40")
    overdue_least_actions: int = 3
    stuck_from: Decimal = Decimal(80)
    stuck_to: Decimal = Decimal(95)
    stuck_reports: int = 3
    miss_within_days: int = 10
    high_score: int = 15
    same_wording_reports: int = 3
    overspend_red: Decimal = Decimal("0.10")
    silent_days: int = 10


def derive_rag(facts: StatusFacts, thresholds: RagThresholds | None = None) -> DerivedStatus:
    """Judge the facts.

    Args:
        facts: all facts of one day; its ``derived`` is not looked at.
        thresholds: where amber and red begin; the defaults of :class:`RagThresholds` when None.

    Returns:
        The status and its reasons, gravest first; within one colour in the order of the rules. Red stands when any rule
        says red; else grey when evidence is missing or old; else amber when any rule says so; else green, with the
        measurements that make it so as reasons.
    """
    limits = thresholds or RagThresholds()
    reasons = [reason for rule in RULES for reason in rule(facts, limits)]
    if not reasons:
        return _without_alarm(facts)
    reasons.sort(key=lambda reason: -reason.rag.gravity)
    return DerivedStatus(rag=reasons[0].rag, reasons=tuple(reasons))


def disagrees(facts: StatusFacts) -> bool:
    """Whether the declared status is better than the derived one: the watermelon, green outside and red within."""
    if facts.declared is None or facts.derived is None:
        return False
    return facts.declared.rag.gravity < facts.derived.rag.gravity


def _without_alarm(facts: StatusFacts) -> DerivedStatus:
    good: list[RagReason] = []
    if facts.progress and facts.progress.spi_t is not None:
        text = f"SPI(t) is {index(facts.progress.spi_t)}."
        good.append(RagReason(rule="schedule-index", rag=Rag.GREEN, text=text, evidence=facts.progress.evidence))
    dated = [item for item in facts.milestones if item.late_days is not None and item.done_on is None]
    if dated:
        worst = max(dated, key=lambda item: item.late_days or 0)
        text = "No milestone to come is forecast after its baseline."
        if (worst.late_days or 0) > 0:
            text = f"The latest milestone to come, {worst.name}, is {days_after(worst.late_days or 0, 'its baseline')}."
        good.append(RagReason(rule="milestone-late", rag=Rag.GREEN, text=text, evidence=worst.evidence))
    if good:
        return DerivedStatus(rag=Rag.GREEN, reasons=tuple(good))
    return DerivedStatus(rag=Rag.GREY, reasons=())


def _indices(facts: StatusFacts, limits: RagThresholds) -> list[RagReason]:
    if facts.progress is None:
        return []
    reasons = []
    for name, value in (("SPI(t)", facts.progress.spi_t), ("CPI", facts.progress.cpi)):
        if value is None or value >= limits.index_amber:
            continue
        rag, limit = (Rag.RED, limits.index_red) if value < limits.index_red else (Rag.AMBER, limits.index_amber)
        rule = "schedule-index" if name == "SPI(t)" else "cost-index"
        text = f"{name} is {index(value)}, under the limit of {index(limit)}."
        reasons.append(RagReason(rule=rule, rag=rag, text=text, evidence=facts.progress.evidence))
    return reasons


def _float_negative(facts: StatusFacts, _limits: RagThresholds) -> list[RagReason]:
    reasons = [
        RagReason(
            rule="float-negative",
            rag=Rag.RED,
            text=f"{item.name} has {working_days(item.float_days)} of float.",
            evidence=item.evidence,
        )
        for item in facts.milestones
        if item.done_on is None and item.float_days is not None and item.float_days < 0
    ]
    progress = facts.progress
    if not reasons and progress and progress.float_days is not None and progress.float_days < 0:
        text = f"The critical path has {working_days(progress.float_days)} of float."
        reasons.append(RagReason(rule="float-negative", rag=Rag.RED, text=text, evidence=progress.evidence))
    return reasons


def _milestones_late(facts: StatusFacts, limits: RagThresholds) -> list[RagReason]:
    return [
        RagReason(
            rule="milestone-late",
            rag=Rag.RED if (item.late_days or 0) >= limits.late_red_days else Rag.AMBER,
            text=f"{item.name} is forecast {days_after(item.late_days or 0, 'its baseline')}.",
            evidence=item.evidence,
        )
        for item in facts.milestones
        if item.done_on is None and (item.late_days or 0) >= limits.late_amber_days
    ]


def _milestones_passed(facts: StatusFacts, _limits: RagThresholds) -> list[RagReason]:
    """A forecast that lies behind us and is not done is no forecast: the plan was not brought up to date."""
    passed = [item for item in facts.milestones if item.passed]
    if not passed:
        return []
    first = min(passed, key=lambda item: (item.forecast, item.name))
    others = f" and {counted(len(passed) - 1, 'other milestone')}" if len(passed) > 1 else ""
    since, verb = day_short(first.forecast, facts.as_of), "are" if others else "is"
    text = f"{first.name}{others} should be done since {since} and {verb} not."
    evidence = tuple(dict.fromkeys(ref for item in passed[:4] for ref in item.evidence[:1]))
    return [RagReason(rule="milestone-passed", rag=Rag.RED, text=text, evidence=evidence)]


def _milestones_moving(facts: StatusFacts, limits: RagThresholds) -> list[RagReason]:
    return [_moving(item, limits) for item in facts.milestones if not item.done_on and item.moves >= limits.moves_amber]


def _moving(item: MilestoneFact, limits: RagThresholds) -> RagReason:
    first = item.trend[0].on
    return RagReason(
        rule="milestone-moving",
        rag=Rag.RED if item.moves >= limits.moves_red else Rag.AMBER,
        text=f"{item.name} was forecast later {counted(item.moves, 'time')} since {day_short(first, item.as_of)}.",
        evidence=item.evidence,
    )


def _blockers_critical(facts: StatusFacts, limits: RagThresholds) -> list[RagReason]:
    reasons = []
    for item in facts.blockers:
        if item.becomes_miss_on is None:
            continue
        left = (item.becomes_miss_on - facts.as_of).days
        if not item.critical and left > limits.miss_within_days * 7 // 5:
            continue
        when = f"becomes a miss of {item.milestone or 'a milestone'} on {day_short(item.becomes_miss_on, facts.as_of)}"
        rag = Rag.RED if item.critical else Rag.AMBER
        text = f"Blocker “{item.title}” {when}."
        reasons.append(RagReason(rule="blocker-critical", rag=rag, text=text, evidence=item.evidence))
    return reasons


def _actions_overdue(facts: StatusFacts, limits: RagThresholds) -> list[RagReason]:
    live = [item for item in facts.actions if item.state is not ActionState.DONE]
    overdue = [item for item in live if item.state is ActionState.OVERDUE]
    if len(live) < limits.overdue_least_actions or Decimal(len(overdue)) / len(live) <= limits.overdue_amber:
        return []
    share = Decimal(len(overdue)) / len(live)
    text = f"{len(overdue)} of {len(live)} open actions are overdue ({plain_number(share * 100, 0)} %)."
    evidence = tuple(ref for item in overdue for ref in item.evidence)
    rag = Rag.RED if share > limits.overdue_red else Rag.AMBER
    return [RagReason(rule="actions-overdue", rag=rag, text=text, evidence=evidence)]


def _work_stuck(facts: StatusFacts, limits: RagThresholds) -> list[RagReason]:
    return [
        RagReason(
            rule="work-stuck",
            rag=Rag.AMBER,
            text=f"{item.name} was reported at {listed([f'{plain_number(value)} %' for value in _last(item, limits)])}"
            f" in the last {limits.stuck_reports} reports.",
            evidence=item.evidence,
        )
        for item in facts.histories
        if len(item.percents) >= limits.stuck_reports
        and all(limits.stuck_from <= value <= limits.stuck_to for value in _last(item, limits))
    ]


def _last(item: TaskHistory, limits: RagThresholds) -> tuple[Decimal, ...]:
    return item.percents[-limits.stuck_reports :]


def _risks_unowned(facts: StatusFacts, limits: RagThresholds) -> list[RagReason]:
    reasons = []
    for item in facts.risks:
        lacks = [word for word, value in (("owner", item.owner), ("review date", item.review_on)) if not value]
        if item.score is not None and item.score >= limits.high_score and lacks:
            text = f"Risk “{item.title}” scores {item.score} and has no {' and no '.join(lacks)}."
            reasons.append(RagReason(rule="risk-unowned", rag=Rag.AMBER, text=text, evidence=item.evidence))
    return reasons


def _money_over(facts: StatusFacts, limits: RagThresholds) -> list[RagReason]:
    reasons = []
    totals = [item for item in facts.money if item.total] or list(facts.money)
    for item in totals:
        if item.budget.amount <= 0 or item.remaining.amount >= 0:
            continue
        share = -item.remaining.amount / item.budget.amount
        rag = Rag.RED if share >= limits.overspend_red else Rag.AMBER
        basis = "forecast" if item.forecast else "booked"
        text = f"{item.category} is {basis} {plain_number(share * 100)} % over its budget."
        reasons.append(RagReason(rule="money-over", rag=rag, text=text, evidence=item.evidence))
    return reasons


def _wording_repeated(facts: StatusFacts, limits: RagThresholds) -> list[RagReason]:
    if facts.declared is None or not facts.declared.text.strip():
        return []
    told = [*facts.declared_before, facts.declared][-limits.same_wording_reports :]
    wordings = {" ".join(item.text.casefold().split()) for item in told}
    if len(told) < limits.same_wording_reports or len(wordings) > 1:
        return []
    text = f"The declared status has had the same wording in {len(told)} reports: “{facts.declared.text.rstrip('.')}”."
    evidence = tuple(ref for item in told for ref in item.evidence)
    return [RagReason(rule="wording-repeated", rag=Rag.AMBER, text=text, evidence=evidence)]


def _pulse_differs(facts: StatusFacts, _limits: RagThresholds) -> list[RagReason]:
    declared = facts.declared
    if declared is None:
        return []
    worse = [item for item in facts.pulse if item.rag.gravity > declared.rag.gravity and item.rag is not Rag.GREY]
    if not worse:
        return []
    gravest = max(worse, key=lambda item: item.rag.gravity)
    told = listed([f"{item.by} says {item.rag.value}" for item in worse])
    evidence = tuple(ref for item in worse for ref in item.evidence)
    text = f"{told}, {declared.by} declared {declared.rag.value}."
    return [RagReason(rule="pulse-differs", rag=min(gravest.rag, Rag.AMBER, key=_grave), text=text, evidence=evidence)]


def _evidence_old(facts: StatusFacts, limits: RagThresholds) -> list[RagReason]:
    if facts.evidence_age_days is None or facts.evidence_age_days < limits.silent_days:
        return []
    newest = max(_every_fact(facts), key=lambda fact: fact.as_of, default=None)
    if newest is None:
        return []
    text = f"The newest evidence is {working_days(facts.evidence_age_days)} old."
    return [RagReason(rule="evidence-old", rag=Rag.GREY, text=text, evidence=newest.evidence)]


def _every_fact(facts: StatusFacts) -> list[Fact]:
    single: list[Fact | None] = [facts.declared, facts.progress]
    many = (*facts.milestones, *facts.blockers, *facts.actions, *facts.risks, *facts.money)
    return [fact for fact in (*single, *many) if fact is not None]


def _grave(rag: Rag) -> int:
    return rag.gravity


RULES: tuple[Callable[[StatusFacts, RagThresholds], list[RagReason]], ...] = (
    _float_negative,
    _indices,
    _milestones_passed,
    _milestones_late,
    _milestones_moving,
    _blockers_critical,
    _money_over,
    _actions_overdue,
    _work_stuck,
    _risks_unowned,
    _wording_repeated,
    _pulse_differs,
    _evidence_old,
)
"""Every rule, in the order in which its reasons are told."""
