"""The two contracts of this room: what a report is, and what a writer is. One file per report under ``kinds/``, one
per writer under ``writers/``; third parties register reports through the entry point group ``bywhen.reports``.

What does not live here: the values they pass each other (:mod:`bywhen.kernel.status`, :mod:`bywhen.kernel.document`).
"""

from __future__ import annotations

from typing import Protocol

from bywhen.kernel.document import Document
from bywhen.kernel.status import StatusFacts


class Report(Protocol):
    """One kind of report. ``name`` is its id on the command line, ``title`` how people call it."""

    name: str
    title: str

    def build(self, facts: StatusFacts) -> Document:
        """Say the facts as a document; the same facts always give the same document.

        Raises:
            EvidenceMissingError: when something would be said without evidence.
        """
        ...


class Writer(Protocol):
    """One file format. ``suffix`` with its dot, ``media_type`` as HTTP names it."""

    name: str
    suffix: str
    media_type: str

    def write(self, document: Document) -> bytes:
        """The whole file; the same document always gives the same bytes."""
        ...
