"""The main job on input that nobody here wrote: real plans, a real meeting, real invoices as ledger rows."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import zipfile
from datetime import date
from importlib.util import find_spec

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.meetings.selectors.held import line_list, meeting_list
from bywhen.record.selectors.projects import project_list
from bywhen.schedule.selectors import task_list
from bywhen.week.services.turning import week_turn
from shared_data import shared

TODAY = date(2026, 11, 23)
MPXJ = find_spec("mpxj") is not None


def _webvtt(rows):
    def stamp(seconds):
        return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{seconds % 60:06.3f}"

    cues = ["WEBVTT", ""]
    for number, start, end, speaker, _act, text in rows:
        cues += [
            str(int(number) + 1),
            f"{stamp(float(start))} --> {stamp(max(float(end), float(start) + 0.01))}",
            f"<v Speaker {speaker}>{html.escape(text, quote=False)}</v>",
            "",
        ]
    return "\n".join(cues)


@pytest.fixture
def folder(tmp_path):
    """A project folder as somebody might keep it, without a description of ours."""
    root = tmp_path / "project"
    root.mkdir()
    plans = shared("data", "plans")
    shutil.copy(plans / "Homemoveplan.xml", root)
    if MPXJ:
        shutil.copy(plans / "Software_Development.mpp", root)
    meeting = shared("data", "meetings", "ami", "ES2002b.tsv").read_text(encoding="utf-8").splitlines()
    (root / "2026-11-18 design meeting.vtt").write_text(
        _webvtt(line.split("\t", 5) for line in meeting), encoding="utf-8"
    )
    invoices = json.loads(shared("data", "finance", "expected.json").read_text(encoding="utf-8"))
    with (root / "ledger.csv").open("w", encoding="utf-8", newline="") as sheet:
        rows = csv.writer(sheet)
        rows.writerow(["Booking date", "Supplier", "Invoice no.", "Amount", "Currency", "Category"])
        for row in invoices.values():
            if row.get("strict") and row.get("currency") == "EUR" and row.get("date") and row.get("total"):
                rows.writerow([row["date"], row["supplier"], row["number"], row["total"], "EUR", "External services"])
    return root


def _words(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as word:
        return " ".join(re.findall(r"<w:t[^>]*>([^<]*)", word.read("word/document.xml").decode("utf-8")))


@pytest.mark.django_db
def test_a_week_over_real_files_writes_what_they_say_and_a_second_one_changes_nothing(folder, tmp_path):
    out = tmp_path / "out"
    with clock_set(FrozenClock(TODAY)):
        first = week_turn(folder=folder, out=out)
        again = week_turn(folder=folder, out=out)
    counts = first.taken.counts
    assert first.taken.skipped == []
    assert counts.read == counts.created + counts.updated + counts.unchanged + len(counts.skipped)
    assert first.changed
    assert not again.changed
    assert again.taken.counts.unchanged + len(again.taken.counts.skipped) == counts.read

    names = {project.name: project for project in project_list()}
    assert len(names) == 1 + MPXJ
    home = next(project for name, project in names.items() if "ome" in name)
    assert task_list(home).count() > 100

    meeting = meeting_list().get()
    assert meeting.held_on == date(2026, 11, 18)
    said = {line.number: line.text for line in line_list(meeting)}
    assert first.proposals
    for proposal in first.proposals:
        for quote in proposal.quotes.all():
            assert quote.text in said[int(quote.place.split()[1])]

    documents = {path.suffix: path for path in first.documents if path.name.startswith(home.key)}
    words = _words(documents[".docx"].read_bytes())
    milestones = [row.name for row in task_list(home) if row.milestone]
    assert milestones
    assert all(html.escape(name, quote=False) in words for name in milestones)
    assert "External services" in words
    assert re.search(r"\[\d+", words)
    page = documents[".html"].read_text(encoding="utf-8")
    assert "<script" not in page
    assert all(html.escape(name) in page for name in milestones)
