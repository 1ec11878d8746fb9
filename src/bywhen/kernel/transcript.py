"""A meeting as text: utterances with their line, time and speaker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Utterance:
    """One cue or line. ``line`` is the 1-based cue number (subtitles) or line number (notes); ``start`` and ``end``
    seconds from the meeting's start, None in notes; ``text`` is unescaped and without the speaker's name.
    """

    line: int
    text: str
    speaker: str = ""
    start: float | None = None
    end: float | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said or noted. ``notes`` tells written notes from recorded speech; ``held_on`` and ``attendees`` only
    where the file itself states them.
    """

    title: str
    utterances: tuple[Utterance, ...]
    notes: bool = False
    held_on: date | None = None
    attendees: tuple[str, ...] = ()
    language: str = ""
