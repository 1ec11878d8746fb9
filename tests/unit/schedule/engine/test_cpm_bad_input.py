"""Plans that cannot be computed as they stand: a clear error or finding, never a wrong date in silence."""

from __future__ import annotations

from datetime import datetime

import pytest

from bywhen.kernel.errors import (
    CalendarEmptyError,
    CycleFoundError,
    ScheduleImpossibleError,
    TaskUnknownError,
)
from bywhen.kernel.plan import (
    Calendar,
    ConstraintType,
)
from bywhen.schedule.engine.cpm import compute
from factories.small_plans import CALENDARS, at, dates, link, outline, plan, task


@pytest.mark.parametrize(
    "ring",
    [((1, 2), (2, 1)), ((1, 2), (2, 3), (3, 1)), ((1, 1),)],
    ids=["two tasks", "three tasks", "itself"],
)
def test_names_every_task_when_links_form_a_circle(ring):
    with pytest.raises(CycleFoundError) as caught:
        compute(plan(task(1), task(2), task(3), task(4), links=tuple(link(*pair) for pair in ring)))
    assert {name.split()[0] for name in caught.value.tasks} == {str(uid) for pair in ring for uid in pair}


def test_names_the_summary_when_a_circle_goes_through_it():
    with pytest.raises(CycleFoundError) as caught:
        compute(plan(*outline(task(1), task(2)), task(3), links=(link(10, 3), link(3, 1))))
    assert {"1 'T1'", "3 'T3'", "10 'T10'"} == set(caught.value.tasks)


def test_leaves_the_link_out_and_says_so_when_a_task_is_linked_to_its_own_summary():
    schedule = compute(plan(*outline(task(1)), links=(link(1, 10),)))
    assert [f.rule for f in schedule.findings] == ["link-within-summary"]


def test_leaves_the_link_out_and_says_so_when_a_task_is_missing():
    schedule = compute(plan(task(1), links=(link(1, 99),)))
    assert [(f.rule, f.subject) for f in schedule.findings] == [("link-to-missing-task", "task 99")]


def test_refuses_when_the_project_calendar_has_no_working_time():
    with pytest.raises(CalendarEmptyError, match="Never"):
        compute(plan(task(1), calendars=(Calendar(1, "Never", ((),) * 7),)))


def test_goes_on_and_says_so_when_another_calendar_has_no_working_time():
    schedule = compute(plan(task(1, calendar_uid=7), calendars=(*CALENDARS, Calendar(7, "Never", ((),) * 7))))
    assert dates(schedule, 1) == (at(0), at(0, 17))
    assert [f.rule for f in schedule.findings] == ["calendar-without-work"]


def test_names_the_task_when_work_runs_beyond_all_calendars():
    with pytest.raises(ScheduleImpossibleError, match=r"T2.*2599"):
        compute(plan(task(1), task(2, 200_000)))


def test_counts_a_negative_duration_as_none():
    assert dates(compute(plan(task(1, -3))), 1) == (at(0), at(0))


def test_has_no_row_when_the_task_is_unknown():
    with pytest.raises(TaskUnknownError):
        compute(plan(task(1))).row(5)


def test_is_empty_when_the_plan_is():
    schedule = compute(plan())
    assert list(schedule.rows()) == []
    assert schedule.start == schedule.finish == at(0)


def test_takes_the_outline_as_flat_where_it_goes_in_a_circle():
    schedule = compute(plan(task(1, 1, parent_uid=2), task(2, 2, parent_uid=1), task(3, 1, parent_uid=3)))
    assert [row.uid for row in schedule.rows()] == [1, 2, 3]
    assert schedule.finish == at(1, 17)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"constraint": ConstraintType.SNET, "constraint_date": datetime(4000, 1, 1)}, r"1 'T1'.*2599"),
        ({"manual": True, "manual_start": datetime(9999, 12, 31)}, r"1 'T1'.*2599"),
    ],
)
def test_names_the_task_when_its_dates_are_out_of_range(fields, message):
    with pytest.raises(ScheduleImpossibleError, match=message):
        compute(plan(task(1, **fields)))


def test_names_the_start_when_the_plan_begins_out_of_range():
    with pytest.raises(ScheduleImpossibleError, match="9000-01-01"):
        compute(plan(task(1), start=datetime(9000, 1, 1)))


def test_computes_when_a_date_lies_two_thousand_years_back():
    ancient = task(1, constraint=ConstraintType.SNET, constraint_date=datetime(20, 1, 1, 8))
    assert dates(compute(plan(ancient)), 1)[1] == datetime(20, 1, 1, 17)
