"""IMAP (RFC 3501, 9051): the mailbox that answers to invitations come back to. Only reads: nothing is marked or moved.

What does not live here: what is in a letter (``intake.letters``).
"""

from __future__ import annotations

import imaplib
import re
import ssl
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from bywhen.connectors.port import Mail
from bywhen.kernel.errors import InputRefusedError, SettingWrongError

TIMEOUT_SECONDS = 20
MOST_LETTERS = 200
LARGEST_BYTES = 1024 * 1024
"""Larger letters are told and not fetched: a reply is a few kilobytes."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_WANTED = "imaps://user:password@host/INBOX, or imap://...?tls=starttls"
_VALIDITY = re.compile(rb"(\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Imap:
    """One folder of an account. ``tls`` is ``ssl``, ``starttls``, or '' to this machine only."""

    host: str
    port: int
    user: str
    password: str = field(default="", repr=False)
    folder: str = "INBOX"
    tls: str = "ssl"

    @property
    def address(self) -> str:
        """How messages and records name it; without its password."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"

    def letters(self, validity: int, after: int) -> tuple[int, tuple[Mail, ...]]:
        """See :class:`bywhen.connectors.port.MailSource`."""
        try:
            server = self._opened()
        except (OSError, imaplib.IMAP4.error) as error:
            raise self._refused(error) from error
        try:
            return self._fetched(server, validity, after)
        except (OSError, imaplib.IMAP4.error) as error:
            raise self._refused(error) from error
        finally:
            self._closed(server)

    def _opened(self) -> imaplib.IMAP4:
        if self.tls == "ssl":
            return imaplib.IMAP4_SSL(
                self.host, self.port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT_SECONDS
            )
        server = imaplib.IMAP4(self.host, self.port, timeout=TIMEOUT_SECONDS)
        if self.tls == "starttls":
            server.starttls(ssl.create_default_context())
        return server

    def _fetched(self, server: imaplib.IMAP4, validity: int, after: int) -> tuple[int, tuple[Mail, ...]]:
        try:
            server.login(self.user, self.password)
        except imaplib.IMAP4.error as error:
            raise InputRefusedError(
                "the server refuses the sign-in", file=self.host, remedy="Check user and password."
            ) from error
        quoted = '"{}"'.format(self.folder.replace("\\", "\\\\").replace('"', '\\"'))
        state, said = server.select(quoted, readonly=True)
        if state != "OK":
            raise InputRefusedError(f"there is no folder {self.folder!r}", file=self.host, remedy="Check its name.")
        _, told = server.response("UIDVALIDITY")
        found = _VALIDITY.search(told[0]) if told and isinstance(told[0], bytes) else None
        now = int(found[1]) if found else 0
        since = after if now == validity else 0
        _, said = server.uid("SEARCH", "UID", f"{since + 1}:*")
        numbers = sorted(number for number in map(int, (said[0] or b"").split()) if number > since)
        return now, tuple(self._mail(server, number) for number in numbers[:MOST_LETTERS])

    @staticmethod
    def _mail(server: imaplib.IMAP4, number: int) -> Mail:
        _, said = server.uid("FETCH", str(number), "(RFC822.SIZE)")
        size = _SIZE.search(said[0]) if said and isinstance(said[0], bytes) else None
        if size is None:  # gone meanwhile
            return Mail(number, b"", "it is not in the mailbox any more")
        if int(size[1]) > LARGEST_BYTES:
            return Mail(number, b"", "it is larger than any reply")
        _, parts = server.uid("FETCH", str(number), "(BODY.PEEK[])")
        return Mail(number, next((part[1] for part in parts if isinstance(part, tuple)), b""))

    def _refused(self, error: Exception) -> InputRefusedError:
        said = " ".join(str(error).split())[:160] or type(error).__name__
        return InputRefusedError(
            f"the mailbox cannot be read ({said})", file=self.host, remedy="Check BYWHEN_IMAP_URL."
        )

    @staticmethod
    def _closed(server: imaplib.IMAP4) -> None:
        try:
            server.logout()
        except (OSError, imaplib.IMAP4.error):  # it is gone already
            return


def imap_from(address: str) -> Imap:
    """Read ``imaps://user:password@host/INBOX``.

    >>> imap_from("imaps://ana%40example.org:s%40fe@mail.example.org/Replies").address
    'ana@example.org@mail.example.org:993/Replies'

    Raises:
        SettingWrongError: when it is no such address, or the password would travel unprotected (it is not repeated).
    """
    parts = urlsplit(address)
    tls = "ssl" if parts.scheme == "imaps" else (parse_qs(parts.query).get("tls") or ["starttls"])[0]
    host = parts.hostname or ""
    known = parts.scheme in ("imap", "imaps") and host and parts.username and tls in ("ssl", "starttls", "none")
    if not known:
        raise SettingWrongError("BYWHEN_IMAP_URL", parts.scheme or "text without imaps://", _WANTED)
    if tls == "none" and host not in _LOCAL:
        raise SettingWrongError("BYWHEN_IMAP_URL", "tls=none", f"{_WANTED}; tls=none only to this machine")
    try:
        port = parts.port or (993 if tls == "ssl" else 143)
    except ValueError:
        raise SettingWrongError("BYWHEN_IMAP_URL", "its port", _WANTED) from None
    return Imap(
        host,
        port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        unquote(parts.path.strip("/")) or "INBOX",
        "" if tls == "none" else tls,
    )
