"""WebVTT transcripts: Teams (``<v Name>``), Zoom (``Name: words``) and others."""

from __future__ import annotations

from bywhen.intake import limits
from bywhen.intake.cues import cues_of
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.text import decoded, head_of, lines_of
from bywhen.intake.utterances import facts_of, transcript_reading
from bywhen.kernel.errors import FileMalformedError


class WebVtt:
    """One transcript; the line of an utterance is its cue's number."""

    name = "webvtt"
    title = "WebVTT transcripts (Teams, Zoom and others)"
    kinds = ("transcript",)
    confined_bytes = 2 * limits.MEBIBYTE

    def recognises(self, blob: Blob) -> float:
        """By the word that every WebVTT file begins with."""
        return 1.0 if head_of(blob, 64).lstrip("\ufeff").startswith("WEBVTT") else 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:
        """Every cue in order. NOTE blocks may state title, date and attendees.

        Raises:
            FileMalformedError: when the text cannot be decoded or holds no cue at all.
        """
        text = decoded(blob).text
        cues = cues_of(text)
        if not cues.utterances:
            raise FileMalformedError(
                "it holds no words", file=blob.name, place="line 1", remedy="Export the transcript again."
            )
        stated = [(n, line.removeprefix("NOTE").strip()) for n, line in enumerate(_before_cues(text), start=1)]
        return transcript_reading(
            blob,
            cues.utterances,
            facts_of(stated, options),
            format_name=self.name,
            written=False,
            skipped=cues.skipped,
            findings=cues.findings,
        )


def _before_cues(text: str) -> list[str]:
    """The lines above the first cue."""
    lines = lines_of(text)
    first = next((at for at, line in enumerate(lines) if "-->" in line), len(lines))
    return lines[1:first][:100]
