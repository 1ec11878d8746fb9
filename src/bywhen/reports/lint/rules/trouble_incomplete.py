"""Red and amber are complete only with cause, impact, owner, date and ask."""

from __future__ import annotations

import re

from bywhen.kernel.status import Rag
from bywhen.reports.lint.statement import Doubt, Statement
from bywhen.reports.lint.wordlist import PERSON, dated

_CAUSE = re.compile(
    r"\b(?:because|due to|since|caused by|as a result of|owing to|after|waiting (?:on|for)|waits (?:on|for)|"
    r"until|blocked by|"
    r"depends on|follows|as \w+ (?:has|have|is|are|did|was|were)|has not|have not|without|missing|lacks?|reason)\b",
    re.IGNORECASE,
)
_IMPACT = re.compile(
    r"\b(?:mov(?:es?|ed|ing)|slip(?:s|ped)?|miss(?:es)?|delay(?:s|ed)?|costs?|later|cannot (?:start|finish|"
    r"begin|go)|stops?|"
    r"holds? up|float|go-live|milestone|lose(?:s)?|risk(?:s|ing)?|over budget|reduces?|blocks?|threatens?|"
    r"working days?)\b",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"\b(?:needs?|need(?:ed)? from|ask(?:s|ed|ing)?|please|requests?|requires?|decides?|decision|approves?|"
    r"approval|escalat\w+|confirm\w*|agree\w*|sign|provide|release|nothing (?:is )?needed|no action)\b",
    re.IGNORECASE,
)


class TroubleIncomplete:
    """Finds red and amber statements that leave one of the five questions open."""

    name = "trouble-incomplete"
    question = "Why, so what, who, by when, and what do you need?"

    def doubts(self, statement: Statement) -> list[Doubt]:
        """One doubt that lists all that is missing."""
        if statement.rag not in (Rag.RED, Rag.AMBER):
            return []
        words = statement.text
        answered = {
            "cause": bool(_CAUSE.search(words)),
            "impact": bool(_IMPACT.search(words)),
            "owner": bool(statement.owner or PERSON.search(words)),
            "date": bool(statement.due or dated(words)),
            "ask": bool(statement.ask or _ASK.search(words)),
        }
        missing = [part for part, there in answered.items() if not there]
        return [Doubt("", f"add the {', the '.join(missing)}.")] if missing else []
