"""Letters leave only when a person approved them, each by itself, at least once, and never with a forged header."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import InputRefusedError, SettingWrongError, StateWrongError
from bywhen.platform.acting import Actor, acting
from bywhen.platform.audit import audit_verify
from bywhen.platform.models import AuditEntry, OutgoingMail
from bywhen.platform.outgoing import PAUSES, mail_approve, mail_cancel, mail_list, mail_prepare, mails_send
from bywhen.platform.transports import Enclosure, Null, smtp_from
from factories.mail_sink import sink

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CALENDAR = Enclosure("invite.ics", "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


@pytest.fixture(autouse=True)
def _noon():
    with clock_set(FrozenClock(NOON)), acting(Actor("person", "Priya")):
        yield


def letter(key="one", address="ana@example.org", approved=True, **given):
    mail, _ = mail_prepare(key=key, address=address, subject=given.pop("subject", "Agenda"), text="Dear Ana", **given)
    return mail_approve(mail=mail) if approved else mail


@pytest.mark.enable_socket
def test_letter_arrives_whole_when_it_was_approved():
    with sink() as server:
        mail = letter(name="Ana Dúarte", html="<p>Dear Ana</p>", enclosures=[CALENDAR])
        delivery = mails_send(transport=smtp_from(server.address))
    (got,) = server.letters
    assert (got["subject"], got["to"], got["message-id"]) == ("Agenda", "Ana Dúarte <ana@example.org>", mail.message_id)
    kinds = [part.get_content_type() for part in got.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar", "text/calendar"]
    assert next(part for part in got.walk() if part.get_param("method") == "REQUEST").get_content().startswith("BEGIN:")
    (sent,) = delivery.sent
    assert (sent.status, sent.sent_at, sent.approved_by) == ("sent", NOON, "Priya")
    assert "accepted by 127.0.0.1" in sent.receipt


def test_nothing_leaves_when_nobody_approved():
    letter(approved=False)
    transport = Null()
    mails_send(transport=transport)
    assert transport.kept == []


def test_approval_is_refused_when_no_person_acts():
    mail = letter(approved=False)
    with acting(Actor("system", "week")), pytest.raises(StateWrongError, match="only be approved by a person"):
        mail_approve(mail=mail)


@pytest.mark.enable_socket
def test_others_arrive_when_one_is_refused_and_one_is_put_off():
    with sink() as server:
        for key, address in (("a", "nobody@example.org"), ("b", "later@example.org"), ("c", "tom@example.org")):
            letter(key, address)
        delivery = mails_send(transport=smtp_from(server.address))
    assert [mail.key for mail in delivery.failed] == ["a"]
    assert "550 5.1.1 no such mailbox" in delivery.failed[0].last_error
    assert [(mail.key, mail.next_attempt_at) for mail in delivery.postponed] == [("b", NOON + PAUSES[0])]
    assert [mail["to"] for mail in server.letters] == ["tom@example.org"]


class Down:
    def send(self, letter):
        raise ConnectionRefusedError("refused")


def test_pauses_grow_until_it_fails_when_the_server_stays_down():
    letter()
    moment, tries = NOON, 0
    while OutgoingMail.objects.get().status == "approved" and tries < 20:
        with clock_set(FrozenClock(moment)):
            assert mails_send(transport=Down()).sent == []
        tries += 1
        moment = OutgoingMail.objects.get().next_attempt_at or moment
    assert (tries, OutgoingMail.objects.get().status) == (len(PAUSES) + 1, "failed")
    assert moment - NOON == sum(PAUSES, timedelta())
    mail_approve(mail=OutgoingMail.objects.get())
    assert len(mails_send(transport=Null()).sent) == 1


def test_letter_is_sent_again_when_its_sender_died():
    mail = letter()

    class Dies:
        def send(self, letter):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mails_send(transport=Dies())
    transport = Null()
    assert mails_send(transport=transport).sent == []
    with clock_set(FrozenClock(NOON + timedelta(minutes=6))):
        mails_send(transport=transport)
    assert [each.message_id for each in transport.kept] == [mail.message_id]


def test_nothing_is_sent_twice_when_sending_runs_twice():
    letter()
    transport = Null()
    mails_send(transport=transport)
    mails_send(transport=transport)
    assert len(transport.kept) == 1


def test_one_letter_is_kept_when_it_is_prepared_twice():
    assert letter(approved=False).pk == letter(approved=False).pk
    assert mail_list(status="prepared").count() == 1


def test_cancelled_letter_stays_when_it_is_approved_later():
    mail = mail_cancel(mail=letter(approved=False))
    with pytest.raises(StateWrongError, match="is cancelled already"):
        mail_approve(mail=mail)


@pytest.mark.parametrize("field", ["subject", "name", "address", "enclosure"])
@pytest.mark.parametrize("mark", ["\r\n", "\n", "\r", "\x00", "\u2028"])
def test_letter_is_refused_when_a_header_breaks_its_line(field, mark):
    given = {"address": "ana@example.org", "subject": "Agenda", "name": "Ana"}
    forged = f"x{mark}Bcc: all@example.org"
    more = {"enclosures": [Enclosure(forged, "text/plain", b"")]} if field == "enclosure" else {field: forged}
    with pytest.raises(InputRefusedError):
        mail_prepare(**{"key": "k", "text": "", **given, **more})


@profile(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60))
def test_no_header_is_added_when_the_subject_is_any_text(subject):
    transport = Null()
    try:
        mail, created = mail_prepare(key=f"k{hash(subject)}", address="a@example.org", subject=subject, text="")
    except InputRefusedError:
        return
    if created:
        mail_approve(mail=mail)
        mails_send(transport=transport)
        from bywhen.platform.transports import envelope

        head = envelope(transport.kept[0]).message()
        assert len(head.get_all("To")) == 1
        assert "Bcc" not in head


@pytest.mark.parametrize(
    "html", ['<img src="https://x.test/p.gif">', "<p style='background:url(//x.test/a)'>", "<img src=//x>"]
)
def test_letter_is_refused_when_its_html_loads_from_elsewhere(html):
    with pytest.raises(InputRefusedError, match="from elsewhere"):
        letter(html=html)


@pytest.mark.parametrize(
    "address", ["mail.example.org:25", "http://x", "smtp://", "smtp://h?tls=maybe", "smtp://h:port"]
)
def test_setting_is_refused_when_it_names_no_server(address):
    with pytest.raises(SettingWrongError, match="BYWHEN_SMTP_URL"):
        smtp_from(address)


def test_every_step_stands_in_the_trail_when_a_letter_was_sent():
    letter()
    mails_send(transport=Null())
    steps = AuditEntry.objects.filter(subject__startswith="platform.outgoingmail").values_list("action", flat=True)
    assert list(steps) == ["prepare", "approve", "send"]
    assert audit_verify() >= 3
