"""From lines to a transcript: who speaks, when, and what a file states about its own meeting.

Shared by the formats of speech and notes. What does not live here: subtitles (:mod:`bywhen.intake.cues`), what the
words mean (room ``meetings``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bywhen.intake.dates import DateHabit, read_date
from bywhen.intake.headers import normal
from bywhen.intake.port import Blob, Reading, ReadOptions, Skipped
from bywhen.kernel.findings import Finding
from bywhen.kernel.transcript import Transcript, Utterance

Line = tuple[int, str]
"""A line or paragraph with its number, counted from 1."""

_LABELS = frozenset({
    "absent", "action", "action item", "action items", "action owner", "actions", "agenda", "agreed", "ai", "aktion",
    "apologies", "art", "attendees", "aufgabe", "beschluss", "blocker", "blockers", "cc", "chair", "change",
    "context", "date", "datum", "deadline", "decision", "decisions", "dependency", "description", "discussion",
    "doing", "done", "due", "duration", "entscheidung", "example", "follow up", "for example", "frage", "from",
    "gestern", "goal", "heute", "host", "http", "https", "impediments", "info", "issue", "issues", "item", "location",
    "massnahme", "meeting", "minutes", "next meeting", "next steps", "note", "notes", "outcome", "outstanding",
    "owner", "parking lot", "participants", "present", "ps", "purpose", "question", "questions", "re", "recording",
    "remember", "resolved", "responsible", "result", "risiko", "risk", "risks", "risque", "scope", "scribe", "status",
    "subject", "summary", "tache", "teilnehmer", "termin", "time", "title", "to", "to do", "today", "todo",
    "tomorrow", "topic", "update", "verantwortlich", "warning", "what", "when", "who", "yesterday",
})  # fmt: skip
_NAME = r"[^\W\d_][\w'\u2019.\-]*(?:[ ,]+(?:[^\W_][\w'\u2019.\-]*|\([^):]{1,40}\))){0,5}"
_SPEAKER = re.compile(rf"^(?P<name>{_NAME})\s*:\s+(?P<text>\S.*)$", re.DOTALL)
_STAMP = r"(?<!\d)(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?(?:\s*[AaPp]\.?[Mm]\.?)?"
_TIMED = re.compile(
    rf"^[\[(]?(?P<time>{_STAMP})[\])]?\s*[-\u2013]?\s*(?:From\s+)?(?P<name>{_NAME})(?:\s+to\s+[^:]+)?\s*:\s*(?P<text>.*)$"
)
_NAMED = re.compile(rf"^\[?(?P<name>{_NAME})\]?\s*[\[(]?(?P<time>{_STAMP})[\])]?\s*:?\s*(?P<text>.*)$")
_ALONE = re.compile(rf"^[\[(]?(?P<time>{_STAMP})[\])]?$")
_FACT = re.compile(r"^[\s*_>#-]*(?P<key>[^\W\d_][\w /&-]{1,28}?)\s*[*_]*\s*[:=]\s*[*_]*\s*(?P<value>\S.*?)[*_]*\s*$")
_DATES = frozenset({"date", "meeting date", "datum", "fecha", "held on", "when", "date and time", "date time"})
_ATTENDEES = frozenset({
    "attendees", "participants", "present", "attended", "in attendance", "teilnehmer", "teilnehmende", "anwesend",
    "presents", "asistentes", "attendance", "invitees", "people", "who",
})  # fmt: skip
_TITLES = frozenset(
    {"title", "meeting", "subject", "meeting title", "topic", "betreff", "titel", "thema", "besprechung"}
)
_FACTS_WITHIN = 40
_WALL_CLOCK_SECONDS = 3 * 3600


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file states about its meeting."""

    title: str = ""
    held_on: date | None = None
    attendees: tuple[str, ...] = ()


def seconds_of(text: str) -> float | None:
    """Seconds in ``1:02:03.5``, ``02:03,500`` or ``10:02 AM``; None where it is no time.

    >>> seconds_of("1:02:03.5"), seconds_of("02:03,250"), seconds_of("1:00 PM"), seconds_of("x")
    (3723.5, 123.25, 46800.0, None)
    """
    found = re.fullmatch(r"\s*(?:(\d+):)?(\d{1,3}):(\d{1,2}(?:[.,]\d+)?)\s*([AaPp]\.?[Mm]\.?)?\s*", text)
    if not found:
        return None
    hours, minutes, rest, half = found.groups()
    if half and hours is None:
        hours, minutes, rest = minutes, rest, "0"
    hour = int(hours or 0)
    if half:
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    return hour * 3600 + int(float(minutes)) * 60 + float(rest.replace(",", "."))


def speaker_split(text: str) -> tuple[str, str]:
    """Speaker and words of ``Name: words``; no speaker where the word before the colon is a label or a sentence.

    >>> speaker_split("Jane Doe: hello"), speaker_split("Action: call"), speaker_split("so this is what he said: no")
    (('Jane Doe', 'hello'), ('', 'Action: call'), ('', 'so this is what he said: no'))
    """
    found = _SPEAKER.match(text)
    if not found or not is_name(found.group("name")):
        return "", text
    return found.group("name").strip(), found.group("text")


def is_name(text: str) -> bool:
    """Whether words before a colon can be a speaker: not too long, each word beginning like a name, no known label."""
    words = [word for word in re.split(r"[ ,]+", re.sub(r"\([^)]*\)", "", text)) if word]
    small = {"von", "van", "de", "der", "den", "da", "di", "la", "le", "del", "bin", "al", "el", "dos", "zu"}
    if not words or len(text) > 60 or normal(text) in _LABELS:
        return False
    return all(word[0].isupper() or word[0].isdigit() or word in small for word in words) and words[0][0].isalpha()


def spoken_share(lines: Sequence[Line]) -> float:
    """Which share of the lines that hold something begins a turn: with a time and a name, or with a name that
    returns.
    """
    texts = [text.strip() for _, text in lines if text.strip()]
    if not texts:
        return 0.0
    timed = sum(_turn(text) is not None or _ALONE.match(text) is not None for text in texts)
    names = Counter(name for text in texts if (name := speaker_split(text)[0]))
    returning = sum(times for times in names.values() if times > 1)
    if timed >= 2:
        return min(1.0, timed * 2 / len(texts))
    return returning / len(texts) if len(names) > 1 and returning >= 3 else 0.0


def dialogue(lines: Sequence[Line]) -> tuple[list[Utterance], list[Skipped]]:
    """Recorded speech as utterances, one a line of words, each with the speaker and time of its turn. Lines that only
    name the turn are no records; words before the first turn are told as left out.
    """
    said: list[Utterance] = []
    left: list[Skipped] = []
    speaker, start = "", None
    offset: float | None = None
    for number, raw in lines:
        text = raw.strip()
        if not text:
            continue
        turn = _turn(text)
        if turn is not None or (alone := _ALONE.match(text)):
            stamp, name, text = turn if turn is not None else (alone.group("time") if alone else "", "", "")
            at = seconds_of(stamp)
            if offset is None and at is not None:
                offset = at if at >= _WALL_CLOCK_SECONDS or "m" in stamp.lower() else 0.0
            start = None if at is None else at - (offset or 0.0)
            speaker = name or speaker
        else:
            name, text = speaker_split(text)
            if name:
                speaker = name
                start = start if not said or said[-1].start != start else None
        if not text:
            continue
        if not speaker and start is None:
            left.append(Skipped(f"line {number}", f"it stands before anybody speaks: {text[:120]}"))
        else:
            said.append(Utterance(number, text, speaker, start))
    return _with_ends(said), left


def notes(lines: Sequence[Line], headings: dict[int, str] | None = None) -> list[Utterance]:
    """Written notes as utterances, one a line that holds something, each under the heading above it. ``headings``
    names the lines that are headings; without it a short line that ends in a colon is one.
    """
    found: list[Utterance] = []
    heading = ""
    for number, raw in lines:
        text = raw.strip()
        if not text:
            continue
        if headings is not None and number in headings:
            heading = headings[number]
        elif headings is None and _is_heading(text):
            heading = text.rstrip(":").strip()
        found.append(Utterance(number, text, heading=heading))
    return found


def facts_of(lines: Sequence[Line], options: ReadOptions) -> Facts:
    """Title, date and attendees as the first lines state them (``Date: 18 Nov 2026``, a list under ``Attendees``).

    >>> facts_of([(1, "Date: 18 Nov 2026"), (2, "Present: Ana, Bo")], ReadOptions())
    Facts(title='', held_on=datetime.date(2026, 11, 18), attendees=('Ana', 'Bo'))
    """
    facts = Facts()
    listing = False
    for _, raw in [line for line in lines if line[1].strip()][:_FACTS_WITHIN]:
        text = raw.strip()
        found = _FACT.match(text)
        key = normal(found.group("key")) if found else normal(text.lstrip("#*_ ").rstrip(":*_ "))
        if found and not text.startswith("|"):
            facts = _fact(facts, key, found.group("value"), options)
            listing = False
        elif key in _ATTENDEES:
            listing = True
        elif listing and re.match(r"^[-*•·‣]\s+|^\d+[.)]\s+", text):
            name = re.sub(r"^[-*•·‣]\s+|^\d+[.)]\s+", "", text).strip()
            facts = replace(facts, attendees=(*facts.attendees, re.split(r"\s[-\u2013(]|,|\(", name)[0].strip()))
        else:
            listing = False
    return facts


def transcript_reading(
    blob: Blob,
    utterances: Sequence[Utterance],
    facts: Facts,
    *,
    format_name: str,
    written: bool,
    skipped: Sequence[Skipped] = (),
    findings: Sequence[Finding] = (),
) -> tuple[Reading, ...]:
    """The one reading of a transcript or of notes; its records are the utterances."""
    del blob
    transcript = Transcript(
        title=facts.title,
        utterances=tuple(utterances),
        notes=written,
        held_on=facts.held_on,
        attendees=facts.attendees,
    )
    return (
        Reading(
            kind="transcript",
            format=format_name,
            payload=transcript,
            read=len(utterances) + len(skipped),
            skipped=tuple(skipped),
            findings=tuple(findings),
        ),
    )


def _turn(text: str) -> tuple[str, str, str] | None:
    """Time, name and words of a line that begins a timed turn."""
    for pattern in (_TIMED, _NAMED):
        found = pattern.match(text)
        if found and is_name(found.group("name")):
            return found.group("time"), found.group("name").strip(), found.group("text").strip()
    return None


def _with_ends(said: list[Utterance]) -> list[Utterance]:
    """A turn ends where the next one begins."""
    following: float | None = None
    ended: list[Utterance] = []
    for utterance in reversed(said):
        ended.append(replace(utterance, end=following) if utterance.start is not None else utterance)
        if utterance.start is not None and (following is None or utterance.start < following):
            following = utterance.start
    return ended[::-1]


def _is_heading(text: str) -> bool:
    bare = text.rstrip(":").strip()
    if len(bare) > 60 or text.startswith(("-", "*", "•", "[")) or len(bare.split()) > 6:
        return False
    return text.endswith(":") or (bare.isupper() and len(bare) > 3)


def _fact(facts: Facts, key: str, value: str, options: ReadOptions) -> Facts:
    if key in _DATES and facts.held_on is None:
        return replace(facts, held_on=_day(value, options))
    if key in _ATTENDEES and not facts.attendees:
        names = [
            re.sub(r"\s*\([^)]*\)", "", part).strip(" .*_[]\"'") for part in re.split(r"[;,]|\band\b|\bund\b", value)
        ]
        return replace(facts, attendees=tuple(name for name in names if name))
    if key in _TITLES and not facts.title:
        return replace(facts, title=value.strip())
    return facts


def _day(value: str, options: ReadOptions) -> date | None:
    """The date of a text that may go on with a time or a place."""
    habit = DateHabit(options.date_order, options.today)
    words = re.split(r"\s+(?:at|um|from|à|-|\u2013|,)\s+|\s*[|;(]", value.strip(" *_\"'"))[0].split(" ")
    for count in range(len(words), 0, -1):
        if found := read_date(" ".join(words[:count]).rstrip(",."), habit):
            return found.date()
    return None
