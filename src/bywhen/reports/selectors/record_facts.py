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
    MilestoneFact,
    MoneyFact,
    MovementFact,
    NeedFact,
    RiskFact,
)
from bywhen.kernel.wording import day_short, working_days
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.selectors import loop_list, loops_closed_since
from bywhen.meetings.selectors.decisions import decision_list
from bywhen.record.selectors.proposals import proposal_list
from bywhen.registers.selectors.entries import change_references, entry_list

if TYPE_CHECKING:
    from bywhen.loops.models import Loop
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
    """Proposed plan changes that wait, and those decided since the report before, with their computed effect; then the
    requests of the change register that no proposal tells already. A registered one begins with its reference.
    """
    rows = [each for each in proposal_list(project=project) if each.kind == "change" and _current(each, since)]
    references = change_references(rows)
    proposed = tuple(
        ChangeFact(
            fact_id=f"change:{each.pk}",
            evidence=cited(each.quotes.all(), f"proposal {each.pk}"),
            as_of=each.proposed_at.date(),
            title=_referenced(references.get(each.pk, ""), each.text),
            status="accepted" if each.status == "edited" else each.status,
            raised_by=next((quote.speaker for quote in each.quotes.all() if quote.speaker), ""),
            effect_days=(each.consequence.get("finish") or {}).get("working_days"),
            milestone=_first_milestone(each.consequence),
        )
        for each in rows
    )
    return (*proposed, *_requested(project, since))


def _requested(project: Project, since: date) -> tuple[ChangeFact, ...]:
    entries = entry_list(project=project, kind="change", status="").filter(proposal=None)
    return tuple(
        ChangeFact(
            fact_id=f"change request:{entry.pk}",
            evidence=cited(entry.quotes.all(), f"change request {entry.pk}"),
            as_of=entry.last_moved_on,
            title=_referenced(entry.reference, entry.title),
            status=entry.progress or entry.status,
        )
        for entry in entries
        if entry.status == "open" or (entry.closed_on and entry.closed_on >= since)
    )


def _referenced(reference: str, text: str) -> str:
    return f"{reference}: {text}" if reference else text


def _current(proposal: Any, since: date) -> bool:
    if proposal.status == "proposed":
        return True
    return proposal.status in ("accepted", "edited", "rejected") and proposal.decided_at.date() >= since


def _first_milestone(consequence: Any) -> str:
    moved = [each for each in consequence.get("milestones", ()) if each["working_days"]]
    return str(moved[0]["name"]) if moved else ""


def money_facts(project: Project, today: date) -> tuple[MoneyFact, ...]:
    """Budget, actuals and forecast to the end of the budgeted months by category; a total where there are several."""
    rows = budget_variance(project, today)
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


def _miss(blocker: BlockerFact, today: date) -> str:
    already = blocker.becomes_miss_on is not None and blocker.becomes_miss_on < today
    return f"{blocker.milestone or 'the finish'} {'is being missed already' if already else 'is missed'}"


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
            loss=_miss(each, today),
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


MOST_ALIKE = 3
"""Loops of one kind that opened or closed are told one by one up to this many; more become one sentence."""


def movement_facts(
    project: Project, milestones: Iterable[MilestoneFact], since: date, today: date
) -> tuple[MovementFact, ...]:
    """What changed since the report before, one sentence each: milestones first, then what opened and closed."""
    moved = [_milestone_moved(item, today) for item in milestones if item.moved_days and item.previous]
    groups: dict[tuple[str, str], list[Loop]] = {}
    for loop in loops_closed_since(since, project=project):
        groups.setdefault(("Closed", loop.kind), []).append(loop)
    for loop in loop_list(project=project):
        if loop.opened_on >= since:
            groups.setdefault(("New", loop.kind), []).append(loop)
    return (*moved, *(fact for (verb, kind), loops in groups.items() for fact in _moved(verb, kind, loops, today)))


def _milestone_moved(item: MilestoneFact, today: date) -> MovementFact:
    assert item.previous is not None
    days = item.moved_days or 0
    way = "later" if days > 0 else "earlier"
    span = f"from {day_short(item.previous, today)} to {day_short(item.forecast, today)}"
    text = f"{item.name} moved {working_days(abs(days))} {way}, {span}."
    return MovementFact(fact_id=f"movement:{item.fact_id}", evidence=item.evidence, as_of=item.as_of, text=text)


def _moved(verb: str, kind: str, loops: list[Loop], today: date) -> list[MovementFact]:
    days = [(loop.closed_on or today) if verb == "Closed" else loop.opened_on for loop in loops]
    if len(loops) > MOST_ALIKE:
        told = "; ".join(loop.title.rstrip(".") for loop in loops[:MOST_ALIKE])
        text = f"{len(loops)} {plural(kind)} {'closed' if verb == 'Closed' else 'opened'}: {told}; and others."
        evidence = tuple(ref for loop in loops for ref in cited(loop.quotes.all(), f"open loop {loop.pk}"))
        return [MovementFact(fact_id=f"movement:{verb}:{kind}", evidence=evidence, as_of=max(days), text=text)]
    # A review's title says already that it is one.
    lead = f"{verb}: " if verb == "Closed" or kind == "review" else f"{verb} {kind}: "
    return [
        MovementFact(
            fact_id=f"movement:{loop.pk}",
            evidence=cited(loop.quotes.all(), f"open loop {loop.pk}"),
            as_of=on,
            text=f"{lead}{loop.title.rstrip('.')} ({day_short(on, today)}).",
        )
        for on, loop in sorted(zip(days, loops, strict=True), key=lambda pair: (pair[0], pair[1].title))
    ]


def plural(kind: str) -> str:
    """A kind of loop in the plural.

    >>> plural("action"), plural("decision needed")
    ('actions', 'decisions needed')
    """
    first, _, rest = kind.partition(" ")
    return f"{first}s {rest}".rstrip()
