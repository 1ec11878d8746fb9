"""Somebody has a name: "the team", "someone", "we need to", "will be addressed" have none."""

from __future__ import annotations

import re

from bywhen.reports.lint.statement import Doubt, Statement
from bywhen.reports.lint.wordlist import PERSON

_NOBODY = re.compile(
    r"\b(?:some(?:one|body)|the (?:\w+ )?team (?:will|is|needs?|must|should|looks)|we (?:need|have|must|"
    r"should|will|are working)\b|"
    r"they (?:will|need|are)|(?:will|must|needs? to|has to|should) be (?:addressed|fixed|resolved|clarified|"
    r"checked|done|solved|"
    r"handled|discussed|decided|followed up|looked (?:at|into))|(?:is|are) being (?:looked (?:at|into)|"
    r"addressed|handled|"
    r"investigated|discussed|worked on|clarified)|to be (?:clarified|discussed|decided|confirmed|defined))\b",
    re.IGNORECASE,
)


class OwnerIsNobody:
    """Finds work that belongs to nobody by name."""

    name = "owner-is-nobody"
    question = "Who does it?"

    def doubts(self, statement: Statement) -> list[Doubt]:
        """The first piece of nobody's work, when neither the words nor the record name a person."""
        found = _NOBODY.search(statement.text)
        if found is None or statement.owner or PERSON.search(statement.text):
            return []
        return [Doubt(found.group(), "name one person, and by when.")]
