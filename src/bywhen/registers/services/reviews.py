"""Overdue reviews become open loops, so that somebody is asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.services import loop_open
from bywhen.registers.models import Entry
from bywhen.registers.selectors.entries import entries_review_due
from bywhen.registers.services.entries import review_key

if TYPE_CHECKING:
    from bywhen.loops.models import Loop
    from bywhen.record.models import Project


@transaction.atomic
def reviews_open(*, today: date, working_time: WorkingTime, project: Project | None = None) -> list[Loop]:
    """Open one loop of kind ``review`` per entry whose review day has come; answers the new ones.

    The entry's owner owns the loop. A second call opens nothing; reviewing the entry closes its loop.
    """
    opened = (_review_open(entry, working_time) for entry in entries_review_due(today, project=project))
    return [loop for loop, created in opened if created]


def _review_open(entry: Entry, working_time: WorkingTime) -> tuple[Loop, bool]:
    return loop_open(
        key=review_key(entry),
        kind="review",
        project=entry.project,
        title=f"Review {entry.kind} {entry.reference or entry.pk}: {entry.title}",
        evidence=list(entry.quotes.all()),
        working_time=working_time,
        owner=entry.owner,
        owner_text=entry.owner_text,
        opened_on=entry.review_on,
        due=entry.review_on,
        reference=entry.reference,
        task_uid=entry.task_uid,
    )
