"""Words and shapes the rules share: what counts as a figure, a date, a person, a comparison.

What does not live here: judgements (``rules/``).
"""

from __future__ import annotations

import re

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
DATE = re.compile(
    rf"\b(?:\d{{1,2}}\.? {_MONTH}|{_MONTH} \d{{1,2}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})\b",
    re.IGNORECASE,
)
WEEKDAY = re.compile(rf"\b(?:by|on|until|till|before|due) {_DAY}\b", re.IGNORECASE)
_UNITS = (
    r"working days?|days?|weeks?|hours?|months?|points?|tasks?|tickets?|defects?|bugs?|tests?|cases?|users?|records?|"
    r"interfaces?|endpoints?|licences?|sites?|people|persons?|actions?|risks?|blockers?|milestones?|eur|usd|"
    r"gbp|chf|k|m"
)
FIGURE = re.compile(
    rf"(?:[€$£]\s?\d|\b\d[\d.,]*\s?(?:%|(?:{_UNITS})\b)|\b\d[\d.,]* of \d|\b[cs]pi(?:\(t\))?\D{{0,8}}\d)", re.IGNORECASE
)
MEASURE = re.compile(
    r"(?:[€$£]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:%|eur\b|usd\b|gbp\b|chf\b)|\b[cs]pi(?:\(t\))? (?:is |at |of )?\d[\d.]*)",
    re.IGNORECASE,
)
COMPARISON = re.compile(
    r"\b(?:up|down|rose|fell|from|was|were|against|versus|vs|compared|than|planned|plan|baseline|budgeted|"
    r"budget|target|of \d|"
    r"limit|since|over|under|above|below|unchanged)\b|[+\N{MINUS SIGN}±]\d|\(-\d",
    re.IGNORECASE,
)
CITATION = re.compile(r"\[\d+(?:[,\N{EN DASH}-]\s?\d+)*\]")
PERSON = re.compile(r"(?:@\w+|\b[A-Z]\.\s?[A-Z]\w+|\b[^\W\d_a-z]\w+ [^\W\d_a-z]\w+)")
"""``@handle``, ``J. Weber`` or two words in a row that begin with a capital."""


def dated(text: str) -> bool:
    """Whether a day is named: a date, or a weekday with ``by`` or ``on``."""
    return bool(DATE.search(text) or WEEKDAY.search(text))


def without_citations(text: str) -> str:
    """The text without its numbers of sources, which are no figures."""
    return CITATION.sub("", text)
