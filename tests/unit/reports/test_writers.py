"""What every writer keeps: text stays data, bytes stay equal, sources can be reached."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import docx
import pytest
from docx.oxml.ns import qn

from bywhen.reports.kinds.weekly_status.report import WeeklyStatus
from bywhen.reports.writers.docx.writer import DocxWriter
from bywhen.reports.writers.html.writer import HtmlWriter
from bywhen.reports.writers.markdown import MarkdownWriter
from factories.status_facts import meridian_status

WRITERS = (DocxWriter(), HtmlWriter(), MarkdownWriter())
HOSTILE = '<script>alert(1)</script>" onload="x" \x00\x0b\u202egnihton\u202c [a](javascript:b) | =HYPERLINK("http://x")'


@pytest.fixture(scope="module")
def document():
    return WeeklyStatus().build(meridian_status())


@pytest.fixture(scope="module")
def hostile():
    facts = meridian_status()
    blockers = (replace(facts.blockers[0], title=HOSTILE, owner=HOSTILE), *facts.blockers[1:])
    return WeeklyStatus().build(replace(facts, project=HOSTILE, blockers=blockers))


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.names, self.ids, self.links, self.attributes, self.open = [], [], [], set(), []

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name == "href"]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def tags(data):
    parser = Tags()
    parser.feed(data.decode())
    assert parser.open == []
    return parser


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_writer_gives_equal_bytes_when_document_is_equal(writer, document):
    assert writer.write(document) == writer.write(WeeklyStatus().build(meridian_status()))


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_writer_writes_no_controls_when_text_is_hostile(writer, hostile):
    data = writer.write(hostile)
    if writer.name == "docx":
        data = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")

    assert not re.search("[\x00-\x08\x0b\u202a-\u202e\u2066-\u2069]", data.decode())


def test_html_holds_no_script_nor_foreign_link_when_text_is_hostile(hostile):
    parser = tags(HtmlWriter().write(hostile))

    assert "script" not in parser.names
    assert "onload" not in parser.attributes
    assert all(link.startswith("#source-") for link in parser.links)


def test_html_links_reach_their_source_when_followed(document):
    parser = tags(HtmlWriter().write(document))

    assert {link.removeprefix("#") for link in parser.links} <= set(parser.ids)
    assert len(parser.ids) == len(set(parser.ids))
    assert parser.names.count("h1") == 1


def test_html_quotes_source_in_title_when_cited(document):
    assert "we agreed to push the API delivery another two weeks" in HtmlWriter().write(document).decode()


def test_docx_opens_with_headings_language_and_dates_when_read_back(document):
    word = docx.Document(io.BytesIO(DocxWriter().write(document)))
    headings = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Heading 1"]

    assert headings[:3] == ["Needed from you", "Status", "Milestones"]
    assert headings[-1] == "Sources"
    assert word.core_properties.modified.date() == document.as_of
    assert word.core_properties.language == "en-GB"


def test_docx_repeats_header_rows_and_names_tables_when_read_back(document):
    word = docx.Document(io.BytesIO(DocxWriter().write(document)))

    for table in word.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
        single = len(table.rows) == 1
        assert single or table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_docx_links_reach_their_bookmark_when_followed(document):
    word = docx.Document(io.BytesIO(DocxWriter().write(document)))
    body = word.element.body
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}

    assert anchors
    assert anchors <= marks


def test_docx_entries_carry_no_time_of_writing_when_listed(document):
    with zipfile.ZipFile(io.BytesIO(DocxWriter().write(document))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in package.namelist())


def test_markdown_escapes_markup_when_text_is_hostile(hostile):
    written = MarkdownWriter().write(hostile).decode()

    assert "<script>" not in written
    assert "[a](javascript" not in written.replace("\\[a\\](javascript", "")
    rows = [line for line in written.splitlines() if line.startswith("| (R) **\\<script")]
    assert len(re.findall(r"(?<!\\)\|", rows[0])) == 8


ORDER = {
    "tblPr": ("tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption"),
    "tcPr": ("tcW", "gridSpan", "tcBorders", "shd", "tcMar", "vAlign"),
    "trPr": ("cantSplit", "tblHeader"),
    "tblCellMar": ("top", "left", "bottom", "right"),
    "tcBorders": ("top", "left", "bottom", "right"),
    "pPr": ("pStyle", "keepNext", "keepLines", "tabs", "spacing", "ind", "jc"),
    "rPr": ("rStyle", "rFonts", "b", "i", "color", "sz"),
}


@pytest.mark.parametrize("parent", ORDER)
def test_docx_children_stand_in_schema_order_when_written(parent, document):
    """Word, unlike LibreOffice, refuses files whose properties stand in another order (ECMA-376, part 1, annex A)."""
    body = docx.Document(io.BytesIO(DocxWriter().write(document))).element.body
    elements = list(body.iter(qn(f"w:{parent}")))

    assert elements
    for found in elements:
        places = [ORDER[parent].index(child.tag.rpartition("}")[2]) for child in found]
        assert places == sorted(places)
