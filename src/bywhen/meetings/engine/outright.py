"""What is said outright in speech or prose: agreements, promises, risks, things that block; yes and no.

What does not live here: lines that note takers mark (:mod:`bywhen.meetings.engine.grammar`), all other conversation
(:mod:`bywhen.meetings.engine.scoring`).
"""

# ruff: noqa: E501, RUF001 - a pattern stays one line, and people type quotes of every kind
from __future__ import annotations

import re

_UNCERTAIN = re.compile(
    r"\b(?:may|might|could|if|risk|likely|unlikely|possibl[ey]|potential(?:ly)?|in case|would)\b", re.IGNORECASE
)
_AGREED = re.compile(
    r"\b(?:we(?:'ve|’ve| have)?(?: all)? (?:agreed|decided)|it (?:was|is|has been) (?:agreed|decided|resolved)|(?:have|has) been (?:agreed|decided)|(?:the )?(?:decision|agreement) (?:is|was)(?: made| taken)?"
    r"|(?:steering|board|committee|sponsor|management|team|group)\b[^.?!]{0,25}\b(?i:approved|agreed|decided|resolved|endorsed|ratified|signed off)|(?:was|is|has been) (?:approved|signed off)|decided to go (?:with|for)|so (?:that's|it's) (?:agreed|decided)|wir haben (?:beschlossen|entschieden|vereinbart)|(?:es )?wurde (?:beschlossen|entschieden|vereinbart)|nous avons décidé|il a été décidé)\b[\s,:]*(?:on\s+|that\s+|to\s+|dass\s+|que\s+|de\s+)?",
    re.IGNORECASE,
)
_NOT_AGREED = re.compile(
    r"\b(?:not|n't|n’t|never|yet to be|if|whether|until|unless|when|once|haven't|should be|to be)\b[^.?!]{0,20}$|\?\s*$",
    re.IGNORECASE,
)
_RISK_SAID = re.compile(
    r"\b(?:there(?:'s| is) a (?:real |big |high |serious )?(?:risk|danger|chance)\b|the risk (?:is|here)\b|(?:biggest|main|key) risk\b|at risk\b|risk (?:of|that)\b|es besteht (?:das|ein) risiko\b|il y a un risque\b|(?:I'm|I am|we're|we are) (?:worried|concerned|afraid) (?:that|about)\b)",
    re.IGNORECASE,
)
_ISSUE_SAID = re.compile(
    r"\b(?:(?:is|are|am|'re|'m|was|were|still) (?:completely |totally |currently |now )?blocked (?:by|on|until|because)|we(?:'re| are) blocked|is blocking|(?:we|I) (?:can't|cannot) (?:proceed|continue|start|deploy|test|finish|release)\b|(?:it|that|this) is a blocker|waiting (?:on|for) (?:the )?\w+ (?:to|before)|we have (?:a|an) (?:serious |big |major )?(?:issue|problem|blocker) with)",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:ich(?: werde| muss| kann)?|(?:kannst|könntest) du|je (?:vais|dois|m['’])|I(?:'ll|’ll| will| can| am going to|'m going to|’m going to|'m gonna)|let me|(?:can|could|will|would) you|you(?:'ll| will|'re going to)|please)\s+(?:(?:also|just|then|still|always|probably|definitely|please|try to|go and|get|have|make sure (?:to|I|you)|take care of|take|be)\s+){0,3}"
    r"(?P<verb>[a-zäöüéè]+)",
    re.IGNORECASE,
)
_NO_DEED = frozenset(
    [
        "say",
        "tell",
        "think",
        "guess",
        "see",
        "know",
        "mean",
        "remember",
        "believe",
        "understand",
        "hear",
        "assume",
        "imagine",
        "love",
        "like",
        "want",
        "need",
        "admit",
        "agree",
        "show",
        "explain",
        "start",
        "begin",
        "stop",
        "go",
        "come",
        "wait",
        "look",
        "talk",
        "speak",
        "be",
        "have",
        "do",
        "get",
        "just",
        "let",
        "move",
        "repeat",
        "ask",
        "hope",
        "try",
        "able",
        "interrupt",
        "introduce",
        "read",
        "skip",
        "quickly",
        "mention",
        "here",
        "there",
        "away",
        "back",
        "around",
        "out",
        "off",
        "free",
        "busy",
        "generally",
    ]
)
ACCEPTANCE = re.compile(
    r"^\W*(?:(?:yes|yeah|yep|sure|okay|ok|alright|right|absolutely|of course|no problem|will do|can do|happy to|definitely|I(?:'ll| will| can) do (?:that|it)|on it|got it|agreed|done|consider it done|fine|noted|good|great|I'll take (?:it|that))\b[\s,.!]*)+",
    re.IGNORECASE,
)
REFUSAL = re.compile(
    r"^\W*(?:no\b|not (?:me|really|yet)|I (?:can't|cannot|won't)|sorry\b|unfortunately|I'm (?:out|on leave|away))",
    re.IGNORECASE,
)


def agreed(text: str) -> str | None:
    """What a sentence says was agreed or decided, None when it says so of nothing.

    >>> agreed("So we decided to go with the new vendor.")
    'go with the new vendor.'
    """
    for match in _AGREED.finditer(text):
        rest = text[match.end() :].strip()
        if not _NOT_AGREED.search(text[: match.start()]) and not text.rstrip().endswith("?") and len(rest.split()) >= 2:
            return rest
    return None


def promised(text: str) -> bool:
    """Whether a sentence promises or asks for a deed ("I'll send", "can you check"), small talk aside."""
    return any(m["verb"].lower() not in _NO_DEED and len(m["verb"]) > 2 for m in _PROMISE.finditer(text))


def said_risk(text: str) -> bool:
    """Whether a sentence names a risk outright."""
    return bool(_RISK_SAID.search(text))


def said_issue(text: str) -> bool:
    """Whether a sentence says that something is blocked or waits."""
    return bool(_ISSUE_SAID.search(text))


def uncertain(text: str) -> bool:
    """Whether a problem is spoken of as possible (a risk) rather than there (an issue)."""
    return bool(_UNCERTAIN.search(text))


_FILLER = re.compile(
    r"^(?:(?:um+|uh+|er+|mm-hmm|yeah|okay|ok|so|and|but|well|right|like|you know|i mean)\b[\s,.]*)+", re.IGNORECASE
)


def without_fillers(text: str) -> str:
    """A spoken sentence without the sounds it begins with; all of it when nothing else is left.

    >>> without_fillers("Um so, yeah I'll draw it up")
    "I'll draw it up"
    """
    rest = _FILLER.sub("", text).strip()
    return rest[0].upper() + rest[1:] if rest else text
