"""What kind of meeting it was, when, whether enough people came, and when the next one is.

What does not live here: what came of it (``selectors.minutes``), planning (``selectors.planned``).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from bywhen.kernel.wording import counted, day_long
from bywhen.meetings.models import PlannedMeeting
from bywhen.meetings.selectors.catalogue import MeetingKind, kind_get, kind_list
from bywhen.meetings.selectors.planned import start_local

if TYPE_CHECKING:
    from bywhen.meetings.models import Meeting


def meeting_kind(meeting: Meeting, planned: PlannedMeeting | None) -> MeetingKind | None:
    """The kind that was planned; else the one whose title the meeting's own title begins with; None when neither."""
    if planned is not None:
        return kind_get(planned.kind)
    title = _plain(meeting.title)
    named = [kind for kind in kind_list() if f" {_plain(kind.TITLE)} " in f" {title} "]
    return named[0] if len(named) == 1 else None


def hours_of(planned: PlannedMeeting | None) -> str:
    """From, to and zone as planned: ``10:00 to 11:00 Europe/Berlin``; '' when nobody planned it."""
    if planned is None:
        return ""
    start = start_local(planned)
    return f"{start:%H:%M} to {start + timedelta(minutes=planned.minutes):%H:%M} {planned.zone}"


def quorum_of(planned: PlannedMeeting | None, present: AbstractSet[str]) -> str:
    """Whether enough of those with a vote were there; '' where the kind needs no quorum."""
    if planned is None or not planned.quorum:
        return ""
    voters = [seat.person.name for seat in planned.seats.all() if seat.required]
    organiser = planned.organiser if planned.organiser_votes else None
    if organiser is not None and all(seat.person_id != organiser.pk for seat in planned.seats.all()):
        voters.append(organiser.name)
    needed, came = ceil(planned.quorum * len(voters)), sum(name in present for name in voters)
    asked = counted(len(voters), "voting person was", "voting people were")
    met = "it was met" if came >= needed else "it was not met, so what was decided has to be confirmed"
    return f"Quorum: {came} of {asked} there, {needed} needed; {met}"


def next_of(planned: PlannedMeeting | None) -> str:
    """The next meeting of the same series, day and hour on its own wall; '' when none is planned."""
    if planned is None or planned.series_id is None:
        return ""
    later = PlannedMeeting.objects.filter(series_id=planned.series_id, start__gt=planned.start, status="planned")
    found = later.order_by("start").first()
    if found is None:
        return ""
    start = start_local(found)
    return f"{day_long(start.date())}, {start:%H:%M} {found.zone}"


def _plain(text: str) -> str:
    return " ".join("".join(each if each.isalnum() else " " for each in text.casefold()).split())
