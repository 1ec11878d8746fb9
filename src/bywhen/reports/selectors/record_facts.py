"""What loops, registers, decisions, changes and money say on a day, as facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from bywhen.finance.selectors import budget_variance
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.money import Money
from bywhen.kernel.status import (
    ActionFact,
    ActionState,
    BlockerFact,
    ChangeFact,
    DecisionFact,
    MoneyFact,
    MovementFact,
    NeedFact,
    RiskFact,
)
from bywhen.kernel.wording import day_short
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.selectors import loop_list, loops_closed_since
from bywhen.meetings.selectors import decision_list
from bywhen.record.selectors.proposals import proposal_list
from bywhen.registers.selectors.entries import entry_list

if TYPE_CHECKING:
    from bywhen.record.models import Project, Quote

MOST_RISKS = 8


def cited(quotes: Iterable[Quote], fallback: str) -> tuple[EvidenceRef, ...]:
    """The quotes as references; what a person entered by hand cites its own entry."""
    refs = tuple(EvidenceRef(quote.source.sha256, quote.place, quote.text) for quote in quotes)
    return refs or (EvidenceRef("record", fallback),)


def action_facts(project: Project, today: date, since: date, calendar: WorkingTime) -> tuple[ActionFact, ...]:
    """Open actions, and those closed since the report before."""
    open_rows = [
        (loop, ActionState.OVERDUE if loop.due and loop.due < today else ActionState.OPEN)
        for loop in loop_list(project=project, kind="action")
    ]
    closed = [(loop, ActionState.DONE) for loop in loops_closed_since(since, project=project) if loop.kind == "action"]
    return tuple(
        ActionFact(
            fact_id=f"action:{loop.pk}",
            evidence=cited(loop.quotes.all(), f"open loop {loop.pk}"),
            as_of=loop.last_moved_on,
            title=loop.title,
            owner=loop.owner.name if loop.owner else loop.owner_text,
            due=loop.due,
            state=state,
            overdue_days=calendar.working_days_between(loop.due, today)
            if loop.due and state is ActionState.OVERDUE
            else 0,
        )
        for loop, state in open_rows + closed
    )


def risk_facts(project: Project) -> tuple[RiskFact, ...]:
    """The gravest open risks."""
    return tuple(
        RiskFact(
            fact_id=f"risk:{entry.pk}",
            evidence=cited(entry.quotes.all(), f"risk {entry.pk}"),
            as_of=entry.last_moved_on,
            title=entry.title,
            owner=entry.owner.name if entry.owner else entry.owner_text,
            probability=entry.probability,
            impact=entry.impact,
            response=entry.response,
            review_on=entry.review_on,
        )
        for entry in entry_list(project=project, kind="risk")[:MOST_RISKS]
    )


def decision_facts(project: Project, since: date) -> tuple[DecisionFact, ...]:
    """Standing decisions taken since the report before, oldest first."""
    rows = [each for each in decision_list(project=project, since=since) if each.status == "standing"]
    return tuple(
        DecisionFact(
            fact_id=f"decision:{each.pk}",
            evidence=cited(each.quotes.all(), f"decision {each.pk}"),
            as_of=each.decided_on,
            text=each.text,
            by=each.decided_by,
            on=each.decided_on,
        )
        for each in reversed(rows)
    )


def change_facts(project: Project, since: date) -> tuple[ChangeFact, ...]:
    """Proposed plan changes that wait, and those decided since the report before, with their computed effect."""
    rows = [each for each in proposal_list(project=project) if each.kind == "change" and _current(each, since)]
    return tuple(
        ChangeFact(
            fact_id=f"change:{each.pk}",
            evidence=cited(each.quotes.all(), f"proposal {each.pk}"),
            as_of=each.proposed_at.date(),
            title=each.text,
            status="accepted" if each.status == "edited" else each.status,
            raised_by=next((quote.speaker for quote in each.quotes.all() if quote.speaker), ""),
            effect_days=(each.consequence.get("finish") or {}).get("working_days"),
            milestone=_first_milestone(each.consequence),
        )
        for each in rows
    )


def _current(proposal: Any, since: date) -> bool:
    if proposal.status == "proposed":
        return True
    return proposal.status in ("accepted", "edited", "rejected") and proposal.decided_at.date() >= since


def _first_milestone(consequence: Any) -> str:
    moved = [each for each in consequence.get("milestones", ()) if each["working_days"]]
    return str(moved[0]["name"]) if moved else ""


def money_facts(project: Project, today: date, finish: date | None) -> tuple[MoneyFact, ...]:
    """Budget, actuals and forecast by category; a total where there are several in one currency."""
    rows = budget_variance(project, today, finish=finish)
    facts = [
        MoneyFact(
            fact_id=f"money:{row.category}:{row.currency}",
            evidence=row.evidence[:4],
            as_of=today,
            category=row.category,
            budget=Money(row.budget, row.currency),
            actual=Money(row.actual, row.currency),
            forecast=Money(row.forecast, row.currency) if row.forecast is not None else None,
        )
        for row in rows
        if row.evidence
    ]
    currencies = {fact.budget.currency for fact in facts}
    return (*facts, *(_total(facts, currency, today) for currency in sorted(currencies) if len(facts) > 1))


def _total(facts: list[MoneyFact], currency: str, today: date) -> MoneyFact:
    same = [fact for fact in facts if fact.budget.currency == currency]
    zero = same[0].budget - same[0].budget
    forecasts = [fact.forecast or fact.actual for fact in same]
    return MoneyFact(
        fact_id=f"money:total:{currency}",
        evidence=tuple(dict.fromkeys(fact.evidence[0] for fact in same)),
        as_of=today,
        category="Total",
        budget=sum((fact.budget for fact in same), zero),
        actual=sum((fact.actual for fact in same), zero),
        forecast=sum(forecasts, zero),
        total=True,
    )


def need_facts(project: Project, blockers: Iterable[BlockerFact], today: date) -> tuple[NeedFact, ...]:
    """What the reader must do: critical blockers that wait on somebody, and decisions that are due."""
    found = [
        NeedFact(
            fact_id=f"need:{each.fact_id}",
            evidence=each.evidence,
            as_of=today,
            text=f"Unblock: {each.title}",
            whom=each.waiting_on or each.owner,
            by=max(each.becomes_miss_on, today),
            loss=f"{each.milestone or 'the finish'} {'is missed' if each.becomes_miss_on >= today else 'is being missed already'}",
        )
        for each in blockers
        if each.escalate and each.becomes_miss_on and (each.waiting_on or each.owner)
    ]
    decisions = loop_list(project=project, kind="decision")
    found += [
        NeedFact(
            fact_id=f"need:decision:{loop.pk}",
            evidence=cited(loop.quotes.all(), f"open loop {loop.pk}"),
            as_of=loop.last_moved_on,
            text=f"Decide: {loop.title}",
            whom=loop.owner.name if loop.owner else loop.owner_text,
            by=loop.due,
            loss="work that waits for it stands still",
        )
        for loop in decisions
        if loop.due and (loop.owner or loop.owner_text)
    ]
    return tuple(sorted(found, key=lambda fact: (fact.by, fact.text)))


def movement_facts(project: Project, since: date, today: date) -> tuple[MovementFact, ...]:
    """What opened and closed since the report before, one sentence each."""
    rows = []
    for loop in loops_closed_since(since, project=project):
        rows.append((loop.closed_on or today, loop, f"Closed: {loop.title}"))
    for loop in loop_list(project=project):
        if loop.opened_on >= since:
            rows.append((loop.opened_on, loop, f"New {loop.kind}: {loop.title}"))
    return tuple(
        MovementFact(
            fact_id=f"movement:{loop.pk}",
            evidence=cited(loop.quotes.all(), f"open loop {loop.pk}"),
            as_of=on,
            text=f"{text.rstrip('.')} ({day_short(on)}).",
        )
        for on, loop, text in sorted(rows, key=lambda row: (row[0], row[2]))
    )
