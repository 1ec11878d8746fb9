"""What constraints, deadlines and the direction of the plan do to a schedule, worked out by hand."""

from __future__ import annotations

import pytest

from bywhen.kernel.plan import (
    ConstraintType,
)
from bywhen.schedule.engine.cpm import compute
from factories.small_plans import at, dates, late, link, plan, task


@pytest.mark.parametrize(
    ("constraint", "when", "start", "slack"),
    [
        (ConstraintType.ASAP, None, at(1), 1920),
        (ConstraintType.ALAP, None, at(7), 0),
        (ConstraintType.SNET, at(3), at(3), 960),
        (ConstraintType.SNET, at(0), at(1), 1920),
        (ConstraintType.FNET, at(3, 17), at(3), 960),
        (ConstraintType.SNLT, at(2), at(1), 480),
        (ConstraintType.FNLT, at(2, 17), at(1), 480),
        (ConstraintType.MSO, at(3), at(3), 0),
        (ConstraintType.MFO, at(3, 17), at(3), 0),
    ],
)
def test_honours_each_constraint_when_the_links_allow_it(constraint, when, start, slack):
    constrained = task(2, 1, constraint=constraint, constraint_date=when)
    schedule = compute(plan(task(1, 1), constrained, task(3, 6), links=(link(1, 2),)))
    assert dates(schedule, 2)[0] == start
    assert schedule.row(2).total_slack_minutes == slack


@pytest.mark.parametrize(
    ("constraint", "when"),
    [
        (ConstraintType.SNLT, at(0)),
        (ConstraintType.FNLT, at(0, 17)),
        (ConstraintType.MSO, at(0)),
        (ConstraintType.MFO, at(0, 17)),
    ],
)
def test_pulls_a_task_before_its_predecessors_end_when_constraints_are_honoured(constraint, when):
    tasks = (task(1, 2), task(2, 1, constraint=constraint, constraint_date=when))
    honoured = compute(plan(*tasks, links=(link(1, 2),)))
    ignored = compute(plan(*tasks, links=(link(1, 2),), honor_constraints=False))
    assert dates(honoured, 2) == (at(0), at(0, 17))
    assert dates(ignored, 2) == (at(2), at(2, 17))
    assert honoured.row(2).total_slack_minutes == ignored.row(2).total_slack_minutes == -960
    assert honoured.row(1).total_slack_minutes == -960
    assert honoured.row(1).free_slack_minutes == 0


def test_starts_before_the_project_when_a_constraint_says_so_and_what_follows_goes_along():
    early = task(1, 1, constraint=ConstraintType.SNET, constraint_date=at(-7))
    schedule = compute(plan(early, task(2, 1), task(3, 1), links=(link(1, 2),)))
    assert dates(schedule, 2) == (at(-6), at(-6, 17))
    assert dates(schedule, 3)[0] == at(0)


def test_bounds_only_the_late_finish_when_a_task_has_a_deadline():
    schedule = compute(plan(task(1, 2, deadline=at(0, 17)), task(2, 4)))
    assert dates(schedule, 1) == (at(0), at(1, 17))
    assert late(schedule, 1)[1] == at(0, 17)
    assert schedule.row(1).total_slack_minutes == -480
    assert schedule.row(1).critical


def test_pushes_successors_when_a_task_is_as_late_as_possible():
    late_task = task(1, 1, constraint=ConstraintType.ALAP)
    schedule = compute(plan(late_task, task(2, 1), task(3, 5), links=(link(1, 2),)))
    assert dates(schedule, 1) == (at(3), at(3, 17))
    assert dates(schedule, 2) == (at(4), at(4, 17))


def test_counts_back_when_the_plan_is_scheduled_from_its_finish():
    tasks = tuple(task(n, 1, constraint=ConstraintType.ALAP) for n in (1, 2, 3))
    source = plan(*tasks, links=(link(1, 2),), schedule_from_start=False, finish=at(4, 17), start=None)
    schedule = compute(source)
    assert (schedule.row(1).start, schedule.row(2).start, schedule.row(3).start) == (at(3), at(4), at(4))
    assert (schedule.start, schedule.finish) == (at(3), at(4, 17))
    assert schedule.row(3).early_start == at(3)
    assert schedule.row(3).total_slack_minutes == 480
