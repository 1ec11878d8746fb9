"""The milestone trend: what each milestone was forecast for on a day, from plan versions and from sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.counts import Counts
from bywhen.kernel.tables import ForecastRow
from bywhen.record.services.sources import places_keep
from bywhen.schedule.models import MilestoneForecast

if TYPE_CHECKING:
    from bywhen.record.models import Project, Source
    from bywhen.schedule.models import PlanVersion, TaskState


def forecasts_note(project: Project, rows: Sequence[TaskState], version: PlanVersion) -> None:
    """Today's forecast of every milestone; a later version of the same day replaces it."""
    dated = [row for row in rows if row.milestone and row.active and row.finish]
    quotes = places_keep(source=version.source, places=[(f"task {row.uid}", row.name) for row in dated])
    today = current_clock().today()
    forecasts = {
        row.name[:300]: MilestoneForecast(
            project=project,
            milestone=row.name[:300],
            on=today,
            forecast=row.finish.date(),
            task_uid=row.uid,
            quote=quote,
        )
        for row, quote in zip(dated, quotes, strict=True)
        if row.finish
    }
    MilestoneForecast.objects.filter(project=project, on=today, milestone__in=list(forecasts)).delete()
    MilestoneForecast.objects.bulk_create(forecasts.values())


@transaction.atomic
def forecasts_take_in(
    *, rows: Sequence[ForecastRow], project_of: Mapping[str, Project], default: Project, source: Source
) -> Counts:
    """Take a milestone trend sheet; one forecast per milestone and day, a second one is skipped."""
    counts, new = Counts(), dict[tuple[int, str, date], MilestoneForecast]()
    owners = [project_of.get(row.project.casefold(), default) for row in rows]
    stored = MilestoneForecast.objects.filter(project__in=set(owners))
    known = {(each.project_id, each.milestone, each.on): each for each in stored}
    quotes = places_keep(source=source, places=[(row.place, row.milestone) for row in rows])
    for row, project, quote in zip(rows, owners, quotes, strict=True):
        key = (project.pk, row.milestone[:300], row.on)
        before = known.get(key)
        if key in new:
            counts.skip(row.place, f"'{row.milestone}' has another forecast of the same day")
        elif before is None:
            new[key] = MilestoneForecast(
                project=project, milestone=key[1], task_uid=row.task_uid, on=row.on, forecast=row.forecast, quote=quote
            )
            counts.created += 1
        elif before.forecast != row.forecast:
            before.forecast, before.quote = row.forecast, quote
            before.save()
            counts.updated += 1
        else:
            counts.unchanged += 1
    MilestoneForecast.objects.bulk_create(new.values())
    return counts
