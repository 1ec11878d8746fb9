"""Words such as "on track" are a judgement: they need the figure or the date that makes it so."""

from __future__ import annotations

import re

from bywhen.reports.lint.statement import Doubt, Statement
from bywhen.reports.lint.wordlist import DATE, FIGURE

_CLAIM = re.compile(
    r"\b(?:on (?:track|schedule|time|target|budget|course)|as (?:planned|scheduled|expected)|according to plan|"
    r"(?:all|everything(?: is)?) (?:green|good|fine|well|ok(?:ay)?)|in good (?:shape|hands)|going well|"
    r"progressing well|"
    r"good progress|nearly (?:done|finished|there|complete)|almost (?:done|finished|there|complete)|"
    r"mostly (?:done|complete|green)|"
    r"well (?:under way|underway|advanced)|moving (?:along|forward|ahead)|healthy)\b",
    re.IGNORECASE,
)


class OnTrackWithoutFigure:
    """Finds good news without measure."""

    name = "on-track-without-figure"
    question = "How do you know?"

    def doubts(self, statement: Statement) -> list[Doubt]:
        """The first claim, when the statement has neither figure nor date."""
        found = _CLAIM.search(statement.text)
        if found is None or FIGURE.search(statement.text) or DATE.search(statement.text):
            return []
        return [
            Doubt(found.group(), "add the figure or date: done against planned, float left, forecast against baseline.")
        ]
