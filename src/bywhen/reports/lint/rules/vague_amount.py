"""An amount is a number: not "some", "several", "minor issues", "a bit"."""

from __future__ import annotations

import re

from bywhen.reports.lint.statement import Doubt, Statement

_THINGS = (
    r"issues?|problems?|delays?|defects?|bugs?|challenges?|difficulties|concerns?|topics?|points?|questions?|"
    r"hiccups?|gaps?"
)
_VAGUE = re.compile(
    rf"\b(?:(?:some|several|various|a few|few|many|a number of|a couple of|a lot of|lots of|multiple|numerous|"
    rf"minor|small|certain|"
    rf"the usual)(?: \w+)? (?:{_THINGS}|tasks?|items?|tests?|risks?|people|interfaces?|days|weeks)|a (?:little )?bit|"
    rf"somewhat|slightly|roughly|more or less|(?:a )?significant(?:ly)?|considerabl[ey]|substantial(?:ly)?|"
    rf"the (?:majority|bulk) of|"
    rf"etc|and so on)\b",
    re.IGNORECASE,
)


class VagueAmount:
    """Finds amounts without number."""

    name = "vague-amount"
    question = "How many, how much?"

    def doubts(self, statement: Statement) -> list[Doubt]:
        """Each vague amount."""
        return [
            Doubt(found.group(), "give the number and name the gravest.") for found in _VAGUE.finditer(statement.text)
        ]
