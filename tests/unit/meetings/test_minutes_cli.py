from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bywhen.kernel.errors import InputRefusedError
from bywhen.meetings.cli import minutes

VTT = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
<v Ben Carter>I'll send the Q&amp;A list by Thursday.</v>

2
00:00:05.000 --> 00:00:09.000
<v Katherine Moore>We agreed to push the API delivery two weeks.</v>
"""
app = typer.Typer()
app.command()(minutes)


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    path = tmp_path / "weekly.vtt"
    path.write_text(VTT, encoding="utf-8")
    return path


def test_prints_one_document_when_json_is_asked_for(transcript: Path) -> None:
    done = CliRunner().invoke(app, [str(transcript), "--date", "2025-03-12", "--json"])
    assert done.exit_code == 0
    document = json.loads(done.stdout)
    assert document["meeting"]["held_on"] == "2025-03-12"
    action, change = document["items"]
    assert (action["kind"], action["owner"], action["due"]) == ("action", "Ben Carter", "2025-03-13")
    assert action["evidence"][0]["quote"] == "I'll send the Q&A list by Thursday."
    assert (change["kind"], change["change"]["days"]) == ("change", 10.0)
    assert document["findings"] == []


def test_prints_a_table_when_a_person_asks(transcript: Path) -> None:
    done = CliRunner().invoke(app, [str(transcript), "--date", "2025-03-12"])
    assert done.exit_code == 0
    assert "Ben Carter" in done.stdout
    assert "2025-03-13" in done.stdout


def test_tells_that_the_day_is_assumed_when_nothing_says_it(transcript: Path) -> None:
    done = CliRunner().invoke(app, [str(transcript), "--json"])
    assert [f["rule"] for f in json.loads(done.stdout)["findings"]] == ["meeting-date-unknown"]


def test_finds_owners_and_sprints_when_the_lists_are_given(transcript: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text(
        "Name,Email,Role\nBenjamin Carter,b@example.org,Developer\nAna Souza,a@example.org,Tester\n", encoding="utf-8"
    )
    transcript.write_text(VTT.replace("by Thursday", "by the end of the sprint"), encoding="utf-8")
    options = ["--people", str(people), "--date", "2025-03-12", "--sprint-start", "2025-03-03", "--json"]
    done = CliRunner().invoke(app, [str(transcript), *options])
    item = json.loads(done.stdout)["items"][0]
    assert (item["owner"], item["due"]) == ("Benjamin Carter", "2025-03-14")


def test_refuses_with_one_sentence_when_the_file_is_no_meeting_or_the_date_none(
    transcript: Path, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Name,Email,Role\nBen Carter,b@example.org,Developer\n", encoding="utf-8")
    for arguments in ([str(people)], [str(transcript), "--date", "soon"], [str(tmp_path / "missing.vtt")]):
        done = CliRunner().invoke(app, arguments)
        assert isinstance(done.exception, InputRefusedError), arguments
        assert str(done.exception)


def test_tells_what_was_left_out_when_words_stand_outside_of_a_cue(transcript: Path) -> None:
    transcript.write_text(VTT.replace("WEBVTT\n", "WEBVTT\n\nstray words\n"), encoding="utf-8")
    done = CliRunner().invoke(app, [str(transcript), "--date", "2025-03-12", "--json"])
    told = CliRunner().invoke(app, [str(transcript), "--date", "2025-03-12"])
    assert [each["reason"] for each in json.loads(done.stdout)["skipped"]] == [
        "it stands outside of a cue: stray words"
    ]
    assert "left out: line 3: it stands outside of a cue: stray words" in " ".join(told.stdout.split())
