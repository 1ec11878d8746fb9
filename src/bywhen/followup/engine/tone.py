"""The tone of a message: how it speaks to whom, and what it must never say. Pure.

Evidence: texts that press by shame do worse than plain ones; a named consequence and a
request for a plan do best.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bywhen.kernel.findings import Finding, Severity

WORDS_OF_ONE_ITEM = 90
"""Words that a message about one item may have."""


class Tone(StrEnum):
    """How to close: senior people get the shortest way out, peers a thank-you."""

    SENIOR = "senior"
    PEER = "peer"


_SENIOR = re.compile(
    r"\b(?:senior|lead|principal|staff|director|head|chief|c[a-z]o|[se]?vp"
    r"|vice president|architect|executive|partner|sponsor)\b",
    re.IGNORECASE,
)
_HARSH: tuple[tuple[str, str, str], ...] = (
    (
        "blame",
        r"\byou(?: have|'ve)? (?:still )?(?:failed|neglected|forgot|forgotten|ignored)\b",
        "name the item, not the fault",
    ),
    ("blame", r"\byou (?:still )?(?:haven't|have not|didn't|did not|never)\b", "say what is open"),
    ("blame", r"\b(?:your (?:fault|delay|failure)|because of you)\b", "name the consequence without a culprit"),
    ("reproach", r"\bas i (?:already )?(?:said|mentioned|told you)\b", "leave the history out"),
    ("reproach", r"\b(?:once again|how many times|yet again)\b", "leave the history out"),
    (
        "ranking",
        r"\b(?:everyone else|everybody else|the only one|others have (?:all|already))\b",
        "do not compare people",
    ),
    (
        "shame",
        r"\b(?:unacceptable|disappoint\w*|embarrass\w*|unprofessional|inexcusable)\b",
        "state the effect in days",
    ),
    ("threat", r"\b(?:or else|will be escalated|have to escalate|i will report)\b", "leave escalation to the lead"),
    ("shouting", r"\b(?:asap|urgent(?:ly)?|immediately)\b|!{2,}", "give a day instead"),
    ("sarcasm", r"\b(?:obviously|clearly you|needless to say|surely you)\b", "say it plainly"),
    (
        "vagueness",
        r"\b(?:just checking in|any updates?\?|circling back|touching base)",
        "ask one question with an answer",
    ),
)
"""Kind of harshness, pattern (any case), what to do instead."""


def tone_of(seniority: str) -> Tone:
    """The tone for a person's seniority or role as written in the people list.

    >>> tone_of("Senior Architect").value, tone_of("developer").value, tone_of("").value
    ('senior', 'peer', 'peer')
    """
    return Tone.SENIOR if _SENIOR.search(seniority) else Tone.PEER


def tone_findings(text: str, items: int = 1) -> list[Finding]:
    """What in a message would cost goodwill, and what to say instead; empty when it is fit to be sent.

    ``items`` is the number of loops in it; the limit of words holds for messages about one. Words in single quotation
    marks are what others wrote and are not judged.
    """
    own = re.sub(r"(?<!\w)'[^'\n]*'(?!\w)", "''", text)
    found = [
        Finding(f"tone-{rule}", Severity.WARNING, f"'{match.group()}': {advice}.", subject=match.group().casefold())
        for rule, pattern, advice in _HARSH
        for match in re.finditer(pattern, own, re.IGNORECASE)
    ]
    words = len(text.split())
    if items == 1 and words > WORDS_OF_ONE_ITEM:
        sentence = f"The message has {words} words; {WORDS_OF_ONE_ITEM} are enough for one item."
        found.append(Finding("tone-length", Severity.WARNING, sentence, subject="length"))
    return found
