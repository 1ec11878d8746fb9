"""Decisions that gainsay an earlier one that stands: the same subject with the opposite verb or another amount.

Abstains when unsure: two decisions of the same subject that merely differ are not a contradiction, and a decision
that says it replaces an earlier one is none either. What does not live here: superseding (services).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bywhen.kernel.evidence import folded

_OPPOSITES = (
    ("approve", "reject"), ("accept", "reject"), ("approve", "decline"), ("accept", "decline"), ("keep", "drop"),
    ("keep", "remove"), ("keep", "replace"), ("include", "exclude"), ("start", "stop"), ("continue", "stop"),
    ("build", "buy"), ("open", "close"), ("increase", "reduce"), ("extend", "shorten"), ("bring forward", "postpone"),
    ("advance", "delay"), ("go", "postpone"), ("adopt", "abandon"), ("enable", "disable"), ("allow", "forbid"),
    ("use", "avoid"), ("hire", "dismiss"), ("renew", "terminate"), ("renew", "cancel"), ("sign", "cancel"),
)  # fmt: skip
_NEGATIONS = frozenset({"not", "no", "never", "without", "don't", "won't", "cannot", "nicht", "kein", "keine"})
_EMPTY = frozenset(
    {"the", "a", "an", "we", "will", "to", "of", "in", "on", "for", "with", "and", "is", "be", "it", "that", "this",
     "by", "as", "at", "our", "shall", "has", "have", "been", "are", "was", "decided", "agreed", "do", "does", "all"}
)  # fmt: skip
_REPLACES = re.compile(r"\b(instead|supersedes?|replaces?|revis(?:e|ed|es)|overrules?|no longer|anymore)\b")
_AMOUNT = re.compile(
    r"(?<![\w.])(\d[\d.,]*)\s*(%|percent|per cent|eur|usd|gbp|chf|k|days?|weeks?|months?|hours?|people|users?)(?!\w)"
)
_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W_]+)*")
_LEAST_SHARED = 0.75
"""Part of the longer subject's words that both must share: below it, two decisions are about different things."""
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as plain values; ``ref`` is its number in the register."""

    ref: int
    text: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """``later`` gainsays ``earlier``; ``why`` says how, in words that stand in both."""

    later: Decided
    earlier: Decided
    why: str


def contradictions(later: Decided, standing: Sequence[Decided]) -> tuple[Contradiction, ...]:
    """The standing decisions that the later one gainsays.

    >>> standing = [Decided(1, "Bring forward the finance go-live")]
    >>> contradictions(Decided(2, "Postpone the finance go-live"), standing)[0].why
    "one says 'bring forward', the other 'postpone'"
    """
    if _REPLACES.search(folded(later.text).casefold()):
        return ()
    told = ((earlier, _why(later.text, earlier.text)) for earlier in standing if earlier.ref != later.ref)
    return tuple(Contradiction(later, earlier, why) for earlier, why in told if why)


def _why(one: str, other: str) -> str:
    new, old = folded(one).casefold(), folded(other).casefold()
    for left, right in _OPPOSITES:
        for mine, theirs in ((left, right), (right, left)):
            if _says(new, mine) and _says(old, theirs) and not _says(new, theirs) and not _says(old, mine):
                same = _same_subject(_subject(new, mine), _subject(old, theirs))
                return f"one says '{theirs}', the other '{mine}'" if same and _negated(new) == _negated(old) else ""
    if _negated(new) != _negated(old):
        same = _same_subject(_subject(new), _subject(old))
        return "one denies what the other says" if same else ""
    return _other_amount(new, old)


def _other_amount(new: str, old: str) -> str:
    mine, theirs = _AMOUNT.findall(new), _AMOUNT.findall(old)
    if len(mine) != 1 or len(theirs) != 1 or _unit(mine[0][1]) != _unit(theirs[0][1]) or mine[0][0] == theirs[0][0]:
        return ""
    same = _same_subject(_subject(_AMOUNT.sub(" ", new)), _subject(_AMOUNT.sub(" ", old)))
    return f"one says {' '.join(theirs[0])}, the other {' '.join(mine[0])}" if same else ""


def _says(text: str, verb: str) -> bool:
    """Whether the verb stands in the text, inflected or not (``approve``, ``approves``, ``approved``)."""
    first, _, rest = verb.partition(" ")
    stem = first.removesuffix("e")
    after = rf"\s+(?:\S+\s+){{0,3}}?{re.escape(rest)}" if rest else ""
    return re.search(rf"\b{re.escape(stem)}(?:e|es|ed|s|ing|ped|ping)?\b{after}", text) is not None


def _negated(text: str) -> bool:
    return bool(_NEGATIONS & set(_WORD.findall(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))))


def _subject(text: str, verb: str = "") -> frozenset[str]:
    stems = tuple(part.removesuffix("e") for part in verb.split())
    words = (word for word in _WORD.findall(text) if word not in _EMPTY and word not in _NEGATIONS)
    return frozenset(
        word.removesuffix("s") if len(word) > 3 else word for word in words if not (stems and word.startswith(stems))
    )


def _same_subject(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= _LEAST_WORDS and shared / max(len(one), len(other)) >= _LEAST_SHARED


def _unit(word: str) -> str:
    return {"percent": "%", "per cent": "%"}.get(word, word.removesuffix("s"))
