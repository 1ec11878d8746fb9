"""``bywhen meet publish`` and ``minutes``: the gate of the page, from the command line."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.record.services.proposals import proposal_key, proposal_make
from bywhen.record.services.sources import quote_keep
from bywhen.reports import cli as verbs
from bywhen.shell.cli import main
from factories import rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _workspace_is_the_test_database(monkeypatch):
    monkeypatch.setattr(verbs, "workspace_open", lambda *_: None)


@pytest.fixture
def meeting(db):
    project = rows.project()
    source = rows.source("notes.md", b"notes", "transcript", project)
    lines = (Utterance(1, "We keep two test cycles."),)
    made, _ = meeting_take_in(
        project=project, source=source, transcript=Transcript("Sync", lines, notes=True), held_on=date(2026, 11, 18)
    )
    return made


def run(*words):
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    return end.value.code


def test_publish_then_minutes_write_files_when_complete(meeting, tmp_path, capsys):
    assert run("meet", "publish", meeting.pk, "--by", "Priya", "--json") == 0
    assert json.loads(capsys.readouterr().out)["version"] == 1
    assert run("meet", "minutes", meeting.pk, "--out", tmp_path, "--as", "docx,md") == 0

    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".md"]


def test_publish_is_refused_in_one_line_when_item_is_undecided(meeting, capsys):
    text = "We keep two test cycles."
    quote = quote_keep(source=meeting.source, place="line 1", text=text, within=text)
    proposal_make(
        key=proposal_key("x"),
        kind="decision",
        project=meeting.project,
        text=text,
        payload={"kind": "decision", "text": text},
        evidence=[quote],
        origin=f"meeting:{meeting.pk}",
    )

    assert run("meet", "publish", meeting.pk) == 1
    assert "1 item is not judged" in capsys.readouterr().err
    assert run("meet", "publish", meeting.pk, "--leave-open") == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [(("minutes", 0), "there is no meeting"), (("publish", 0), "there is no meeting")],
)
def test_verb_names_the_known_ones_when_meeting_is_unknown(db, capsys, words, said):
    assert run("meet", *words) == 1
    assert said in capsys.readouterr().err


def test_minutes_say_what_to_run_first_when_nothing_is_published(meeting, capsys):
    assert run("meet", "minutes", meeting.pk) == 1
    assert f"bywhen meet publish {meeting.pk}" in capsys.readouterr().err
    assert run("meet", "minutes", meeting.pk, "--as", "fax") == 1
    assert "'fax' is no format" in capsys.readouterr().err
