"""Letters around a planned meeting: invitation, update, cancellation, papers; and the replies that come back.

Letters are prepared; a person approves them (``platform.outgoing``). What does not live here: planning itself.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.counts import Counts
from bywhen.kernel.errors import StateWrongError
from bywhen.kernel.wording import day_long
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.selectors import loop_list
from bywhen.loops.services import loop_close, loop_open
from bywhen.meetings.engine.invitation import Guest, invitation_text, read_replies
from bywhen.meetings.models import FeedAddress, PlannedMeeting, Seat
from bywhen.meetings.selectors.planned import (
    address_of,
    agenda_text,
    invitation_of,
    papers_key,
    planned_agenda,
    planned_list,
    start_local,
)
from bywhen.platform.models import OutgoingMail
from bywhen.platform.outgoing import mail_cancel, mail_list, mail_prepare
from bywhen.platform.transports import Enclosure
from bywhen.record.services.proposals import proposal_key

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project


def planned_origin(planned: PlannedMeeting, purpose: str) -> str:
    """How letters name the meeting they are about; the purpose is ``invite`` or ``papers``."""
    return f"planned:{planned.pk}:{purpose}"


@transaction.atomic
def invitations_prepare(*, planned: PlannedMeeting) -> tuple[list[OutgoingMail], list[Person]]:
    """A letter to each guest for what the meeting is now: an invitation, an update or a cancellation; one for each
    guest and sequence, however often it is prepared. Answers the letters and whoever has no address.

    Raises:
        StateWrongError: when it was held, or called off before anybody was invited.
    """
    if planned.status == "held":
        raise StateWrongError(f"'{planned.title}' was held; there is nobody left to invite.")
    if planned.status == "cancelled" and planned.invited_sequence is None:
        raise StateWrongError(f"Nobody was invited to '{planned.title}', so nobody has to be told.")
    invitation = invitation_of(planned, _organiser(planned))
    calendar = Enclosure(
        "invitation.ics",
        f"text/calendar; method={'CANCEL' if invitation.cancelled else 'REQUEST'}; charset=utf-8",
        invitation_text(invitation),
    )
    verb = "Cancelled: " if invitation.cancelled else "" if not planned.sequence else "Updated: "
    letters, unreachable = _letters(planned, "invite", f"{verb}{planned.title}", _words(planned), [calendar])
    for outdated in mail_list(origin=planned_origin(planned, "invite"), status="prepared"):
        if outdated.pk not in {mail.pk for mail in letters}:
            mail_cancel(mail=outdated)
    if planned.invited_sequence != planned.sequence:
        planned.invited_sequence = planned.sequence
        planned.save()
    return letters, unreachable


@transaction.atomic
def papers_prepare(
    *, planned: PlannedMeeting, papers: Sequence[Enclosure] = ()
) -> tuple[list[OutgoingMail], list[Person]]:
    """The bundle to read before the meeting, one letter a guest: agenda and papers. Sent late or not, it closes the
    loop about missed papers.

    Raises:
        StateWrongError: when there is nothing to read yet, or the meeting is not to come.
    """
    if planned.status != "planned":
        raise StateWrongError(f"'{planned.title}' is {planned.status} already.")
    agenda = agenda_text(planned_agenda(planned))
    if not agenda and not papers:
        raise StateWrongError(f"'{planned.title}' has neither an agenda nor papers; draft its agenda first.")
    agenda_file = Enclosure("agenda.txt", "text/plain", agenda.encode())
    found = _letters(planned, "papers", f"To read before: {planned.title}", _words(planned), [agenda_file, *papers])
    planned.papers_sent_at = current_clock().now()
    planned.save()
    for loop in loop_list(project=planned.project).filter(key=papers_key(planned)):
        loop_close(loop=loop, note="the papers are in the outbox")
    return found


@transaction.atomic
def papers_missed(*, project: Project, working_time: WorkingTime) -> int:
    """Open a loop for each meeting to come whose papers should have left; once each. Answers how many are new."""
    today = current_clock().today()
    late = planned_list(project=project).filter(
        papers_due__lt=today, papers_sent_at=None, start__gte=current_clock().now()
    )
    new = 0
    for planned in late:
        assert planned.papers_due is not None  # filtered
        day = day_long(start_local(planned).date(), today)
        _, created = loop_open(
            key=papers_key(planned),
            kind="action",
            project=project,
            title=f"Send the papers for '{planned.title}' on {day}",
            detail=f"They were due on {day_long(planned.papers_due, today)}; nobody can prepare without them.",
            evidence=(),
            working_time=working_time,
            owner=planned.organiser or project.lead,
            opened_on=today,
            due=start_local(planned).date(),
        )
        new += created
    return new


@transaction.atomic
def replies_take_in(*, data: bytes, name: str = "reply.ics") -> Counts:
    """Take in answers to invitations. An answer to an earlier state of the meeting, of somebody not invited or to an
    unknown meeting is left out with its reason; the same reply twice changes nothing.

    Raises:
        InputRefusedError: (a subclass) when the file is no calendar.
    """
    counts = Counts()
    replies = read_replies(data, name)
    if not replies:
        counts.skip(name, "it holds no answer to an invitation")
    for reply in replies:
        planned = PlannedMeeting.objects.filter(uid=reply.uid).first()
        seat = _seat_of(planned, reply.address) if planned else None
        at = reply.at or current_clock().now()
        if planned is None:
            counts.skip(reply.address, "the meeting is not one of this workspace")
        elif seat is None:
            counts.skip(reply.address, f"nobody with this address is invited to '{planned.title}'")
        elif reply.sequence < planned.sequence:
            counts.skip(reply.address, f"it answers an earlier state of '{planned.title}'")
        elif seat.answered_at and (
            seat.answered_at > at or (seat.answer, seat.comment) == (reply.answer, reply.comment)
        ):
            counts.unchanged += 1
        else:
            seat.answer, seat.comment, seat.answered_at = reply.answer, reply.comment, at
            seat.answered_sequence = reply.sequence
            seat.save()
            counts.updated += 1
    return counts


@transaction.atomic
def feed_address_make(*, person: Person) -> str:
    """A new secret for the person's feed (256 bit, URL-safe); the one before stops working. It is shown once."""
    token = secrets.token_urlsafe(32)
    feed_address_revoke(person=person)
    digest = hashlib.sha256(token.encode()).hexdigest()
    FeedAddress.objects.create(person=person, digest=digest, made_at=current_clock().now())
    return token


@transaction.atomic
def feed_address_revoke(*, person: Person) -> bool:
    """Stop the person's feed; answers whether there was one."""
    found = FeedAddress.objects.filter(person=person).first()
    if found is not None:
        found.delete()
    return found is not None


def letters_waiting(planned: PlannedMeeting) -> list[OutgoingMail]:
    """Its letters that nobody has approved."""
    origins = (planned_origin(planned, purpose) for purpose in ("invite", "papers"))
    return [mail for origin in origins for mail in mail_list(origin=origin, status="prepared")]


def _letters(
    planned: PlannedMeeting, purpose: str, subject: str, text: str, enclosures: Sequence[Enclosure]
) -> tuple[list[OutgoingMail], list[Person]]:
    letters, unreachable = [], []
    for seat in planned.seats.select_related("person").prefetch_related("person__addresses"):
        address = address_of(seat.person)
        if not address:
            unreachable.append(seat.person)
            continue
        mail, _ = mail_prepare(
            key=proposal_key(purpose, planned.uid, planned.sequence, planned.status, address.casefold()),
            address=address,
            name=seat.person.name,
            subject=subject,
            text=text,
            enclosures=enclosures,
            origin=planned_origin(planned, purpose),
        )
        letters.append(mail)
    return letters, unreachable


def _words(planned: PlannedMeeting) -> str:
    local = start_local(planned)
    when = f"{day_long(local.date())}, {local:%H:%M} ({planned.zone}), {planned.minutes} minutes"
    head = f"{planned.title}\n{when}{f'{chr(10)}{planned.location}' if planned.location else ''}"
    if planned.status == "cancelled":
        return f"{head}\n\nThis meeting will not take place.\n"
    agenda = agenda_text(planned_agenda(planned))
    return f"{head}\n\n{f'Agenda{chr(10)}{agenda}' if agenda else 'The agenda follows.'}\n"


def _organiser(planned: PlannedMeeting) -> Guest:
    """Whom answers go to: the organiser, else the workspace's own address."""
    name, address = parseaddr(settings.MAIL_FROM)
    own = address_of(planned.organiser) if planned.organiser else ""
    return Guest(planned.organiser.name if planned.organiser else name, own or address)


def _seat_of(planned: PlannedMeeting, address: str) -> Seat | None:
    seats = Seat.objects.filter(
        planned=planned, person__addresses__kind="email", person__addresses__value__iexact=address
    )
    return seats.distinct().first()
