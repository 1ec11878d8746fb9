"""What a meeting left behind: items of six kinds, each with the words that prove it.

What does not live here: finding them (:mod:`bywhen.meetings.engine.extraction`), keeping them (room ``record``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz

from bywhen.kernel.evidence import folded
from bywhen.kernel.findings import Finding
from bywhen.kernel.transcript import Utterance

SAME_ITEM_SCORE = 88.0
"""Word-set similarity (0-100) from which two texts of one kind are the same item."""


class ItemKind(StrEnum):
    """The six kinds of minuted items."""

    DECISION = "decision"
    ACTION = "action"
    RISK = "risk"
    ISSUE = "issue"
    CHANGE = "change"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Said:
    """A line as it was said: 1-based cue or line number, seconds from the start (None in notes), verbatim words."""

    line: int
    quote: str
    speaker: str = ""
    start: float | None = None

    @classmethod
    def of(cls, utterance: Utterance) -> Said:
        """The whole utterance as evidence."""
        return cls(utterance.line, utterance.text, utterance.speaker, utterance.start)


@dataclass(frozen=True, slots=True)
class Change:
    """A proposed change of the plan.

    ``verb`` is delay, advance, extend, shorten, set, drop or add. ``days`` are working days, signed: positive is
    later or longer. ``finish`` is the new date where one was named. ``amount`` and ``unit`` keep what was said;
    ``subject`` is the thing that moves, in the speaker's words.
    """

    verb: str
    subject: str
    days: float | None = None
    finish: date | None = None
    amount: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One minuted item. ``owner`` is a name of the people list, or as written where the list has none;
    ``owner_suggested`` says that a person must confirm it. ``due_text`` keeps the words of the deadline, ``due`` is
    None where they name no certain day. ``confidence`` 0 to 1; ``rule`` says what found it.
    """

    id: str
    kind: ItemKind
    text: str
    evidence: tuple[Said, ...]
    confidence: float
    rule: str
    owner: str = ""
    owner_suggested: bool = False
    due: date | None = None
    due_text: str = ""
    task_uid: int | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """The outcome for one meeting: ``items`` in the order said, ``candidates`` below the threshold with the likeliest
    first, for a reviewer, and ``findings`` about the transcript.
    """

    items: tuple[Item, ...]
    candidates: tuple[Item, ...]
    findings: tuple[Finding, ...]


def item_id(kind: ItemKind, evidence: tuple[Said, ...]) -> str:
    """A stable name: the same words by the same speaker at the same lines have it again in every run.

    >>> said, again = Said(4, "I'll send it", "Ana"), Said(4, "I'll  send it", "Ana")
    >>> item_id(ItemKind.ACTION, (said,)) == item_id(ItemKind.ACTION, (again,))
    True
    """
    parts = [kind.value, *(f"{s.line}|{s.speaker}|{folded(s.quote).casefold()}" for s in evidence)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def same_item(first: Item, second: Item) -> bool:
    """Whether two items, of one meeting or of two of a series, are the same matter.

    The same kind, no two different owners, and texts whose words agree. Numbers must be equal: "server 2" is
    not "server 3".
    """
    if first.kind is not second.kind:
        return False
    if first.owner and second.owner and first.owner.casefold() != second.owner.casefold():
        return False
    return same_matter(first.text, second.text)


def same_matter(first: str, second: str) -> bool:
    """Whether two texts say the same, word order and fillers aside.

    >>> same_matter("Send the draft contract to legal", "send draft contract to Legal.")
    True
    >>> same_matter("Restart server 2", "Restart server 3")
    False
    """
    left, right = _telling(first), _telling(second)
    if not left or not right or re.findall(r"\d+", left) != re.findall(r"\d+", right):
        return False
    if min(len(left.split()), len(right.split())) < 3:
        return left == right
    return fuzz.token_sort_ratio(left, right) >= SAME_ITEM_SCORE


_FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "to",
        "of",
        "by",
        "on",
        "in",
        "for",
        "and",
        "will",
        "shall",
        "should",
        "please",
        "i",
        "we",
        "you",
        "it",
        "is",
        "be",
        "that",
        "this",
    ]
)


def _telling(text: str) -> str:
    words = re.findall(r"[\w'-]+", text.casefold())
    return " ".join(w for w in words if w not in _FILLERS)


def item_from_document(document: Mapping[str, Any]) -> Item:
    """The item that :func:`item_document` wrote."""
    change = document.get("change")
    return Item(
        id=document["id"],
        kind=ItemKind(document["kind"]),
        text=document["text"],
        evidence=tuple(
            Said(each["line"], each["quote"], each["speaker"] or "", each["start"]) for each in document["evidence"]
        ),
        confidence=document["confidence"],
        rule=document["rule"],
        owner=document["owner"] or "",
        owner_suggested=document["owner_suggested"],
        due=_day(document["due"]),
        due_text=document["due_text"] or "",
        task_uid=document["task_uid"],
        change=change
        and Change(
            change["verb"],
            change["subject"],
            change["days"],
            _day(change["finish"]),
            change["amount"],
            change["unit"] or "",
        ),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def item_document(item: Item) -> dict[str, Any]:
    """The item in the published JSON shape of ``bywhen minutes``."""
    change = item.change
    return {
        "id": item.id,
        "kind": item.kind.value,
        "text": item.text,
        "owner": item.owner or None,
        "owner_suggested": item.owner_suggested,
        "due": item.due.isoformat() if item.due else None,
        "due_text": item.due_text or None,
        "confidence": item.confidence,
        "rule": item.rule,
        "evidence": [
            {"line": s.line, "start": s.start, "speaker": s.speaker or None, "quote": s.quote} for s in item.evidence
        ],
        "task_uid": item.task_uid,
        "change": change
        and {
            "verb": change.verb,
            "subject": change.subject,
            "days": change.days,
            "finish": change.finish.isoformat() if change.finish else None,
            "amount": change.amount,
            "unit": change.unit or None,
        },
    }
