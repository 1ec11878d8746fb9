"""The top of the page: what matters, computed and said in words, and what is needed from the reader."""

from __future__ import annotations

from dataclasses import replace

from bywhen.kernel.document import Block, Cell, Column, Heading, Paragraph, Row, Sentence, Table
from bywhen.kernel.status import MilestoneFact, Rag, StatusFacts
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
    """What matters most, where the finish stands, which blockers count, what is needed: three to five sentences.

    A blocker about to cost a milestone comes first while the finish itself is still on its baseline.
    """
    threat, finish = _threat(facts), _finish(facts)
    if threat and not _finish_moves(facts):
        sentences = [*threat, *(replace(each, strong=False) for each in finish)]
    else:
        sentences = [*finish, *_blockers(facts)]
    sentences += [*_watermelon(facts), *_needed(facts)]
    return [Paragraph(tuple(sentences), lead=True)] if sentences else []


def headline_of(facts: StatusFacts) -> str:
    """The one sentence for lists of reports: the strong one of the lead, else the gravest reason, else ''."""
    said = [
        each.text for block in lead(facts) if isinstance(block, Paragraph) for each in block.sentences if each.strong
    ]
    reasons = [reason.text for reason in facts.derived.reasons] if facts.derived else []
    return next(iter([*said, *reasons]), "")


def _finish_moves(facts: StatusFacts) -> bool:
    item = finish_milestone(facts)
    return item is not None and ((item.late_days or 0) > 0 or (item.moved_days or 0) > 0)


def _threat(facts: StatusFacts) -> list[Sentence]:
    """The critical blocker that becomes a miss first, in one sentence."""
    dated = [(item.becomes_miss_on, item) for item in facts.blockers if item.critical and item.becomes_miss_on]
    if not dated:
        return []
    on, item = min(dated, key=lambda pair: (pair[0], pair[1].title))
    milestone = item.milestone or "The finish"
    when = f"is missed from {day_long(on, facts.as_of)}" if on >= facts.as_of else "is being missed"
    who = f" unless {item.waiting_on} acts" if item.waiting_on else ""
    return [Sentence(f"{milestone} {when}{who}: {item.title.rstrip('.')}.", item.evidence, strong=True)]


def _watermelon(facts: StatusFacts) -> list[Sentence]:
    """Green outside, not green within: said at the top."""
    declared, derived = facts.declared, facts.derived
    if declared is None or derived is None or declared.rag is not Rag.GREEN or derived.rag is Rag.GREEN:
        return []
    by = f" by {declared.by}" if declared.by else ""
    said = "the evidence does not suffice" if derived.rag is Rag.GREY else f"the facts say {derived.rag.value}"
    refs = tuple(dict.fromkeys((*declared.evidence, *(ref for each in derived.reasons[:1] for ref in each.evidence))))
    return [Sentence(f"It is declared green{by}; {said}.", refs)]


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
