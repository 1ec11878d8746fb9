"""The minutes of a steering meeting in every writer, against reviewed files. ``--golden-update`` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from bywhen.reports.kinds.minutes import Minutes
from bywhen.reports.writers.html.writer import HtmlWriter
from bywhen.reports.writers.markdown import MarkdownWriter
from factories.minutes_facts import steering_minutes

FOLDER = Path(__file__).parent / "reports"
CASES = ((MarkdownWriter(), "minutes.md"), (HtmlWriter(), "minutes.html"))


@pytest.mark.parametrize(("writer", "name"), CASES, ids=[case[1] for case in CASES])
def test_minutes_equal_golden_when_meeting_has_everything(writer, name, request):
    written = writer.write(Minutes().build(steering_minutes())).decode()
    golden = FOLDER / name
    if request.config.getoption("--golden-update"):
        golden.write_text(written, encoding="utf-8")

    assert written == golden.read_text(encoding="utf-8")
