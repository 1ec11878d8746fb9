"""The mailbox that replies come back to: what is new in it is read, replies are taken in, nothing in it is changed.

Letters without a calendar are none of our business. What does not live here: the server's protocol (``connectors``).
"""

from __future__ import annotations

from django.db import transaction

from bywhen.connectors.port import Mail, MailSource
from bywhen.intake.letters import looks_like_letter, read_letter
from bywhen.kernel.clock import current_clock
from bywhen.kernel.counts import Counts
from bywhen.kernel.errors import ByWhenError
from bywhen.meetings.models import Mailbox
from bywhen.meetings.services.replies import replies_left_out, replies_take_in


def mailbox_read(*, source: MailSource) -> Counts:
    """Take in the replies among the letters that came since last time. What cannot be taken in is kept with its reason;
    a letter is settled by itself, so that one bad letter stops no other and none is read twice.

    Raises:
        InputRefusedError: when the server cannot be read; the reason is kept with the mailbox.
    """
    box, _ = Mailbox.objects.get_or_create(address=source.address)
    try:
        validity, letters = source.letters(box.validity, box.last)
    except ByWhenError as error:
        box.problem = str(error)
        box.save()
        raise
    counts = Counts()
    for mail in letters:
        with transaction.atomic():
            counts.add(_letter_take_in(mail))
            box.validity, box.last = validity, mail.number
            box.save()
    box.validity, box.read_at, box.problem = validity, current_clock().now(), ""
    box.save()
    return counts


def reply_file_take_in(*, data: bytes, name: str) -> Counts:
    """Take in a file that a person gives: a calendar reply, or the letter that it came in.

    Raises:
        InputRefusedError: (a subclass) when it is neither.
    """
    if not looks_like_letter(data):
        return replies_take_in(data=data, name=name)
    counts = Counts()
    calendars = read_letter(data).calendars
    if not calendars:
        counts.skip(name, "the letter holds no calendar; save the answer itself as an .ics file")
    for calendar in calendars:
        counts.add(replies_take_in(data=calendar, name=name))
    return counts


def _letter_take_in(mail: Mail) -> Counts:
    counts = Counts()
    letter = read_letter(mail.data)
    name = letter.subject or f"letter {mail.number}"
    if mail.problem:
        counts.skip(name, mail.problem)
    for calendar in letter.calendars:
        try:
            counts.add(replies_take_in(data=calendar, name=name))
        except ByWhenError as error:
            counts.skip(name, str(error))
    kept = Counts(skipped=[(f"{letter.sender or place}: {name}", reason) for place, reason in counts.skipped])
    replies_left_out(counts=kept, key=letter.message_id or f"{mail.number}|{mail.problem}")
    return counts
