"""The sections that come from the registers and the ledger: actions, risks, decisions, changes, money."""

from __future__ import annotations

from datetime import date

from bywhen.kernel.document import Align, Block, Cell, Column, Heading, Paragraph, Row, Sentence, Table
from bywhen.kernel.status import ActionFact, ActionState, MoneyFact, Rag, RiskFact, StatusFacts
from bywhen.kernel.wording import counted, day_short, money_short, signed, working_days

_RIGHT = Align.RIGHT


def actions(facts: StatusFacts) -> list[Block]:
    """How many actions are open, overdue and done; then each that is not done, the longest overdue first."""
    if not facts.actions:
        return []
    live = [item for item in facts.actions if item.state is not ActionState.DONE]
    rows = tuple(_action_row(item, facts.as_of) for item in sorted(live, key=_action_order))
    evidence = tuple(ref for item in facts.actions for ref in item.evidence)
    blocks: list[Block] = [Heading("Actions"), Paragraph((Sentence(_action_counts(facts), evidence),))]
    if rows:
        columns = (Column("Action", 4.2), Column("Owner", 1.7), Column("Due", 1.9))
        blocks.append(Table("Open actions, the longest overdue first", columns, rows))
    return blocks


def _action_counts(facts: StatusFacts) -> str:
    states = [item.state for item in facts.actions]
    done, overdue = states.count(ActionState.DONE), states.count(ActionState.OVERDUE)
    ownerless = sum(not item.owner for item in facts.actions if item.state is not ActionState.DONE)
    said = f"{counted(len(states) - done, 'action')} open, {overdue} of them overdue; {done} done this week"
    return f"{said}; {ownerless} without an owner." if ownerless else f"{said}."


def _action_order(item: ActionFact) -> tuple[int, bool, date]:
    return -item.overdue_days, bool(item.owner), item.due or date.max


def _action_row(item: ActionFact, as_of: date) -> Row:
    overdue = item.state is ActionState.OVERDUE
    due = day_short(item.due, as_of) if item.due else "No date"
    note = f"{working_days(item.overdue_days)} overdue" if overdue else ""
    return Row(
        (
            Cell(item.title, note=f"Protects {item.protects}" if item.protects else "", strong=overdue),
            Cell(item.owner or "No owner", rag=None if item.owner else Rag.RED, strong=not item.owner),
            Cell(due, note=note, rag=Rag.RED if overdue else None if item.due else Rag.AMBER, strong=overdue),
        ),
        item.evidence,
    )


def risks(facts: StatusFacts) -> list[Block]:
    """Open risks, the highest score first."""
    if not facts.risks:
        return []
    columns = (Column("Risk", 4), Column("Score", 1.1, _RIGHT), Column("Owner", 1.7), Column("Next review", 1.5))
    ordered = sorted(facts.risks, key=lambda item: -(item.score or 0))
    rows = tuple(_risk_row(item, facts.as_of) for item in ordered)
    return [Heading("Risks"), Table("Risks, score is probability times impact (1 to 25)", columns, rows)]


def _risk_row(item: RiskFact, as_of: date) -> Row:
    score = "not scored" if item.score is None else f"{item.score} of 25"
    since = ""
    if item.score is not None and item.previous_score is not None:
        since = f"{signed(item.score - item.previous_score)} since last"
    late = item.review_on is not None and item.review_on < as_of
    review = day_short(item.review_on, as_of) if item.review_on else "No date"
    return Row(
        (
            Cell(item.title, note=f"Response: {item.response}" if item.response else "No response", strong=True),
            Cell(score, note=since),
            Cell(item.owner or "No owner", rag=None if item.owner else Rag.RED),
            Cell(review, note="overdue" if late else "", rag=Rag.AMBER if late or not item.review_on else None),
        ),
        item.evidence,
    )


def decisions(facts: StatusFacts) -> list[Block]:
    """Decisions taken, the latest first."""
    if not facts.decisions:
        return []
    rows = tuple(
        Row(
            (Cell(item.text, note=item.effect, strong=True), Cell(item.by), Cell(day_short(item.on, facts.as_of))),
            item.evidence,
        )
        for item in sorted(facts.decisions, key=lambda item: item.on, reverse=True)
    )
    columns = (Column("Decision", 4.4), Column("By", 2.2), Column("On", 1.2))
    return [Heading("Decisions taken"), Table("Decisions taken, the latest first", columns, rows, headed=True)]


def changes(facts: StatusFacts) -> list[Block]:
    """Change requests with what they would do to time and money."""
    if not facts.changes:
        return []
    rows = tuple(
        Row(
            (
                Cell(item.title, note=f"Raised by {item.raised_by}" if item.raised_by else "", strong=True),
                Cell(item.status),
                Cell(
                    "unknown" if item.effect_days is None else f"{signed(item.effect_days)} days", note=item.milestone
                ),
                Cell("unknown" if item.effect_cost is None else money_short(item.effect_cost, sign=True)),
            ),
            item.evidence,
        )
        for item in facts.changes
    )
    columns = (Column("Change", 3.6), Column("State", 1.8), Column("Time", 1.4, _RIGHT), Column("Cost", 1.4, _RIGHT))
    return [Heading("Change requests"), Table("Change requests and their effect", columns, rows, headed=True)]


def money(facts: StatusFacts) -> list[Block]:
    """Budget, actuals and forecast by category; the total last."""
    if not facts.money:
        return []
    columns = (
        Column("Category", 2.2),
        Column("Budget", 1.5, _RIGHT),
        Column("Booked", 2, _RIGHT),
        Column("Forecast", 1.5, _RIGHT),
        Column("To budget", 1.6, _RIGHT),
    )
    rows = tuple(_money_row(item) for item in sorted(facts.money, key=lambda item: item.total))
    caption = f"Money as of {day_short(max(item.as_of for item in facts.money))}; more than budget is marked"
    return [Heading("Money"), Table(caption, columns, rows)]


def _money_row(item: MoneyFact) -> Row:
    over = -item.remaining
    since = f"{money_short(item.actual - item.previous_actual, sign=True)} since last" if item.previous_actual else ""
    return Row(
        (
            Cell(item.category, strong=item.total),
            Cell(money_short(item.budget)),
            Cell(money_short(item.actual), note=since),
            Cell(money_short(item.forecast) if item.forecast else "none"),
            Cell(money_short(over, sign=True), rag=Rag.AMBER if over.amount > 0 else None, strong=over.amount > 0),
        ),
        item.evidence,
    )
