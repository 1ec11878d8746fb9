"""People's calendars: what takes their time, from a file once or from a CalDAV server again and again.

Only taken times are kept, never what they are for. What does not live here: reading formats (``intake``) and servers
(``connectors``), proposing times (``engine.slots``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import transaction

from bywhen.connectors.vendors.caldav import CalDav
from bywhen.intake.port import ReadOptions
from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import ByWhenError, FormatUnknownError, InputRefusedError
from bywhen.kernel.tables import EventRow
from bywhen.meetings.engine.slots import busy_times
from bywhen.meetings.models import PersonCalendar
from bywhen.meetings.selectors.free import person_zone
from bywhen.platform.secrets import secret_open, secret_seal

if TYPE_CHECKING:
    from bywhen.record.models import Person

AHEAD = timedelta(days=60)
"""A server is asked for the days up to this far ahead."""
REACH = timedelta(days=366)
"""What a file says is kept this far to either side of today."""


@transaction.atomic
def calendar_file_take_in(*, person: Person, name: str, data: bytes) -> tuple[PersonCalendar, bool, list[str]]:
    """Take in a calendar file of somebody; it takes the place of an earlier one of that name. Answers it, whether
    anything changed, and what the reader noticed. The same file twice changes nothing.

    Raises:
        InputRefusedError: (a subclass) when it is no calendar, or cannot be read.
    """
    name = " ".join(name.split())[:200] or "calendar.ics"
    digest = hashlib.sha256(data).hexdigest()
    known = PersonCalendar.objects.filter(person=person, kind="file", name=name).first()
    if known is not None and known.digest == digest:
        return known, False, []
    today = current_clock().today()
    readings = list(read_blob(blob_from(name, data), ReadOptions(today=today)))
    if not any(reading.kind == "calendar" for reading in readings):
        raise FormatUnknownError(name, wanted="a calendar")
    rows = [row for reading in readings for row in _rows(reading.payload)]
    found = known or PersonCalendar(person=person, kind="file", name=name)
    found.digest = digest
    _busy_set(found, rows, today - REACH, today + REACH)
    told = [finding.text for reading in readings for finding in reading.findings]
    told += [f"{skipped.place}: {skipped.reason}" for reading in readings for skipped in reading.skipped]
    return found, True, told


@transaction.atomic
def calendar_server_set(*, person: Person, address: str, user: str = "", password: str = "") -> PersonCalendar:
    """Name the CalDAV calendar (or account) of somebody; it is read at once. An empty password keeps the one on record.

    Raises:
        InputRefusedError: when the server cannot be read, or the address is none.
        ExtraMissingError: when the extra ``calendars`` is not installed.
    """
    address = address.strip()
    host = urlsplit(address).hostname or ""
    if not host:
        raise InputRefusedError(
            "it is no address of a calendar server", file=address[:80], remedy="It begins with https://."
        )
    found = PersonCalendar.objects.filter(person=person, kind="caldav", name=host).first()
    found = found or PersonCalendar(person=person, kind="caldav", name=host)
    if "@" in urlsplit(address).netloc:
        raise InputRefusedError(
            "the address holds a user or password", file=host, remedy="Write them into their own fields."
        )
    found.address, found.user = address[:400], user.strip()[:200]
    if password:
        found.secret = secret_seal(password)
    _server_read(found)
    return found


def calendar_poll(*, calendar: PersonCalendar) -> bool:
    """Ask its server again; whether that worked. What was known stays when it did not, and the reason is kept."""
    try:
        _server_read(calendar)
    except ByWhenError as error:
        calendar.problem = str(error)
        calendar.save()
        return False
    return True


@transaction.atomic
def calendar_remove(*, calendar: PersonCalendar) -> None:
    """Forget it, with its times and its password."""
    calendar.delete()


def _server_read(calendar: PersonCalendar) -> None:
    today = current_clock().today()
    source = CalDav(calendar.address, calendar.user, secret_open(calendar.secret))
    documents = source.entries(today, today + AHEAD)
    blobs = [blob_from(f"{calendar.name} {number}", data) for number, data in enumerate(documents, start=1)]
    readings = [reading for blob in blobs for reading in read_blob(blob, ReadOptions(today=today))]
    _busy_set(calendar, [row for reading in readings for row in _rows(reading.payload)], today, today + AHEAD)


def _rows(payload: object) -> Iterable[EventRow]:
    return (row for row in payload if isinstance(row, EventRow)) if isinstance(payload, tuple) else ()


def _busy_set(calendar: PersonCalendar, rows: Iterable[EventRow], first: date, last: date) -> None:
    spans = busy_times(rows, first, last, person_zone(calendar.person))
    calendar.busy = [[_text(begin), _text(end)] for begin, end in spans]
    calendar.covers_from, calendar.covers_until = first, last
    calendar.read_at, calendar.problem = current_clock().now(), ""
    calendar.save()


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
