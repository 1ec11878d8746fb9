"""The words of an ask: plain text, the due date and the action first, who waits, what slips, one question. Pure.

Titles come from files: they are cut, freed of line breaks and control characters, and never interpreted.

What does not live here: whom to ask (:mod:`.ladder`), what must not be said (:mod:`.tone`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bywhen.followup.engine.ladder import Line
from bywhen.followup.engine.tone import Tone
from bywhen.kernel.asking import LoopFacts
from bywhen.kernel.wording import counted, day_long, day_short, sentence_case

TITLE_WORDS, TITLE_LETTERS = 18, 110
ITEM_WORDS = 72
"""Words of an item beside its date, so that it stays within ninety with date and closing: long titles give way."""
_CLOSING = {
    Tone.SENIOR: "One line back is enough; if it is somebody else's, name them.",
    Tone.PEER: "Thank you; a short reply is enough.",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One item of a message: its headline (due date and action) and the whole text, headline included."""

    headline: str
    text: str


def paragraph(line: Line, person: str) -> Paragraph:
    """One item for ``person``: when and what, who waits, what slips, the one question, and why it stands here."""
    why = f"Why you get this: {_brief('; '.join(line.reasons[:2]), 16, 200)}"
    said = [_waiting(line.facts, person), _slips(line.facts), line.fired.ask, why if why.endswith(".") else f"{why}."]
    rest = sum(len(part.split()) for part in said)
    headline = _headline(line.facts, max(8, min(TITLE_WORDS, ITEM_WORDS - rest)))
    return Paragraph(headline, "\n".join(part for part in (headline, *said) if part))


def subject(headlines: Sequence[str]) -> str:
    """The subject: the headline when there is one, else how many items and the first.

    >>> subject(["By Fri 27 Nov 2026: sign the contract"])
    'By Fri 27 Nov 2026: sign the contract'
    """
    first = headlines[0] if headlines else ""
    return (first if len(headlines) <= 1 else f"{counted(len(headlines), 'item')} for you: {first}")[:200]


def body(paragraphs: Sequence[str], tone: Tone) -> str:
    """The whole message; several items are numbered."""
    items = list(paragraphs) if len(paragraphs) == 1 else [f"{n}. {text}" for n, text in enumerate(paragraphs, 1)]
    return "\n\n".join([*items, _CLOSING[tone]])


def title_shown(title: str) -> str:
    r"""A title fit for a line of text.

    >>> title_shown("Sign the\r\ncontract\x00")
    'Sign the contract'
    """
    return _brief(title, TITLE_WORDS, TITLE_LETTERS)


def _headline(facts: LoopFacts, words: int) -> str:
    title = _brief(facts.title, words, TITLE_LETTERS) or f"open item {facts.loop}"
    if facts.due is None:
        return f"No date yet: {title}"
    return f"{'Due' if (facts.due_in_days or 0) < 0 else 'By'} {day_long(facts.due)}: {title}"


def _waiting(facts: LoopFacts, person: str) -> str:
    if person == facts.waiting_on and facts.owner not in ("", person):
        return f"{_brief(facts.owner, 5, 60)} waits for it."
    if facts.waiting_on_text and not facts.waiting_on:
        return f"It waits on {_brief(facts.waiting_on_text, 5, 60)}."
    if person not in (facts.owner, facts.waiting_on) and (facts.waiting_on or facts.owner):
        return f"It is with {_brief(facts.waiting_on or facts.owner, 5, 60)}."
    return ""


def _slips(facts: LoopFacts) -> str:
    """What is lost by waiting, in days; only of a blocker, and nothing that the plan does not say."""
    milestone = _brief(facts.milestone, 6, 60)
    if facts.kind != "blocker" or not milestone or facts.float_days is None:
        return ""
    if facts.float_days <= 0:
        since = f"From {day_short(facts.miss_on)} on, each" if facts.miss_on else "Each"
        return f"{since} working day it waits moves {milestone} by one."
    left = counted(int(facts.float_days), "working day")
    until = f"; from {day_short(facts.miss_on)} on it is missed" if facts.miss_on else ""
    return f"{sentence_case(milestone)} can bear {left} of delay{until}." if facts.float_days >= 1 else ""


def _brief(text: str, words: int, letters: int) -> str:
    plain = "".join(" " if unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp") else letter for letter in text)
    parts = plain.split()
    short = " ".join(parts[:words])[:letters].rstrip()
    return short if len(parts) <= words and short == " ".join(parts) else f"{short.rstrip('.,;:')} ..."
