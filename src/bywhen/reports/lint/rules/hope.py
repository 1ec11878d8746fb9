"""Hope is no forecast: "should be fine", "hopefully", "confident"."""

from __future__ import annotations

import re

from bywhen.reports.lint.statement import Doubt, Statement

_HOPE = re.compile(
    r"\b(?:hopeful(?:ly)?|hop(?:e|es|ing)|fingers crossed|should (?:be (?:fine|ok(?:ay)?|good|done|ready|able|"
    r"possible)|"
    r"work(?: out)?|not be a problem|recover|make it|catch up)|probably|presumably|we (?:think|believe|feel|assume)|"
    r"(?:fairly|quite|reasonably|cautiously)? ?(?:optimistic|confident)|no major (?:issues|concerns|problems)|"
    r"nothing to worry about|under control|it will be (?:fine|ok(?:ay)?))\b",
    re.IGNORECASE,
)


class Hope:
    """Finds hopes that stand where a forecast should."""

    name = "hope"
    question = "How likely is it, and what if not?"

    def doubts(self, statement: Statement) -> list[Doubt]:
        """Each hope."""
        return [
            Doubt(found.group().strip(), "give the forecast date and what it depends on.")
            for found in _HOPE.finditer(statement.text)
        ]
