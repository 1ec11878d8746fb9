"""Tasks whose dates come from their resources, worked out by hand."""

from __future__ import annotations

from bywhen.kernel.plan import (
    Assignment,
    Resource,
    ResourceType,
    TaskType,
    Timephased,
)
from bywhen.schedule.engine.cpm import compute
from factories.small_plans import at, dates, link, plan, task


def staffed(*assignments, calendar_uid=None, **fields):
    resources = (
        Resource(1, "Day", calendar_uid=1),
        Resource(2, "Night", calendar_uid=2),
        Resource(3, "Always", calendar_uid=3),
        Resource(4, "Cement", type=ResourceType.MATERIAL),
    )
    worked = task(1, 2, calendar_uid=calendar_uid, **fields)
    return plan(worked, resources=resources, assignments=assignments)


def assignment(resource, units=1.0, work=960.0, **fields):
    return Assignment(resource, 1, resource, units, work, **fields)


def test_follows_the_resources_calendar_when_the_task_has_none():
    assert dates(compute(staffed(assignment(2))), 1) == (at(0, 22), at(2, 6))


def test_ends_with_the_last_resource_when_several_work_side_by_side():
    schedule = compute(staffed(assignment(3, work=960.0), assignment(1, units=0.5, work=480.0)))
    assert dates(schedule, 1) == (at(0), at(1, 17))


def test_takes_less_time_when_part_of_the_work_is_overtime():
    schedule = compute(staffed(assignment(3, work=960.0, overtime_work_minutes=480.0)))
    assert dates(schedule, 1) == (at(0), at(0, 16))


def test_keeps_to_the_task_calendar_when_resource_calendars_are_ignored():
    schedule = compute(staffed(assignment(2), calendar_uid=1, ignore_resource_calendars=True))
    assert dates(schedule, 1) == (at(0), at(1, 17))


def test_works_the_common_time_when_task_and_resource_have_calendars():
    schedule = compute(staffed(assignment(2, work=120.0), calendar_uid=3))
    assert dates(schedule, 1) == (at(0, 22), at(1, 0))


def test_counts_the_duration_when_it_is_fixed():
    schedule = compute(staffed(assignment(1, units=1.0, work=60.0), type=TaskType.FIXED_DURATION))
    assert dates(schedule, 1) == (at(0), at(1, 17))


def test_ignores_material_when_it_is_assigned():
    assert dates(compute(staffed(assignment(4, work=9.0))), 1) == (at(0), at(1, 17))


def test_spans_the_gap_when_the_work_is_split():
    pieces = (Timephased(1, at(0), at(0, 17), 480.0), Timephased(1, at(3), at(3, 17), 480.0))
    split = Assignment(9, 1, None, work_minutes=960.0, contour=8, timephased=pieces)
    schedule = compute(plan(task(1, 2), task(2, 1), links=(link(2, 1),), assignments=(split,)))
    assert dates(schedule, 1) == (at(1), at(4, 17))  # two days of work with two days between, from Tuesday


def test_resumes_with_each_resource_when_a_shared_task_has_begun():
    night = assignment(2, work=960.0, actual_work_minutes=480.0, remaining_work_minutes=480.0, stop=at(1, 6))
    source = staffed(night, actual_start=at(0, 22), stop=at(1, 6), remaining_duration_minutes=480.0)
    assert dates(compute(source), 1) == (at(0, 22), at(2, 6))
