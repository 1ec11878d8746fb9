"""Invitations, their updates and cancellations, a person's feed, and replies, as iCalendar.

The times of a single meeting are written in UTC, so that no reader needs our time zones; a series and its meetings name
their zone and bring it along, for their hour on the wall outlives a change of clocks. Whatever people wrote is text:
no line break, ``;`` or ``,`` in it becomes a property. Source: RFC 5545 (format), RFC 5546 (REQUEST, CANCEL, REPLY,
COUNTER). What does not live here: sending (``platform.outgoing``), when a series takes place (``recurrence``).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, vCalAddress, vDDDLists, vRecur, vText

from bywhen.kernel.errors import FileMalformedError, FileTooLargeError
from bywhen.meetings.engine.recurrence import rule_universal, zone_of

PRODUCT = "-//ByWhen//Meetings//EN"
LARGEST_REPLY = 256 * 1024
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u0085\u2028\u2029]")
_ADDRESS = re.compile(r"[^A-Za-z0-9.!#$%&'*+/=?^_`{|}~@-]")
_ZONE_BACK, _ZONE_AHEAD = timedelta(days=366), timedelta(days=3660)
"""A zone's clock changes are brought along for the ten years around a series."""
_ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited, or the organiser."""

    name: str
    address: str
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One meeting, or a series, as calendars want it. ``sequence`` grows with each change; ``stamp`` is aware.

    ``zone`` '' writes times in UTC. A series has a ``rule`` and the local starts that it is ``without``; a meeting of a
    series says by ``occurs``, aware, which one it is. ``moved`` are the meetings that are not as the rule says.
    """

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
    zone: str = ""
    rule: str = ""
    without: tuple[datetime, ...] = ()
    occurs: datetime | None = None
    moved: tuple[Invitation, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered: ``answer`` is accepted, declined or tentative; ``at`` aware, None when not told.

    ``occurs`` is the meeting of a series that it answers: aware, local without zone or a day, as written; None for all
    of them. ``proposes`` is another start that they ask for (COUNTER), aware.
    """

    uid: str
    sequence: int
    address: str
    answer: str
    at: datetime | None
    comment: str = ""
    occurs: datetime | date | None = None
    proposes: datetime | None = None


def invitation_text(invitation: Invitation) -> bytes:
    """A REQUEST, or a CANCEL when it is cancelled: one VEVENT, and one more for each of ``moved``; CRLF line ends."""
    method = "CANCEL" if invitation.cancelled else "REQUEST"
    calendar = _calendar(method)
    for each in (invitation, *invitation.moved):
        calendar.add_component(_event(each, private=False))
    if invitation.zone:
        first = invitation.start.date() - _ZONE_BACK
        calendar.add_missing_timezones(first_date=first, last_date=first + _ZONE_AHEAD)
    return bytes(calendar.to_ical())


def feed_text(name: str, invitations: Iterable[Invitation]) -> bytes:
    """A person's meetings as a calendar to subscribe to; who else is invited is left out."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", vText(_plain(name)))
    for invitation in invitations:
        calendar.add_component(_event(invitation, private=True))
    return bytes(calendar.to_ical())


def read_replies(data: bytes, name: str = "reply.ics") -> tuple[Reply, ...]:
    """The answers in a REPLY or COUNTER, one for each event and person; other calendars give none.

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
    method = str(calendar.get("METHOD", "")).upper()
    if method not in ("REPLY", "COUNTER"):
        return ()
    counter = method == "COUNTER"
    return tuple(reply for event in calendar.walk("VEVENT") for reply in _replies(event, counter=counter))


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(invitation: Invitation, *, private: bool) -> Event:
    event = Event()
    zone = zone_of(invitation.zone) if invitation.zone else UTC
    start = invitation.start.astimezone(zone)
    event.add("uid", _plain(invitation.uid))
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamp.astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", (start.astimezone(UTC) + timedelta(minutes=invitation.minutes)).astimezone(zone))
    if invitation.rule:
        event.add("rrule", vRecur.from_ical(rule_universal(invitation.rule, invitation.zone or "UTC")))
    if invitation.without:
        taken_out = vDDDLists([each.replace(tzinfo=zone) for each in sorted(invitation.without)])
        event.add("exdate", taken_out)
    if invitation.occurs is not None:
        event.add("recurrence-id", invitation.occurs.astimezone(zone))
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


def _replies(event: Any, *, counter: bool) -> Iterable[Reply]:
    people = event.get("ATTENDEE") or []
    at, wanted = _moment(event, "DTSTAMP"), _moment(event, "DTSTART")
    occurs = getattr(event.get("RECURRENCE-ID"), "dt", None)
    for person in people if isinstance(people, list) else [people]:
        said = str(getattr(person, "params", {}).get("PARTSTAT", "")).upper()
        answer = _ANSWERS.get(said, "tentative" if counter else "")
        if answer:
            sequence = str(event.get("SEQUENCE", "0"))
            yield Reply(
                uid=str(event.get("UID", "")),
                sequence=int(sequence) if sequence.isdigit() else 0,
                address=re.sub(r"(?i)^mailto:", "", str(person)).strip(),
                answer=answer,
                at=at,
                comment=_comment(event),
                occurs=occurs if isinstance(occurs, date) else None,
                proposes=wanted if counter else None,
            )


def _moment(event: Any, name: str) -> datetime | None:
    """An aware moment; None when it is missing, a day, or nobody's local time."""
    found = getattr(event.get(name), "dt", None)
    return found.astimezone(UTC) if isinstance(found, datetime) and found.tzinfo else None


def _comment(event: Any) -> str:
    said = event.get("COMMENT", "")
    return _plain(" ".join(map(str, said)) if isinstance(said, list) else str(said))[:500]
