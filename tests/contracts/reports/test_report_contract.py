"""Every report over every writer: evidence everywhere, equal bytes for equal facts, hostile text inert."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest

from bywhen.reports.selectors.catalogue import BUILT_IN, WRITERS, reports_more
from factories.status_facts import meridian_status

REPORTS = [*BUILT_IN, *reports_more()]
HOSTILE = '=HYPERLINK("http://example.com")<script>alert(1)</script>\x00\u202e'


def _text(content: bytes) -> str:
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as word:
            return word.read("word/document.xml").decode("utf-8")
    return content.decode("latin-1" if content.startswith(b"%PDF") else "utf-8")


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_a_report_has_a_name_a_title_and_cites_sources(report):
    document = report.build(meridian_status())
    assert re.fullmatch(r"[a-z][a-z-]*", report.name)
    assert report.title
    assert document.numbered_sources()


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_the_same_facts_give_the_same_bytes(report, suffix):
    first, second = (WRITERS[suffix].write(report.build(meridian_status())) for _ in range(2))
    assert first == second
    assert WRITERS[suffix].suffix == f".{suffix}"


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_what_people_wrote_is_text_and_nothing_else(report, suffix):
    facts = meridian_status()
    facts = replace(facts, project=HOSTILE, blockers=tuple(replace(each, title=HOSTILE) for each in facts.blockers))
    text = _text(WRITERS[suffix].write(report.build(facts)))
    assert "<script>" not in text
    assert "\x00" not in text
    assert "\u202e" not in text
