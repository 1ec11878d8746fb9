"""Dates of the team's calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.counts import Counts
from bywhen.kernel.tables import EventRow
from bywhen.record.services.proposals import proposal_key
from bywhen.record.services.sources import place_keep
from bywhen.week.models import Event

if TYPE_CHECKING:
    from bywhen.record.models import Project, Source


@transaction.atomic
def events_take_in(*, rows: Sequence[EventRow], project: Project | None, source: Source) -> Counts:
    """Take calendar entries; an occurrence is known by its UID and start."""
    counts = Counts()
    known = {event.key: event for event in Event.objects.all()}
    for row in rows:
        key = proposal_key("event", row.uid, row.start.isoformat())
        values = {
            "title": row.title[:300],
            "start": _aware(row.start),
            "finish": _aware(row.finish),
            "all_day": row.all_day,
            "location": row.location[:300],
        }
        event = known.get(key)
        if event is None:
            quote = place_keep(source=source, place=row.place, text=row.title)
            known[key] = Event.objects.create(key=key, project=project, quote=quote, **values)
            counts.created += 1
        elif any(getattr(event, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(event, field, value)
            event.save()
            counts.updated += 1
        else:
            counts.unchanged += 1
    return counts


def _aware(moment: datetime) -> datetime:
    """Floating times are the workspace's own: UTC stands for them."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
