"""Tasks that have begun or are complete, worked out by hand."""

from __future__ import annotations

from bywhen.schedule.engine.cpm import compute
from factories.small_plans import at, dates, late, link, plan, task


def test_goes_on_where_it_stopped_when_a_task_has_begun():
    begun = task(1, 4, actual_start=at(1), stop=at(2, 17), remaining_duration_minutes=960.0, percent_complete=50.0)
    schedule = compute(plan(begun, task(2, 1), task(3, 10), links=(link(1, 2),)))
    assert dates(schedule, 1) == (at(1), at(4, 17))
    assert schedule.row(1).late_start == at(1)
    assert schedule.row(1).start_slack_minutes == 0
    assert schedule.row(1).total_slack_minutes == schedule.row(1).finish_slack_minutes == 1920


def test_resumes_later_when_the_remaining_work_was_rescheduled():
    begun = task(1, 2, actual_start=at(0), stop=at(0, 17), resume=at(3), remaining_duration_minutes=480.0)
    assert dates(compute(plan(begun)), 1) == (at(0), at(3, 17))


def test_stands_still_when_a_task_is_complete():
    done = task(1, 1, actual_start=at(2), actual_finish=at(2, 17), percent_complete=100.0)
    schedule = compute(plan(done, task(2, 1), task(3, 9), links=(link(1, 2),)))
    assert dates(schedule, 1) == late(schedule, 1) == (at(2), at(2, 17))
    assert dates(schedule, 2)[0] == at(3)
    assert not schedule.row(1).critical


def test_binds_nothing_behind_it_when_a_successor_is_complete():
    done = task(2, 1, actual_start=at(0), actual_finish=at(0, 17), percent_complete=100.0)
    schedule = compute(plan(task(1, 1), done, task(3, 3), links=(link(1, 2),)))
    assert schedule.row(1).total_slack_minutes == 960


def test_moves_unfinished_work_behind_the_status_date_when_asked():
    begun = task(1, 2, actual_start=at(0), stop=at(0, 17), remaining_duration_minutes=480.0)
    schedule = compute(plan(begun, task(2, 1)), work_after=at(3))
    assert dates(schedule, 1) == (at(0), at(3, 17))
    assert dates(schedule, 2) == (at(3), at(3, 17))
