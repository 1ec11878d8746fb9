"""The form of one change request: what is asked, what it moves and costs, who decides, what became of it.

In this order: the state in one sentence, the request, its effect on dates, float, cost and effort, what was weighed,
votes, decision, implementation and verification, then lines for signatures while the decision is open. What does not
live here: gathering the facts (room ``registers``), the look (``writers``).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bywhen.kernel.document import (
    Align,
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    Sentence,
    Table,
)
from bywhen.kernel.status import Rag
from bywhen.kernel.wording import counted, day_long, day_short, listed, plain_number, sentence_case, signed
from bywhen.registers.engine.facts import RequestFacts

_STATES = {
    "raised": "is raised; its effect is not assessed yet",
    "assessed": "waits for a decision",
    "approved": "is approved and not made yet",
    "rejected": "is rejected",
    "implemented": "is implemented",
    "cancelled": "was given up",
}
_VOTES = {"for": "For", "against": "Against", "abstain": "Abstains", "": "Not given yet"}
MOST_FLOAT = 8
"""Tasks that lose float which the form names; the rest is counted."""
_BLANK = "\N{NO-BREAK SPACE}"
"""Room to write by hand."""


class ChangeRequestForm:
    """The printed form of one change request."""

    name = "change-request"
    title = "Change request"

    def build(self, facts: RequestFacts) -> Document:
        """Say the facts as a document; the same facts always give the same document.

        Raises:
            EvidenceMissingError: when something would be said without evidence.
        """
        return Document(
            title=f"{facts.reference}: {facts.title}",
            subtitle=f"Change request, {facts.project}, as of {day_long(facts.as_of)}",
            as_of=facts.as_of,
            blocks=tuple(_blocks(facts)),
            sources=facts.sources,
            author=facts.owner,
        )


def _blocks(facts: RequestFacts) -> list[Block]:
    blocks: list[Block] = [Paragraph((Sentence(_state(facts), facts.evidence),), lead=True)]
    if facts.implemented_on and facts.decision != "approved":
        said = "It was made before anybody approved it. The board decides it afterwards, or it is undone."
        blocks.append(Callout("Made without approval", (Sentence(said, facts.evidence),), Rag.RED))
    blocks += _request(facts)
    blocks += _effect(facts)
    blocks += _weighed(facts)
    blocks += _votes(facts)
    return blocks + _course(facts)


def _state(facts: RequestFacts) -> str:
    said = f"{facts.reference} {_STATES.get(facts.state, facts.state)}"
    needed = facts.decision_needed_by
    if facts.state in {"raised", "assessed"} and needed:
        said = f"{said}; the decision is needed by {day_long(needed, facts.as_of)}"
    return f"{said}."


def _request(facts: RequestFacts) -> list[Block]:
    pairs = [
        ("What is to change", facts.title),
        ("In the plan", facts.asked),
        ("In detail", facts.description),
        ("Why it is asked", facts.reason),
        ("Requested by", facts.requested_by),
        ("Owner", facts.owner),
        ("Raised on", day_long(facts.raised_on, facts.as_of)),
        ("Needs a request because", sentence_case("; ".join(facts.reasons))),
    ]
    return [Heading("The request"), _facts_table("The request", pairs, facts)]


def _facts_table(caption: str, pairs: list[tuple[str, str]], facts: RequestFacts) -> Table:
    lines = ((name if not place else "", line) for name, value in pairs for place, line in enumerate(_lines(value)))
    rows = tuple(Row((Cell(name, strong=True), Cell(line)), facts.evidence) for name, line in lines)
    return Table(caption, (Column("What", 1.5), Column("Said", 4)), rows, headed=True)


def _lines(text: str) -> list[str]:
    """A text line by line, as it was typed."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _effect(facts: RequestFacts) -> list[Block]:
    blocks: list[Block] = [Heading("What it moves and costs")]
    said = facts.effect or "It names no change of the plan, so no effect on dates is computed."
    sentences = [Sentence(said, facts.evidence)]
    if facts.stale:
        text = f"Computed against version {facts.plan_version} of the plan, which has changed since."
        sentences.append(Sentence(text if facts.plan_version else "Not computed against today's plan.", facts.evidence))
    blocks.append(Paragraph(tuple(sentences)))
    if facts.moves:
        columns = (Column("What moves", 3), Column("Now", 1.6), Column("Then", 1.6), Column("Days", 1, Align.RIGHT))
        rows = tuple(
            Row(
                (
                    Cell(each.name),
                    Cell(day_long(each.before, facts.as_of)),
                    Cell(day_long(each.after, facts.as_of)),
                    Cell(signed(each.days), strong=True),
                ),
                facts.evidence,
            )
            for each in facts.moves
        )
        blocks.append(Table("Dates that move, in working days", columns, rows))
    blocks += _float(facts)
    pairs = [
        ("Cost", f"{plain_number(facts.cost.amount, 2)} {facts.cost.currency}" if facts.cost else "not estimated"),
        ("Effort", f"{facts.effort_days} working days" if facts.effort_days else "not estimated"),
    ]
    return [*blocks, _facts_table("Cost and effort", pairs, facts)]


def _float(facts: RequestFacts) -> list[Block]:
    blocks: list[Block] = []
    if facts.float_used:
        columns = (Column("Task that loses float", 4), Column("Now", 1, Align.RIGHT), Column("Then", 1, Align.RIGHT))
        rows = tuple(
            Row(
                (Cell(each.name), Cell(_float_said(each.before_days)), Cell(_float_said(each.after_days))),
                facts.evidence,
            )
            for each in facts.float_used[:MOST_FLOAT]
        )
        blocks.append(Table("Float, in working days", columns, rows))
    rest = len(facts.float_used) - MOST_FLOAT
    if rest > 0:
        blocks.append(Note(f"{counted(rest, 'more task')} not listed."))
    if facts.now_critical:
        said = f"Becomes critical: {listed(facts.now_critical[:MOST_FLOAT])}."
        blocks.append(Paragraph((Sentence(said, facts.evidence),)))
    return blocks


def _float_said(days: float) -> str:
    return f"{plain_number(Decimal(str(days)))} d"


def _weighed(facts: RequestFacts) -> list[Block]:
    pairs = [("Options", facts.options), ("Risk of the change", facts.risk), ("Way back", facts.rollback)]
    if not any(value for _, value in pairs):
        return []
    return [Heading("What was weighed"), _facts_table("What was weighed", pairs, facts)]


def _votes(facts: RequestFacts) -> list[Block]:
    if not facts.votes:
        return []
    columns = (Column("Approver", 2), Column("Vote", 1), Column("Day", 1.2), Column("Why", 3))
    rows = tuple(
        Row(
            (
                Cell(each.name),
                Cell(_VOTES.get(each.vote, each.vote), strong=bool(each.vote)),
                Cell(_day(each.on, facts.as_of) if each.vote else f"by {_day(each.due, facts.as_of)}"),
                Cell(each.note),
            ),
            facts.evidence,
        )
        for each in facts.votes
    )
    said = Sentence(f"{sentence_case(facts.tally)}.", facts.evidence)
    return [Heading("Votes"), Paragraph((said,)), Table("Votes", columns, rows, headed=True)]


def _course(facts: RequestFacts) -> list[Block]:
    """Decision, implementation and verification; lines to sign on while nobody has decided."""
    if not facts.decision and facts.state in {"raised", "assessed"}:
        lines = ("Approved / rejected:", "Name and signature:", "Date:", "Reason:")
        rows = tuple(Row((Cell(line, strong=True), Cell(_BLANK, note=_BLANK)), facts.evidence) for line in lines)
        columns = (Column("What", 1.5), Column("Filled in by hand", 4))
        return [Heading("Decision"), Table("Decision", columns, rows, headed=True)]
    items = [
        _step(sentence_case(facts.decision or "not decided"), facts.decided_by, facts.decided_on, facts),
        facts.decision_reason,
        f"Written in: {facts.decision_evidence}" if facts.decision_evidence else "",
    ]
    if facts.implemented_on:
        items += [_step("Implemented", facts.implemented_by, facts.implemented_on, facts), facts.implementation]
    if facts.verified_on:
        items += [_step("Verified", facts.verified_by, facts.verified_on, facts), facts.verification]
    said = tuple(Sentence(_stopped(item), facts.evidence) for item in items if item)
    return [Heading("Decision and what followed"), Bullets(said)]


def _step(what: str, by: str, on: date | None, facts: RequestFacts) -> str:
    who, when = f"by {by}" if by else "", f"on {day_long(on, facts.as_of)}" if on else ""
    return " ".join(part for part in (what, who, when) if part)


def _day(day: date | None, beside: date) -> str:
    return day_short(day, beside) if day else "no day"


def _stopped(text: str) -> str:
    plain = sentence_case(text.strip())
    return plain if plain[-1:] in {".", "!", "?"} else f"{plain}."
