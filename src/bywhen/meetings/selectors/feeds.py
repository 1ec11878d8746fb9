"""People's calendar feeds: whose an address is, and what it shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from bywhen.kernel.clock import current_clock
from bywhen.meetings.models import FeedAddress, PlannedMeeting
from bywhen.meetings.selectors.planned import planned_list
from bywhen.record.selectors.people import person_list

if TYPE_CHECKING:
    from bywhen.record.models import Person

FEED_BACK = timedelta(days=60)
"""A feed shows what took place up to this long ago."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Somebody's feed: since when it has its address, when a calendar program last asked for it. None: not (yet)."""

    person: Person
    made_at: datetime | None
    read_at: datetime | None


def feed_overview() -> list[Feed]:
    """Everybody's feed, by name; two queries and their addresses."""
    made = {each.person_id: each for each in FeedAddress.objects.all()}
    return [
        Feed(person, found.made_at if found else None, found.read_at if found else None)
        for person in person_list()
        for found in [made.get(person.pk)]
    ]


def feed_digest(token: str) -> str:
    """How a secret address is kept."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def feed_person(token: str) -> Person | None:
    """Whose feed a secret address opens; None when it is none, or was revoked."""
    found = FeedAddress.objects.filter(digest=feed_digest(token)).select_related("person").first()
    return found.person if found else None


def feed_list(person: Person) -> Iterable[PlannedMeeting]:
    """The person's meetings: to come, of the last two months, and those called off among them."""
    since = current_clock().now() - FEED_BACK
    return planned_list(status="").filter(Q(seats__person=person) | Q(organiser=person), start__gte=since).distinct()
