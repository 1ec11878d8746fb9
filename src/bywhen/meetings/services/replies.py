"""Answers to invitations, taken in to the guests' seats: replies, and proposals of another time.

What does not live here: reading them out of a file (``engine.invitation``) or out of a mailbox (``connectors``).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.counts import Counts
from bywhen.meetings.engine.invitation import Reply, read_replies
from bywhen.meetings.engine.recurrence import zone_of
from bywhen.meetings.models import PlannedMeeting, ReplyLeftOut, Seat, Series
from bywhen.record.services.proposals import proposal_key


@transaction.atomic
def replies_take_in(*, data: bytes, name: str = "reply.ics") -> Counts:
    """Take in answers to invitations: to one meeting, or to all to come of a series. An answer to an earlier time of
    the meeting, of somebody not invited or to an unknown meeting is left out with its reason; the same reply twice
    changes nothing.

    Raises:
        InputRefusedError: (a subclass) when the file is no calendar.
    """
    counts = Counts()
    replies = read_replies(data, name)
    if not replies:
        counts.skip(name, "it holds no answer to an invitation")
    for reply in replies:
        _take_in(reply, counts)
    return counts


@transaction.atomic
def replies_left_out(*, counts: Counts, key: str) -> int:
    """Keep what could not be taken in of a message, once for each reason, until a person has seen it; answers how many
    are new.
    """
    new = 0
    for number, (place, reason) in enumerate(counts.skipped):
        _, created = ReplyLeftOut.objects.get_or_create(
            key=proposal_key("reply", key, number, reason),
            defaults={"at": current_clock().now(), "place": place[:300], "reason": reason},
        )
        new += created
    return new


def replies_seen() -> int:
    """A person has seen what was left out; answers how many there were."""
    return ReplyLeftOut.objects.filter(seen=False).update(seen=True)


def _take_in(reply: Reply, counts: Counts) -> None:
    rows, title = _rows(reply)
    if not rows:
        reason = (
            f"'{title}' has no meeting to come at that time" if title else "the meeting is not one of this workspace"
        )
        counts.skip(reply.address, reason)
        return
    seats = [(planned, _seat_of(planned, reply.address)) for planned in rows]
    known = [(planned, seat) for planned, seat in seats if seat is not None]
    if not known:
        counts.skip(reply.address, f"nobody with this address is invited to '{title}'")
        return
    current = [(planned, seat) for planned, seat in known if reply.sequence >= planned.timed_sequence]
    if not current:
        counts.skip(reply.address, f"it answers an earlier state of '{title}'")
        return
    changed = [_answered(planned, seat, reply) for planned, seat in current]
    counts.updated += any(changed)
    counts.unchanged += not any(changed)


def _answered(planned: PlannedMeeting, seat: Seat, reply: Reply) -> bool:
    at = reply.at or current_clock().now()
    proposes = reply.proposes if reply.proposes != planned.start else None
    if seat.answered_at and seat.answered_at > at:
        return False
    wanted = (reply.answer, reply.comment, proposes)
    if seat.answered_at and (seat.answer, seat.comment, seat.proposes) == wanted:
        return False
    seat.answer, seat.comment, seat.proposes = wanted
    seat.answered_at, seat.answered_sequence = at, reply.sequence
    seat.save()
    return True


def _rows(reply: Reply) -> tuple[list[PlannedMeeting], str]:
    """The meetings that are answered, and what they are called; '' when nobody knows the UID."""
    single = PlannedMeeting.objects.filter(uid=reply.uid).first()
    if single is not None:
        return [single], single.title
    series = Series.objects.filter(uid=reply.uid).first()
    if series is None:
        return [], ""
    rows = series.planned.filter(alone=False, status="planned")
    if reply.occurs is not None:
        return [each for each in rows if _meant(each, reply.occurs)], series.title
    return list(rows.filter(start__gte=current_clock().now() - timedelta(days=1))), series.title


def _meant(planned: PlannedMeeting, occurs: datetime | date) -> bool:
    """Whether a RECURRENCE-ID names this meeting: aware, local to the series, or its day."""
    if planned.occurs is None:
        return False
    if not isinstance(occurs, datetime):
        return planned.occurs.date() == occurs
    local = occurs.astimezone(zone_of(planned.zone)).replace(tzinfo=None) if occurs.tzinfo else occurs
    return planned.occurs == local


def _seat_of(planned: PlannedMeeting, address: str) -> Seat | None:
    seats = Seat.objects.filter(
        planned=planned, person__addresses__kind="email", person__addresses__value__iexact=address
    )
    return seats.distinct().first()
