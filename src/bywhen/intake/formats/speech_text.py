"""Transcripts as plain text: Otter and Meet blocks (``Name  0:00``), ``00:01:02 Name: words``, ``Name: words``."""

from __future__ import annotations

from bywhen.intake import limits
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.text import decoded, head_of, lines_of
from bywhen.intake.utterances import dialogue, facts_of, spoken_share, transcript_reading
from bywhen.kernel.errors import FileMalformedError

_SPOKEN = 0.3


class SpeechText:
    """One transcript; the line of an utterance is the line of the text it stands on."""

    name = "speech-text"
    title = "Transcripts as text (Otter, Meet, Zoom, copied from Teams)"
    kinds = ("transcript",)
    confined_bytes = 2 * limits.MEBIBYTE

    def recognises(self, blob: Blob) -> float:
        """By lines that begin a turn: a time with a name, or names that return."""
        head = head_of(blob, 16384)
        if not head or "-->" in head[:4096] or head.lstrip("\ufeff \n").startswith(("<", "{", "BEGIN:", "|")):
            return 0.0
        share = spoken_share(list(enumerate(lines_of(head), start=1)))
        return min(0.9, 0.55 + share * 0.35) if share >= _SPOKEN else 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:
        """Every line of words with the speaker and time of its turn.

        Raises:
            FileMalformedError: when the text cannot be decoded or nobody speaks in it.
        """
        lines = list(enumerate(lines_of(decoded(blob).text.lstrip("\ufeff")), start=1))
        said, left = dialogue(lines)
        if not said:
            raise FileMalformedError(
                "nobody speaks in it", file=blob.name, place="line 1", remedy="Export the transcript again."
            )
        return transcript_reading(
            blob, said, facts_of(lines, options), format_name=self.name, written=False, skipped=left
        )
