"""Subtitle cues, as WebVTT and SRT share them: numbering, times, voices, markup.

Every block with a timing line counts as a cue, broken or empty ones too, so that cue n here is cue n everywhere. What
does not live here: telling the two formats apart (``formats``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bywhen.intake.port import Skipped
from bywhen.intake.text import lines_of
from bywhen.intake.utterances import seconds_of, speaker_split
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.transcript import Utterance

_TIMING = re.compile(r"^\s*(?P<start>[\d:.,]+)\s*-->\s*(?P<end>[\d:.,]+)(?:\s+.*)?$")
_ARROW = "-->"
_BROKEN_TIMING = re.compile(r"^\s*\d+:[\d:.,]*\s*[-=\N{EN DASH}\N{EM DASH}\N{RIGHTWARDS ARROW}]+>?\s*\d+:[\d:.,]*\s*$")
"""A timing line whose arrow was damaged: what stands below it was said all the same."""
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_MARKUP = re.compile(r"</?(?:c|i|b|u|v|ruby|rt|lang|font)(?:[.\s][^>]*)?>|<\d[\d:.]*>|\{\\[^}]*\}", re.IGNORECASE)


@dataclass(slots=True)
class Cues:
    """What the cues of a file gave."""

    utterances: list[Utterance] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines between blank ones, with the line the block begins on; ``timing`` is None in notes and stray text."""

    line: int
    timing: str | None
    text: tuple[str, ...]


def cues_of(text: str) -> Cues:
    r"""Every cue of a subtitle text, in order. ``line`` of an utterance is its cue's number from 1; two voices in one
    cue are two utterances of the same number. Broken cues are told as skipped, never raised.

    >>> cues = cues_of("7\n00:01.000 --> 00:02.000\n<v Ana>a &amp; b</v>\n")
    >>> [(each.line, each.speaker, each.text) for each in cues.utterances]
    [(1, 'Ana', 'a & b')]
    """
    found = Cues()
    number = 0
    last = 0.0
    for block in _blocks(lines_of(text.lstrip("\ufeff"))):
        if block.timing is None:
            _tell_stray(block, found)
            continue
        number += 1
        start, end = _times(block.timing)
        said = list(_voices(block.text))
        if not said:
            found.skipped.append(Skipped(f"cue {number}", "the cue is empty"))
        if start is None or end is None:
            found.findings.append(_doubt("cue-time-unreadable", f"The time of cue {number} cannot be read.", number))
        elif end < start or start < last:
            what = "ends before it begins" if end < start else "begins before the one above"
            found.findings.append(_doubt("cue-time-backwards", f"Cue {number} {what}.", number))
        last = start if start is not None else last
        found.utterances += [Utterance(number, words, speaker, start, end) for speaker, words in said]
    return found


def first_timing(text: str) -> str:
    """The first timing line of a text's beginning, '' when there is none near."""
    for line in lines_of(text.lstrip("\ufeff"))[:40]:
        if _TIMING.match(line):
            return line
    return ""


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """The blocks; a timing line begins a new one even when the blank line above it is missing."""
    first, timing, text = 1, None, []  # type: int, str | None, list[str]
    for at, line in enumerate(lines, start=1):
        if (_ARROW in line or _BROKEN_TIMING.match(line)) and not (
            timing is None and (text or [line])[0].startswith("NOTE")
        ):
            if timing is not None or len(text) > 1:
                own = text[:-1] if text and _is_identifier(text[-1]) else text
                if timing is not None or own:
                    yield _Block(first, timing, tuple(own))
            first, timing, text = at, line, []
        elif line.strip():
            if timing is None and not text:
                first = at
            text.append(line)
        elif timing is not None or text:
            yield _Block(first, timing, tuple(text))
            timing, text = None, []
    if timing is not None or text:
        yield _Block(first, timing, tuple(text))


def _is_identifier(line: str) -> bool:
    """Whether a line right above a timing line is the cue's own number or identifier."""
    return re.fullmatch(r"\s*(?:\d+|[0-9a-fA-F-]{8,}(?:/[\d-]+)?|\S+)\s*", line) is not None


def _times(timing: str) -> tuple[float | None, float | None]:
    found = _TIMING.match(timing)
    return (seconds_of(found.group("start")), seconds_of(found.group("end"))) if found else (None, None)


def _voices(lines: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Speaker and words of each voice; lines of one voice are one text."""
    joined = " ".join(line.strip() for line in lines if line.strip())
    parts = _VOICE.split(joined)
    if len(parts) == 1:
        speaker, words = speaker_split(_plain(parts[0]))
        if words:
            yield speaker, words
        return
    if before := _plain(parts[0]):
        yield "", before
    for name, words in zip(parts[1::2], parts[2::2], strict=True):
        if said := _plain(words):
            yield html.unescape(name).strip(), said


def _plain(text: str) -> str:
    """Words without markup; entities stand for their characters, which stay text."""
    return re.sub(r"\s+", " ", html.unescape(_MARKUP.sub("", text)).replace("\u200b", "")).strip()


def _tell_stray(block: _Block, found: Cues) -> None:
    head = block.text[0].strip()
    if block.line == 1 and head.startswith("WEBVTT"):
        return
    reason = "a note to the editor" if head.startswith("NOTE") else "styling" if head in ("STYLE", "REGION") else ""
    if not reason and len(block.text) == 1 and _is_identifier(head) and head.isdigit():
        reason = "a cue number without a cue"
    found.skipped.append(Skipped(f"line {block.line}", reason or f"it stands outside of a cue: {head[:120]}"))


def _doubt(rule: str, text: str, number: int) -> Finding:
    return Finding(rule, Severity.WARNING, text, f"cue {number}")
