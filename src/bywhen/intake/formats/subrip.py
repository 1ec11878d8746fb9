"""SubRip subtitles (SRT), and cues of the same shape whose WebVTT heading was lost."""

from __future__ import annotations

from bywhen.intake import limits
from bywhen.intake.cues import cues_of, first_timing
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.text import decoded, head_of
from bywhen.intake.utterances import Facts, transcript_reading
from bywhen.kernel.errors import FileMalformedError


class SubRip:
    """One transcript; the line of an utterance is its cue's number in order, not the number typed in the file."""

    name = "subrip"
    title = "SubRip subtitles (srt)"
    kinds = ("transcript",)
    confined_bytes = 2 * limits.MEBIBYTE

    def recognises(self, blob: Blob) -> float:
        """By a timing line near the beginning."""
        head = head_of(blob, 8192)
        if head.lstrip("\ufeff").startswith("WEBVTT"):
            return 0.0
        return 0.96 if first_timing(head) else 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:
        """Every cue in order.

        Raises:
            FileMalformedError: when the text cannot be decoded or holds no cue at all.
        """
        del options
        cues = cues_of(decoded(blob).text)
        if not cues.utterances:
            raise FileMalformedError(
                "it holds no words", file=blob.name, place="line 1", remedy="Export the transcript again."
            )
        return transcript_reading(
            blob,
            cues.utterances,
            Facts(),
            format_name=self.name,
            written=False,
            skipped=cues.skipped,
            findings=cues.findings,
        )
