"""What the linter looks at: one statement of a status, and what a rule is.

What does not live here: the rules (``rules/``, one file each), their order (``registry``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import Rag


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement as a reader meets it: one or a few sentences about one subject.

    ``rag`` is the colour it stands under. ``owner``, ``due`` and ``ask`` are what the record already shows beside it,
    so that the words need not repeat them; ``previous`` is what was said of the subject in the report before.
    """

    text: str
    subject: str = ""
    rag: Rag | None = None
    owner: str = ""
    due: date | None = None
    ask: str = ""
    previous: str = ""
    evidence: tuple[EvidenceRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a rule found: the words in question (may be empty) and one sentence that says what would mend them."""

    words: str
    remedy: str


class LintRule(Protocol):
    """One rule. ``name`` is its stable id, ``question`` the follow-up question that a reader would ask."""

    name: str
    question: str

    def doubts(self, statement: Statement) -> Sequence[Doubt]:
        """What in the statement raises the question; empty when nothing does."""
        ...
