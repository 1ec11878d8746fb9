from dataclasses import replace
from datetime import date, datetime

import pytest

from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import ChangeImpossibleError, TaskUnknownError
from bywhen.kernel.plan import ConstraintType, Link, Plan, Task, standard_calendar
from bywhen.schedule.engine.cpm import compute
from bywhen.schedule.engine.edits import impact_recomputed, plan_changed, plan_dated, plan_progressed
from bywhen.schedule.engine.whatif import Change, what_if
from factories import rows

DAY = 480.0


def _schedule(**of_first):
    plan = rows.plan()
    first = replace(plan.tasks[0], **of_first) if of_first else plan.tasks[0]
    return compute(replace(plan, tasks=(first, *plan.tasks[1:])))


def _dates(plan, uid):
    row = compute(plan).row(uid)
    return row.start, row.finish


def test_moves_a_task_by_a_constraint_when_it_is_delayed():
    changed = plan_changed(_schedule(), Change(1, delay=Duration(2 * DAY)))
    task = changed.task(1)
    assert (task.constraint, task.constraint_date) == (ConstraintType.SNET, datetime(2026, 11, 4, 8))
    assert _dates(changed, 4)[1] == datetime(2026, 11, 13, 17)


def test_moves_only_the_finish_when_the_task_has_begun():
    before = _schedule(
        actual_start=datetime(2026, 11, 2, 8),
        percent_complete=40.0,
        actual_duration_minutes=2 * DAY,
        remaining_duration_minutes=3 * DAY,
    )
    changed = plan_changed(before, Change(1, delay=Duration(2 * DAY)))
    assert _dates(changed, 1) == (datetime(2026, 11, 2, 8), datetime(2026, 11, 10, 17))
    assert changed.task(1).percent_complete == pytest.approx(28.57)


def test_stretches_the_work_of_assignments_when_the_duration_changes():
    changed = plan_changed(_schedule(), Change(1, duration=Duration(10 * DAY)))
    assert changed.assignments[0].work_minutes == 10 * DAY
    assert _dates(changed, 1)[1] == datetime(2026, 11, 13, 17)


def test_ends_on_the_day_when_a_finish_is_given():
    later = plan_changed(_schedule(), Change(3, finish=date(2026, 11, 12)))
    sooner = plan_changed(_schedule(), Change(1, finish=date(2026, 11, 4)))
    assert _dates(later, 3) == (datetime(2026, 11, 11, 8), datetime(2026, 11, 12, 17))
    assert sooner.task(1).duration.minutes == 3 * DAY


def test_moves_every_unfinished_task_when_a_summary_is_delayed():
    tasks = (
        Task(9, "Build", outline_level=1, summary=True),
        Task(1, "API", outline_level=2, parent_uid=9, duration=Duration(DAY)),
        Task(
            2,
            "Tests",
            outline_level=2,
            parent_uid=9,
            duration=Duration(DAY),
            percent_complete=100.0,
            actual_start=datetime(2026, 11, 2, 8),
            actual_finish=datetime(2026, 11, 2, 17),
        ),
    )
    before = compute(Plan("P", tasks, (), (standard_calendar(),), calendar_uid=1, start=datetime(2026, 11, 2, 8)))
    changed = plan_changed(before, Change(9, delay=Duration(DAY)))
    assert [task.constraint for task in changed.tasks[1:]] == [ConstraintType.SNET, ConstraintType.ASAP]


def test_joins_what_came_before_to_what_came_after_when_a_task_is_dropped():
    changed = plan_changed(_schedule(), Change(2, remove=True))
    assert changed.task(2) is None
    assert Link(1, 4) in changed.links
    assert all(2 not in (link.predecessor_uid, link.successor_uid) for link in changed.links)


def test_refuses_when_the_task_is_complete():
    with pytest.raises(ChangeImpossibleError, match="'Build the API' cannot be changed: it is complete"):
        plan_changed(_schedule(percent_complete=100.0), Change(1, delay=Duration(DAY)))


def test_refuses_when_the_task_is_not_there():
    with pytest.raises(TaskUnknownError, match="no task 99"):
        plan_changed(_schedule(), Change(99, delay=Duration(DAY)))


def test_splits_the_duration_into_done_and_left_when_progress_is_reported():
    task = plan_progressed(_schedule(), 1, 40.0).task(1)
    assert (task.actual_duration_minutes, task.remaining_duration_minutes) == (2 * DAY, 3 * DAY)
    assert (task.actual_start, task.actual_finish) == (datetime(2026, 11, 2, 8), None)


def test_ends_the_task_when_all_of_it_is_done():
    task = plan_progressed(_schedule(), 1, 100.0).task(1)
    assert (task.actual_finish, task.remaining_duration_minutes) == (datetime(2026, 11, 6, 17), 0.0)


def test_takes_the_start_back_when_nothing_is_done():
    begun = compute(plan_progressed(_schedule(), 1, 40.0))
    assert plan_progressed(begun, 1, 0.0).task(1).actual_start is None


@pytest.mark.parametrize(
    "change",
    [Change(2, delay=Duration(4 * DAY)), Change(3, duration=Duration(9 * DAY)), Change(1, delay=Duration(0.0))],
)
def test_the_recomputed_impact_equals_the_what_if(change):
    before = _schedule()
    announced, recomputed = what_if(before, change), impact_recomputed(before, compute(plan_changed(before, change)))
    for part in ("finish", "milestones", "moved", "now_critical", "float_used"):
        assert getattr(recomputed, part) == getattr(announced, part), part


def test_writes_computed_dates_and_floats_into_the_plan():
    dated = plan_dated(_schedule())
    task = dated.task(3)
    assert (task.start, task.finish, task.total_slack_minutes, task.critical) == (
        datetime(2026, 11, 2, 8), datetime(2026, 11, 3, 17), 6 * DAY, False,
    )  # fmt: skip
    assert (dated.start, dated.finish) == (datetime(2026, 11, 2, 8), datetime(2026, 11, 11, 17))
