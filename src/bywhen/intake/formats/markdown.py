"""Meeting notes in Markdown: headings, bullets, checkboxes, tables, a front matter."""

from __future__ import annotations

import re
from dataclasses import replace

from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.text import decoded, head_of, lines_of
from bywhen.intake.utterances import Facts, Line, facts_of, notes, transcript_reading
from bywhen.kernel.errors import FileMalformedError

_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(?P<text>.+?)\s*#*$")
_SIGNS = (
    (_HEADING, 3),
    (re.compile(r"^\s*[-*+]\s+\[[ xX]\]\s"), 3),
    (re.compile(r"^\s*[-*+]\s+\S"), 1),
    (re.compile(r"^\s*\|.*\|\s*$"), 2),
    (re.compile(r"^(?:---|\*\*\*|```)\s*$"), 1),
    (re.compile(r"\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\)"), 1),
)
_RULER = re.compile(r"^[\s|:=-]+$")


class Markdown:
    """Notes; the line of an utterance is the line of the text."""

    name = "markdown"
    title = "Meeting notes in Markdown"
    kinds = ("transcript",)

    def recognises(self, blob: Blob) -> float:
        """By headings, lists, tables and emphasis; a heading or a checkbox is needed."""
        head = head_of(blob, 16384).lstrip("\ufeff")
        if not head.strip() or head.lstrip().startswith(("<", "{", "WEBVTT", "BEGIN:")):
            return 0.0
        lines = [line for line in lines_of(head) if line.strip()]
        weights = [max((weight for sign, weight in _SIGNS if sign.search(line)), default=0) for line in lines]
        if 3 not in weights:
            return 0.0
        return min(0.85, 0.5 + sum(weights) / (len(lines) * 3))

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:
        """One utterance a line that holds words, verbatim but for the signs of a heading.

        Raises:
            FileMalformedError: when the text cannot be decoded or is empty.
        """
        lines = list(enumerate(lines_of(decoded(blob).text.lstrip("\ufeff")), start=1))
        headings = _headings(lines)
        kept = [(number, headings.get(number, text)) for number, text in lines if not _RULER.match(text)]
        written = notes(kept, headings)
        if not written:
            raise FileMalformedError(
                "it holds no words", file=blob.name, place="line 1", remedy="Save the notes again."
            )
        facts = _titled(facts_of(lines, options), headings)
        return transcript_reading(blob, written, facts, format_name=self.name, written=True)


def _headings(lines: list[Line]) -> dict[int, str]:
    """The heading lines; inside a fence nothing is one."""
    found: dict[int, str] = {}
    fenced = False
    for number, text in lines:
        if text.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced and (heading := _HEADING.match(text)):
            found[number] = heading.group("text").strip(" *_")
    return found


def _titled(facts: Facts, headings: dict[int, str]) -> Facts:
    return facts if facts.title or not headings else replace(facts, title=next(iter(headings.values())))
