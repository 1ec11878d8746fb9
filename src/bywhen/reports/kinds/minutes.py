"""Minutes: what was decided and who does what by when first; then the talk behind it, by item of the agenda.

In this order: the outcome in one sentence, what was published although it is missing, attendance, decisions, actions,
changes of the plan, risks and issues, questions, what was left open, discussion, what the meeting did not reach. Each
row and sentence cites the line that it stands on. A kind of meeting that names its own sections is told in their
order; what it does not name follows, so that nothing is lost.

What does not live here: gathering the facts (room ``meetings``), the look (``writers``).
"""

from __future__ import annotations

import re
from datetime import date

from bywhen.kernel.document import (
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
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.minutes import Attendant, DiscussionPoint, MinuteItem, MinutesFacts
from bywhen.kernel.status import Rag
from bywhen.kernel.wording import counted, day_long, day_short, listed

_COUNTED = (
    ("decision", "decision", "decisions"),
    ("action", "action", "actions"),
    ("change", "change of the plan", "changes of the plan"),
    ("risk", "risk", "risks"),
    ("issue", "issue", "issues"),
    ("question", "open question", "open questions"),
)
_HOW_TO_READ = (
    "Numbers lead to the lines of the source that a statement rests on. What was said is verbatim. An action without"
    " an owner or a date is marked; whoever was not there can object to the author of these minutes."
)


class Minutes:
    """The minutes of one meeting."""

    name = "minutes"
    title = "Minutes"

    def build(self, facts: MinutesFacts) -> Document:
        """Say the facts of one meeting as a document; the same facts always give the same document.

        Raises:
            EvidenceMissingError: when something would be said without evidence.
        """
        return Document(
            title=facts.meeting,
            subtitle=_subtitle(facts),
            as_of=facts.published_on or facts.held_on,
            blocks=tuple(_blocks(facts)),
            sources=facts.sources,
            author=facts.published_by,
        )


def _subtitle(facts: MinutesFacts) -> str:
    state = f"version {facts.number}" if facts.published_by else f"draft of version {facts.number}"
    said = f"Minutes, {state}, of {day_long(facts.held_on)}, {facts.project}"
    if not facts.published_by or facts.published_on is None:
        return said
    return f"{said}, published by {facts.published_by} on {day_short(facts.published_on, facts.held_on)}"


def _blocks(facts: MinutesFacts) -> list[Block]:
    blocks: list[Block] = []
    if facts.attendance or facts.items:
        blocks.append(Paragraph((Sentence(outcome(facts), _all_evidence(facts)),), lead=True))
    blocks += _waived(facts)
    told = _by_topic(facts)
    for section in facts.sections:
        topic = _topic(section)
        blocks += told.pop(topic, []) if topic else _section(facts, section)
    for rest in told.values():
        blocks += rest
    blocks += _left_open(facts)
    blocks += _discussion(facts)
    blocks += _missed(facts)
    blocks += [Heading("How to read this"), Note(_HOW_TO_READ)]
    if facts.distribution:
        blocks.append(Note(f"These minutes go to {listed(facts.distribution)}."))
    return blocks


def _by_topic(facts: MinutesFacts) -> dict[str, list[Block]]:
    """What came of the meeting by the word that begins a section's heading, in the order of minutes of no kind."""
    return {
        "attendance": _attendance(facts),
        "decision": _decisions(facts),
        "action": _actions(facts),
        "change": _listed(facts, "Changes of the plan", "change"),
        "risk": _table(facts, "Risks and issues", "Risk or issue", "risk", "issue"),
        "question": _table(facts, "Open questions", "Question", "question"),
    }


_TOPICS = ("attendance", "decision", "action", "change", "risk", "question")


def _topic(section: str) -> str:
    """The topic that a section's heading begins with; '' when it is a part of the talk.

    >>> _topic("Changes decided"), _topic("Went well")
    ('change', '')
    """
    return next((topic for topic in _TOPICS if section.casefold().startswith(topic)), "")


def _section(facts: MinutesFacts, section: str) -> list[Block]:
    """The talk under the heading of one section, headed by it; nothing when the source has no such heading."""
    blocks = [_remarks(point) for point in facts.discussion if _under(point, section)]
    return [Heading(section), *blocks] if blocks else []


def _under(point: DiscussionPoint, section: str) -> bool:
    """Whether the heading in the source is the section's, written loosely (``2. What went well:``).

    >>> _under(DiscussionPoint(heading="What went well:", remarks=()), "Went well")
    True
    >>> _under(DiscussionPoint(heading="What did not go well", remarks=()), "Went well")
    False
    """
    return f" {_words(section)} " in f" {_words(point.heading)} "


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def outcome(facts: MinutesFacts) -> str:
    """What came of the meeting, in one sentence.

    >>> outcome(MinutesFacts(meeting="Sync", project="Meridian", held_on=date(2026, 11, 19), number=1))
    'Nothing was decided, promised or warned of.'
    """
    said = [counted(count, one, many) for kind, one, many in _COUNTED if (count := len(facts.of_kind(kind)))]
    left = sum(not item.settled for item in facts.items)
    if not said and left:
        return f"Nothing is settled yet; {counted(left, 'item is', 'items are')} left open."
    if not said:
        return "Nothing was decided, promised or warned of."
    first = min((item for item in facts.of_kind("action") if item.due), key=_by_due, default=None)
    if first is None or first.due is None:
        return f"{listed(said)}."
    who = first.owner or "somebody"
    return f"{listed(said)}; the first is due from {who} by {day_long(first.due, facts.held_on)}."


def _all_evidence(facts: MinutesFacts) -> tuple[EvidenceRef, ...]:
    """The evidence of the whole: attendance cites the source as such, which is what a count of its items rests on."""
    first: tuple[Attendant | MinuteItem, ...] = (*facts.attendance, *facts.items)
    return first[0].evidence


def _waived(facts: MinutesFacts) -> list[Block]:
    if not facts.waived:
        return []
    evidence = _all_evidence(facts)
    reason = Sentence(f"Published all the same by {facts.published_by}: {_stopped(facts.waiver)}", evidence)
    return [
        Callout("Still missing", (*(Sentence(_stopped(said), evidence) for said in facts.waived), reason), Rag.AMBER)
    ]


def _attendance(facts: MinutesFacts) -> list[Block]:
    if not facts.attendance:
        return []
    blocks: list[Block] = [Heading("Attendance")]
    for present, words in ((True, "Present"), (False, "Asked, and not there")):
        people = [each for each in facts.attendance if each.present == present]
        if people:
            evidence = tuple(dict.fromkeys(ref for each in people for ref in each.evidence))
            said = f"{words}: {listed([each.name for each in people])}."
            blocks.append(Paragraph((Sentence(said, evidence),)))
    return blocks


def _decisions(facts: MinutesFacts) -> list[Block]:
    rows = tuple(
        Row((Cell(item.text, strong=True), Cell(item.owner or "Nobody named")), item.evidence)
        for item in facts.of_kind("decision")
    )
    columns = (Column("Decision", 5), Column("Decided by", 1.8))
    return [Heading("Decisions"), Table("Decisions", columns, rows, headed=True)] if rows else []


def _actions(facts: MinutesFacts) -> list[Block]:
    rows = tuple(_action_row(item, facts.held_on) for item in sorted(facts.of_kind("action"), key=_by_due))
    columns = (Column("Action", 4.2), Column("Owner", 1.8), Column("Due", 1.6))
    return [Heading("Actions"), Table("Actions, the first due first", columns, rows, headed=True)] if rows else []


def _by_due(item: MinuteItem) -> tuple[date, str]:
    return item.due or date.max, item.owner


def _action_row(item: MinuteItem, beside: date) -> Row:
    owner = Cell(item.owner) if item.owner else Cell("No owner", rag=Rag.RED, strong=True)
    due = Cell(day_long(item.due, beside)) if item.due else Cell("No date", note=item.due_text, rag=Rag.AMBER)
    return Row((Cell(item.text, strong=True), owner, due), item.evidence)


def _listed(facts: MinutesFacts, heading: str, kind: str) -> list[Block]:
    items = tuple(
        Sentence(" ".join(part for part in (_stopped(item.text), _stopped(item.effect)) if part), item.evidence)
        for item in facts.of_kind(kind)
    )
    return [Heading(heading), Bullets(items)] if items else []


def _table(facts: MinutesFacts, heading: str, column: str, *kinds: str) -> list[Block]:
    items = facts.of_kind(*kinds)
    if not items:
        return []
    note = len(kinds) > 1
    rows = tuple(
        Row(
            (
                Cell(item.text, note=item.kind.capitalize() if note else ""),
                Cell(item.owner or "No owner"),
                Cell(day_long(item.due, facts.held_on) if item.due else item.due_text or "No date"),
            ),
            item.evidence,
        )
        for item in items
    )
    columns = (Column(column, 4.2), Column("Owner", 1.8), Column("Due", 1.6))
    return [Heading(heading), Table(heading, columns, rows, headed=True)]


def _left_open(facts: MinutesFacts) -> list[Block]:
    items = tuple(
        Sentence(f"{item.kind.capitalize()}: {_stopped(item.text)}", item.evidence)
        for item in facts.items
        if not item.settled
    )
    if not items:
        return []
    said = "Heard in the meeting, and judged by nobody yet; nothing follows from these."
    return [Heading("Left open"), Note(said), Bullets(items)]


def _discussion(facts: MinutesFacts) -> list[Block]:
    blocks: list[Block] = []
    own = [section for section in facts.sections if not _topic(section)]
    for point in facts.discussion:
        if any(_under(point, section) for section in own):
            continue
        if point.heading or len(facts.discussion) > 1:
            blocks.append(Heading(point.heading or "Outside the agenda", 2))
        blocks.append(_remarks(point))
    return [Heading("Discussion"), *blocks] if blocks else []


def _remarks(point: DiscussionPoint) -> Bullets:
    return Bullets(
        tuple(
            Sentence(f"{remark.speaker}: “{remark.text}”" if remark.speaker else remark.text, remark.evidence)
            for remark in point.remarks
        )
    )


def _missed(facts: MinutesFacts) -> list[Block]:
    items = tuple(Sentence(_stopped(point.heading), point.evidence) for point in facts.missed)
    if not items:
        return []
    said = "On the agenda, and without a decision, action, risk, issue or question."
    return [Heading("What the meeting did not settle"), Note(said), Bullets(items)]


def _stopped(text: str) -> str:
    """A sentence with its stop; what has one keeps it."""
    plain = text.strip()
    return plain if not plain or plain[-1] in ".!?" else f"{plain}."
