from __future__ import annotations

import pytest

from bywhen.kernel.plan import Assignment, Plan, Resource, Task
from bywhen.meetings.engine.linking import PlanTask, TaskIndex, plan_tasks
from factories.meeting_talk import TASKS


@pytest.mark.parametrize(("said", "uid"), [("the API delivery", 2), ("UAT", 3), ("task 1.2", 2), ("firewall rule", 4)])
def test_links_when_one_task_is_named(said: str, uid: int) -> None:
    link = TaskIndex(TASKS).link(said)
    assert link is not None
    assert link.uid == uid
    assert link.score > link.runner_up


@pytest.mark.parametrize("said", ["", "the weather", "the API", "it", "task 9.9"])
def test_abstains_when_none_or_several_tasks_fit(said: str) -> None:
    assert TaskIndex(TASKS).link(said) is None


def test_abstains_when_there_is_no_plan() -> None:
    assert TaskIndex(()).link("the API delivery") is None


def test_owner_decides_when_two_tasks_have_one_name() -> None:
    twice = (PlanTask(1, "Write report", owners=("Ana Souza",)), PlanTask(2, "Write report", owners=("Ben Carter",)))
    index = TaskIndex(twice)
    assert index.link("write the report") is None
    assert index.link("write the report", owner="Ben Carter") is None, "a shared name stays doubtful"


def test_reads_parents_and_owners_when_tasks_come_from_a_plan() -> None:
    plan = Plan(
        "Plan",
        tasks=(
            Task(0, "Plan", outline_level=0, summary=True),
            Task(1, "API", summary=True),
            Task(2, "Design", parent_uid=1, outline_level=2, percent_complete=100),
            Task(3, "", is_null=True),
        ),
        resources=(Resource(7, "Ana Souza"),),
        assignments=(Assignment(1, 2, 7),),
    )
    found = plan_tasks(plan)
    assert [t.uid for t in found] == [1, 2]
    assert (found[1].parents, found[1].owners, found[1].done, found[1].finish) == (("API",), ("Ana Souza",), True, None)
