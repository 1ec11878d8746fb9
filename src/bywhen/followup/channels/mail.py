"""An approved message for the person's own mail program: as a file or as an address. Nothing is sent from here."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote


def message_file(*, name: str, address: str, subject: str, body: str) -> bytes:
    r"""The message as an ``.eml`` file that mail programs open as a draft. Line breaks never reach a header.

    >>> data = message_file(name="Ana", address="ana@example.org", subject="a\r\nBcc: x", body="b")
    >>> data.splitlines()[:2]
    [b'To: Ana <ana@example.org>', b'Subject: a Bcc: x']
    """
    message = EmailMessage(policy=SMTP)
    user, _, domain = _plain(address).rpartition("@")
    if user and domain:
        message["To"] = Address(_plain(name), user, domain)
    message["Subject"] = _plain(subject)
    message["X-Unsent"] = "1"
    message.set_content(body)
    return message.as_bytes()


def message_address(*, address: str, subject: str, body: str) -> str:
    r"""A ``mailto:`` address with everything in it escaped.

    >>> message_address(address="ana@example.org", subject="By Fri & soon", body="a\nb")
    'mailto:ana%40example.org?subject=By%20Fri%20%26%20soon&body=a%0D%0Ab'
    """
    lines = "\r\n".join(body.splitlines())
    to, about, words = (quote(text, safe="") for text in (_plain(address), _plain(subject), lines))
    return f"mailto:{to}?subject={about}&body={words}"


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
