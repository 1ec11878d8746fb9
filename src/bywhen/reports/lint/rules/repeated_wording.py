"""The same words as in the report before: either nothing moved, or nobody looked."""

from __future__ import annotations

from bywhen.reports.lint.statement import Doubt, Statement


class RepeatedWording:
    """Finds statements copied from the report before."""

    name = "repeated-wording"
    question = "Has nothing moved?"

    def doubts(self, statement: Statement) -> list[Doubt]:
        """The statement when its words are those of the report before, case, spaces and full stops aside."""
        words = _bare(statement.text)
        if not words or words != _bare(statement.previous):
            return []
        return [Doubt("", "say what changed since the last report, or that nothing did and why.")]


def _bare(text: str) -> str:
    return " ".join(text.casefold().replace(".", " ").split())
