"""``bywhen meet`` from planning to the answer, through the verbs themselves."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import DateUnreadableError, InputRefusedError, StateWrongError
from bywhen.meetings.selectors.planned import attendance_of, planned_get
from bywhen.record.models import Address, Person
from bywhen.shell import meet_cli
from factories import rows
from factories.mail_sink import sink

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _workspace(monkeypatch):
    """The test's database is the workspace."""
    monkeypatch.setattr(meet_cli, "workspace_open", lambda *_: None)
    rows.project()
    for name in ("Maren Holt", "Tom Becker"):
        person = Person.objects.create(name=name, time_zone="Europe/London")
        Address.objects.create(person=person, kind="email", value=f"{name.split()[0].lower()}@example.org")
    with clock_set(FrozenClock(date(2026, 11, 23))):
        yield


def run(*words):
    answer = CliRunner().invoke(meet_cli.app, [*words, "--json"], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def planned(**more):
    options = {"--project": "erp", "--kind": "status", "--start": "2026-11-24 10:00", "--zone": "Europe/London", **more}
    return run(
        "plan", *(word for pair in options.items() for word in pair), "--with", "Maren Holt", "--with", "Tom Becker"
    )


def test_series_stands_in_the_list_when_it_was_planned():
    made = planned(**{"--repeat": "FREQ=WEEKLY;BYDAY=TU"})["meetings"]
    assert made[0]["start"] == "2026-11-24T10:00:00+00:00"
    assert [row["number"] for row in run("list")["meetings"]] == [row["number"] for row in made]


def test_agenda_is_drafted_with_its_time_boxes_when_asked_for():
    (made,) = planned()["meetings"]
    agenda = run("agenda", str(made["number"]))["agenda"]
    assert (agenda["slot"], agenda["minutes"], agenda["warning"]) == (60, 55, "")


def test_calendar_file_keeps_its_times_free_when_times_are_proposed(tmp_path):
    file = tmp_path / "maren.ics"
    file.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261124T090000Z\r\n"
        "DTEND:20261124T150000Z\r\nSUMMARY:taken\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    asked = ("plan", "--project", "erp", "--kind", "status", "--start", "2026-11-24", "--with", "Maren Holt", "--free")
    free, busy = run(*asked), run(*asked, "--calendar", f"Maren Holt={file}")
    assert "2026-11-24 10:00:00+00:00" in [slot["start"] for slot in free["slots"]]
    on_the_day = [slot["start"] for slot in busy["slots"] if slot["start"].startswith("2026-11-24")]
    assert all(start >= "2026-11-24 15" for start in on_the_day)
    assert run("list")["meetings"] == []


@pytest.mark.enable_socket
def test_invitation_leaves_only_when_it_is_sent(settings):
    number = str(planned()["meetings"][0]["number"])
    assert {letter["status"] for letter in run("invite", number)["letters"]} == {"prepared"}
    with pytest.raises(StateWrongError, match="BYWHEN_SMTP_URL"):
        run("invite", number, "--send")
    with sink() as server:
        settings.SMTP_URL = server.address
        assert {letter["status"] for letter in run("invite", number, "--send")["letters"]} == {"sent"}
        run("invite", number, "--send")
    assert len(server.letters) == 2


def test_answer_is_taken_in_when_its_file_is_given(tmp_path):
    (made,) = planned()["meetings"]
    file = tmp_path / "answer.ics"
    file.write_text(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{made['uid']}\r\nSEQUENCE:0\r\n"
        "DTSTAMP:20261123T080000Z\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:tom@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert run("reply", str(file))["updated"] == 1
    assert attendance_of(planned_get(made["number"])).accepted == 1


def test_feed_is_made_and_stopped_when_asked_for(client):
    path = run("feed", "Maren Holt")["path"]
    assert client.get(path).status_code == 200
    assert run("feed", "Maren Holt", "--revoke") == {"revoked": True}
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("agenda", "99"), InputRefusedError),
        (("feed", "Nobody"), InputRefusedError),
        (("plan", "--project", "none", "--kind", "status", "--start", "2026-11-24"), InputRefusedError),
        (("plan", "--project", "erp", "--kind", "status", "--start", "soon"), DateUnreadableError),
    ],
)
def test_verb_is_refused_in_one_sentence_when_it_names_what_is_not_there(words, error):
    with pytest.raises(error):
        run(*words)


def test_series_moves_and_ends_when_it_is_said_in_words():
    made = planned(**{"--repeat": "every Tuesday"})["meetings"]
    run("move", str(made[1]["number"]), "--start", "2026-12-01 15:00")
    moved = run("move", str(made[2]["number"]), "--repeat", "every two weeks on Wednesday")
    assert moved["start"].startswith("2026-12-09T10:00")
    run("move", str(made[0]["number"]), "--off")
    starts = [row["start"][:16] for row in run("list")["meetings"]]
    assert starts == ["2026-12-01T15:00", "2026-12-09T10:00", "2026-12-23T10:00"]
    run("move", str(moved["number"]), "--off", "--following")
    assert [row["start"][:16] for row in run("list")["meetings"]] == ["2026-12-01T15:00"]


def test_whole_series_is_invited_as_one_entry_when_asked_for():
    made = planned(**{"--repeat": "every Tuesday"})["meetings"]
    letters = run("invite", str(made[0]["number"]), "--series")["letters"]
    assert [letter["status"] for letter in letters] == ["prepared", "prepared"]
    assert planned_get(made[3]["number"]).invited_sequence == 0
    (alone,) = planned()["meetings"]
    with pytest.raises(StateWrongError, match="belongs to no series"):
        run("invite", str(alone["number"]), "--series")
