"""The words of dates: weekdays, months, numbers and units, with the patterns that find them.

What does not live here: what a phrase means (:mod:`bywhen.meetings.engine.daterule`).
"""

# ruff: noqa: E501 - a pattern stays one line
from __future__ import annotations

import re

WEEKDAYS = {"mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}
WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b"
)
MONTHS = {
    m: n
    for n, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)
}
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_COUNTED = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
NUMBERS = {word: n for n, word in enumerate(_COUNTED, start=1)} | {
    "a": 1, "an": 1, "thirty": 30, "forty-five": 45, "forty five": 45, "sixty": 60, "ninety": 90,
    "a couple": 2, "a couple of": 2, "couple of": 2, "half a dozen": 6, "another": 1, "a dozen": 12, "the": 1,
}  # fmt: skip
NUMBER = (
    r"(?:\d{1,3}|a couple(?: of)?|couple of|half a dozen|a dozen|another|an?|forty[ -]five|ninety|sixty|thirty|"
    + "|".join(sorted(_COUNTED, key=len, reverse=True))
    + r")\b"
)
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "last": -1,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
ORDINAL = r"(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th)"
UNIT = (
    r"(?:(?P<work>business|working|work|calendar)[ -])?(?P<unit>days?|weeks?|wks?|months?|quarters?|sprints?|iterations?"
    r"|hours?|hrs?|minutes?|mins?|years?|fortnights?)\b"
)


def weekday_number(word: str) -> int:
    """Monday = 0.

    >>> weekday_number("Thurs")
    3
    """
    return WEEKDAYS[word[:2].lower()]


def month_number(word: str) -> int:
    """January = 1."""
    return MONTHS[word[:3].lower()]


def number_of(word: str) -> int:
    """The count a number word names.

    >>> number_of("a couple of"), number_of("10")
    (2, 10)
    """
    word = re.sub(r"\s+", " ", word.strip().lower())
    return int(word) if word.isdigit() else NUMBERS[word]


def year_of(word: str) -> int:
    """``2026``, ``26`` and ``'26`` are the same year."""
    year = int(word.strip("'\u2019 "))
    return year + 2000 if year < 100 else year
