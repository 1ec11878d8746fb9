"""Taking plan files in: the first plan of a project, and every later state of it, as a version that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.reading import read_blob
from bywhen.kernel.counts import Counts
from bywhen.kernel.errors import FormatUnknownError
from bywhen.kernel.plan import Plan
from bywhen.record.services.projects import project_begin
from bywhen.record.services.sources import intake_record, source_keep
from bywhen.schedule.engine.baselines import baselines_carried
from bywhen.schedule.models import PlanVersion
from bywhen.schedule.selectors import version_current
from bywhen.schedule.services.versions import version_make

if TYPE_CHECKING:
    from bywhen.record.models import Project, Source


@transaction.atomic
def plan_take_in(*, project: Project, plan: Plan, source: Source) -> tuple[PlanVersion, Counts]:
    """Make a plan file the project's current version; counts tasks created, updated, unchanged against the one before.

    A task that is no longer in the file is told as a finding; the version before keeps it. Baselines that the file does
    not know stay.
    """
    before = version_current(project)
    known = before.plan() if before else None
    if known is not None:
        plan = baselines_carried(known, plan)
    counts, gone = _compared(known, plan)
    if before is not None and not counts.changed and not gone:
        return before, counts
    version = version_make(project=project, plan=plan, source=source, reason=f"taken in from {source.name}")
    if gone and before is not None:
        names = ", ".join(f"'{name}'" for name in gone[:5]) + (" and more" if len(gone) > 5 else "")
        version.reason = f"{version.reason}; no longer in the file: {names}"[:400]
        version.save()
    return version, counts


def plan_reading(blob: Blob, options: ReadOptions) -> Reading:
    """The largest plan that a file holds.

    Raises:
        FormatUnknownError: when it holds no plan.
        InputRefusedError: (a subclass) naming file, place and remedy.
    """
    plans = [each for each in read_blob(blob, options) if each.kind == "plan"]
    if not plans:
        raise FormatUnknownError(blob.name, wanted="a project plan")
    return max(plans, key=lambda each: each.read)


@transaction.atomic
def plan_file_take_in(*, project: Project, blob: Blob, reading: Reading) -> tuple[PlanVersion, Counts]:
    """Keep a plan file with its line in the intake ledger and make it the current version: all of it or nothing."""
    plan = reading.payload
    assert isinstance(plan, Plan)
    source, _ = source_keep(
        name=blob.name, data=blob.data, sha256=blob.sha256, kind="plan", file_format=reading.format, project=project
    )
    version, counts = plan_take_in(project=project, plan=plan, source=source)
    for each in reading.skipped:
        counts.skip(each.place, each.reason)
    losses = [{"field": e.field, "where": e.where, "value": e.value, "reason": e.reason} for e in reading.losses]
    intake_record(source=source, kind="plan", counts=counts, part=reading.part, losses=losses, mapping=reading.mapping)
    return version, counts


def project_for_plan(*, reading: Reading, file: str) -> Project:
    """A new project for a plan that came without one, named after the plan, else after its file."""
    plan = reading.payload
    assert isinstance(plan, Plan)
    name = plan.name.strip() or file.rpartition(".")[0] or file
    return project_begin(name=name, currency=plan.currency)


def _compared(before: Plan | None, after: Plan) -> tuple[Counts, list[str]]:
    counts = Counts()
    known = {task.uid: task for task in before.tasks} if before else {}
    for task in after.tasks:
        old = known.pop(task.uid, None)
        counts.created += old is None
        counts.updated += old is not None and old != task
        counts.unchanged += old == task
    # Links, calendars and resources have no rows of their own: a plan that differs only there is updated as a whole.
    if before is not None and not counts.changed and before != after and after.tasks:
        counts.updated, counts.unchanged = 1, counts.unchanged - 1
    return counts, [task.name for task in known.values()]
