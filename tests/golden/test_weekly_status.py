"""The weekly status of the Meridian roll-out in every writer, against reviewed files. ``--golden-update`` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from bywhen.reports.kinds.weekly_status.report import WeeklyStatus
from bywhen.reports.writers.docx.writer import DocxWriter
from bywhen.reports.writers.html.writer import HtmlWriter
from bywhen.reports.writers.markdown import MarkdownWriter
from factories.status_facts import meridian_status
from factories.word_outline import document_outline

FOLDER = Path(__file__).parent / "reports"


CASES = (
    (MarkdownWriter(), "weekly_status.md", bytes.decode),
    (HtmlWriter(), "weekly_status.html", bytes.decode),
    (DocxWriter(), "weekly_status.docx.txt", document_outline),
)


@pytest.mark.parametrize(("writer", "name", "normalised"), CASES, ids=[case[1] for case in CASES])
def test_weekly_status_equals_golden_when_facts_are_meridian(writer, name, normalised, request):
    written = normalised(writer.write(WeeklyStatus().build(meridian_status())))
    golden = FOLDER / name
    if request.config.getoption("--golden-update"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(written, encoding="utf-8")

    assert written == golden.read_text(encoding="utf-8")
