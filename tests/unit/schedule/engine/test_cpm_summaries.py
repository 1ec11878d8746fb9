"""Summary tasks in a schedule, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

from bywhen.schedule.engine.cpm import compute
from factories.small_plans import at, dates, late, link, outline, plan, task


def test_rolls_up_when_a_task_has_children():
    schedule = compute(plan(*outline(task(1, 1), task(2, 2)), task(3, 4), links=(link(1, 2),)))
    row = schedule.row(10)
    assert (row.start, row.finish, row.duration_minutes) == (at(0), at(2, 17), 1440)
    assert (row.total_slack_minutes, row.free_slack_minutes) == (480, 480)


def test_holds_all_children_when_a_summary_has_a_predecessor():
    schedule = compute(plan(task(3, 2), *outline(task(1, 1), task(2, 2)), links=(link(3, 10),)))
    assert [dates(schedule, n)[0] for n in (1, 2)] == [at(2), at(2)]
    assert late(schedule, 3)[1] == at(1, 17)


def test_waits_for_the_last_child_when_a_summary_has_a_successor():
    schedule = compute(plan(*outline(task(1, 1), task(2, 2)), task(3, 1), links=(link(10, 3),)))
    assert dates(schedule, 3)[0] == at(2)
    assert schedule.row(1).total_slack_minutes == 480
    assert schedule.row(10).free_slack_minutes == 0


def test_starts_children_no_earlier_when_their_summary_is_scheduled_by_hand():
    top, child = outline(task(1, 1))
    schedule = compute(plan(replace(top, manual=True, manual_start=at(2), manual_finish=at(3, 17)), child))
    assert dates(schedule, 1)[0] == at(2)
