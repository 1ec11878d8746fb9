"""A status that says nothing: "no update", "ongoing", "as last week"."""

from __future__ import annotations

import re

from bywhen.reports.lint.statement import Doubt, Statement

_EMPTY = re.compile(
    r"^\W*(?:n/?a|tbd|tbc|wip|none|nothing (?:new|special|to report)|no (?:news|updates?|changes?|comments?)|ongoing|"
    r"in progress|work (?:is )?in progress|work(?:ing)? (?:on it|continues|is ongoing)|continu(?:es|ing)|"
    r"pending|same as (?:last|previous) "
    r"(?:week|time|report)|as (?:last|previous) week|see (?:above|last report)|status quo|business as usual)"
    r"(?: (?:this|since last|from last) (?:week|time|report))?\W*$",
    re.IGNORECASE,
)


class EmptyUpdate:
    """Finds statements without content."""

    name = "empty-update"
    question = "What happened, and what comes next?"

    def doubts(self, statement: Statement) -> list[Doubt]:
        """The statement when it says nothing."""
        if statement.text.strip() and not _EMPTY.match(statement.text):
            return []
        return [Doubt(statement.text.strip(), "say what was finished, what is next and by when.")]
