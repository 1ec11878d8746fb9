from dataclasses import replace

import pytest

from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import ChangeImpossibleError, TaskUnknownError
from bywhen.kernel.plan import Assignment, Link, LinkType, Plan, Task, standard_calendar
from bywhen.schedule.engine.cpm import compute
from bywhen.schedule.engine.outline import (
    Draft,
    predecessors_set,
    task_deleted,
    task_indented,
    task_renamed,
    tasks_inserted,
)


def _task(uid, name, level, **more):
    return Task(uid, name, id=uid, outline_level=level, duration=Duration(480.0), **more)


@pytest.fixture
def plan():
    """1 Build {2 Draft, 3 Code, 4 Review}, 5 Go live; 2 -> 3 -> 4 -> 5."""
    rows = (
        _task(1, "Build", 1, summary=True, outline_number="1", wbs="1"),
        _task(2, "Draft", 2, parent_uid=1, outline_number="1.1", wbs="1.1"),
        _task(3, "Code", 2, parent_uid=1, outline_number="1.2", wbs="1.2"),
        _task(4, "Review", 2, parent_uid=1, outline_number="1.3", wbs="1.3"),
        _task(5, "Go live", 1, outline_number="2", wbs="2"),
    )
    links = (Link(2, 3), Link(3, 4), Link(4, 5))
    return Plan("P", rows, links, (standard_calendar(),), calendar_uid=1, assignments=(Assignment(1, 3, None),))


def _shape(plan):
    return [(task.id, task.name, task.outline_number, task.wbs, task.parent_uid, task.summary) for task in plan.tasks]


def test_rows_stand_below_the_task_on_its_level_when_put_in(plan):
    after, uids = tasks_inserted(plan, 3, [Draft("Test", 2), Draft("Signed", 0)])
    assert uids == (6, 7)
    assert _shape(after)[3:6] == [
        (4, "Test", "1.3", "1.3", 1, False),
        (5, "Signed", "1.4", "1.4", 1, False),
        (6, "Review", "1.5", "1.5", 1, False),
    ]
    assert [task.milestone for task in after.tasks[3:5]] == [False, True]
    assert compute(after).row(6).duration_minutes == 960


def test_a_row_is_the_first_of_the_package_when_put_in_below_it(plan):
    after, (uid,) = tasks_inserted(plan, 1, [Draft("Kick-off")])
    assert _shape(after)[1] == (2, "Kick-off", "1.1", "1.1", 1, False)
    assert uid == 6


def test_a_row_is_the_last_when_no_place_is_named(plan):
    after, _ = tasks_inserted(plan, None, [Draft("Close")])
    assert _shape(after)[-1] == (6, "Close", "3", "3", None, False)
    assert _shape(tasks_inserted(Plan("Empty", ()), None, [Draft("First")])[0]) == [(1, "First", "1", "1", None, False)]


def test_who_waited_waits_for_what_came_before_when_a_task_is_taken_out(plan):
    after = task_deleted(plan, 3)
    assert after.links == (Link(4, 5), Link(2, 4))
    assert after.assignments == ()
    assert [task.id for task in after.tasks] == [1, 2, 3, 4]


def test_all_below_goes_too_when_a_package_is_taken_out(plan):
    after = task_deleted(plan, 1)
    assert _shape(after) == [(1, "Go live", "1", "1", None, False)]
    assert after.links == ()


def test_a_package_left_empty_becomes_a_task(plan):
    after = plan
    for uid in (2, 3, 4):
        after = task_deleted(after, uid)
    assert (after.tasks[0].summary, after.tasks[0].duration.minutes) == (False, 480)
    assert compute(after).row(1).duration_minutes == 480


def test_a_row_becomes_a_package_when_the_next_is_moved_in(plan):
    after = task_indented(plan, 3, 1)
    assert _shape(after)[1:4] == [
        (2, "Draft", "1.1", "1.1", 1, True),
        (3, "Code", "1.1.1", "1.1.1", 2, False),
        (4, "Review", "1.2", "1.2", 1, False),
    ]


def test_what_follows_belongs_to_a_row_that_is_moved_out(plan):
    after = task_indented(plan, 3, -1)
    assert _shape(after)[2:4] == [(3, "Code", "2", "2", None, True), (4, "Review", "2.1", "2.1", 3, False)]


def test_moving_in_and_out_again_changes_nothing(plan):
    assert task_indented(task_indented(plan, 4, 1), 4, -1) == replace(
        plan,
        tasks=tuple(
            replace(task, actual_duration_minutes=0.0, remaining_duration_minutes=480.0) if task.uid == 3 else task
            for task in plan.tasks
        ),
    )


@pytest.mark.parametrize(
    ("uid", "by", "said"), [(1, -1, "outermost"), (1, 1, "no row above"), (2, 1, "no row above")], ids=str
)
def test_a_row_stays_when_the_outline_has_no_place_for_it(plan, uid, by, said):
    with pytest.raises(ChangeImpossibleError, match=said):
        task_indented(plan, uid, by)


def test_codes_of_the_planner_stay_when_rows_are_renumbered(plan):
    own = replace(plan, tasks=tuple(replace(task, wbs=f"X-{task.uid}") for task in plan.tasks))
    after, _ = tasks_inserted(own, 2, [Draft("Test")])
    assert [task.wbs for task in after.tasks] == ["X-1", "X-2", "", "X-3", "X-4", "X-5"]


def test_a_name_is_written_on_one_line_and_never_empty(plan):
    assert task_renamed(plan, 2, " New \n draft ").tasks[1].name == "New draft"
    with pytest.raises(ChangeImpossibleError, match="needs a name"):
        task_renamed(plan, 2, "  ")


def test_a_task_waits_for_others_when_its_links_are_set(plan):
    after = predecessors_set(plan, 5, [Link(2, 5, LinkType.SS)])
    assert after.links == (Link(2, 3), Link(3, 4), Link(2, 5, LinkType.SS))
    with pytest.raises(ChangeImpossibleError, match="wait for itself"):
        predecessors_set(plan, 5, [Link(5, 5)])
    with pytest.raises(TaskUnknownError):
        predecessors_set(plan, 5, [Link(99, 5)])
