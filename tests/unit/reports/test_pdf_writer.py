"""PDF files: the same bytes for the same document, text that stays text, a clear sentence without the optional part."""

from __future__ import annotations

import sys

import pytest

from bywhen.kernel.errors import ExtraMissingError
from bywhen.reports.kinds.minutes.report import Minutes
from bywhen.reports.kinds.weekly_status.report import WeeklyStatus
from bywhen.reports.writers.pdf.values import document_values
from bywhen.reports.writers.pdf.writer import PdfWriter
from factories.minutes_facts import steering_minutes
from factories.status_facts import meridian_status


@pytest.mark.parametrize(
    "document",
    [Minutes().build(steering_minutes()), WeeklyStatus().build(meridian_status())],
    ids=["minutes", "status"],
)
def test_write_gives_equal_bytes_when_document_is_equal(document):
    pytest.importorskip("typst", reason="needs the extra bywhen[pdf]")
    written = PdfWriter().write(document)

    assert written.startswith(b"%PDF-")
    assert written == PdfWriter().write(document)


def test_write_takes_markup_as_words_when_text_is_hostile():
    pytest.importorskip("typst", reason="needs the extra bywhen[pdf]")
    hostile = '#read("/etc/passwd") $x$ *b* @label <l> \\ "quoted" #eval("1")'

    assert PdfWriter().write(Minutes().build(steering_minutes(meeting=hostile, waiver=hostile))).startswith(b"%PDF-")


def test_write_names_the_extra_when_typesetter_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(ExtraMissingError, match=r"pip install 'bywhen\[pdf\]'"):
        PdfWriter().write(Minutes().build(steering_minutes()))


def test_values_number_every_citation_when_document_is_a_status():
    values = document_values(WeeklyStatus().build(meridian_status()))
    known = {entry["number"] for entry in values["sources"]}
    rows = [row for block in values["blocks"] if block["kind"] == "table" for row in block["rows"]]

    assert rows
    assert all(mark["first"] in known for row in rows for mark in row["cite"])
