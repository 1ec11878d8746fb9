"""Letters (RFC 5322) as they come in: the calendars in them, with their subject for messages. Nothing is opened.

What does not live here: mailboxes (``connectors``), what a calendar says (``formats.icalendar_file``).
"""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

MOST_PARTS = 200
_CALENDAR = "text/calendar"
_ENDINGS = (".ics", ".ical", ".ifb")


@dataclass(frozen=True, slots=True)
class CalendarLetter:
    """The calendars of one letter. ``message_id`` and ``subject`` are its own words, cut short."""

    message_id: str
    subject: str
    sender: str
    calendars: tuple[bytes, ...]


def looks_like_letter(data: bytes) -> bool:
    r"""Whether the bytes begin with headers of mail rather than with a calendar.

    >>> looks_like_letter(b"From: a@x.org\r\nSubject: hi\r\n\r\n"), looks_like_letter(b"BEGIN:VCALENDAR")
    (True, False)
    """
    head = data[:4096].decode("latin-1").lstrip("\ufeff\xef\xbb\xbf\r\n ")
    first = head.splitlines()[0] if head else ""
    name, colon, _ = first.partition(":")
    return bool(colon) and name.upper() != "BEGIN" and name.replace("-", "").isalpha()


def read_letter(data: bytes) -> CalendarLetter:
    r"""The calendars of a letter, as body or enclosure, each once; none when it has none or is broken.

    >>> read_letter(b"Subject: Re: Steering\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR").calendars
    (b'BEGIN:VCALENDAR\n',)
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        parts = [part for _, part in zip(range(MOST_PARTS), message.walk(), strict=False)]
        found = [_bytes(part) for part in parts if _is_calendar(part)]
        return CalendarLetter(
            _header(message, "Message-ID"),
            _header(message, "Subject"),
            _header(message, "From"),
            tuple(dict.fromkeys(each for each in found if each)),
        )
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError):
        # Broken mail is no reply: what cannot be read says nothing.
        return CalendarLetter("", "", "", ())


def _is_calendar(part: EmailMessage) -> bool:
    name = (part.get_filename() or "").casefold()
    return not part.is_multipart() and (part.get_content_type() == _CALENDAR or name.endswith(_ENDINGS))


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_content()
    text = content if isinstance(content, str) else bytes(content).decode("utf-8-sig", "replace")
    # Line ends of transport are no difference between two copies of one calendar.
    return ("\n".join(text.splitlines()) + "\n").encode() if text.strip() else b""


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())[:200]
