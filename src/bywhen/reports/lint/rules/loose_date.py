"""A day is a day: not "soon", "ASAP", "next week", "end of the month", "Q1"."""

from __future__ import annotations

import re

from bywhen.reports.lint.statement import Doubt, Statement

_LOOSE = re.compile(
    r"\b(?:soon(?:er or later|ish)?|asap|as soon as possible|shortly|in due course|eventually|imminent(?:ly)?|"
    r"in the near future|"
    r"any (?:day|time) now|at some point|in time|for (?:now|the time being)|when (?:possible|ready|available)|"
    r"next (?:week|month|quarter|sprint|year)|later (?:this|in the) \w+|(?:in )?the (?:coming|"
    r"next few) (?:days|weeks|months)|"
    r"(?:by |at )?(?:the )?(?:end|beginning|middle|start) of (?:the |next |this )?(?:week|month|quarter|year|"
    r"\w+ary|q[1-4])|"
    r"(?:early|mid|late)[- ](?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"next|this|q[1-4])|\bq[1-4](?: 20\d\d)?|tomorrow|recently|a while)\b",
    re.IGNORECASE,
)


class LooseDate:
    """Finds dates that are none."""

    name = "loose-date"
    question = "When exactly?"

    def doubts(self, statement: Statement) -> list[Doubt]:
        """Each loose date."""
        return [Doubt(found.group(), "name the day.") for found in _LOOSE.finditer(statement.text)]
