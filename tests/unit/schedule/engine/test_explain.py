"""Sentences, driving paths and miss dates."""

from __future__ import annotations

import pytest

from bywhen.kernel.errors import TaskUnknownError
from bywhen.kernel.plan import ConstraintType, LinkType
from bywhen.schedule.engine.cpm import compute
from bywhen.schedule.engine.explain import driving_path, explain, miss_date, near_critical
from factories.small_plans import at, days, link, plan, task


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "because 'T1' finishes Mon 5 Jan 17:00 (FS, lag 8 h)."),
        (
            {"constraint": ConstraintType.SNET, "constraint_date": at(4)},
            "because it may start no earlier than Fri 9 Jan 08:00.",
        ),
        ({"manual": True, "manual_start": at(0)}, "because it is scheduled by hand."),
        ({"external": True, "start": at(0)}, "because another project says so."),
        ({"actual_start": at(1)}, "'T2' started Tue 6 Jan 08:00 in fact."),
        ({"leveling_delay_minutes": 1440.0}, ", levelled 24 elapsed h later."),
        ({"constraint": ConstraintType.ALAP}, "because it is scheduled as late as possible."),
    ],
    ids=["link", "constraint", "by hand", "external", "actual", "levelled", "late"],
)
def test_says_why_when_asked_for_a_date(fields, reason):
    links = () if fields.get("constraint") is ConstraintType.ALAP else (link(1, 2, LinkType.FS, days(1)),)
    assert explain(compute(plan(task(1), task(2, **fields), links=links)), 2).endswith(reason)


def test_names_the_project_start_when_nothing_holds_the_task():
    assert explain(compute(plan(task(1))), 1).endswith("because the project does and nothing holds it.")


def test_names_the_summary_when_it_holds_its_child():
    top = task(10, 0, summary=True, milestone=False)
    schedule = compute(plan(task(3, 2), top, task(1, 1, parent_uid=10), links=(link(3, 10),)))
    assert "its summary task 'T10' may not start earlier" in explain(schedule, 1)
    assert "its first task does" in explain(schedule, 10)


def test_follows_the_drivers_when_asked_for_the_path():
    schedule = compute(plan(task(1, 3), task(2, 1), task(3, 1), task(4, 0), links=(link(1, 3), link(2, 3), link(3, 4))))
    assert driving_path(schedule) == [1, 3, 4]
    assert driving_path(schedule, 2) == [2]


def test_goes_through_a_summary_when_it_drives():
    top = task(10, 0, summary=True, milestone=False)
    schedule = compute(
        plan(top, task(1, 1, parent_uid=10), task(2, 2, parent_uid=10), task(3, 1), links=(link(10, 3),))
    )
    assert driving_path(schedule, 3) == [2, 3]
    assert driving_path(schedule, 10) == [2]


def test_finds_tasks_with_little_float():
    schedule = compute(plan(task(1, 1), task(2, 4), task(3, 5)))
    assert near_critical(schedule, 480.0) == [2]


def test_dates_the_miss_when_a_blocker_leads_to_a_milestone():
    links = (link(1, 3), link(2, 3), link(3, 4))
    schedule = compute(plan(task(1, 3), task(2, 1), task(3, 0), task(4, 1), task(5, 9), links=links))
    missed = miss_date(schedule, 2, 3)
    assert (missed.latest_start, missed.latest_finish, missed.float_minutes) == (at(2), at(2, 17), 960)
    assert schedule.row(2).total_slack_minutes > missed.float_minutes  # float behind the milestone does not count
    assert miss_date(schedule, 1, 3).float_minutes == 0


def test_has_no_miss_date_when_the_task_does_not_lead_to_the_milestone():
    assert miss_date(compute(plan(task(1), task(2, 0))), 1, 2) is None


def test_counts_against_the_finish_when_no_milestone_is_named():
    assert miss_date(compute(plan(task(1, 1), task(2, 3))), 1).float_minutes == 960


def test_refuses_when_the_task_is_unknown():
    with pytest.raises(TaskUnknownError):
        miss_date(compute(plan(task(1))), 9)
