"""Ways a letter leaves: SMTP, or nowhere. What does not live here: which letters may leave, and when (``outgoing``).

A further transport has one method, ``send``, and raises :class:`LetterRefusedError` for what will never work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import formataddr
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from bywhen.kernel.errors import LetterRefusedError, SettingWrongError

TIMEOUT_SECONDS = 20
_PERMANENT = 500
_CALENDAR = "text/calendar"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Something that goes with a letter: a file name, its media type with parameters, its bytes."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person. ``message_id`` stays the same over every attempt, so that a receiver sees it once."""

    sender: str
    name: str
    address: str
    subject: str
    text: str
    message_id: str
    html: str = ""
    enclosures: tuple[Enclosure, ...] = ()


class Transport(Protocol):
    """Hands a letter over."""

    def send(self, letter: Letter) -> str:
        """Hand it over; answers what the other side said, as proof.

        Raises:
            LetterRefusedError: when trying again cannot help (no such mailbox, content refused).
            OSError: when it may work later (smtplib's own errors are OSErrors).
        """


@dataclass(slots=True)
class Null:
    """Keeps letters instead of sending them; for tests."""

    kept: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> str:
        """Keep it."""
        self.kept.append(letter)
        return "kept"


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server. ``tls`` is '' (none), ``starttls`` or ``ssl``."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: str = "starttls"

    def send(self, letter: Letter) -> str:
        """One connection and one envelope per letter."""
        backend = EmailBackend(
            host=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.tls == "starttls",
            use_ssl=self.tls == "ssl",
            timeout=TIMEOUT_SECONDS,
        )
        try:
            envelope(letter, backend).send()
        except SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            _refuse(letter, code, words)
            raise
        except SMTPResponseException as error:
            _refuse(letter, error.smtp_code, error.smtp_error)
            raise
        return f"accepted by {self.host}:{self.port}"


def _refuse(letter: Letter, code: int, words: bytes | str) -> None:
    if code >= _PERMANENT:
        said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        raise LetterRefusedError(letter.address, f"{code} {' '.join(said.split())}")


def envelope(letter: Letter, connection: EmailBackend | None = None) -> EmailMultiAlternatives:
    """The letter as a MIME message: a calendar is both an alternative body (so that it can be answered) and a file."""
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=letter.sender,
        to=[formataddr((letter.name, letter.address))],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    for each in letter.enclosures:
        if each.content_type.startswith(_CALENDAR):
            message.attach_alternative(each.content.decode("utf-8"), each.content_type)
        message.attach(each.name, each.content, each.content_type.partition(";")[0])
    return message


def transport_configured() -> Transport | None:
    """The mail server of the settings; None when none is set, and then nothing leaves."""
    return smtp_from(settings.SMTP_URL) if settings.SMTP_URL else None


def smtp_from(address: str) -> Smtp:
    """Read ``smtp://user:password@host:port?tls=starttls``; ``smtps://`` means TLS from the first byte.

    >>> smtp_from("smtp://ana:s%40fe@mail.example.org?tls=starttls")
    Smtp(host='mail.example.org', port=587, user='ana', password='s@fe', tls='starttls')

    Raises:
        SettingWrongError: when it is no such address (the password is not repeated).
    """
    parts = urlsplit(address)
    wanted = "smtp://user:password@host:port?tls=starttls (or tls=none), or smtps://..."
    tls = "ssl" if parts.scheme == "smtps" else (parse_qs(parts.query).get("tls") or ["starttls"])[0]
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or tls not in ("starttls", "ssl", "none"):
        raise SettingWrongError("BYWHEN_SMTP_URL", parts.scheme or "text without smtp://", wanted)
    try:
        port = parts.port or {"ssl": 465, "starttls": 587, "none": 25}[tls]
    except ValueError:
        raise SettingWrongError("BYWHEN_SMTP_URL", "its port", wanted) from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Smtp(parts.hostname, port, user, password, "" if tls == "none" else tls)
