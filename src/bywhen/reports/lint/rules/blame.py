"""People are named as owners, never as culprits: "failed to", "fault of", "refuses"."""

from __future__ import annotations

import re

from bywhen.reports.lint.statement import Doubt, Statement

_BLAME = re.compile(
    r"\b(?:fail(?:s|ed)? to|fault of|'s fault|to blame|refus(?:es|ed) to|neglect(?:s|ed)?|incompeten\w+|careless\w*|"
    r"ignor(?:es|ed) (?:us|our)|sloppy|lazy)\b",
    re.IGNORECASE,
)


class Blame:
    """Finds words that accuse."""

    name = "blame"
    question = "What is open, and who can move it?"

    def doubts(self, statement: Statement) -> list[Doubt]:
        """The accusing words."""
        return [
            Doubt(found.group(), "say what is missing, since when, and whom it waits on.")
            for found in _BLAME.finditer(statement.text)
        ]
