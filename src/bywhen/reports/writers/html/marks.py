"""Small pieces of HTML: escaped text, citations, marks of judgement.

What does not live here: blocks (``blocks``), the page (``writer``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from bywhen.kernel.document import NumberedSource
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import Rag
from bywhen.reports.engine.citations import citation_ranges, range_text
from bywhen.reports.engine.plain import plain_text, shortened

_TITLE_LIMIT = 240


def text(words: str) -> str:
    """Words as HTML text: printable, on one line, escaped (also fit for an attribute).

    >>> text('<b onclick="x">&')
    '&lt;b onclick=&quot;x&quot;&gt;&amp;'
    """
    return escape(plain_text(words), quote=True)


def rag_mark(rag: Rag) -> str:
    """A judgement as shape and letter, with its word for screen readers."""
    said = "grey, no evidence" if rag is Rag.GREY else rag.value
    return f'<span class="rag rag-{rag.value}" role="img" aria-label="{said}"><span>{rag.letter}</span></span>'


class Citations:
    """Writes the numbers of sources as links; hovering shows title, place and quote of each."""

    def __init__(self, numbers: Mapping[EvidenceRef, int], entries: Sequence[NumberedSource]) -> None:
        self._numbers = numbers
        self._entries = {entry.number: entry for entry in entries}

    def cite(self, evidence: Sequence[EvidenceRef]) -> str:
        """All references of one sentence, row or figure."""
        links = (self._link(first, last) for first, last in citation_ranges(evidence, self._numbers))
        return f'<span class="cite">[{", ".join(links)}]</span>'

    def _link(self, first: int, last: int) -> str:
        said = "; ".join(_told(self._entries[number]) for number in range(first, last + 1))
        shown = range_text(first, last)
        title = text(shortened(said, _TITLE_LIMIT))
        return f'<a href="#source-{first}" title="{title}" aria-label="Source {shown}">{shown}</a>'


def _told(entry: NumberedSource) -> str:
    quote = f": “{entry.quote}”" if entry.quote else ""
    return f"{entry.title}, {entry.place}{quote}" if entry.place else f"{entry.title}{quote}"
