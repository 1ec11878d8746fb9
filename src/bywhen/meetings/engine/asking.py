"""Where a meeting asks for a decision, so that a reviewer sees which of them nobody took.

By rules on the words alone, and rather too few than too many: each line that is shown costs the reviewer a look. What
does not live here: finding the decisions (:mod:`bywhen.meetings.engine.extraction`), agenda points without an outcome
(:mod:`bywhen.meetings.engine.missed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bywhen.kernel.evidence import folded
from bywhen.kernel.transcript import Utterance

ANSWERED_WITHIN = 25
"""Lines after the question within which a decision is taken as its answer."""
_DECIDE = r"(?:decide|agree on|approve|sign off|choose between|settle)"
_WE = r"(?:we|the (?:board|committee|sponsors?))"
_WANT = r"(?:needs?|wants?|wait(?:ing)? for|ask(?:ing)? for)"
_ASKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_WE}\s+(?:still\s+|really\s+|now\s+)?(?:needs?|have|has|ought)\s+to\s+{_DECIDE}\b",
        rf"\b(?:can|could|shall|should)\s+we\s+(?:please\s+|just\s+)?{_DECIDE}\b",
        rf"\b(?:do|will)\s+we\s+{_DECIDE}\b",
        rf"\b(?:let's|let us)\s+not\s+{_DECIDE}\b",
        rf"\b{_WANT}\s+(?:a|the|your|their)\s+(?:\w+\s+)?(?:decision|approval|sign-off)\b",
        r"\b(?:decision|approval)\s+(?:is\s+)?(?:still\s+)?(?:needed|pending|open|outstanding|due|required|missing)\b",
        r"\b(?:has|have|needs?)\s+to\s+be\s+(?:decided|approved|signed off)\b",
        r"\bwho\s+(?:decides|signs off|approves)\b",
        r"\b(?:postpone|park|defer|adjourn|put off)\s+(?:the|that|this)\s+decision\b",
        r"\bwir\s+m(?:ü|ue)ssen\b[^.?!]*\b(?:entscheiden|beschlie(?:ß|ss)en)\b",
        r"\bentscheidung\s+(?:steht\s+(?:noch\s+)?aus|fehlt|ist\s+(?:noch\s+)?(?:offen|n(?:ö|oe)tig))\b",
    )
)
_ASKING_WORDS = frozenset(
    {"need", "needs", "have", "decide", "decided", "decision", "approve", "approved", "approval", "agree", "settle",
     "choose", "sign", "sign-off", "still", "really", "please", "should", "could", "shall", "about", "whether", "that",
     "this", "with", "from", "before", "after", "today", "what", "when", "which", "they", "then", "will", "there"}
)  # fmt: skip
_LEAST_LETTERS = 4
_SAME_WORDS = 0.6
"""Part of the words of a question, those of asking left out, that the answering decision must share."""
_SOUNDS_LIKE_ASKING = re.compile(
    r"deci|approv|sign(?:s|ed)?[ -]off|agree on|choose|settle|entscheid|beschlie", re.IGNORECASE
)
"""What every pattern needs: most lines are passed over at one look."""
_SENTENCE = re.compile(r"[^.?!]+[.?!]*")


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision that somebody asked for: the line, the sentence as it stands there, who said it."""

    line: int
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision or change that came of the meeting: its words and the lines that it rests on."""

    text: str
    lines: tuple[int, ...] = ()


def decisions_asked(said: Iterable[Utterance]) -> tuple[Asked, ...]:
    """The sentences that ask for a decision, in order, one a line at most.

    >>> decisions_asked([Utterance(4, "Fine. We still need to decide who signs it.", "Ana")])
    (Asked(line=4, text='We still need to decide who signs it.', speaker='Ana'),)
    """
    found = ((each, _asking(each.text)) for each in said)
    return tuple(Asked(each.line, sentence, each.speaker) for each, sentence in found if sentence)


def decisions_untaken(asked: Iterable[Asked], taken: Sequence[Taken]) -> tuple[Asked, ...]:
    """Those that no decision answers: none that was taken at that line or soon after it, or that speaks of the same.

    >>> asked = [Asked(4, "We need to decide on the vendor."), Asked(90, "Can we approve the budget?")]
    >>> [each.line for each in decisions_untaken(asked, [Taken("Keep the vendor", (6,))])]
    [90]
    """
    return tuple(each for each in asked if not any(_answers(one, each) for one in taken))


def _asking(text: str) -> str:
    plain = folded(text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if not _SOUNDS_LIKE_ASKING.search(plain) or not any(pattern.search(plain) for pattern in _ASKS):
        return ""
    sentences = (part.strip() for part in _SENTENCE.findall(text))
    found = (each for each in sentences if any(pattern.search(folded(each)) for pattern in _ASKS))
    return next(found, text.strip())


def _answers(taken: Taken, asked: Asked) -> bool:
    near = any(asked.line <= line <= asked.line + ANSWERED_WITHIN for line in taken.lines)
    return near or _same_subject(_subject(asked.text), _subject(taken.text))


def _subject(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", folded(text).casefold())
    return [word for word in dict.fromkeys(words) if len(word) >= _LEAST_LETTERS and word not in _ASKING_WORDS]


def _same_subject(asked: list[str], taken: list[str]) -> bool:
    shared = sum(any(fuzz.ratio(word, other) >= 85 for other in taken) for word in asked)
    return bool(asked) and shared / len(asked) >= _SAME_WORDS
