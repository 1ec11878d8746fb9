"""Slack and what is critical, worked out by hand."""

from __future__ import annotations

from bywhen.kernel.plan import (
    LinkType,
)
from bywhen.schedule.engine.cpm import compute
from factories.small_plans import at, dates, elapsed, late, link, plan, task

FF = LinkType.FF


def test_counts_total_and_free_slack_when_a_branch_is_shorter():
    schedule = compute(plan(task(1, 1), task(2, 1), task(3, 4), task(4, 1), links=(link(1, 2), link(2, 4), link(3, 4))))
    assert [schedule.row(n).total_slack_minutes for n in (1, 2, 3, 4)] == [960, 960, 0, 0]
    assert [schedule.row(n).free_slack_minutes for n in (1, 2, 3, 4)] == [0, 960, 0, 0]
    assert schedule.critical() == [3, 4]


def test_counts_more_tasks_as_critical_when_the_slack_limit_is_raised():
    schedule = compute(plan(task(1, 1), task(2, 3), critical_slack_limit_days=2.0))
    assert schedule.critical() == [1, 2]


def test_makes_each_open_end_critical_when_there_are_several_critical_paths():
    assert compute(plan(task(1, 1), task(2, 3), multiple_critical_paths=True)).critical() == [1, 2]


def test_has_no_negative_float_when_an_elapsed_task_ends_with_a_working_one():
    schedule = compute(plan(task(3, elapsed(1)), task(7, 0.25), links=(link(3, 7, FF),)))
    assert dates(schedule, 3) == (at(0), at(1))
    assert dates(schedule, 7) == (at(0, 15), at(0, 17))
    assert late(schedule, 3) == (at(0), at(1))
    assert [schedule.row(uid).total_slack_minutes for uid in (3, 7)] == [0.0, 0.0]


def test_has_no_negative_float_when_an_elapsed_lag_ends_overnight():
    schedule = compute(plan(task(1, 0.25), task(2, 0.25), links=(link(1, 2, FF, elapsed(22 / 24)),)))
    assert dates(schedule, 2) == (at(0, 15), at(0, 17))
    assert late(schedule, 1) == (at(0), at(0, 10))
    assert (schedule.row(1).total_slack_minutes, schedule.row(1).free_slack_minutes) == (0.0, 0.0)


def test_counts_the_night_as_free_when_an_elapsed_task_ends_with_a_working_one():
    schedule = compute(plan(task(1, elapsed(0.5)), task(2), task(3, 2), links=(link(1, 2, FF),)))
    assert dates(schedule, 1) == (at(0), at(0, 20))
    assert dates(schedule, 2) == (at(0), at(0, 17))
    assert (schedule.row(1).total_slack_minutes, schedule.row(1).free_slack_minutes) == (21 * 60.0, 12 * 60.0)


def test_leaves_a_milestone_where_it_is_when_an_elapsed_task_ends_with_it():
    schedule = compute(
        plan(task(1, elapsed(0.25)), task(2, 0), task(3, elapsed(1)), links=(link(1, 2, FF), link(2, 3)))
    )
    assert late(schedule, 2)[1] >= late(schedule, 1)[1]
    assert schedule.row(1).total_slack_minutes == 0.0
