"""What a change does, worked out by hand on plans of a few tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bywhen.kernel.errors import ChangeImpossibleError, ScheduleImpossibleError, TaskUnknownError
from bywhen.kernel.plan import ConstraintType
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.cpm import compute
from bywhen.schedule.engine.whatif import Change, what_if
from factories.small_plans import at, days, elapsed, link, plan, task

BUILD, TEST, WRITE, LIVE, AFTER = 1, 2, 3, 4, 5


def programme(**changed):
    """Build (3 d) and write (1 d) lead to live; test (1 d) follows build; after live comes one more day."""
    tasks = (task(BUILD, 3, **changed), task(TEST, 1), task(WRITE, 1), task(LIVE, 0), task(AFTER, 1))
    return plan(*tasks, links=(link(BUILD, TEST), link(TEST, LIVE), link(WRITE, LIVE), link(LIVE, AFTER)))


def test_moves_the_milestone_when_a_critical_task_is_delayed():
    impact = what_if(programme(), Change(BUILD, delay=days(2)))
    assert (impact.finish.before, impact.finish.after, impact.finish.working_days) == (at(4, 17), at(8, 17), 2)
    assert [(m.uid, m.before, m.after, m.working_days) for m in impact.milestones] == [(LIVE, at(3, 17), at(7, 17), 2)]
    assert impact.moved == (BUILD, TEST, LIVE, AFTER)
    assert impact.now_critical == ()


def test_uses_float_and_becomes_critical_when_a_task_with_float_is_delayed():
    impact = what_if(programme(), Change(WRITE, delay=days(3)))
    assert impact.finish.working_days == 0
    assert impact.moved == (WRITE,)
    assert impact.now_critical == (WRITE,)
    assert [(f.uid, f.before_minutes, f.after_minutes) for f in impact.float_used] == [(WRITE, 1440, 0)]


def test_finishes_earlier_when_a_critical_task_is_shortened():
    impact = what_if(programme(), Change(BUILD, duration=days(1)))
    assert impact.finish.working_days == -2
    assert impact.milestones[0].working_days == -2


def test_lets_the_successor_follow_the_predecessor_when_a_task_is_removed():
    impact = what_if(programme(), Change(TEST, remove=True))
    assert impact.schedule.row(LIVE).finish == at(2, 17)
    assert TEST not in impact.moved
    assert impact.finish.working_days == -1


@pytest.mark.parametrize(
    ("finish", "start", "end"),
    [(date(2026, 1, 9), at(2), at(4, 17)), (date(2026, 1, 10), at(2), at(4, 17)), (at(1, 17), at(0), at(1, 17))],
    ids=["later", "on a weekend", "earlier"],
)
def test_ends_on_the_day_when_a_finish_is_given(finish, start, end):
    row = what_if(programme(), Change(BUILD, finish=finish)).schedule.row(BUILD)
    assert (row.start, row.finish) == (start, end)


def test_moves_a_milestone_when_it_gets_a_new_date():
    impact = what_if(programme(), Change(LIVE, finish=date(2026, 1, 13)))
    assert impact.schedule.row(LIVE).finish == at(8, 17)
    assert impact.finish.after == at(9, 17)


def test_delays_by_elapsed_time_when_that_is_asked():
    assert what_if(programme(), Change(BUILD, delay=elapsed(1))).schedule.row(BUILD).start == at(1)


def test_extends_what_remains_when_a_task_has_begun():
    begun = programme(actual_start=at(0), stop=at(0, 17), remaining_duration_minutes=960.0, percent_complete=33.0)
    impact = what_if(begun, Change(BUILD, delay=days(1)))
    assert impact.schedule.row(BUILD).start == at(0)
    assert impact.schedule.row(BUILD).finish == at(3, 17)


def test_moves_both_dates_when_a_task_by_hand_is_delayed():
    impact = what_if(programme(manual=True, manual_start=at(0), manual_finish=at(2, 17)), Change(BUILD, delay=days(1)))
    assert impact.schedule.row(BUILD).start == at(1)
    assert impact.finish.working_days == 1


def test_breaks_the_constraint_when_a_task_that_must_start_is_delayed():
    source = programme(constraint=ConstraintType.MSO, constraint_date=at(0))
    assert what_if(source, Change(BUILD, delay=days(1))).schedule.row(BUILD).start == at(1)


def test_delays_every_unfinished_child_when_a_summary_is_delayed():
    top = task(10, 0, summary=True, milestone=False)
    done = task(1, 1, parent_uid=10, actual_start=at(0), actual_finish=at(0, 17), percent_complete=100.0)
    impact = what_if(plan(top, done, task(2, 1, parent_uid=10)), Change(10, delay=days(1)))
    assert impact.moved == (2,)


def test_refuses_when_the_task_is_complete():
    done = programme(actual_start=at(0), actual_finish=at(2, 17), percent_complete=100.0)
    with pytest.raises(ChangeImpossibleError, match="T1"):
        what_if(done, Change(BUILD, delay=days(1)))


def test_refuses_when_the_task_is_unknown():
    with pytest.raises(TaskUnknownError):
        what_if(programme(), Change(99, delay=days(1)))


def test_adds_up_when_several_changes_are_made():
    impact = what_if(programme(), Change(BUILD, delay=days(1)), Change(TEST, duration=days(2)))
    assert impact.finish.working_days == 2


def test_leaves_the_schedule_as_it_was_when_asked_what_if():
    before = compute(programme())
    row = before.row(LIVE)
    what_if(before, Change(BUILD, delay=days(9)))
    assert before.row(LIVE) == row


def test_computes_again_when_tasks_are_as_late_as_possible():
    source = programme()
    tasks = (
        source.tasks[0],
        source.tasks[1],
        replace(source.tasks[2], constraint=ConstraintType.ALAP),
        *source.tasks[3:],
    )
    impact = what_if(replace(source, tasks=tasks), Change(BUILD, delay=days(1)))
    assert impact.schedule.row(WRITE).start == at(4)


def test_counts_weekends_however_far_a_task_is_moved():
    source = plan(task(1), task(2), links=(link(1, 2),))
    for count in (2_600, 26_000):
        impact = what_if(source, Change(1, delay=days(count)))
        assert impact.finish.after.date() == WorkingTime.standard().add_days(at(1).date(), count)
        assert impact.finish.working_days == count


def test_refuses_when_a_task_is_moved_out_of_all_calendars():
    with pytest.raises(ScheduleImpossibleError, match="2599"):
        what_if(plan(task(1)), Change(1, delay=days(1_000_000)))
