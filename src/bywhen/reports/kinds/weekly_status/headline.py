"""The top of the page: what matters, computed and said in words, and what is needed from the reader."""

from __future__ import annotations

from bywhen.kernel.document import Block, Cell, Column, Heading, Paragraph, Row, Sentence, Table
from bywhen.kernel.status import MilestoneFact, StatusFacts
from bywhen.kernel.wording import counted, day_long, day_short, days_after, listed, sentence_case, working_days


def milestones_to_come(facts: StatusFacts) -> list[MilestoneFact]:
    """Milestones that are not done, the earliest first."""
    return sorted(
        (item for item in facts.milestones if item.done_on is None), key=lambda item: (item.forecast, item.name)
    )


def finish_milestone(facts: StatusFacts) -> MilestoneFact | None:
    """The milestone a reader asks for first: the last one still to come."""
    return max(milestones_to_come(facts), key=lambda item: (item.forecast, item.critical), default=None)


def lead(facts: StatusFacts) -> list[Block]:
    """Where the finish stands, which blocker matters, what is needed: three or four sentences."""
    sentences = [*_finish(facts), *_blockers(facts), *_needed(facts)]
    return [Paragraph(tuple(sentences), lead=True)] if sentences else []


def _finish(facts: StatusFacts) -> list[Sentence]:
    item = finish_milestone(facts)
    if item is None:
        return []
    where = f", {days_after(item.late_days, 'the baseline')}" if item.late_days is not None else ""
    said = [Sentence(f"{item.name} is forecast for {day_long(item.forecast)}{where}.", item.evidence, strong=True)]
    if item.moved_days and facts.previous_as_of:
        way = "later" if item.moved_days > 0 else "earlier"
        cause = f" because {item.cause}" if item.cause else ""
        since = day_short(facts.previous_as_of, facts.as_of)
        text = f"That is {working_days(abs(item.moved_days))} {way} than on {since}{cause}."
        said.append(Sentence(text, item.evidence))
    return said


def _blockers(facts: StatusFacts) -> list[Sentence]:
    critical = [item for item in facts.blockers if item.critical]
    if not facts.blockers:
        return []
    evidence = tuple(ref for item in critical or facts.blockers for ref in item.evidence)
    if not critical:
        held = counted(len(facts.blockers), "blocker is", "blockers are")
        return [Sentence(f"{held} open, none on the critical path.", evidence)]
    names = listed([_blocker_words(item.title, item.waiting_on) for item in critical])
    verb = "is" if len(critical) == 1 else "are"
    text = f"{len(critical)} of {counted(len(facts.blockers), 'blocker')} {verb} on the critical path: {names}."
    return [Sentence(text, evidence)]


def _blocker_words(title: str, waiting_on: str) -> str:
    return f"{title}, waiting on {waiting_on}" if waiting_on else title


def _needed(facts: StatusFacts) -> list[Sentence]:
    if not facts.needs:
        return []
    first = min(facts.needs, key=lambda need: need.by)
    evidence = tuple(ref for need in facts.needs for ref in need.evidence)
    answers = counted(len(facts.needs), "answer is", "answers are")
    by = f"by {day_long(first.by, facts.as_of)}"
    text = f"{answers} needed {by}." if len(facts.needs) == 1 else f"{answers} needed, the first {by}."
    return [Sentence(text, evidence)]


def needs(facts: StatusFacts) -> list[Block]:
    """What is needed from whom, by when, and what is lost by waiting; the earliest first."""
    if not facts.needs:
        return []
    rows = [
        Row(
            (
                Cell(sentence_case(need.text), note=f"If not: {need.loss}", strong=True),
                Cell(need.whom),
                Cell(day_long(need.by, facts.as_of), strong=True),
            ),
            need.evidence,
        )
        for need in sorted(facts.needs, key=lambda need: need.by)
    ]
    columns = (Column("Ask", 5), Column("From", 2), Column("By", 1.6))
    return [Heading("Needed from you"), Table("What is needed, from whom, by when", columns, tuple(rows), headed=True)]
