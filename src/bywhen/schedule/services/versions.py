"""Writing the next version of a plan, with its computed rows. What made it is the caller's affair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import StateWrongError
from bywhen.kernel.plan import Plan, ResourceType
from bywhen.platform.acting import current_actor
from bywhen.record.services.findings import findings_refresh
from bywhen.schedule.engine.cpm import Schedule, compute
from bywhen.schedule.engine.progress import percent_of_packages
from bywhen.schedule.models import PlanVersion, TaskState
from bywhen.schedule.selectors import UNDONE, schedule_keep, schedule_of, undo_next, version_current, version_get
from bywhen.schedule.services.forecasts import forecasts_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bywhen.record.models import Project, Source

_AT_ONCE = 500
"""Rows named in one statement; SQLite takes no more than 999 values."""


@transaction.atomic
def version_make(
    *, project: Project, plan: Plan, source: Source, reason: str, based_on: PlanVersion | None = None
) -> PlanVersion:
    """Write the next version, compute it, keep its rows and note today's forecast of every milestone."""
    return _written(project, compute(plan), PlanVersion.packed(plan), source, reason, based_on)


def _again(project: Project, state: PlanVersion, reason: str, based_on: PlanVersion | None) -> PlanVersion:
    """The next version with the state of an earlier one; what was computed and written for that one holds."""
    return _written(project, schedule_of(state), bytes(state.document), state.source, reason, based_on)


def _written(
    project: Project,
    schedule: Schedule,
    document: bytes,
    source: Source,
    reason: str,
    based_on: PlanVersion | None,
) -> PlanVersion:
    plan, last, clock = schedule.plan, version_current(project), current_clock()
    version = PlanVersion.objects.create(
        project=project,
        number=(last.number if last else 0) + 1,
        made_at=clock.now(),
        made_by=current_actor().name[:200],
        reason=reason[:400],
        source=source,
        based_on=based_on,
        as_of=plan.status_date.date() if plan.status_date else clock.today(),
        start=schedule.start,
        finish=schedule.finish,
        document=document,
    )
    schedule_keep(version, schedule)
    rows = _rows(version, schedule)
    _rows_replace(project, version, rows)
    forecasts_note(project, rows, version)
    findings_refresh(project=project, scope="plan", found=schedule.findings)
    return version


@transaction.atomic
def version_back(*, project: Project) -> PlanVersion:
    """Bring back the state that the current version was made from, as a new version: every state stays.

    Raises:
        StateWrongError: when the current state came from a file.
    """
    current = version_current(project)
    if current is None or current.based_on is None:
        raise StateWrongError("There is nothing to undo: the plan's last version was taken in from a file.")
    before = current.based_on
    return _again(project, before, f"{UNDONE}{undo_next(project)}", before.based_on)


@transaction.atomic
def version_restore(*, project: Project, number: int) -> PlanVersion:
    """Make an earlier version's state the current one again, as a new version which can be undone.

    Raises:
        StateWrongError: when there is no such version, or it is the current one.
    """
    wanted, current = version_get(project, number), version_current(project)
    if wanted is None or current is None or bytes(wanted.document) == bytes(current.document):
        raise StateWrongError(f"Version {number} is not another state of the plan of {project.name}.")
    return _again(project, wanted, f"version {number} brought back", current)


_ROW = tuple(name for name in TaskState.columns() if name not in ("id", "version_id"))


def _rows_replace(project: Project, version: PlanVersion, rows: Sequence[TaskState]) -> None:
    """Make these the rows of the project's current version. Most changes move few tasks: rows that say the same are
    handed on to the new version, only the others are written.
    """
    stored = TaskState.objects.filter(version__project=project)
    before = {values[0]: values for values in stored.values_list("uid", *_ROW)}
    new = [row for row in rows if before.pop(row.uid, ())[1:] != tuple(getattr(row, name) for name in _ROW)]
    if len(new) * 2 > len(rows):
        stored.delete()
        new = list(rows)
    else:
        stored.update(version=version)
        gone = [*before, *(row.uid for row in new)]
        for start in range(0, len(gone), _AT_ONCE):
            TaskState.objects.filter(version=version, uid__in=gone[start : start + _AT_ONCE]).delete()
    TaskState.objects.bulk_create(new)


def _rows(version: PlanVersion, schedule: Schedule) -> list[TaskState]:
    plan = schedule.plan
    computed = {row.uid: row for row in schedule.rows()}
    owners = owners_of(plan)
    done = percent_of_packages(plan.tasks, {uid: row.duration_minutes for uid, row in computed.items()})
    rows = []
    for position, task in enumerate(plan.tasks):
        if task.is_null or (task.uid == 0 and task.outline_level == 0):
            continue
        dates = computed.get(task.uid)
        baseline = next((each for each in task.baselines if each.number == 0), None)
        driver = plan.links[dates.driver].predecessor_uid if dates and dates.driver is not None else None
        rows.append(
            TaskState(
                version=version,
                position=position,
                uid=task.uid,
                wbs=task.wbs or task.outline_number,
                name=task.name,
                level=max(task.outline_level, 1),
                owner=", ".join(owners.get(task.uid, ()))[:400],
                summary=task.summary,
                milestone=task.milestone,
                active=task.active,
                manual=task.manual,
                start=dates.start if dates else task.start,
                finish=dates.finish if dates else task.finish,
                baseline_start=baseline.start if baseline else None,
                baseline_finish=baseline.finish if baseline else None,
                duration_minutes=dates.duration_minutes if dates else 0,
                percent_complete=done.get(task.uid, task.percent_complete),
                total_float_minutes=dates.total_slack_minutes if dates else None,
                free_float_minutes=dates.free_slack_minutes if dates else None,
                critical=bool(dates and dates.critical),
                deadline=task.deadline,
                driver_uid=driver,
            )
        )
    return rows


def owners_of(plan: Plan) -> dict[int, list[str]]:
    """Task uid -> the names of the people assigned, in the file's order."""
    people = {each.uid: each.name for each in plan.resources if each.type is ResourceType.WORK and each.name}
    owners: dict[int, list[str]] = {}
    for assignment in plan.assignments:
        name = people.get(assignment.resource_uid) if assignment.resource_uid is not None else None
        if name and name not in owners.setdefault(assignment.task_uid, []):
            owners[assignment.task_uid].append(name)
    return owners
