"""Due dates: which phrase of a sentence says when, and which day it means.

The grammar is our own, because no library reads more than two of three business phrases and several answer wrongly in
silence. A phrase that is a time but no certain day ("soon", "by Q3", a date whose weekday contradicts it) keeps its
words and gets no day: abstaining is not wrong, guessing is.

What does not live here: the single rules (:mod:`bywhen.meetings.engine.daterules`,
:mod:`bywhen.meetings.engine.daterelative`), the calendar (:mod:`bywhen.meetings.engine.projecttime`).
"""

# ruff: noqa: E501, RUF001 - a pattern stays one line, and people type dashes and quotes of every kind
from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from bywhen.meetings.engine import datedays, datefrench, dategerman, dateperiods, daterelative
from bywhen.meetings.engine.dateoccasions import occasion_at
from bywhen.meetings.engine.daterelative import offset_at
from bywhen.meetings.engine.daterule import DateRule, Found, Meant, longest
from bywhen.meetings.engine.datewords import WEEKDAY
from bywhen.meetings.engine.projecttime import ProjectTime


@dataclass(frozen=True, slots=True)
class DueDate:
    """A deadline that was said. ``phrase`` is verbatim, with its preposition; ``on`` None when it names no certain
    day; ``rule`` says how it was read; ``start`` and ``end`` are its place in the text.
    """

    phrase: str
    on: date | None
    rule: str
    confidence: float
    start: int
    end: int


LONGEST_HEARD = 4000
"""Letters of a line that are searched; a longer one is no sentence but a whole page."""
_RULES: list[DateRule] = [
    *datedays.RULES,
    *dateperiods.RULES,
    *daterelative.RULES,
    *dategerman.RULES,
    *datefrench.RULES,
]
_OFFSETS = (offset_at, dategerman.offset_at, datefrench.offset_at)
_DEADLINES = (
    "no later than", "not later than", "at the latest by", "on or before", "due by", "due on", "due", "by the", "by", "before", "until",
    "till", "prior to", "ahead of", "in time for", "deadline is", "deadline", "within", "eta",
    "bis", "bis zum", "bis zur", "bis spätestens", "bis spätestens zum", "spätestens", "spätestens am", "spätestens bis", "vor", "fällig",
    "fällig am", "frist", "d'ici", "d’ici", "avant", "au plus tard", "pour",
)  # fmt: skip
"""Words that make the day behind them a deadline."""
_PREPOSITIONS: dict[str, float] = dict.fromkeys(_DEADLINES, 1.0) | {
    "until": 0.97, "till": 0.97, "in time for": 0.98, "eta": 0.95, "for": 0.85, "on": 0.97, "at": 0.95, "in": 0.95, "this": 0.95,
    "come": 0.9, "@": 0.9, "target": 0.95, "to": 0.9, "am": 0.97, "zum": 0.95, "zur": 0.95, "im": 0.95, "le": 0.95, "pour": 0.95,
}  # fmt: skip
"""Words before a day, with how sure they make it that the day is meant."""
_ARTICLE = r"(?:(?:the|den|dem|der|das|le|la)\s+|l['’])?"
_PREPOSITION = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, _PREPOSITIONS), key=len, reverse=True))})[\s:]*{_ARTICLE}$",
    re.IGNORECASE,
)
_NOT_A_DEADLINE = re.compile(
    r"(?:\b(?:since|after|between|from|starting(?: on)?|as of|not (?:\w+ )?(?:before|until|till|by)|not(?: on)?|effective|back (?:on|in)|following|except|(?<!no later )(?<!not later )than|(?<!ahead )(?<!time )of"
    r"|ab|seit|nach|von|vom|nicht vor|depuis|après|dès|à partir (?:du|de)|pas avant)"
    r"|(?:n['’]t|\b(?:dont|cant|wont|cannot)) (?:\w+ ){0,4}(?:before|until|till))\s+" + _ARTICLE + "$",
    re.IGNORECASE,
)
_AWAY = re.compile(
    rf"(?:\b(?:am|is|are|be|was|were)|['’](?:m|s|re)) (?:(?!by\b|done\b)\w+ )?(?:out|off|away|here|there|around|in the office|on leave|on holiday|on vacation|travelling|traveling|free|busy|closed|unavailable)(?: of (?:the )?office)?(?: (?!by\b|before\b|until\b|till\b)\w+){{0,2}}?\s+(?:(?:on|from|until|for)\s+)?(?:(?:{WEEKDAY}|today|tomorrow)(?:,|\s+and|\s+or|\s+to|\s*[-–])\s+)*$",
    re.IGNORECASE,
)
"""Days on which somebody is not there are nobody's deadline."""
_TIME_OF_DAY = r"(?:\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.|o'clock)?|noon|midday|midnight|lunch(?:time)?)"
_DAY_LEAD = re.compile(
    rf"(?:eod|cob|close of (?:business|play)|end of (?:the )?(?:(?:business |working )?day|play|business)|first thing|{_TIME_OF_DAY}|morning|afternoon)(?:\s*(?:on|of|,))?\s+",
    re.IGNORECASE,
)
_DAY_TAIL = re.compile(
    rf"(?:\s*,?\s*(?:(?:in the\s+)?(?:morning|afternoon|evening|night)|noon|midday|lunch(?:time)?|eod|cob|end of (?:business|day|play)|close of (?:business|play)|at {_TIME_OF_DAY}|(?:at the\s+)?(?:very\s+)?latest)\b)+",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^[\s,.;:—–-]*(?:no|sorry|actually|or rather|rather|i mean|make (?:it|that)|let's say|let us say|better|nein|ach nein|quatsch|non|pardon)\b"
    r"|\b(?:typo|should (?:read|say)|meant to say|corrected to)\b",
    re.IGNORECASE,
)
_THEN_TOLD = re.compile(
    r"\s*,?\s+(?:we|they|it|he|she|i|there|you)\s+(?!need(?:ed)?\b)(?:had|was|were|did|saw|got|went|lost|sent|told|said|met|made|found|took|gave|\w{3,}ed)\b",
    re.IGNORECASE,
)
"""Behind a day: what happened on it ("On Monday we agreed")."""
_ALTERNATIVE = re.compile(r"\s*,?\s+(?:or|oder|ou)\s+(?:on\s+|by\s+|the\s+)?$", re.IGNORECASE)
_WORD_START = re.compile(r"(?<![\w.'’-])\w|(?<=\bl['’])\w")
_BEFORE = re.compile(rf"\b(?:(?<!on or )before|prior to|ahead of|vor|avant)[\s:]*{_ARTICLE}$", re.IGNORECASE)
_OCCASION_LEAD = re.compile(
    r"\b(?:by the time of|by|before|until|till|prior to|ahead of|in time for|for|at|bis (?:zum|zur)|zum|zur|vor (?:dem|der)|avant(?: la| le)?|pour(?: la| le)?)\s+",
    re.IGNORECASE,
)


def find_due_date(text: str, time: ProjectTime) -> DueDate | None:
    """The deadline that a sentence states, or None when it states no time at all.

    Deadline prepositions (by, before, until, due) win over others; of equals the first wins, unless it is corrected
    ("by Thursday, no, Friday"). Past and repeated times and beginnings ("after Monday", "starting Friday") are none.

    >>> from bywhen.kernel.worktime import WorkingTime
    >>> wednesday = ProjectTime(date(2025, 3, 12), WorkingTime.standard())
    >>> due = find_due_date("I'll send the draft by end of next week.", wednesday)
    >>> due.on.isoformat(), due.phrase
    ('2025-03-21', 'by end of next week')
    """
    text = text[:LONGEST_HEARD]
    best: DueDate | None = None
    best_rank = -1
    for found in _without_alternatives(_all(text, time), text):
        read = _read(text, found, time)
        if read is None:
            continue
        due, rank = read
        corrected = best is not None and rank >= 0 and _CORRECTION.search(text[best.end : due.start])
        if rank > best_rank or corrected:
            best, best_rank = due, max(rank, best_rank)
    return best


def due_date(phrase: str, time: ProjectTime) -> DueDate | None:
    """Read a phrase that is known to be a date, as a table's due column or a form field holds it.

    Other than in a sentence, the strict reading of ``dateparser`` may help out: only for phrases that hold a digit,
    name day and month, and that our grammar left unread.
    """
    found = find_due_date(phrase, time)
    if found or not re.search(r"\d", phrase):
        return found
    on = _strictly_parsed(phrase, time)
    return DueDate(phrase.strip(), on, "dateparser, strict", 0.7, 0, len(phrase)) if on else None


def without_days(text: str, time: ProjectTime) -> str:
    """A text without the times it names, past ones too: what is left is what was said about them.

    >>> from bywhen.kernel.worktime import WorkingTime
    >>> without_days("Send the draft by Friday to legal", ProjectTime(date(2025, 3, 12), WorkingTime.standard()))
    'Send the draft to legal'
    """
    for found in reversed(_all(text[:LONGEST_HEARD], time)):
        preposition = _PREPOSITION.search(text[: found.start])
        text = text[: preposition.start() if preposition else found.start].rstrip() + text[found.end :]
    return text


def _all(text: str, time: ProjectTime) -> list[Found]:
    """Leftmost longest phrases, none within another."""
    found: list[Found] = []
    at = 0
    for begin in _WORD_START.finditer(text):
        if begin.start() < at:
            continue
        here = _at(text, begin.start(), time)
        if here:
            found.append(here)
            at = here.end
    return found


def _without_alternatives(found: list[Found], text: str) -> list[Found]:
    """All but days left open between two ("Thursday or Friday"); "Thursday or Friday at the latest" is the later one."""
    open_ones: set[int] = set()
    for n, (first, second) in enumerate(pairwise(found)):
        if _ALTERNATIVE.fullmatch(text[first.end : second.start]):
            latest = "latest" in text[second.start : second.end + 14]
            open_ones |= {n} if latest else {n, n + 1}
    return [f for n, f in enumerate(found) if n not in open_ones]


def _at(text: str, at: int, time: ProjectTime) -> Found | None:
    lead = _DAY_LEAD.match(text, at)
    candidates = [longest(_RULES, text, at, time), *(offset(text, at, time) for offset in _OFFSETS)]
    if lead:
        inner = longest(_RULES, text, lead.end(), time)
        if inner and not (inner.rule == "numeric" and lead[0][0].isdigit()):  # "11/2" may be half past eleven
            candidates.append(Found(at, inner.end, inner.rule, inner.meant, inner.confidence))
    preposition = _OCCASION_LEAD.match(text, at)
    if preposition:
        event = occasion_at(text, preposition.end(), time)
        if event:
            inside = longest(_RULES, text, preposition.end(), time)
            if inside is None or inside.end < event.end:
                candidates.append(Found(preposition.end(), event.end, event.rule, event.meant, event.confidence))
    known = [c for c in candidates if c]
    if not known:
        return None
    best = max(known, key=lambda c: (c.end, c.start, c.confidence))
    tail = _DAY_TAIL.match(text, best.end)
    return Found(best.start, tail.end() if tail else best.end, best.rule, best.meant, best.confidence)


def _read(text: str, found: Found, time: ProjectTime) -> tuple[DueDate, int] | None:
    """The phrase with its preposition, and how strongly it claims to be the deadline (0 to 3)."""
    before = text[: found.start]
    if found.meant.past or _THEN_TOLD.match(text, found.end) or _NOT_A_DEADLINE.search(before) or _AWAY.search(before):
        return None
    preposition = _PREPOSITION.search(before)
    start = preposition.start() if preposition else found.start
    word = re.sub(rf"[\s:]*{_ARTICLE}$", "", preposition[0].lower()) if preposition else ""
    on = _shifted(found.meant, before, time)
    confidence = round(found.confidence * _PREPOSITIONS.get(word, 0.9), 3)
    if on is not None and on < time.held_on:
        on = None
    phrase = text[start : found.end]
    own = re.match(
        r"(?:with)?in\b|eod|cob|end\b|by\b|innerhalb|binnen|sous\b|dans\b|d['’]ici\b",
        text[found.start : found.end],
        re.IGNORECASE,
    )
    rank = (2 if word in _DEADLINES or (own and not word) else 1) + (on is not None)
    if on is None and found.rule == "vague":
        rank = 0
    return DueDate(phrase, on, found.rule, confidence, start, found.end), rank


def _shifted(meant: Meant, before: str, time: ProjectTime) -> date | None:
    """Read "before": of a day it means the working day before it; before a period, the working day before it begins."""
    if meant.on is None or meant.ends or not _BEFORE.search(before):
        return meant.on
    day = time.working_day_before(meant.first or meant.on)
    return max(day, time.held_on)


def _strictly_parsed(phrase: str, time: ProjectTime) -> date | None:
    import dateparser  # noqa: PLC0415 - a quarter of a second to import, needed for few phrases

    noon = datetime(time.held_on.year, time.held_on.month, time.held_on.day, 12)
    settings = {
        "RELATIVE_BASE": noon,
        "STRICT_PARSING": True,
        "PREFER_DATES_FROM": "future",
        "REQUIRE_PARTS": ["day", "month"],
        "PARSERS": ["absolute-time", "custom-formats"],
        **({"DATE_ORDER": time.day_order} if time.day_order else {}),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own deprecations are not this meeting's matter
        parsed = dateparser.parse(phrase, settings=settings)
    return parsed.date() if parsed and parsed.date() >= time.held_on else None
