"""Invitations, their updates and cancellations, a person's feed, and replies, as iCalendar.

Times are written in UTC, so that no reader needs our time zones. Whatever people wrote is text: no line break, ``;`` or
``,`` in it becomes a property. Source: RFC 5545 (format), RFC 5546 (REQUEST, CANCEL, REPLY). What does not live here:
sending (``platform.outgoing``), when a series takes place (``recurrence``).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, vCalAddress, vText

from bywhen.kernel.errors import FileMalformedError, FileTooLargeError

PRODUCT = "-//ByWhen//Meetings//EN"
LARGEST_REPLY = 256 * 1024
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u0085\u2028\u2029]")
_ADDRESS = re.compile(r"[^A-Za-z0-9.!#$%&'*+/=?^_`{|}~@-]")
_ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited, or the organiser."""

    name: str
    address: str
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One meeting as calendars want it. ``sequence`` grows with each change; ``stamp`` is aware."""

    uid: str
    sequence: int
    title: str
    start: datetime
    minutes: int
    stamp: datetime
    organiser: Guest
    guests: tuple[Guest, ...] = ()
    description: str = ""
    location: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered: ``answer`` is accepted, declined or tentative; ``at`` aware, None when not told."""

    uid: str
    sequence: int
    address: str
    answer: str
    at: datetime | None
    comment: str = ""


def invitation_text(invitation: Invitation) -> bytes:
    """A REQUEST, or a CANCEL when it is cancelled, with one VEVENT; CRLF line ends."""
    method = "CANCEL" if invitation.cancelled else "REQUEST"
    calendar = _calendar(method)
    calendar.add_component(_event(invitation, private=False))
    return bytes(calendar.to_ical())


def feed_text(name: str, invitations: Iterable[Invitation]) -> bytes:
    """A person's meetings as a calendar to subscribe to; who else is invited is left out."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", vText(_plain(name)))
    for invitation in invitations:
        calendar.add_component(_event(invitation, private=True))
    return bytes(calendar.to_ical())


def read_replies(data: bytes, name: str = "reply.ics") -> tuple[Reply, ...]:
    """The answers in a REPLY, one for each event and person; other calendars give none.

    Raises:
        FileTooLargeError: when it is larger than any reply.
        FileMalformedError: when it is no calendar.
    """
    if len(data) > LARGEST_REPLY:
        raise FileTooLargeError(
            "it is larger than any reply", file=name, remedy="Save the reply alone, as an .ics file."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            calendar = Calendar.from_ical(data.decode("utf-8-sig", "replace"))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise FileMalformedError(
            "it is no calendar reply", file=name, remedy="Save the answer of the invitation as an .ics file."
        ) from error
    if str(calendar.get("METHOD", "")).upper() != "REPLY":
        return ()
    return tuple(reply for event in calendar.walk("VEVENT") for reply in _replies(event))


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(invitation: Invitation, *, private: bool) -> Event:
    event = Event()
    start = invitation.start.astimezone(UTC)
    event.add("uid", _plain(invitation.uid))
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamp.astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=invitation.minutes))
    event.add("summary", _plain(invitation.title))
    if invitation.location:
        event.add("location", _plain(invitation.location))
    if invitation.description:
        event.add("description", _lines(invitation.description))
    event.add("status", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    if not private:
        event.add("organizer", _address(invitation.organiser, {}))
        for guest in invitation.guests:
            event.add("attendee", _address(guest, _part(required=guest.required, cancelled=invitation.cancelled)))
    return event


def _part(*, required: bool, cancelled: bool) -> dict[str, str]:
    role = {"ROLE": "REQ-PARTICIPANT" if required else "OPT-PARTICIPANT", "CUTYPE": "INDIVIDUAL"}
    return role if cancelled else {**role, "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}


def _address(guest: Guest, parameters: dict[str, str]) -> vCalAddress:
    address = vCalAddress(f"mailto:{_ADDRESS.sub('', guest.address)}")
    name = _plain(guest.name).replace('"', "'")
    for key, value in {"CN": name, **parameters}.items():
        if value:
            address.params[key] = vText(value)
    return address


def _plain(text: str) -> str:
    """One line without control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _lines(text: str) -> str:
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _replies(event: Any) -> Iterable[Reply]:
    people = event.get("ATTENDEE") or []
    stamp = getattr(event.get("DTSTAMP"), "dt", None)
    at = stamp if isinstance(stamp, datetime) and stamp.tzinfo else None
    for person in people if isinstance(people, list) else [people]:
        answer = _ANSWERS.get(str(getattr(person, "params", {}).get("PARTSTAT", "")).upper())
        if answer:
            address = re.sub(r"(?i)^mailto:", "", str(person)).strip()
            sequence = str(event.get("SEQUENCE", "0"))
            yield Reply(
                uid=str(event.get("UID", "")),
                sequence=int(sequence) if sequence.isdigit() else 0,
                address=address,
                answer=answer,
                at=at,
                comment=_plain(str(event.get("COMMENT", "")))[:500],
            )
