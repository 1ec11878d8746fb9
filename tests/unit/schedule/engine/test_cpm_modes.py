"""Tasks scheduled by hand, in other projects, inactive or levelled, worked out by hand."""

from __future__ import annotations

from bywhen.schedule.engine.cpm import compute
from factories.small_plans import at, dates, link, plan, task


def test_keeps_its_dates_when_a_task_is_scheduled_by_hand():
    by_hand = task(2, 1, manual=True, manual_start=at(0), manual_finish=at(1, 17))
    schedule = compute(plan(task(1, 1), by_hand, task(3, 1), links=(link(1, 2), link(2, 3))))
    assert dates(schedule, 2) == (at(0), at(1, 17))
    assert dates(schedule, 3)[0] == at(2)


def test_counts_from_the_project_start_when_a_task_by_hand_has_no_dates():
    assert dates(compute(plan(task(1, 2, manual=True))), 1) == (at(0), at(1, 17))


def test_keeps_its_dates_when_a_task_is_in_another_project():
    outside = task(1, 1, external=True, start=at(2), finish=at(2, 17))
    assert dates(compute(plan(outside, task(2, 1), links=(link(1, 2),))), 2)[0] == at(3)


def test_holds_nobody_when_a_task_is_inactive():
    schedule = compute(plan(task(1, 9, active=False), task(2, 1), links=(link(1, 2),)))
    assert dates(schedule, 2)[0] == at(0)
    assert schedule.finish == at(0, 17)


def test_waits_elapsed_time_when_a_task_has_a_levelling_delay():
    schedule = compute(plan(task(1, 5), task(2, 1, leveling_delay_minutes=2880.0), links=(link(1, 2),)))
    assert dates(schedule, 2) == (at(9), at(9, 17))  # Monday 08:00 + 48 h
    assert schedule.row(1).total_slack_minutes == 0
