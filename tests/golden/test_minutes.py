"""The minutes of a steering meeting in every writer, and of every kind of meeting, against reviewed files.

``--golden-update`` writes them anew. Of a PDF the content is compared that its page is set from.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bywhen.meetings.selectors.catalogue import BUILT_IN
from bywhen.reports.kinds.minutes.report import Minutes
from bywhen.reports.writers.docx.writer import DocxWriter
from bywhen.reports.writers.html.writer import HtmlWriter
from bywhen.reports.writers.markdown import MarkdownWriter
from bywhen.reports.writers.pdf.values import document_values
from factories.minutes_facts import minutes_of_kind, steering_minutes
from factories.word_outline import document_outline

FOLDER = Path(__file__).parent / "reports"
CASES = (
    (lambda document: MarkdownWriter().write(document).decode(), "minutes.md"),
    (lambda document: HtmlWriter().write(document).decode(), "minutes.html"),
    (lambda document: document_outline(DocxWriter().write(document)), "minutes.docx.txt"),
    (lambda document: json.dumps(document_values(document), indent=1, ensure_ascii=False) + "\n", "minutes.pdf.json"),
)


def _equals_golden(written: str, name: str, request: pytest.FixtureRequest) -> None:
    golden = FOLDER / name
    if request.config.getoption("--golden-update"):
        golden.write_text(written, encoding="utf-8")

    assert written == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("write", "name"), CASES, ids=[case[1] for case in CASES])
def test_minutes_equal_golden_when_meeting_has_everything(write, name, request):
    _equals_golden(write(Minutes().build(steering_minutes())), name, request)


@pytest.mark.parametrize("kind", BUILT_IN, ids=[kind.KIND for kind in BUILT_IN])
def test_minutes_of_a_kind_equal_golden_when_its_sections_are_told(kind, request):
    written = MarkdownWriter().write(Minutes().build(minutes_of_kind(kind))).decode()
    _equals_golden(written, f"minutes_{kind.KIND}.md", request)
