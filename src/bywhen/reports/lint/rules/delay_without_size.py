"""A delay has a size: days, or the old and the new date."""

from __future__ import annotations

import re

from bywhen.reports.lint.statement import Doubt, Statement
from bywhen.reports.lint.wordlist import DATE, FIGURE

_DELAY = re.compile(
    r"\b(?:delay(?:s|ed)?|slip(?:s|ped|ping|page)?|(?:running|is|are|be|bit|somewhat|slightly) (?:behind|late)|"
    r"behind schedule|over budget|overspen[dt]\w*|postponed|pushed back|overdue)\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"\b(?:no|none|not|never|without|0)\b[^.;]{0,24}$", re.IGNORECASE)


class DelayWithoutSize:
    """Finds delays and overruns that are not measured."""

    name = "delay-without-size"
    question = "By how much?"

    def doubts(self, statement: Statement) -> list[Doubt]:
        """The first unmeasured delay."""
        found = _DELAY.search(statement.text)
        if found is None or FIGURE.search(statement.text) or len(DATE.findall(statement.text)) > 1:
            return []
        if _NONE.search(statement.text[: found.start()]):
            return []
        return [Doubt(found.group(), "give the size in working days or money, or the old and the new date.")]
