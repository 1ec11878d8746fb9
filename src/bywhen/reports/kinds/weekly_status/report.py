"""The Friday status: read by a sponsor in one minute, and no follow-up question left.

In this order: what matters in words, what is needed from the reader, declared and derived status with the key
figures, milestones, blockers, what changed, actions, registers, money, what comes next, all reasons. Each sentence
and row cites.

What does not live here: choosing the facts (``selectors``), judging them (``engine/rag``), the look (``writers``).
"""

from __future__ import annotations

from bywhen.kernel.document import Block, Document, Heading, Note, Paragraph, Sentence
from bywhen.kernel.status import StatusFacts
from bywhen.kernel.wording import day_long, day_short, listed
from bywhen.reports.kinds.weekly_status import headline, judgement, registers, schedule

_SECTIONS = (
    ("blockers", "Blockers", schedule.blockers),
    ("movements", "", schedule.movements),
    ("actions", "Actions", registers.actions),
    ("risks", "Risks", registers.risks),
    ("decisions", "Decisions taken", registers.decisions),
    ("changes", "Change requests", registers.changes),
    ("money", "Money", registers.money),
    ("lookahead", "What comes next", schedule.lookahead),
)
_NOTHING = {
    "blockers": "No blocker is open",
    "movements": "Nothing moved",
    "actions": "No action is open",
    "risks": "No risk is open",
    "decisions": "No decision was taken",
    "changes": "No change request is open",
    "money": "Nothing was budgeted or booked",
    "lookahead": "No milestone is due, and no critical task starts or ends, within ten working days",
}
_DEFINITIONS = (
    "Days are working days of the project calendar. Progress is weighted by planned duration. SPI(t) is earned schedule"
    " over actual time: below 1.00 the work takes longer than planned. Float is how long something may slip before the"
    " finish slips. A forecast of money counts what is booked and what is still to come."
)


class WeeklyStatus:
    """The weekly status of one project."""

    name = "weekly-status"
    title = "Weekly status"

    def build(self, facts: StatusFacts) -> Document:
        """Say the facts of one project and day as a document (see :class:`bywhen.reports.engine.port.Report`)."""
        return Document(
            title=facts.project,
            subtitle=_subtitle(facts),
            as_of=facts.as_of,
            blocks=tuple(_blocks(facts)),
            sources=facts.sources,
        )


def _subtitle(facts: StatusFacts) -> str:
    said = f"Weekly status, facts as of {day_long(facts.as_of)}"
    if facts.previous_as_of is None:
        return said
    return f"{said}, compared with {day_short(facts.previous_as_of, facts.as_of)}"


def _blocks(facts: StatusFacts) -> list[Block]:
    blocks: list[Block] = [*headline.lead(facts), *headline.needs(facts), *judgement.status(facts)]
    blocks += schedule.milestones(facts)
    silent = [] if facts.milestones else ["milestones"]
    for key, heading, section in _SECTIONS:
        said = section(facts)
        if said:
            blocks += said
        elif key in facts.checked:
            sentence = Sentence(f"{_NOTHING[key]} as of {day_short(facts.as_of)}.", facts.checked[key])
            blocks += [Heading(heading or "What changed"), Paragraph((sentence,))]
        else:
            silent.append((heading or "what changed").lower())
    blocks += judgement.all_reasons(facts)
    blocks += [Heading("How to read this"), Note(_DEFINITIONS)]
    if silent:
        blocks.append(Note(f"No source says anything about: {listed(silent)}."))
    return blocks
