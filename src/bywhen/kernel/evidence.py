"""Evidence references: how a fact names the line, cell, page or field it comes from.

What does not live here: the stored sources themselves (room ``record``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """One place in one source.

    ``source`` is the content hash (sha256, hex) or, for what is not stored yet, the file name. ``place`` is readable
    by a person: ``line 16``, ``sheet Budget, cell C7``, ``page 3``, ``task 41, field Finish``. ``quote`` is verbatim.
    """

    source: str
    place: str
    quote: str = ""

    def __str__(self) -> str:
        return f"{self.source}, {self.place}" if self.place else self.source


def folded(text: str) -> str:
    r"""Text as compared for quotes: NFC, white space collapsed. Nothing else is forgiven.

    >>> folded("  the API\n slips ")
    'the API slips'
    """
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def quote_stands(quote: str, text: str) -> bool:
    """Whether ``quote`` stands verbatim in ``text``, white space aside; an empty quote never does."""
    wanted = folded(quote)
    return bool(wanted) and wanted in folded(text)
