"""Documents as PDF: A4, tagged, with an outline; equal bytes for equal documents on one machine. Needs ``bywhen[pdf]``.

The document goes to the page template as JSON, never as markup. What does not live here: what a report says
(``kinds``), the look (``page.typ``).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from importlib import resources

from bywhen.kernel.document import Document
from bywhen.kernel.errors import ExtraMissingError
from bywhen.reports.writers.pdf.values import document_values


class PdfWriter:
    """Writes PDF files (see :class:`bywhen.reports.engine.port.Writer`)."""

    name = "pdf"
    suffix = ".pdf"
    media_type = "application/pdf"

    def write(self, document: Document) -> bytes:
        """The whole file as bytes.

        Raises:
            ExtraMissingError: when the typesetter is not installed; the sentence says how to install it.
        """
        try:
            import typst  # noqa: PLC0415 - an optional part
        except ImportError:
            raise ExtraMissingError("pdf", needed_for="writing PDF") from None
        page = resources.files("bywhen.reports.writers.pdf").joinpath("page.typ").read_bytes()
        made = typst.compile(
            page,
            format="pdf",
            sys_inputs={"document": json.dumps(document_values(document), ensure_ascii=False)},
            timestamp=int(datetime.combine(document.as_of, time(), UTC).timestamp()),
        )
        assert isinstance(made, bytes)
        return made
