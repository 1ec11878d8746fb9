"""The worker: sends what was approved through a real mail server, takes replies in, alone in its workspace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import StateWrongError
from bywhen.meetings.selectors.planned import attendance_of, planned_get, planned_list
from bywhen.meetings.services.inviting import invitations_prepare
from bywhen.meetings.services.planning import Guests, meeting_plan, series_plan
from bywhen.platform.acting import Actor, acting
from bywhen.platform.leases import lease_give_back, lease_holder, lease_take
from bywhen.platform.models import OutgoingMail
from bywhen.platform.outgoing import mail_approve
from bywhen.record.models import Address, Person
from bywhen.shell.worker import LEASE, Worker
from factories import rows
from factories.dovecot_server import DOVECOT, mailserver
from factories.mail_sink import sink

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 3, 15, 8, tzinfo=UTC)
SOURCE = Path(__file__).resolve().parents[3] / "src"


@pytest.fixture(autouse=True)
def _monday():
    with clock_set(FrozenClock(MONDAY)), acting(Actor("person", "Priya Raman")):
        yield


@pytest.fixture
def tom(db):
    person = Person.objects.create(name="Tom Becker")
    Address.objects.create(person=person, kind="email", value="tom@example.org")
    return person


@pytest.fixture
def planned(tom):
    return meeting_plan(
        project=rows.project(), kind="status", start=datetime(2027, 3, 16, 9), zone="UTC", guests=Guests([tom])
    )


def worked(**given):
    told = []
    well = Worker(told.append, Event(), **given).run(once=True)
    return well, {each.step: each for each in told}


@pytest.mark.enable_socket
def test_only_what_a_person_approved_leaves_when_a_round_is_worked(settings, planned, tom):
    with sink() as server:
        settings.SMTP_URL = server.address
        letters, _ = invitations_prepare(planned=planned)
        assert "send" not in worked()[1]
        assert server.letters == []
        mail_approve(mail=letters[0])
        well, told = worked()
        assert (well, told["send"].facts) == (True, {"sent": 1, "postponed": 0, "failed": 0})
        assert worked()[1] == {}
    assert [str(letter["to"]) for letter in server.letters] == ["Tom Becker <tom@example.org>"]
    assert OutgoingMail.objects.get().status == "sent"


@pytest.mark.enable_socket
@pytest.mark.skipif(DOVECOT is None, reason="needs a Dovecot server")
def test_answers_come_home_when_guests_write_back(settings, planned):
    with mailserver() as server:
        settings.IMAP_URL = server.address
        server.deliver(
            b"From: tom@example.org\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"
            b"BEGIN:VEVENT\r\nUID:" + planned.uid.encode() + b"\r\nDTSTAMP:20270315T070000Z\r\n"
            b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:tom@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        assert worked()[1]["replies"].facts["updated"] == 1
    assert attendance_of(planned_get(planned.pk)).accepted == 1


@pytest.mark.enable_socket
def test_other_steps_go_on_when_one_fails(settings, tom):
    settings.IMAP_URL = "imap://a:b@127.0.0.1:9/?tls=none"
    series_plan(
        project=rows.project(),
        kind="status",
        first=datetime(2027, 3, 16, 9),
        zone="UTC",
        rule="FREQ=WEEKLY",
        guests=Guests([tom]),
    )
    before = planned_list().count()
    with clock_set(FrozenClock(MONDAY + timedelta(weeks=2))):
        well, told = worked()
    assert not well
    assert "the mailbox cannot be read" in told["replies"].problem
    assert told["prepare"].facts["new"] >= 2
    assert planned_list().count() == before + 2


def test_second_worker_is_refused_when_one_is_at_work():
    assert lease_take(name=LEASE, holder="elsewhere:7", span=timedelta(minutes=10))
    with pytest.raises(StateWrongError, match=r"Another worker .*elsewhere:7, until 08:10 UTC"):
        worked()
    with clock_set(FrozenClock(MONDAY + timedelta(minutes=10))):
        assert worked()[0]
        assert lease_holder(LEASE) is None
    assert not lease_give_back(name=LEASE, holder="elsewhere:7")


def test_nothing_is_done_when_it_is_told_to_stop_before():
    stop, told = Event(), []
    stop.set()
    assert Worker(told.append, stop).run()
    assert ([each.step for each in told], lease_holder(LEASE)) == (["start"], None)


def command(workspace, *words):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("BYWHEN_", "DJANGO_"))}
    env |= {"PYTHONPATH": str(SOURCE), "BYWHEN_WORKSPACE": str(workspace)}
    return [sys.executable, "-c", "from bywhen.shell.cli import main; main()", "worker", *words], env


def test_process_ends_itself_with_what_it_began_when_it_gets_a_signal(tmp_path):
    first = command(tmp_path / "ws", "--once")
    assert subprocess.run(first[0], env=first[1], check=False, timeout=60).returncode == 0
    words, env = command(tmp_path / "ws", "--every", "1", "--json")
    running = subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        assert json.loads(running.stdout.readline())["step"] == "start"
        second = command(tmp_path / "ws", "--once", "--json")
        done = subprocess.run(second[0], env=second[1], capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stdout) == (1, "")
        assert "Another worker is at work" in done.stderr
        running.send_signal(signal.SIGTERM)
        out, err = running.communicate(timeout=30)
    finally:
        running.kill()
    assert (running.returncode, err) == (0, "")
    assert all(json.loads(line)["step"] for line in out.splitlines())
    after = command(tmp_path / "ws", "--once")
    assert subprocess.run(after[0], env=after[1], check=False, timeout=60).returncode == 0
