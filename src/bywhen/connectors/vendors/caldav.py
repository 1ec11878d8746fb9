"""CalDAV (RFC 4791): Nextcloud, Radicale, Fastmail, iCloud and others. Needs the extra ``calendars``.

What does not live here: counting out recurrences (``intake.formats.icalendar_file``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from bywhen.kernel.errors import ExtraMissingError, InputRefusedError

TIMEOUT_SECONDS = 20
MOST_ENTRIES = 2_000
LARGEST_BYTES = 8 * 1024 * 1024
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class CalDav:
    """The calendars behind an address: of a calendar itself, or of an account (then all of its calendars).

    A password only ever travels over https, or to this machine.
    """

    address: str
    user: str = ""
    password: str = field(default="", repr=False)

    def entries(self, first: date, last: date) -> tuple[bytes, ...]:
        """See :class:`bywhen.connectors.port.CalendarSource`."""
        parts = urlsplit(self.address)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host:
            raise InputRefusedError(
                "it is no address of a calendar server", file=self.address[:80], remedy="It begins with https://."
            )
        if parts.scheme == "http" and host not in _LOCAL:
            raise InputRefusedError("the calendar would be read unprotected", file=host, remedy="Use https://.")
        try:
            return self._fetched(first, last)
        except ImportError:
            raise ExtraMissingError("calendars", needed_for="Reading a CalDAV calendar", file=host) from None

    def _fetched(self, first: date, last: date) -> tuple[bytes, ...]:
        from caldav.davclient import DAVClient  # noqa: PLC0415 - optional
        from caldav.lib.error import AuthorizationError, DAVError  # noqa: PLC0415
        from niquests.exceptions import RequestException  # noqa: PLC0415

        host = urlsplit(self.address).hostname or ""
        start = datetime.combine(first, time(), UTC)
        finish = datetime.combine(last, time(), UTC) + timedelta(days=1)
        try:
            with DAVClient(
                url=self.address,
                username=self.user or None,
                password=self.password or None,
                timeout=TIMEOUT_SECONDS,
                enable_rfc6764=False,  # the address that was given, and no other that a name server names
                require_tls=False,  # judged above
            ) as opened:
                client: Any = opened  # the library is typed in parts only
                own = client.calendar(url=self.address)
                calendars = client.principal().calendars() if self._is_account(own) else [own]
                found = [
                    str(entry.data).encode()
                    for calendar in calendars
                    for entry in calendar.search(start=start, end=finish, event=True, expand=False)
                ]
        except AuthorizationError as error:
            raise InputRefusedError(
                "the server refuses the sign-in", file=host, remedy="Check user and password."
            ) from error
        except (DAVError, RequestException, OSError, ValueError) as error:
            said = " ".join(str(error).split())[:160] or type(error).__name__
            raise InputRefusedError(
                f"the calendar cannot be read ({said})", file=host, remedy="Check the address."
            ) from error
        if len(found) > MOST_ENTRIES or sum(map(len, found)) > LARGEST_BYTES:
            raise InputRefusedError(
                "the calendar holds too much for these days", file=host, remedy="Ask for fewer days."
            )
        return tuple(found)

    @staticmethod
    def _is_account(calendar: object) -> bool:
        """Whether the address is an account's: a calendar says so by its resource type."""
        from caldav.elements import cdav, dav  # noqa: PLC0415

        kinds = calendar.get_properties([dav.ResourceType()])  # type: ignore[attr-defined]
        return cdav.Calendar.tag not in str(kinds)
