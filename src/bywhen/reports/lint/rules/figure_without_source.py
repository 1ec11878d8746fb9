"""Nothing without evidence: a figure cites where it stands."""

from __future__ import annotations

from bywhen.reports.lint.statement import Doubt, Statement
from bywhen.reports.lint.wordlist import CITATION, MEASURE, without_citations


class FigureWithoutSource:
    """Finds measures in statements that cite nothing."""

    name = "figure-without-source"
    question = "Where does that number come from?"

    def doubts(self, statement: Statement) -> list[Doubt]:
        """The first measure, when the statement has neither evidence nor a citation."""
        found = MEASURE.search(without_citations(statement.text))
        if found is None or statement.evidence or CITATION.search(statement.text):
            return []
        return [Doubt(found.group(), "cite the source: the row, cell or line.")]
