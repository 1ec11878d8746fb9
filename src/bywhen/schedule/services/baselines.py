"""Baselines of a plan: set, named, taken away. Each makes the next version and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import StateWrongError
from bywhen.schedule.engine.baselines import (
    NUMBERS,
    baseline_name,
    baseline_named,
    baselines_of,
    with_baseline,
    without_baseline,
)
from bywhen.schedule.selectors import schedule_of, version_current
from bywhen.schedule.services.versions import version_make

if TYPE_CHECKING:
    from bywhen.kernel.plan import Plan
    from bywhen.record.models import Project
    from bywhen.schedule.engine.cpm import Schedule


@transaction.atomic
def baseline_set(*, project: Project, number: int | None = None, name: str = "") -> str:
    """Make the plan's dates of today what was agreed, as baseline ``number`` (the first free one when none is named);
    one that stood there is replaced. Answers what was done, in words.

    Raises:
        StateWrongError: when there is no such number, or none is free.
    """
    schedule = _schedule(project)
    plan = schedule.plan
    taken = {each.number for each in baselines_of(plan)}
    wanted = next((each for each in NUMBERS if each not in taken), None) if number is None else number
    if wanted is None or wanted not in NUMBERS:
        raise StateWrongError("A plan holds the baselines 0 to 10; take one away, or set one of them anew.")
    dates = {row.uid: (row.start, row.finish) for row in schedule.rows()}
    agreed = baseline_named(
        with_baseline(plan, wanted, dates),
        wanted,
        name.strip()[:100] or baseline_name(plan, wanted),
        current_clock().today(),
    )
    return _made(project, agreed, f"{_said(agreed, wanted)} set {'anew ' if wanted in taken else ''}from today's dates")


@transaction.atomic
def baseline_rename(*, project: Project, number: int, name: str) -> str:
    """Give a baseline another name.

    Raises:
        StateWrongError: when the plan has no such baseline, or the name is empty.
    """
    plan = _schedule(project).plan
    _expect(plan, number)
    if not name.strip():
        raise StateWrongError("A baseline needs a name; its number stays as it is.")
    return _made(
        project, baseline_named(plan, number, name[:100]), f"{_said(plan, number)} is now '{name.strip()[:100]}'"
    )


@transaction.atomic
def baseline_delete(*, project: Project, number: int) -> str:
    """Take a baseline away.

    Raises:
        StateWrongError: when the plan has no such baseline.
    """
    plan = _schedule(project).plan
    _expect(plan, number)
    return _made(project, without_baseline(plan, number), f"{_said(plan, number)} taken away")


def _schedule(project: Project) -> Schedule:
    version = version_current(project)
    if version is None:
        raise StateWrongError(f"{project.name} has no plan yet; take one in first.")
    return schedule_of(version)


def _expect(plan: Plan, number: int) -> None:
    if number not in {each.number for each in baselines_of(plan)}:
        raise StateWrongError(f"The plan has no baseline {number}.")


def _said(plan: Plan, number: int) -> str:
    """Its number, and its name where that says more."""
    name = baseline_name(plan, number)
    return f"Baseline {number}" if name in ("Baseline", f"Baseline {number}") else f"Baseline {number} '{name}'"


def _made(project: Project, plan: Plan, said: str) -> str:
    version = version_current(project)
    assert version is not None
    version_make(project=project, plan=plan, source=version.source, reason=said, based_on=version)
    return f"{said}."
