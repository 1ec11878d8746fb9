"""The head of minutes: the outcome, what is different, what is missing, the meeting's particulars, who was there.

What does not live here: what came of the meeting (``items``), what was said (``talk``).
"""

from __future__ import annotations

from collections.abc import Sequence

from bywhen.kernel.document import Block, Bullets, Callout, Cell, Column, Heading, Paragraph, Row, Sentence, Table
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.minutes import Attendant, MinuteItem, MinutesFacts
from bywhen.kernel.status import Rag
from bywhen.kernel.wording import counted, day_long, listed, sentence_case
from bywhen.reports.kinds.minutes.items import by_due, stopped

_COUNTED = (
    ("decision", "decision", "decisions"),
    ("action", "action", "actions"),
    ("change", "change of the plan", "changes of the plan"),
    ("risk", "risk", "risks"),
    ("issue", "issue", "issues"),
    ("question", "open question", "open questions"),
)


def subtitle(facts: MinutesFacts) -> str:
    """Which version of the minutes this is, and of what."""
    state = f"version {facts.number}" if facts.published_by else f"draft of version {facts.number}"
    return f"Minutes, {state}, of {day_long(facts.held_on)}, {facts.project}"


def head(facts: MinutesFacts) -> list[Block]:
    """All above the first section; only what can be cited, so nothing of a meeting without a line."""
    if not facts.attendance and not facts.items:
        return []
    evidence = _whole(facts)
    blocks: list[Block] = [
        Paragraph((Sentence(outcome(facts), evidence),), lead=True),
        _particulars(facts, evidence),
    ]
    return [*blocks, *changed(facts)]


def changed(facts: MinutesFacts) -> list[Block]:
    """What is different from the version before, and what was published although it is missing."""
    if not facts.attendance and not facts.items:
        return []
    evidence, blocks = _whole(facts), list[Block]()
    if facts.since:
        said = Bullets(tuple(Sentence(stopped(each), evidence) for each in facts.since))
        blocks += [Heading(f"Different from version {facts.number - 1}"), said]
    return [*blocks, *_waived(facts, evidence)]


def outcome(facts: MinutesFacts) -> str:
    """What came of the meeting, in one sentence.

    >>> from datetime import date
    >>> outcome(MinutesFacts(meeting="Sync", project="Meridian", held_on=date(2026, 11, 19), number=1))
    'Nothing was decided, promised or warned of.'
    """
    said = [counted(count, one, many) for kind, one, many in _COUNTED if (count := len(facts.of_kind(kind)))]
    left = sum(not item.settled for item in facts.items)
    if not said and left:
        return f"Nothing is settled yet; {counted(left, 'item is', 'items are')} left open."
    if not said:
        return "Nothing was decided, promised or warned of."
    first = min((item for item in facts.of_kind("action") if item.due), key=by_due, default=None)
    if first is None or first.due is None:
        return f"{listed(said)}."
    who = first.owner or "somebody"
    return f"{listed(said)}; the first action is due from {who} by {day_long(first.due, facts.held_on)}."


def attendance(facts: MinutesFacts) -> list[Block]:
    """Who was there, who was asked and was not, each with the role that is known, and the quorum."""
    if not facts.attendance:
        return []
    blocks: list[Block] = [Heading("Attendance")]
    for present, words in ((True, "Present"), (False, "Asked, and not there")):
        people = [each for each in facts.attendance if each.present == present]
        if people:
            evidence = tuple(dict.fromkeys(ref for each in people for ref in each.evidence))
            blocks.append(Paragraph((Sentence(f"{words}: {listed(_named(people))}.", evidence),)))
    if facts.quorum:
        blocks.append(Paragraph((Sentence(stopped(facts.quorum), _whole(facts)),)))
    return blocks


def _named(people: Sequence[Attendant]) -> list[str]:
    return [f"{each.name} ({each.role})" if each.role else each.name for each in people]


def _particulars(facts: MinutesFacts, evidence: tuple[EvidenceRef, ...]) -> Table:
    """The meeting and this version of its minutes at one glance, as a register of documents wants them."""
    state = f"Version {facts.number}" if facts.published_by else f"Draft of version {facts.number}"
    published = f", published by {facts.published_by}" if facts.published_by else ""
    on = f" on {day_long(facts.published_on)}" if facts.published_by and facts.published_on else ""
    told = (
        ("Meeting", facts.kind),
        ("Project", facts.project),
        ("Held", ", ".join(part for part in (day_long(facts.held_on), facts.hours) if part)),
        ("Place", facts.place),
        ("Minutes", f"{state}{published}{on}"),
        ("Goes to", sentence_case(listed(facts.distribution))),
        ("Next meeting", facts.next_meeting),
    )
    rows = tuple(Row((Cell(title, strong=True), Cell(words)), evidence) for title, words in told if words)
    return Table("The meeting and its minutes", (Column("Particulars", 1.5), Column("Details", 6)), rows, headed=True)


def _whole(facts: MinutesFacts) -> tuple[EvidenceRef, ...]:
    """The evidence of the whole: attendance cites the source as such, which is what a count of its items rests on."""
    first: tuple[Attendant | MinuteItem, ...] = (*facts.attendance, *facts.items)
    return first[0].evidence


def _waived(facts: MinutesFacts, evidence: tuple[EvidenceRef, ...]) -> list[Block]:
    if not facts.waived:
        return []
    reason = Sentence(f"Published all the same by {facts.published_by}: {stopped(facts.waiver)}", evidence)
    return [
        Callout("Still missing", (*(Sentence(stopped(said), evidence) for said in facts.waived), reason), Rag.AMBER)
    ]
