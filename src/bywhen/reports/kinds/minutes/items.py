"""What came of the meeting: decisions, actions, changes, risks and issues, questions, and what was left open.

What does not live here: the head (``head``), what was said (``talk``).
"""

from __future__ import annotations

import re
from datetime import date

from bywhen.kernel.document import Block, Bullets, Cell, Column, Heading, Note, Row, Sentence, Table
from bywhen.kernel.minutes import MinuteItem, MinutesFacts
from bywhen.kernel.status import Rag
from bywhen.kernel.wording import day_long, sentence_case

SECTION_TOPICS = (
    ("attendance", "attendance"),
    ("decision", "decision"),
    ("result", "decision"),
    ("action", "action"),
    ("promise", "action"),
    ("commitment", "action"),
    ("change", "change"),
    ("milestone", "change"),
    ("risk", "risk"),
    ("issue", "risk"),
    ("blocker", "risk"),
    ("question", "question"),
)
"""The word with which a section's heading begins -> what is told under it."""
_NUMBER = Column("No.", 0.7)


def items_of(facts: MinutesFacts) -> dict[str, list[Block]]:
    """What came of the meeting by topic, in the order of minutes of no kind; a topic without anything is empty."""
    return {
        "decision": _decisions(facts),
        "action": _actions(facts),
        "change": _changes(facts),
        "risk": _table(facts, "Risks and issues", "Risk or issue", "risk", "issue"),
        "question": _table(facts, "Open questions", "Question", "question"),
    }


def left_open(facts: MinutesFacts) -> list[Block]:
    """What was heard and nobody has judged."""
    items = tuple(
        Sentence(f"{item.kind.capitalize()}: {stopped(item.text)}", item.evidence)
        for item in facts.items
        if not item.settled
    )
    if not items:
        return []
    said = "Heard in the meeting, and judged by nobody yet; nothing follows from these."
    return [Heading("Left open"), Note(said), Bullets(items)]


def item_number(item: MinuteItem) -> str:
    """How people name it: the first letter of its kind and its number on record, the same in each version.

    >>> from bywhen.kernel.evidence import EvidenceRef
    >>> about = {"as_of": date(2026, 11, 19), "evidence": (EvidenceRef("ab12", "cue 7"),)}
    >>> item_number(MinuteItem(fact_id="proposal:7", kind="action", text="Send it", **about))
    'A7'
    """
    found = re.search(r"\d+$", item.fact_id)
    return f"{item.kind[:1].upper()}{found.group() if found else ''}"


def by_due(item: MinuteItem) -> tuple[date, str]:
    """The first due first; without a date last."""
    return item.due or date.max, item.owner


def stopped(text: str) -> str:
    """A sentence with its stop; what has one keeps it."""
    plain = text.strip()
    return plain if not plain or plain[-1] in ".!?" else f"{plain}."


def _decisions(facts: MinutesFacts) -> list[Block]:
    rows = tuple(
        Row(
            (Cell(item_number(item)), Cell(sentence_case(item.text), strong=True), Cell(item.owner or "Nobody named")),
            item.evidence,
        )
        for item in facts.of_kind("decision")
    )
    columns = (_NUMBER, Column("Decision", 5), Column("Decided by", 1.8))
    return [Heading("Decisions"), Table("Decisions", columns, rows, headed=True)] if rows else []


def _actions(facts: MinutesFacts) -> list[Block]:
    rows = tuple(_action_row(item, facts.held_on) for item in sorted(facts.of_kind("action"), key=by_due))
    columns = (_NUMBER, Column("Action", 4.2), Column("Owner", 1.8), Column("Due", 1.6))
    return [Heading("Actions"), Table("Actions, the first due first", columns, rows, headed=True)] if rows else []


def _action_row(item: MinuteItem, beside: date) -> Row:
    owner = Cell(item.owner) if item.owner else Cell("No owner", rag=Rag.RED, strong=True)
    due = Cell(day_long(item.due, beside)) if item.due else Cell("No date", note=item.due_text, rag=Rag.AMBER)
    return Row((Cell(item_number(item)), Cell(sentence_case(item.text), strong=True), owner, due), item.evidence)


def _changes(facts: MinutesFacts) -> list[Block]:
    rows = tuple(
        Row(
            (Cell(item_number(item)), Cell(sentence_case(item.text), strong=True), Cell(item.effect or "Not computed")),
            item.evidence,
        )
        for item in facts.of_kind("change")
    )
    columns = (_NUMBER, Column("Change", 3), Column("What it does to the plan", 4))
    heading = "Changes of the plan"
    return [Heading(heading), Table(heading, columns, rows, headed=True)] if rows else []


def _table(facts: MinutesFacts, heading: str, column: str, *kinds: str) -> list[Block]:
    items = facts.of_kind(*kinds)
    if not items:
        return []
    note = len(kinds) > 1
    rows = tuple(
        Row(
            (
                Cell(item_number(item)),
                Cell(sentence_case(item.text), note=item.kind.capitalize() if note else ""),
                Cell(item.owner or "No owner"),
                Cell(day_long(item.due, facts.held_on) if item.due else item.due_text or "No date"),
            ),
            item.evidence,
        )
        for item in items
    )
    columns = (_NUMBER, Column(column, 4.2), Column("Owner", 1.8), Column("Due", 1.6))
    return [Heading(heading), Table(heading, columns, rows, headed=True)]
