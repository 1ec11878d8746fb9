"""Edits of the plan's outline: each makes the next version, says what it did to the dates, and can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.wording import counted
from bywhen.schedule.engine.edits import impact_recomputed
from bywhen.schedule.engine.outline import (
    Draft,
    predecessors_set,
    task_deleted,
    task_indented,
    task_renamed,
    tasks_inserted,
)
from bywhen.schedule.selectors import schedule_of, version_current
from bywhen.schedule.services.consequences import impact_sentence
from bywhen.schedule.services.versions import version_make

if TYPE_CHECKING:
    from bywhen.kernel.plan import Link, Plan, Task
    from bywhen.record.models import Project


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit did, in words, and the row to show afterwards."""

    text: str
    uid: int | None


@transaction.atomic
def rows_insert(*, project: Project, after_uid: int | None, drafts: Sequence[Draft]) -> Edited:
    """Put rows in below a row, at the end without one.

    Raises:
        InputRefusedError: when there is nothing to put in.
    """
    if not drafts:
        raise InputRefusedError("there is no row to put in", remedy="Copy rows whose first column is the task's name.")
    before = _plan(project)
    plan, uids = tasks_inserted(before, after_uid, drafts, not_before=_not_before(before))
    names = f"'{drafts[0].name}'" if len(drafts) == 1 else counted(len(drafts), "row")
    return _made(project, plan, f"{names} put in", uids[0])


@transaction.atomic
def row_delete(*, project: Project, uid: int) -> Edited:
    """Take a row out, with all that stands below it."""
    before = _plan(project)
    plan = task_deleted(before, uid)
    below = len(before.tasks) - len(plan.tasks) - 1
    more = f" and {counted(below, 'row')} below it" if below else ""
    return _made(project, plan, f"'{_task(before, uid).name}'{more} taken out", _neighbour(before, plan, uid))


@transaction.atomic
def row_rename(*, project: Project, uid: int, name: str) -> Edited:
    """Give a row another name."""
    before = _plan(project)
    plan = task_renamed(before, uid, name)
    return _made(project, plan, f"'{_task(before, uid).name}' is now '{_task(plan, uid).name}'", uid)


@transaction.atomic
def row_indent(*, project: Project, uid: int, by: int) -> Edited:
    """Move a row one level in (1) or out (-1)."""
    plan = task_indented(_plan(project), uid, by)
    return _made(project, plan, f"'{_task(plan, uid).name}' moved one level {'in' if by > 0 else 'out'}", uid)


@transaction.atomic
def row_link(*, project: Project, uid: int, links: Sequence[Link]) -> Edited:
    """Say what a task waits for, instead of what it waited for.

    Raises:
        CycleFoundError: naming the circle that the links would close.
    """
    plan = predecessors_set(_plan(project), uid, links)
    said = f"waits for {counted(len(links), 'task')}" if links else "waits for nothing"
    return _made(project, plan, f"'{_task(plan, uid).name}' {said}", uid)


def _plan(project: Project) -> Plan:
    version = version_current(project)
    if version is None:
        raise StateWrongError(f"{project.name} has no plan yet; take one in first.")
    return schedule_of(version).plan


def _not_before(plan: Plan) -> datetime | None:
    """What is new in a plan under way begins today at the earliest."""
    today = datetime.combine(current_clock().today(), time()) + timedelta(minutes=plan.default_start_minute)
    return today if plan.start is not None and plan.start < today else None


def _task(plan: Plan, uid: int) -> Task:
    return next(task for task in plan.tasks if task.uid == uid)


def _neighbour(before: Plan, after: Plan, uid: int) -> int | None:
    """The row that stands where a row was taken out: the next one left, else the last."""
    left = {task.uid for task in after.tasks}
    place = next(n for n, task in enumerate(before.tasks) if task.uid == uid)
    following = (task.uid for task in before.tasks[place:] if task.uid in left)
    return next(following, after.tasks[-1].uid if after.tasks else None)


def _made(project: Project, plan: Plan, said: str, uid: int | None) -> Edited:
    """Write the version that an edit makes; a plan that the engine cannot compute is refused by it."""
    version = version_current(project)
    assert version is not None
    before = schedule_of(version)
    if plan == before.plan:
        return Edited("Nothing changed.", uid)
    made = version_make(project=project, plan=plan, source=version.source, reason=said, based_on=version)
    impact = impact_recomputed(before, schedule_of(made))
    return Edited(f"{said}. {impact_sentence(impact)}", uid)
