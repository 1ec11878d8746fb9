"""Plans of other programs, read through MPXJ: MPX, Planner, SDEF, ProjectLibre, Asta and more.

Each is known by what its files begin with. What does not live here: the child process (:mod:`bywhen.intake.mpxj`),
formats with a reader of their own (``msproject``, ``primavera``) or a file of their own (``mpp``, ``pmxml``).
"""

from __future__ import annotations

import re

from bywhen.intake.mpxj import read_through_mpxj
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.xmlprolog import xml_root

_READER = "org.mpxj.reader.UniversalProjectReader"
_HEAD = 8192
_BEGINNINGS = (
    ("Microsoft Project Exchange (MPX)", b"MPX,"),
    ("SDEF", b"VOLM "),
    ("ProjectLibre", b"\xac\xed\x00\x05"),
    ("Asta Powerproject", b"\x00\x00000000"),
    ("FastTrack Schedule", b"\x1c\x00\x00\x00\x8b\x00\x00\x00"),
    ("Phoenix", b"PPX!!!!"),
    ("Synchro", b"\xb6\x17"),
    ("SureTrak", b"STW"),
    ("Primavera P3", b"PRX3"),
)
"""Program -> the bytes its files begin with."""
_XML = (
    ("Planner", re.compile(rb"<project\b[^>]*\bmrproject-version=")),
    ("Phoenix", re.compile(rb"<project\b[^>]*\bapplication=\"Phoenix")),
    ("ConceptDraw Project", re.compile(rb"\bApplication=\"CDProject")),
    ("Gantt Designer", re.compile(rb"<Gantt Version=")),
    ("Edraw Project", re.compile(rb"<Document\b[^>]*\bDocGuid=")),
)
"""Program -> what the beginning of its XML holds."""


class OtherPlans:
    """Whatever else MPXJ reads and can be told by its first bytes."""

    name = "other-plans"
    title = "MPX, Planner, SDEF, ProjectLibre, Asta, FastTrack, Phoenix, Synchro and others"
    kinds = ("plan",)
    self_bounded = True

    def recognises(self, blob: Blob) -> float:
        """Sure by the first bytes."""
        return 0.95 if _program_of(blob) else 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:  # noqa: ARG002 - the port's shape
        """The first project; a document type in XML is refused before any Java parser sees it."""
        program = _program_of(blob)
        if program in {name for name, _ in _XML}:
            xml_root(blob.data, file=blob.name)
        return (read_through_mpxj(blob, _READER, format_name=self.name, title=f"{program} files"),)


def _program_of(blob: Blob) -> str:
    head = blob.data[:_HEAD]
    named = next((name for name, beginning in _BEGINNINGS if head.startswith(beginning)), "")
    if named or not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return named
    return next((name for name, holds in _XML if holds.search(head)), "")
