"""Minutes: what was decided and who does what by when first; then the talk behind it, by item of the agenda.

In this order: the outcome in one sentence, the meeting's particulars, what is different from the version before, what
was published although it is missing, attendance, decisions, actions, changes of the plan, risks and issues,
questions, what was left open, discussion, what the meeting did not reach. Each row and sentence cites the line that it
stands on. A kind of meeting that names its own sections is told in their order, also where there is nothing to tell;
what it does not name follows, so that nothing is lost.

What does not live here: gathering the facts (room ``meetings``), the look (``writers``), the head of the minutes
(:mod:`bywhen.reports.kinds.minutes.head`), their items (``items``), the talk (``talk``).
"""

from __future__ import annotations

from bywhen.kernel.document import Block, Document, Heading, Note
from bywhen.kernel.minutes import MinutesFacts
from bywhen.kernel.wording import day_long
from bywhen.reports.kinds.minutes.head import attendance, changed, head, subtitle
from bywhen.reports.kinds.minutes.items import SECTION_TOPICS, items_of, left_open
from bywhen.reports.kinds.minutes.talk import discussion, said_under, unsettled

_HOW_TO_READ = (
    "Numbers in brackets lead to the lines of the source that a statement rests on. What was said is verbatim. D, A, C,"
    " R, I and Q with a number name a decision, an action and so on, and stay the same in later versions. An action"
    " without an owner or a date is marked; whoever was not there can object to the author of these minutes."
)
_HOW_TO_FILE = (
    "All else stands as in the version before. Keep this with it; the whole of this version is kept on record."
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
            subtitle=subtitle(facts),
            as_of=facts.published_on or facts.held_on,
            blocks=tuple(_blocks(facts)),
            sources=facts.sources,
            author=facts.published_by,
        )


def change_note(facts: MinutesFacts) -> Document:
    """What is different from the version before, and nothing else: for those who have that version.

    Raises:
        EvidenceMissingError: when something would be said without evidence.
    """
    return Document(
        title=facts.meeting,
        subtitle=f"What version {facts.number} of the minutes changes, {day_long(facts.held_on)}, {facts.project}",
        as_of=facts.published_on or facts.held_on,
        blocks=(*changed(facts), Note(_HOW_TO_FILE)),
        sources=facts.sources,
        author=facts.published_by,
    )


def _blocks(facts: MinutesFacts) -> list[Block]:
    blocks = head(facts)
    told = {"attendance": attendance(facts), **items_of(facts)}
    for section in facts.sections:
        blocks += _section(facts, section, told)
    for rest in told.values():
        blocks += rest
    blocks += left_open(facts)
    blocks += discussion(facts, own=[each for each in facts.sections if not section_topic(each)])
    blocks += unsettled(facts)
    return [*blocks, Heading("How to read this"), Note(_HOW_TO_READ)]


def section_topic(section: str) -> str:
    """The topic that a section's heading begins with; '' when it is a part of the talk.

    >>> section_topic("Changes decided"), section_topic("Blockers"), section_topic("Went well")
    ('change', 'risk', '')
    """
    begins = section.casefold()
    return next((topic for word, topic in SECTION_TOPICS if begins.startswith(word)), "")


def _section(facts: MinutesFacts, section: str, told: dict[str, list[Block]]) -> list[Block]:
    """What stands under a section's own heading. Where its topic is empty, that is said; a part of the talk is left
    out when the source has no headings at all, as recorded speech has none.
    """
    topic = section_topic(section)
    if not topic:
        said = said_under(facts, section)
        headed = any(point.heading for point in facts.discussion)
        return [Heading(section), *(said or [Note("Nothing was noted.")])] if said or headed else []
    if topic not in told:
        return []  # two of its sections share a topic: the first one told it
    blocks = told.pop(topic)
    named = blocks[0].text if blocks and isinstance(blocks[0], Heading) else ""
    heading = named if named.startswith(section) else section  # "Risks" tell of issues too
    return [Heading(heading), *(blocks[1:] or [Note("None.")])]
