"""The reports and writers there are: the built-in ones as explicit lists, third parties' reports by entry point.

A new report is one file under ``kinds/`` and one line here; a new writer one file under ``writers/`` and one line here.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from bywhen.reports.engine.port import Report, Writer
from bywhen.reports.kinds.weekly_status.report import WeeklyStatus
from bywhen.reports.writers.docx.writer import DocxWriter
from bywhen.reports.writers.html.writer import HtmlWriter
from bywhen.reports.writers.markdown import MarkdownWriter
from bywhen.reports.writers.pdf.writer import PdfWriter

ENTRY_POINTS = "bywhen.reports"
WEEKLY: Report = WeeklyStatus()
BUILT_IN: tuple[Report, ...] = (WEEKLY,)
WRITERS: dict[str, Writer] = {
    "docx": DocxWriter(),
    "html": HtmlWriter(),
    "md": MarkdownWriter(),
}
"""Suffix without its dot -> writer."""
WRITERS_OF_EXTRAS: dict[str, Writer] = {"pdf": PdfWriter()}
"""Writers that need an optional part; without it their error says how to install it."""


@cache
def reports_more() -> tuple[Report, ...]:
    """Third parties' reports about the same facts, in the order of their names; each is written beside the status."""
    points = sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)
    return tuple(point.load()() for point in points)
