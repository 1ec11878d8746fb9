"""The outbox: letters are prepared by rooms, approved by a person, and then sent at least once, each by itself.

Prepared -> approved -> sending -> sent. What fails is tried again with growing pauses; what can never work, or failed
too often, is ``failed`` with the reason. What does not live here: what letters say (rooms), SMTP (``transports``).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q, QuerySet

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, LetterRefusedError, StateWrongError
from bywhen.platform.acting import current_actor
from bywhen.platform.audit import audit_record
from bywhen.platform.models import OutgoingMail
from bywhen.platform.transports import Enclosure, Letter, Transport

LEASE = timedelta(minutes=5)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""Waiting after the first, second ... failed attempt; after the last one the letter has failed."""
LARGEST_BYTES = 20 * 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
_REMOTE = re.compile(
    r"""(?:src|srcset|background|poster|data)\s*=\s*["']?\s*(?:\w+:)?//|url\s*\(\s*["']?\s*(?:\w+:)?//|@import""",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Delivery:
    """What one run of sending did; the letters themselves."""

    sent: list[OutgoingMail] = field(default_factory=list)
    postponed: list[OutgoingMail] = field(default_factory=list)
    failed: list[OutgoingMail] = field(default_factory=list)


@transaction.atomic
def mail_prepare(
    *,
    key: str,
    address: str,
    subject: str,
    text: str,
    name: str = "",
    html: str = "",
    enclosures: Sequence[Enclosure] = (),
    origin: str = "",
) -> tuple[OutgoingMail, bool]:
    """Put a letter into the outbox once per ``key`` (at most 64 characters); answers it and whether it is new.

    Raises:
        InputRefusedError: when a header holds a line break or another control character, the address is none, the
            HTML loads anything from elsewhere, or the enclosures are too large.
    """
    _check(address, {"subject": subject, "name": name, "address": address}, html, enclosures)
    mail, created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "origin": origin[:200],
            "recipient_name": name[:200],
            "recipient_address": address,
            "subject": subject[:300],
            "text": text,
            "html": html,
            "attachments": [_stored(each) for each in enclosures],
            "message_id": _message_id(key),
            "prepared_at": current_clock().now(),
        },
    )
    if created:
        _audit(mail, "prepare", status=("", "prepared"), recipient=("", address), subject=("", mail.subject))
    return mail, created


@transaction.atomic
def mail_approve(*, mail: OutgoingMail) -> OutgoingMail:
    """Let it go; also a second try for what failed. Only a person can.

    Raises:
        StateWrongError: when nobody acts, or it has been approved, sent or cancelled.
    """
    actor = current_actor()
    if actor.kind != "person":
        raise StateWrongError(f"'{mail.subject}' can only be approved by a person.")
    now = current_clock().now()
    taken = OutgoingMail.objects.filter(pk=mail.pk, status__in=("prepared", "failed")).update(
        status="approved", approved_by=actor.name, approved_at=now, next_attempt_at=now, attempts=0, last_error=""
    )
    before = mail.status
    mail.refresh_from_db()
    if not taken:
        raise StateWrongError(f"'{mail.subject}' to {mail.recipient_address} is {mail.status} already.")
    _audit(mail, "approve", status=(before, "approved"))
    return mail


@transaction.atomic
def mail_cancel(*, mail: OutgoingMail) -> OutgoingMail:
    """It will not be sent.

    Raises:
        StateWrongError: when it is being sent or has left.
    """
    taken = OutgoingMail.objects.filter(pk=mail.pk, status__in=("prepared", "approved", "failed")).update(
        status="cancelled"
    )
    before = mail.status
    mail.refresh_from_db()
    if not taken:
        raise StateWrongError(f"'{mail.subject}' to {mail.recipient_address} is {mail.status} already.")
    _audit(mail, "cancel", status=(before, "cancelled"))
    return mail


def mails_send(*, transport: Transport, most: int = 200) -> Delivery:
    """Send what is approved and due, oldest first. Each letter is leased, handed over and settled by itself: one bad
    letter never stops the others, and a sender that dies loses none (it may then arrive twice, with one Message-ID).
    """
    delivery = Delivery()
    for pk in list(_due(current_clock().now()).values_list("pk", flat=True)[:most]):
        mail = _lease(pk)
        if mail is not None:
            _hand_over(mail, transport, delivery)
    return delivery


def mail_list(*, origin: str = "", status: str = "") -> QuerySet[OutgoingMail]:
    """Letters, oldest first, without their enclosures."""
    given = {"origin": origin, "status": status}
    return OutgoingMail.objects.defer("attachments").filter(**{name: value for name, value in given.items() if value})


def _due(now: datetime) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(
        Q(status="approved", next_attempt_at__lte=now) | Q(status="sending", lease_until__lte=now)
    )


def _lease(pk: int) -> OutgoingMail | None:
    """Take it for five minutes; None when another sender has it."""
    now = current_clock().now()
    taken = _due(now).filter(pk=pk).update(status="sending", lease_until=now + LEASE, attempts=F("attempts") + 1)
    return OutgoingMail.objects.get(pk=pk) if taken else None


def _hand_over(mail: OutgoingMail, transport: Transport, delivery: Delivery) -> None:
    try:
        receipt = transport.send(_letter(mail))
    except (LetterRefusedError, ValueError) as error:  # ValueError: content that no message can hold
        _settle(mail, "failed", last_error=str(error))
        delivery.failed.append(mail)
    except OSError as error:
        again = mail.attempts <= len(PAUSES)
        when = current_clock().now() + PAUSES[mail.attempts - 1] if again else None
        said = " ".join(str(error).split())[:500] or type(error).__name__
        _settle(mail, "approved" if again else "failed", last_error=said, next_attempt_at=when)
        (delivery.postponed if again else delivery.failed).append(mail)
    else:
        _settle(mail, "sent", sent_at=current_clock().now(), receipt=receipt, last_error="")
        delivery.sent.append(mail)


@transaction.atomic
def _settle(mail: OutgoingMail, status: str, **values: object) -> None:
    mail.status, mail.lease_until = status, None
    for name, value in values.items():
        setattr(mail, name, value)
    mail.save()
    _audit(mail, "send", status=("sending", status), **{name: (None, value) for name, value in values.items() if value})


def _letter(mail: OutgoingMail) -> Letter:
    return Letter(
        sender=settings.MAIL_FROM,
        name=mail.recipient_name,
        address=mail.recipient_address,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        message_id=mail.message_id,
        enclosures=tuple(
            Enclosure(each["name"], each["content_type"], base64.b64decode(each["base64"])) for each in mail.attachments
        ),
    )


def _check(address: str, headers: dict[str, str], html: str, enclosures: Sequence[Enclosure]) -> None:
    headers = headers | {f"enclosure {n}": each.name + each.content_type for n, each in enumerate(enclosures, start=1)}
    for field_name, value in headers.items():
        if _CONTROL.search(value):
            raise InputRefusedError(
                "the letter's header would hold a line break or a control character",
                place=field_name,
                remedy="Write it in one line.",
            )
    try:
        validate_email(address)
    except ValidationError:
        raise InputRefusedError(f"{address!r} is no e-mail address", remedy="Mend it in the list of people.") from None
    if _REMOTE.search(html):
        raise InputRefusedError("the letter would load something from elsewhere", remedy="Enclose pictures instead.")
    if sum(len(each.content) for each in enclosures) > LARGEST_BYTES:
        raise InputRefusedError("the enclosures are larger than 20 MiB", remedy="Enclose less.")


def _stored(enclosure: Enclosure) -> dict[str, str]:
    content = base64.b64encode(enclosure.content).decode("ascii")
    return {"name": enclosure.name, "content_type": enclosure.content_type, "base64": content}


def _message_id(key: str) -> str:
    host = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(f'{settings.SECRET_KEY}:{key}'.encode()).hexdigest()[:40]}@{host}>"


def _audit(mail: OutgoingMail, action: str, **changes: tuple[object, object]) -> None:
    audit_record(action=action, subject=f"platform.outgoingmail:{mail.pk}", changes=changes)
