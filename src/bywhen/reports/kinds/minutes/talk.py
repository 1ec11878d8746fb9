"""The talk behind the minutes: what was said by item of the agenda, and what the meeting did not settle.

What does not live here: what came of it (``items``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bywhen.kernel.document import Block, Bullets, Heading, Note, Sentence
from bywhen.kernel.minutes import DiscussionPoint, MinutesFacts
from bywhen.reports.kinds.minutes.items import stopped


def discussion(facts: MinutesFacts, *, own: Sequence[str] = ()) -> list[Block]:
    """What was said under the headings of the agenda, without what stands in the kind's ``own`` sections."""
    blocks: list[Block] = []
    for point in facts.discussion:
        if any(_under(point, section) for section in own):
            continue
        if point.heading or len(facts.discussion) > 1:
            blocks.append(Heading(point.heading or "Outside the agenda", 2))
        blocks.append(_remarks(point))
    return [Heading("Discussion"), *blocks] if blocks else []


def said_under(facts: MinutesFacts, section: str) -> list[Block]:
    """The talk under the heading of one section; nothing when the source has no such heading."""
    return [_remarks(point) for point in facts.discussion if _under(point, section)]


def unsettled(facts: MinutesFacts) -> list[Block]:
    """The items of the agenda of which nothing came."""
    items = tuple(Sentence(stopped(point.heading), point.evidence) for point in facts.missed)
    if not items:
        return []
    said = "On the agenda, and without a decision, action, risk, issue or question."
    return [Heading("What the meeting did not settle"), Note(said), Bullets(items)]


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


def _remarks(point: DiscussionPoint) -> Bullets:
    return Bullets(
        tuple(
            Sentence(f"{remark.speaker}: “{remark.text}”" if remark.speaker else remark.text, remark.evidence)
            for remark in point.remarks
        )
    )
