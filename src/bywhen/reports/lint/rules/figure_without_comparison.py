"""A measure alone says nothing: 52 % of what plan, 410 k EUR against which budget?"""

from __future__ import annotations

from bywhen.reports.lint.statement import Doubt, Statement
from bywhen.reports.lint.wordlist import COMPARISON, MEASURE, without_citations


class FigureWithoutComparison:
    """Finds per cents, amounts and indices without plan, budget or the value before."""

    name = "figure-without-comparison"
    question = "Is that good or bad?"

    def doubts(self, statement: Statement) -> list[Doubt]:
        """The first lone measure of a statement that compares nothing."""
        words = without_citations(statement.text)
        measures = MEASURE.findall(words)
        if len(measures) != 1 or COMPARISON.search(words):
            return []
        return [Doubt(measures[0], "add what was planned or what it was in the last report.")]
