"""Replies through a real IMAP server, up to the seats of the guests; nothing in the mailbox is changed."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from bywhen.connectors.vendors.imap import imap_from
from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import InputRefusedError, SettingWrongError
from bywhen.meetings.models import Mailbox, ReplyLeftOut
from bywhen.meetings.selectors.planned import attendance_of, planned_get
from bywhen.meetings.services.mailboxes import mailbox_read, reply_file_take_in
from bywhen.meetings.services.planning import Guests, meeting_plan
from bywhen.record.models import Address, Person
from factories import rows
from factories.dovecot_server import DOVECOT, PASSWORD, mailserver

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.enable_socket,
    pytest.mark.skipif(DOVECOT is None, reason="needs a Dovecot server"),
]


@pytest.fixture(autouse=True)
def _monday():
    with clock_set(FrozenClock(datetime(2027, 3, 15, 8, tzinfo=UTC))):
        yield


@pytest.fixture(scope="module")
def server():
    with mailserver() as found:
        yield found


@pytest.fixture
def planned(db):
    tom = Person.objects.create(name="Tom Becker")
    Address.objects.create(person=tom, kind="email", value="tom@example.org")
    return meeting_plan(
        project=rows.project(), kind="status", start=datetime(2027, 3, 16, 9), zone="UTC", guests=Guests([tom])
    )


def calendar(uid, who="tom", word="ACCEPTED"):
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20270315T070000Z\r\n"
        f"ATTENDEE;PARTSTAT={word}:mailto:{who}@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def letter(text, number, **given):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Tom Becker <tom@example.org>", "Accepted: Status"
    mail["Message-ID"] = f"<{number}@example.org>"
    mail.set_content("Tom accepts.")
    if text:
        mail.add_alternative(text, subtype="calendar", params={"method": "REPLY"})
        mail.add_attachment(text.encode(), maintype="application", subtype="ics", filename="invite.ics")
    return mail.as_bytes()


def test_replies_are_taken_in_once_and_the_rest_left_alone_when_the_mailbox_is_read(server, planned):
    source = imap_from(server.address)
    server.deliver(letter("", 1))
    server.deliver(letter(calendar(planned.uid), 2))
    server.deliver(letter(calendar("other@x"), 3))
    server.deliver(letter("BEGIN:VCALENDAR\r\nnonsense", 4))
    server.deliver(b"From: big@example.org\r\nSubject: Pictures\r\n\r\n" + b"x" * 1_100_000)
    counts = mailbox_read(source=source)
    assert counts.updated == 1
    assert attendance_of(planned_get(planned.pk)).accepted == 1
    left_out = [row.reason for row in ReplyLeftOut.objects.order_by("id")]
    assert left_out[0] == "the meeting is not one of this workspace"
    assert left_out[-1] == "it is larger than any reply"
    assert len(left_out) == 3
    assert server.untouched()
    assert mailbox_read(source=source).read == 0
    server.deliver(letter(calendar(planned.uid, word="DECLINED").replace("T070000Z", "T073000Z"), 6))
    assert mailbox_read(source=source).updated == 1
    assert attendance_of(planned_get(planned.pk)).declined == 1
    # Numbers that begin anew make it read all again, and nothing is taken in twice.
    Mailbox.objects.update(validity=1)
    assert mailbox_read(source=source).updated == 0
    assert ReplyLeftOut.objects.count() == 3


def test_reason_is_kept_when_the_sign_in_is_refused(server, planned):
    wrong = imap_from(server.address.replace(PASSWORD, "wr0ng"))
    # This server lets everybody wait who is wrong; a folder that is not there is refused at once.
    with pytest.raises(InputRefusedError, match="refuses the sign-in"):
        mailbox_read(source=wrong)
    missing = imap_from(server.address.replace("INBOX", "Nowhere"))
    with pytest.raises(InputRefusedError, match="no folder 'Nowhere'"):
        mailbox_read(source=missing)
    assert "Nowhere" in Mailbox.objects.get(address=missing.address).problem
    assert PASSWORD not in missing.address


def test_server_is_named_when_nobody_answers(planned):
    with pytest.raises(InputRefusedError, match=r"127\.0\.0\.1: the mailbox cannot be read"):
        mailbox_read(source=imap_from("imap://a:b@127.0.0.1:9/?tls=none"))


@pytest.mark.parametrize(
    "address", ["mail.example.org", "imap://host/", "imap://a:b@mail.example.org/?tls=none", "imaps://a:b@host:port/"]
)
def test_address_is_refused_when_it_is_no_safe_one(address):
    with pytest.raises(SettingWrongError, match="BYWHEN_IMAP_URL") as told:
        imap_from(address)
    assert ":b@" not in str(told.value)


def test_saved_letter_counts_like_the_reply_in_it_when_it_is_given_by_hand(planned):
    assert reply_file_take_in(data=letter(calendar(planned.uid), 1), name="re.eml").updated == 1
    assert reply_file_take_in(data=calendar(planned.uid).encode(), name="re.ics").unchanged == 1
    (skipped,) = reply_file_take_in(data=letter("", 2), name="re.eml").skipped
    assert "holds no calendar" in skipped[1]
