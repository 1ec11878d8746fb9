"""Changes of schedule and scope that are spoken: "push the API delivery two weeks", "descope the mobile app".

What does not live here: what the change would do to the plan (room ``schedule``), which task is meant
(:mod:`bywhen.meetings.engine.linking`).
"""

# ruff: noqa: E501, RUF001 - a pattern stays one line, and people type dashes and quotes of every kind
from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bywhen.meetings.engine.dates import find_due_date
from bywhen.meetings.engine.datewords import NUMBER, number_of
from bywhen.meetings.engine.items import Change
from bywhen.meetings.engine.projecttime import ProjectTime

_DAYS_PER_MONTH = 20
"""Working days in a spoken month, as plan files count them."""


@dataclass(frozen=True, slots=True)
class SpokenChange:
    """A change with how sure it is: ``agreed`` when the sentence says it is decided, not only thought of; ``start``
    and ``end`` span the words that say it.
    """

    change: Change
    agreed: bool
    confidence: float
    start: int
    end: int


_LENGTH = re.compile(
    rf"(?:\bby\s+|\banother\s+|\ban\s+extra\s+|\bextra\s+)?(?:about\s+|around\s+|roughly\s+|at least\s+|some\s+)?\b(?P<n>\d+(?:\.\d+)?|{NUMBER}|half an?)[\s-]+(?:more\s+|extra\s+|additional\s+|further\s+)?"
    r"(?P<work>working|business|calendar)?\s?(?P<unit>days?|weeks?|wks?|months?|sprints?|iterations?|hours?|hrs?|quarters?|fortnights?)\b(?P<half>\s+and a half)?",
    re.IGNORECASE,
)
_THING = r"(?P<thing>(?!(?:to|until|till|by|from)\b)(?:(?!\b(?:because|since|so|if|when|while|unless|although)\b)[^.;:!?])+?)"
_SUBJECT = r"(?P<subject>(?:(?!\b(?:because|since|so|if|that|when|while|unless|although|we|i|they|agreed|decided)\b)[^.;:!?,])+?)"
_WILL = r"(?:\s+(?:will|has|have|is|are|was|were|had|'s|be|been|being|needs? to|going to|gonna|must|should|can|to|would|now|already|likely|probably|get|gets|got))*"
_TAIL = r"(?=\s+(?:by|to|until|till|from|for|of|into|out of|in|on|after|back|out|again|another|an?|one|two|three|four|five|six|seven|eight|nine|ten|half|\d+)\b|[\s,.;!?]*$|,)"


@dataclass(frozen=True, slots=True)
class _Pattern:
    verb: str
    pattern: re.Pattern[str]
    needs_amount: bool
    confidence: float


def _pattern(verb: str, text: str, *, needs_amount: bool = True, confidence: float = 0.85) -> _Pattern:
    return _Pattern(verb, re.compile(text, re.IGNORECASE), needs_amount, confidence)


_PUSH = r"(?:push(?:ed|ing|es)?|postpon(?:e|ed|es|ing)|delay(?:ed|ing|s)?|defer(?:red|ring|s)?|put(?:ting)?|mov(?:e|ed|es|ing)|shift(?:ed|ing|s)?|slid(?:e|es|ing)|reschedul(?:e|ed|es|ing)|slip(?:ped|ping|s)?|set(?:ting)?)"
_LATER = r"(?:back|out|off|later|to the right|right|behind)"
_EARLIER = r"(?:in|forward|forwards|up|earlier|ahead|to the left|left)"
_MOVE = r"(?:pull(?:ed|ing|s)?|bring(?:ing|s)?|brought|mov(?:e|ed|es|ing)|shift(?:ed|ing|s)?|advanc(?:e|ed|es|ing)|accelerat(?:e|ed|es|ing))"
_ON = r"(?:of|on|to|for|in|with|at)"
_NOW = r"(?:is|are|will be|'s)\s+now\s+(?:on|due|planned|scheduled|set|at|for)"
_PATTERNS = (
    _pattern("shorten", rf"\bcut(?:ting)?\s+{_THING}\s+(?=(?:by|down|to)\s)", confidence=0.85),
    _pattern("shorten", rf"\b(?:cut|tak(?:e|ing)|took|knock(?:ed|ing)?|shav(?:e|ed|ing)|trim(?:med)?)\s+{_LENGTH.pattern}\s+(?:off|from|out of)\s+(?:of\s+)?{_THING}{_TAIL}", confidence=0.85),
    _pattern("delay", rf"\b(?:delay|slip(?:page)?|postponement)\s+of\s+{_LENGTH.pattern}\s+{_ON}\s+{_THING}{_TAIL}", confidence=0.85),
    _pattern("delay", rf"\b{_LENGTH.pattern}['’]?s?['’]?\s+(?:delay|slip(?:page)?|postponement)\s+{_ON}\s+{_THING}{_TAIL}", confidence=0.85),
    _pattern("delay", rf"\b(?:delay|postponement|deferral)\s+of\s+(?=[^.;]*\bby\b){_THING}\s+(?=by\s)", confidence=0.85),
    _pattern("delay", rf"\b(?:(?:is|are|am|was|were|now)\s+|['’](?:re|m|s)\s+){_LENGTH.pattern}\s+(?:late|behind)\s+(?:schedule\s+)?(?:on|with)\s+(?!(?:his|her|my|their|its)\b){_THING}{_TAIL}", confidence=0.85),
    _pattern("advance", rf"\b(?:(?:is|are|am|was|were|now)\s+|['’](?:re|m|s)\s+){_LENGTH.pattern}\s+(?:early|ahead)\s+(?:of schedule\s+)?(?:on|with)\s+{_THING}{_TAIL}", confidence=0.83),
    _pattern("extend", rf"\b(?:extension|prolongation)\s+of\s+{_LENGTH.pattern}\s+(?:to|for|on|of)\s+{_THING}{_TAIL}", confidence=0.85),
    _pattern("extend", rf"\b{_LENGTH.pattern}['’]?s?['’]?\s+(?:extension|prolongation)\s+(?:of|for|to|on)\s+{_THING}(?=\s+(?:was|is|has|were|will)\b|[\s,.;!?]*$|,)", confidence=0.85),
    _pattern("extend", rf"\b(?:extension|prolongation)\s+of\s+(?=[^.;]*\bby\b){_THING}\s+(?=by\s)", confidence=0.85),
    _pattern("extend", rf"\b{_SUBJECT}{_WILL}\s+(?:gets?|receives?)\s+(?=(?:another|an extra|an additional|extra)\s+|{_LENGTH.pattern}\s+(?:more|extra|longer))", confidence=0.8),
    _pattern("extend", rf"\b(?:needs?|requires?|wants?)\s+(?=[^.;]*\b(?:more|extra|another|additional|further)\b){_LENGTH.pattern}\s+(?:for|on|to (?:finish|complete|do))\s+{_THING}(?=[\s,.;!?]*$|,)", confidence=0.82),
    _pattern("delay", rf"^\W*(?P<subject>[^.;:!?]{{2,60}}?)\s*[:–]\s*{_LENGTH.pattern}\s+(?:late|later|delay)\b", confidence=0.8),
    _pattern("set", rf"\bnew\s+(?:\w+\s+)?(?:date|deadline|finish|start)\s+(?:for|of)\s+{_THING}(?=\s*(?:[:=–-]|\s(?:is|will be)\b))", confidence=0.85),
    _pattern("set", rf"\b{_SUBJECT}\s+{_NOW}\b", confidence=0.8),
    _pattern("drop", rf"\b(?:tak(?:e|en|ing)|took|leav(?:e|ing)|left|mov(?:e|ed|ing)|put)\s+{_THING}\s+out of (?:the )?(?:scope|release|sprint|plan|phase(?: \w+)?|mvp)\b", needs_amount=False, confidence=0.9),
    _pattern("drop", rf"\b(?:de-?scop(?:e|ed|es|ing))\s+{_THING}(?=\s+(?:from|out of|for now|altogether|entirely|completely|for|to)\b|[\s,.;!?]*$|,)", needs_amount=False, confidence=0.8),
    _pattern("drop", rf"\b(?:drop(?:ped|ping|s)?|cancel(?:led|ling|s|ed|ing)?|scrap(?:ped|ping)?|remov(?:e|ed|es|ing)|cut(?:ting)?)\s+{_THING}(?=\s+(?:from|out of|for now|altogether|entirely|completely|for|to)\b|[\s,.;!?]*$|,)", needs_amount=False, confidence=0.45),
    _pattern("drop", rf"\b{_SUBJECT}{_WILL}\s+(?:de-?scoped|dropped|cancelled|canceled|scrapped|out of scope|taken out of (?:the )?(?:scope|plan|release))\b", needs_amount=False, confidence=0.85),
    _pattern("extend", rf"\b(?:add|give|allow|grant)(?:ed|ing|s)?\s+(?=[^.;]*?\b(?:to|for)\b){_LENGTH.pattern}\s+(?:to|for)\s+{_THING}(?=[\s,.;!?]*$|,|\s+(?:because|so|since)\b)", confidence=0.88),
    _pattern("extend", rf"\b(?:giv(?:e|ing)|gave|allow(?:ed|ing)?|grant(?:ed)?)\s+{_THING}\s+(?={_LENGTH.pattern})", confidence=0.85),
    _pattern("extend", rf"\b(?:extend(?:ed|ing|s)?|lengthen(?:ed|ing)?|prolong(?:ed|ing)?|stretch(?:ed|ing)?)\s+{_THING}{_TAIL}", confidence=0.88),
    _pattern("extend", rf"\b{_SUBJECT}{_WILL}\s+(?:extended|lengthened|prolonged)\b", confidence=0.85),
    _pattern("extend", rf"\b{_SUBJECT}{_WILL}\s+(?:need|needs|take|takes|require|requires|run|runs|overrun|overruns)\s+(?:(?:over\s+)?(?:by\s+)?)(?={_LENGTH.pattern}(?:\s+(?:longer|over|more))?)(?=[^.;]*\b(?:more|longer|extra|another|additional|over|overruns?|further)\b)", confidence=0.8),
    _pattern("extend", rf"\b{_SUBJECT}{_WILL}\s+(?:need|needs|take|takes|require|requires)\s+(?=(?:another|an extra|an additional|extra)\s+)", confidence=0.8),
    _pattern("shorten", rf"\b(?:shorten(?:ed|ing|s)?|compress(?:ed|ing)?|reduc(?:e|ed|ing)|crash(?:ed|ing)?|trim(?:med|ming)?)\s+{_THING}{_TAIL}", confidence=0.85),
    _pattern("shorten", rf"\b{_SUBJECT}{_WILL}\s+(?:shortened|compressed|reduced)\b", confidence=0.82),
    _pattern("delay", rf"\b{_SUBJECT}{_WILL}\s+(?:about\s+|at least\s+)?{_LENGTH.pattern}\s+(?:late|later|behind|delayed|overdue)\b(?!\s+with\s+(?:his|her|my|their|its)\b)", confidence=0.85),
    _pattern("advance", rf"\b{_SUBJECT}{_WILL}\s+(?:\w+\s+)?{_LENGTH.pattern}\s+(?:early|earlier|ahead|sooner)\b", confidence=0.83),
    _pattern("advance", rf"\b{_MOVE}\s+{_EARLIER}\s+(?!to\b){_THING}{_TAIL}", confidence=0.88),
    _pattern("advance", rf"\b{_MOVE}\s+{_THING}\s+{_EARLIER}\b", confidence=0.88),
    _pattern("advance", rf"\b(?:advanc(?:e|ed|ing)|accelerat(?:e|ed|ing))\s+{_THING}{_TAIL}", confidence=0.85),
    _pattern("advance", rf"\b{_SUBJECT}{_WILL}\s+(?:(?:pulled|brought|moved)\s+{_EARLIER}|come(?:s)? forward|(?=[^.;]*\b(?:earl(?:y|ier)|sooner)\b)(?:finish(?:es)?|start(?:s)?|land(?:s)?|done|complete[ds]?|ready|arrive[sd]?))\b", confidence=0.82),
    _pattern("delay", rf"\b(?!mov|shift|set\b|put|slid|slip|resched){_PUSH}(?:\s+{_LATER})?\s+(?!forward\b|in\b){_THING}(?:\s+{_LATER})?{_TAIL}", confidence=0.88),
    _pattern("delay", rf"\b{_PUSH}\s+{_THING}\s+{_LATER}\b", confidence=0.88),
    _pattern("delay", rf"\b{_PUSH}\s+{_LATER}\s+{_THING}{_TAIL}", confidence=0.88),
    _pattern("move", rf"\b(?:mov(?:e|ed|es|ing)|shift(?:ed|ing)?|reschedul(?:e|ed|ing)|slip(?:ping)?|slid(?:e|ing)|re-?plan(?:ned|ning)?|re-?forecast(?:ed)?)\s+{_THING}{_TAIL}", confidence=0.8),
    _pattern("delay", rf"\b{_SUBJECT}{_WILL}\s+(?:slip(?:s|ped|ping)?|pushed|postponed|delayed|deferred|slid(?:e|es|ing)?|late|behind(?: schedule)?|put back|moved (?:back|out|to the right)|(?=[^.;]*\b(?:late|behind|later)\b)(?:running|land(?:s)?|arrive[sd]?|finish(?:es)?|ready|done|start(?:s)?))(?:\s+{_LATER})?\b(?!\s+with\s+(?:his|her|my|their|its)\b)", confidence=0.85),
    _pattern("move", rf"\b{_SUBJECT}{_WILL}\s+(?:moves?|moved|moving|shifts?|shifted|rescheduled|re-?planned|re-?forecast(?:ed)?)\s+(?:to|by|until|from)\b", confidence=0.82),
    _pattern("add", rf"\b(?:add(?:ed|ing)?|includ(?:e|ed|ing)|bring(?:ing)?|tak(?:e|ing)|put(?:ting)?)\s+{_THING}\s+(?:to|in|into|in to)\s+(?:the\s+|our\s+|this\s+)?(?:\w+\s+){{0,2}}(?:scope|plan|schedule|release|sprint|backlog|phase(?: \w+)?|mvp)\b", needs_amount=False, confidence=0.88),
    _pattern("add", rf"\b{_SUBJECT}{_WILL}\s+(?:added to|included in|now in)\s+(?:the\s+)?(?:\w+\s+){{0,2}}(?:scope|plan|schedule|release|sprint|phase(?: \w+)?|mvp)\b", needs_amount=False, confidence=0.85),
)  # fmt: skip
LONGEST_SENTENCE = 600
"""Letters from which on a sentence is no sentence: unpunctuated speech of minutes is not searched for changes."""
_SENTENCE = re.compile(r"(?:[^.;!?]|\.(?=\d))+[.;!?]?")
_SAYS_CHANGE = re.compile(
    r"\b(?:push|postpon|delay|defer|put|mov|shift|slid|slip|reschedul|set|pull|bring|brought|advanc|accelerat|extend|lengthen|prolong|stretch|overrun"
    r"|shorten|compress|reduc|crash|trim|add|giv|gave|allow|grant|drop|cancel|scrap|remov|cut|descop|de-scop|tak|took|leav|left|includ|re-?plan|re-?forecast)"
    r"|\b(?:late|later|behind|early|earlier|sooner|longer|ahead|extra|another|more|scope|overdue|forward|now|new|extension|prolongation|knock|shav|gets)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:\b(?:not|never|no need to|without|cannot|avoid(?:ed|ing)?|prevent(?:ed)?|rather than|instead of|no longer|against|nobody wants to|no one wants to|refused? to|no)|n['’]t)\b(?:\s+(?:\w+\s+){0,3})?$",
    re.IGNORECASE,
)
_NO_SCOPE = re.compile(
    r"(?:you|me|him|her|us|them|by|off|in|into|it|that|this|someone|everyone|dead|the call|the meeting)\b",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"(?:the |our |my |a )?(?:vendors?|suppliers?|contractors?|teams?|customers?|clients?|users?|people|board|sponsor|developers?|testers?)",
    re.IGNORECASE,
)
"""Who is given time, which moves no task."""
_LONG_AGO = re.compile(
    r"\bago\b|\b(?:last (?:year|month|quarter|time|project|release)|back in|in the past|previously|used to|historically)\b",
    re.IGNORECASE,
)
_CAME_TO_NOTHING = re.compile(
    r"\b(?:supposed|meant) to\b|\bbut (?:it|that|we|they|this) (?:\w+n['’]t|never|did not|was not)\b", re.IGNORECASE
)
_A_CHANGE = re.compile(
    r"(?:the |that |this |our )?(?:delay|postponement|deferral|extension|move|shift|slip|change)s?\b(?: (?:of|to|for)\b|$)",
    re.IGNORECASE,
)
"""The name of a change: who cancels it changes nothing."""
_HESITATION = re.compile(
    r",?\s*\b(?:u+h+m*|u+m+|er+m*|you know|i mean|kind of|sort of|(?<=, )like(?=,)|(?<=by )like(?= (?:an?|\d|one|two|three|half)\b))\b,?",
    re.IGNORECASE,
)
_ONLY_THOUGHT = re.compile(
    r"\b(?:if|unless|in case|what if|might|may|could|would|risk|worried|afraid|wonder|whether|suppose|hope|hopefully)\b",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r"\b(?:agree[ds]?|decid(?:e|ed)|decision|approved?|confirmed?|let's|let us|we(?:'ll|’ll| will| have to| need to| must| should|'re going to|’re going to| are going to)|please|accepted|signed off)\b",
    re.IGNORECASE,
)
_FOLLOWS_FROM = re.compile(
    r"^(?:(?:that|so|and|then|also|but|okay|ok|well|the plan is|we|to|agreed|decided|decision|approved)\b[\s,:]*)+",
    re.IGNORECASE,
)


def find_change(text: str, time: ProjectTime) -> SpokenChange | None:
    """The change of schedule or scope that a sentence states, None when it states none.

    What is denied ("we won't slip") is none; what is only thought of ("if it slips") is not ``agreed``. Schedule
    verbs need an amount or a date: "we should move on" moves nothing.

    >>> from datetime import date
    >>> from bywhen.kernel.worktime import WorkingTime
    >>> time = ProjectTime(date(2025, 3, 12), WorkingTime.standard())
    >>> change = find_change("We agreed to push the API delivery two weeks.", time).change
    >>> change.verb, change.subject, change.days
    ('delay', 'the API delivery', 10.0)
    """
    text = _HESITATION.sub(lambda heard: " " * len(heard[0]), text)
    for sentence in _SENTENCE.finditer(text):
        if _SAYS_CHANGE.search(sentence[0]) and len(sentence[0]) <= LONGEST_SENTENCE:
            spoken = _in_sentence(sentence[0], time)
            if spoken:
                return replace(spoken, start=spoken.start + sentence.start(), end=spoken.end + sentence.start())
    return None


def _in_sentence(sentence: str, time: ProjectTime) -> SpokenChange | None:
    measured = bool(_LENGTH.search(sentence) or find_due_date(sentence, time))
    for pattern in _PATTERNS:
        if pattern.needs_amount and not measured:
            continue
        for match in pattern.pattern.finditer(sentence):
            spoken = _spoken(pattern, match, sentence, time)
            if spoken:
                return spoken
    return None


def _spoken(pattern: _Pattern, match: re.Match[str], text: str, time: ProjectTime) -> SpokenChange | None:
    groups = match.groupdict()
    named = "thing" if groups.get("thing") else "subject"
    verb_at = match.start() if named == "thing" else match.end(named)
    if _DENIED.search(text[:verb_at]) or re.search(
        r"\b(?:not|n't|never)\b", text[verb_at : match.end()], re.IGNORECASE
    ):
        return None
    subject = _subject(groups.get(named) or "", time)
    if not subject:
        return None
    if (
        _LONG_AGO.search(text)
        or _CAME_TO_NOTHING.search(text)
        or _A_CHANGE.match(subject)
        or _PARTY.fullmatch(subject)
        or (pattern.verb in ("drop", "add") and _NO_SCOPE.match(subject))
    ):
        return None
    length = _LENGTH.search(text, match.start() if named == "thing" else verb_at)
    due = find_due_date(text[verb_at:], time)
    finish = (
        due.on
        if due
        and not (length and length["n"] in due.phrase)
        and (pattern.verb == "set" or re.match(r"(?:to|until|till|for|on|by|into)\b", due.phrase, re.IGNORECASE))
        else None
    )
    if pattern.needs_amount and length is None and finish is None:
        return None
    verb = pattern.verb
    amount, unit, days = (None, "", None)
    if verb not in ("drop", "add") and length is not None:
        amount, unit, days = _amount(length, time)
    if verb == "move":
        verb = "delay" if finish is None else "set"
    if finish and verb == "delay" and amount is None:
        verb = "delay"
    signed = days if days is None or verb in ("delay", "extend", "move", "set") else -days
    change = Change(verb, subject, signed, finish if verb not in ("drop", "add") else None, amount, unit)
    agreed = bool(_AGREED.search(text)) and not _ONLY_THOUGHT.search(text)
    return SpokenChange(
        change,
        agreed,
        pattern.confidence if not _ONLY_THOUGHT.search(text) else pattern.confidence - 0.3,
        match.start(),
        match.end(),
    )


def _subject(words: str, time: ProjectTime) -> str:
    """The thing that moves, without amounts, particles and what introduces it."""
    words = _LENGTH.sub(" ", words)
    words = re.sub(
        r"\s+(?:back|out|off|later|forward|up|earlier|by|to|until|from|for|of|in)(?:\s+(?:by|to|from|the))*\s*$",
        "",
        f" {words} ".rstrip(),
    )
    words = re.sub(r"\b(?:will|has|have|is|are|'s|be|been|needs? to)\s*$", "", words).strip(" ,'’-")
    words = _FOLLOWS_FROM.sub("", words).strip(" ,")
    due = find_due_date(words, time)
    if due and due.end >= len(words) - 1 and due.start > 0:
        words = words[: due.start].strip(" ,")
    return (
        ""
        if re.fullmatch(
            r"(?:it|this|that|again|further|slightly|now|already|things?|on|ahead|forward|back|out|up|over|them|us|me|you|we|i|the|a|an|)",
            words.casefold(),
        )
        else words
    )


def _amount(length: re.Match[str], time: ProjectTime) -> tuple[float, str, float | None]:
    said = length["n"].lower()
    amount = (
        0.5
        if said.startswith("half a") and not said.endswith("dozen")
        else float(said)
        if said[0].isdigit()
        else float(number_of(said))
    )
    amount += 0.5 if length["half"] else 0.0
    unit = length["unit"].lower()
    kind = {
        "d": "day",
        "w": "week",
        "m": "month",
        "s": "sprint",
        "i": "sprint",
        "h": "hour",
        "q": "quarter",
        "f": "fortnight",
    }[unit[0]]
    return amount, kind, _working_days(amount, kind, length["work"] or "", time)


def _working_days(amount: float, unit: str, work: str, time: ProjectTime) -> float | None:
    """Working days of a spoken length: weeks have as many as the calendar's fullest coming week, months twenty."""
    weeks = [time.week(n) for n in range(4)]
    per_week = max(
        time.working_time.working_days_between(first, last) + time.working_time.is_working_day(first)
        for first, last in weeks
    )
    if unit == "sprint":
        return amount * time.sprints.length_days * per_week / 7 if time.sprints else None
    sizes = {
        "day": per_week / 7 if work.lower() == "calendar" else 1.0,
        "week": per_week,
        "month": _DAYS_PER_MONTH,
        "quarter": 3 * _DAYS_PER_MONTH,
        "hour": 1 / 8,
        "fortnight": 2 * per_week,
    }
    return round(amount * sizes[unit], 3)
