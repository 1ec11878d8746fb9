"""Documents as one self-contained HTML file: no scripts, nothing loaded from anywhere, fit for screen and print.

What does not live here: what a report says (``kinds``), the look (``style``).
"""

from __future__ import annotations

from bywhen.kernel.document import Document
from bywhen.reports.writers.html.blocks import BlockWriter, sources_html
from bywhen.reports.writers.html.marks import Citations, text
from bywhen.reports.writers.html.style import STYLE

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class HtmlWriter:
    """Writes HTML files (see :class:`bywhen.reports.engine.port.Writer`)."""

    name = "html"
    suffix = ".html"
    media_type = "text/html; charset=utf-8"

    def write(self, document: Document) -> bytes:
        """The whole file as UTF-8; a page of its own."""
        head = (
            f'<!doctype html>\n<html lang="{text(document.language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
            f"<title>{text(document.title)}: {text(document.subtitle)}</title>\n<style>{STYLE}</style>\n</head>\n"
        )
        return f"{head}<body>\n<main>\n{self.body(document)}\n</main>\n</body>\n</html>\n".encode()

    def body(self, document: Document) -> str:
        """The document without its page, one block a line: for the preview inside another page."""
        entries = document.numbered_sources()
        blocks = BlockWriter(Citations(document.numbers(), entries))
        lines = [f'<header><h1>{text(document.title)}</h1><p class="sub">{text(document.subtitle)}</p></header>']
        lines += [blocks.write(block) for block in document.blocks]
        lines.append(sources_html(entries))
        return "\n".join(lines)
