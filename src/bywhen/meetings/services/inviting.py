"""Letters around planned meetings and series: invitation, update and cancellation, to everybody or to whoever left.

Letters are prepared; a person approves them (``platform.outgoing``). What does not live here: planning itself, what is
to be read before a meeting (``papers``), answers (``replies``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from bywhen.kernel.errors import StateWrongError
from bywhen.kernel.wording import day_long
from bywhen.meetings.engine.invitation import Guest, Invitation, invitation_text
from bywhen.meetings.engine.recurrence_words import tell_recurrence
from bywhen.meetings.models import PlannedMeeting, Series
from bywhen.meetings.selectors.planned import (
    address_of,
    agenda_text,
    invitation_of,
    planned_agenda,
    series_invitation_of,
    start_local,
)
from bywhen.platform.models import OutgoingMail
from bywhen.platform.outgoing import mail_cancel, mail_list, mail_prepare
from bywhen.platform.transports import Enclosure
from bywhen.record.services.proposals import proposal_key

if TYPE_CHECKING:
    from bywhen.record.models import Person

Prepared = tuple[list[OutgoingMail], list["Person"]]
"""The letters, and whoever has no address."""
PURPOSES = ("invite", "uninvite", "papers")


def planned_origin(planned: PlannedMeeting | Series, purpose: str) -> str:
    """How letters name the meeting or series they are about; the purpose is one of PURPOSES."""
    return f"{'planned' if isinstance(planned, PlannedMeeting) else 'series'}:{planned.pk}:{purpose}"


@transaction.atomic
def invitations_prepare(*, planned: PlannedMeeting) -> Prepared:
    """A letter to each guest for what the meeting is now: an invitation, an update or a cancellation; one for each
    guest and sequence, however often it is prepared.

    Raises:
        StateWrongError: when it was held, or called off before anybody was invited.
    """
    if planned.status == "held":
        raise StateWrongError(f"'{planned.title}' was held; there is nobody left to invite.")
    if planned.status == "cancelled" and planned.invited_sequence is None:
        raise StateWrongError(f"Nobody was invited to '{planned.title}', so nobody has to be told.")
    if planned.invited_sequence is None and planned.series and planned.series.invited_sequence is None:
        planned.alone = True
    invitation = invitation_of(planned, _organiser(planned.organiser))
    found = letters_prepare(
        planned=planned,
        purpose="invite",
        subject=f"{_verb(invitation)}{planned.title}",
        text=meeting_words(planned),
        enclosures=[_calendar(invitation)],
        seats=planned.seats,
        state=f"{planned.sequence}|{planned.status}",
    )
    _outdated_cancel(planned, found[0])
    if planned.invited_sequence != planned.sequence:
        planned.invited_sequence = planned.sequence
        planned.save()
    return found


@transaction.atomic
def series_invitations_prepare(*, series: Series) -> Prepared:
    """A letter to everybody of a series for what it is now, with all its exceptions: one entry in their calendars that
    comes again. The series that it follows is told with it where that has changed.

    Raises:
        StateWrongError: when it came to an end before anybody was invited.
    """
    if series.ended and series.invited_sequence is None:
        raise StateWrongError(f"Nobody was invited to '{series.title}', so nobody has to be told.")
    letters, unreachable = _earlier_told(series)
    invitation = series_invitation_of(series, _organiser(series.organiser))
    found = letters_prepare(
        planned=series,
        purpose="invite",
        subject=f"{_verb(invitation)}{series.title}",
        text=_series_words(series),
        enclosures=[_calendar(invitation)],
        seats=series.seats,
        state=f"{series.sequence}|{series.ended}|{proposal_key(repr(replace(invitation, stamp=invitation.start)))}",
    )
    _outdated_cancel(series, found[0])
    series.invited_sequence = series.sequence
    series.save()
    series.planned.filter(alone=False).exclude(status="held").update(invited_sequence=F("sequence"))
    return [*letters, *found[0]], [*unreachable, *found[1]]


@transaction.atomic
def uninvitations_prepare(*, planned: PlannedMeeting, people: Sequence[Person], following: bool = False) -> Prepared:
    """A cancellation to those who are not asked any more, to the meeting or the whole series; none where nobody had
    been invited.
    """
    target: PlannedMeeting | Series = planned.series if following and planned.series else planned
    if target.invited_sequence is None:
        return [], []
    if isinstance(target, Series):
        invitation = series_invitation_of(target, _organiser(target.organiser))
    else:
        invitation = invitation_of(target, _organiser(target.organiser))
    letters, unreachable = [], []
    for person in people:
        address = address_of(person)
        if not address:
            unreachable.append(person)
            continue
        guest = (Guest(person.name, address),)
        told = replace(invitation, guests=guest, cancelled=True, moved=(), rule="", without=())
        mail, _ = mail_prepare(
            key=proposal_key("uninvite", told.uid, str(told.occurs), told.sequence, address.casefold()),
            address=address,
            name=person.name,
            subject=f"Cancelled for you: {target.title}",
            text=f"{target.title}\n\nYou are not asked to it any more.\n",
            enclosures=[_calendar(told)],
            origin=planned_origin(target, "uninvite"),
        )
        letters.append(mail)
    return letters, unreachable


def letters_waiting(planned: PlannedMeeting) -> list[OutgoingMail]:
    """Letters of the meeting, its series and the one before that, that nobody has approved."""
    series = planned.series
    targets: list[PlannedMeeting | Series] = [planned, *_chain(series)] if series else [planned]
    origins = [planned_origin(each, purpose) for each in targets for purpose in PURPOSES]
    return list(mail_list(status="prepared").filter(origin__in=origins))


def letters_prepare(
    *,
    planned: PlannedMeeting | Series,
    purpose: str,
    subject: str,
    text: str,
    enclosures: Sequence[Enclosure],
    seats: Any,
    state: str,
) -> Prepared:
    """One letter for each seat and state of the meeting or series, however often it is prepared."""
    letters, unreachable = [], []
    for seat in seats.select_related("person").prefetch_related("person__addresses"):
        address = address_of(seat.person)
        if not address:
            unreachable.append(seat.person)
            continue
        mail, _ = mail_prepare(
            key=proposal_key(purpose, planned.uid, state, address.casefold()),
            address=address,
            name=seat.person.name,
            subject=subject,
            text=text,
            enclosures=enclosures,
            origin=planned_origin(planned, purpose),
        )
        letters.append(mail)
    return letters, unreachable


def meeting_words(planned: PlannedMeeting) -> str:
    """What a letter says of a meeting: title, time, place, agenda."""
    local = start_local(planned)
    when = f"{day_long(local.date())}, {local:%H:%M} ({planned.zone}), {planned.minutes} minutes"
    head = _head(planned.title, when, planned.location)
    if planned.status == "cancelled":
        return f"{head}\n\nThis meeting will not take place.\n"
    agenda = agenda_text(planned_agenda(planned))
    return f"{head}\n\n{f'Agenda{chr(10)}{agenda}' if agenda else 'The agenda follows.'}\n"


def _series_words(series: Series) -> str:
    assert series.first is not None
    since = f"from {day_long(series.first.date())}, {series.first:%H:%M} ({series.zone}), {series.minutes} minutes"
    head = _head(series.title, f"{tell_recurrence(series.rule)}, {since}", series.location)
    return f"{head}\n\n{'These meetings will not take place.' if series.ended else 'The agendas follow.'}\n"


def _head(title: str, when: str, location: str) -> str:
    return "\n".join(part for part in (title, when, location) if part)


def _chain(series: Series) -> Iterable[Series]:
    """The series and the one it follows."""
    return [series, series.follows] if series.follows else [series]


def _earlier_told(series: Series) -> Prepared:
    """The letters about the end of the series that this one follows, where its people were told otherwise."""
    before = series.follows
    if before is None or before.invited_sequence is None or before.invited_sequence == before.sequence:
        return [], []
    return series_invitations_prepare(series=before)


def _calendar(invitation: Invitation) -> Enclosure:
    method = "CANCEL" if invitation.cancelled else "REQUEST"
    kind = f"text/calendar; method={method}; charset=utf-8"
    return Enclosure("invitation.ics", kind, invitation_text(invitation))


def _verb(invitation: Invitation) -> str:
    return "Cancelled: " if invitation.cancelled else "" if not invitation.sequence else "Updated: "


def _outdated_cancel(target: PlannedMeeting | Series, letters: Sequence[OutgoingMail]) -> None:
    current = {mail.pk for mail in letters}
    for outdated in mail_list(origin=planned_origin(target, "invite"), status="prepared"):
        if outdated.pk not in current:
            mail_cancel(mail=outdated)


def _organiser(person: Person | None) -> Guest:
    """Whom answers go to: the organiser, else the workspace's own address."""
    name, address = parseaddr(settings.MAIL_FROM)
    own = address_of(person) if person else ""
    return Guest(person.name if person else name, own or address)
