"""Plain notes: any text that is nothing more particular."""

from __future__ import annotations

from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.text import decoded, head_of, lines_of
from bywhen.intake.utterances import facts_of, notes, transcript_reading
from bywhen.kernel.errors import FileMalformedError

_LAST_RESORT = 0.1


class PlainNotes:
    """Notes; the line of an utterance is the line of the text."""

    name = "plain-notes"
    title = "Plain notes"
    kinds = ("transcript",)

    def recognises(self, blob: Blob) -> float:
        """Any text with words that is no markup and no data; every other format goes before."""
        head = head_of(blob, 8192).lstrip("\ufeff").lstrip()
        if not head or head.startswith(("<", "{", "[{", "BEGIN:", "%PDF", "MPX,", "ERMHDR", "WEBVTT")):
            return 0.0
        controls = sum(not sign.isprintable() and sign not in "\n\t\f\v\ufeff" for sign in head)
        if controls * 50 > len(head) or "\x00" in head or "\ufffd" in head:
            return 0.0
        return _LAST_RESORT if sum(sign.isalpha() for sign in head) * 3 > len(head.strip()) else 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:
        """One utterance a line that holds something, under the short line with a colon above it.

        Raises:
            FileMalformedError: when the text cannot be decoded or is empty.
        """
        lines = list(enumerate(lines_of(decoded(blob).text.lstrip("\ufeff")), start=1))
        written = notes(lines)
        if not written:
            raise FileMalformedError(
                "it holds no words", file=blob.name, place="line 1", remedy="Save the notes again."
            )
        return transcript_reading(blob, written, facts_of(lines, options), format_name=self.name, written=True)
