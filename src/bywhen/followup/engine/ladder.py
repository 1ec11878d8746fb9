"""Whom to ask, about what, and whom to leave alone. Pure.

The actor whose move it is gets asked: the person it waits on, else the owner; what nobody owns, and what was asked
twice in vain, goes to the project's lead. All that concerns a person becomes one message, the most urgent line first.

What does not live here: whether a loop needs an ask (``rules``), the words (:mod:`.message`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bywhen.kernel.asking import Fired, LoopFacts
from bywhen.kernel.wording import counted, day_long

PER_DAY = 3
PER_WEEK = 2
"""Messages that a person may get at most; the cycle itself makes one a week, what is asked by hand counts too."""
REPEAT_DAYS = 5
"""Working days before the same loop is asked about again."""
ASKS_BEFORE_LEAD = 2
"""Asks without an answer after which the lead is asked instead of the person."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A loop with the rules that fired for it: (rule, what it said), at least one."""

    facts: LoopFacts
    fired: tuple[tuple[str, Fired], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One loop in one message. ``rule`` is the weightiest that fired, ``reasons`` are those of all."""

    facts: LoopFacts
    rule: str
    fired: Fired
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonAsk:
    """One message: to whom, about what, most urgent first."""

    person: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A loop that nobody is asked about now, and why. ``person`` is '' when there is nobody."""

    loop: int
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """The outcome: messages by person's name, and what stays quiet."""

    asks: tuple[PersonAsk, ...]
    quiet: tuple[LeftAlone, ...]


def climb(
    judged: Sequence[Judged], *, leads: Mapping[str, str], asked_on: Mapping[str, Collection[date]], today: date
) -> Ladder:
    """Batch what fired into one message a person.

    ``leads`` maps a project's key to its lead's name; ``asked_on`` a person's name to the days of messages that were
    approved. A loop in several rules makes one line. Lines are ordered by urgency, due date and loop.
    """
    lines: defaultdict[str, list[Line]] = defaultdict(list)
    quiet = []
    for each in judged:
        line = _line(each)
        person, reason = _whom(line, leads.get(each.facts.project, ""))
        held = reason or _not_now(each.facts, today) or capped(asked_on.get(person, ()), today)
        if held:
            quiet.append(LeftAlone(each.facts.loop, person, held))
        else:
            lines[person].append(line)
    asks = tuple(PersonAsk(person, tuple(sorted(lines[person], key=_rank))) for person in sorted(lines))
    return Ladder(asks, tuple(quiet))


def capped(days: Collection[date], today: date) -> str:
    """Why a person who got messages on ``days`` gets no more now; '' when there is room.

    >>> capped([date(2026, 11, 23), date(2026, 11, 24)], date(2026, 11, 26))
    'two messages went out this week already'
    """
    monday = today - timedelta(days=today.weekday())
    if sum(day == today for day in days) >= PER_DAY:
        return "three messages went out today already"
    if sum(monday <= day <= today for day in days) >= PER_WEEK:
        return "two messages went out this week already"
    return ""


def _line(judged: Judged) -> Line:
    rule, fired = max(judged.fired, key=lambda pair: (pair[1].to_lead, pair[1].urgency))
    reasons = dict.fromkeys(each.reason for _, each in sorted(judged.fired, key=lambda pair: pair[0] != rule))
    return Line(judged.facts, rule, fired, tuple(reasons))


def _whom(line: Line, lead: str) -> tuple[str, str]:
    """The person to ask, or nobody and the reason."""
    actor = line.facts.waiting_on or line.facts.owner
    tired = line.facts.asked_times >= ASKS_BEFORE_LEAD
    person = lead if line.fired.to_lead or (tired and lead) or not actor else actor
    return person, "" if person else "nobody owns it, and its project has no lead to ask"


def _not_now(facts: LoopFacts, today: date) -> str:
    if facts.pause_until is not None and facts.pause_until > today:
        return f"it can wait until {day_long(facts.pause_until)}"
    if facts.asked_days_ago is not None and facts.asked_days_ago < REPEAT_DAYS:
        return f"it was asked about {counted(facts.asked_days_ago, 'working day')} ago; at most once a week"
    return ""


def _rank(line: Line) -> tuple[int, date, int]:
    return -line.fired.urgency, line.facts.due or date.max, line.facts.loop
