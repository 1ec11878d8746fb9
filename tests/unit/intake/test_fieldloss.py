from __future__ import annotations

from dataclasses import replace

from bywhen.intake.fieldloss import losses_between
from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import Link, Plan, Task

PLAN = Plan(
    "p", (Task(1, "a", notes="n", custom={"Team": "x"}), Task(2, "b", notes="m")), (Link(1, 2, lag=Duration(60.0)),)
)


def told(again: Plan, why=None):
    return [(loss.field, loss.where, loss.value, loss.reason) for loss in losses_between(PLAN, again, why or {})]


def test_nothing_is_told_when_all_came_back():
    assert told(PLAN) == []


def test_one_loss_a_field_is_told_with_its_first_place_when_several_rows_lost_it():
    again = replace(PLAN, tasks=tuple(replace(task, notes="") for task in PLAN.tasks))
    assert told(again, {"task.notes": "no notes"}) == [("notes", "task 1 and 1 more", "n", "no notes")]


def test_custom_value_is_told_by_its_title_when_it_is_gone():
    again = replace(PLAN, tasks=(replace(PLAN.tasks[0], custom={}), PLAN.tasks[1]))
    assert told(again) == [("Team", "task 1", "x", "the format has no place for it")]


def test_nothing_is_told_when_a_default_came_back_as_something():
    assert told(replace(PLAN, currency="EUR", tasks=(PLAN.tasks[0], replace(PLAN.tasks[1], wbs="2")))) == []


def test_lost_rows_and_links_are_told_when_they_are_gone():
    assert [each[:3] for each in told(replace(PLAN, tasks=PLAN.tasks[:1], links=()))] == [
        ("row", "link 1 to 2", "FS"),
        ("row", "task 2", "b"),
    ]


def test_lag_is_told_when_it_came_back_shorter():
    again = replace(PLAN, links=(Link(1, 2, lag=Duration(30.0)),))
    assert [each[:3] for each in told(again)] == [("lag", "link 1 to 2", "60 minutes working")]


def test_order_is_told_when_rows_changed_places():
    assert [each[0] for each in told(replace(PLAN, tasks=PLAN.tasks[::-1]))] == ["order"]
