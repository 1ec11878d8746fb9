"""Values that no plan can mean: each is computed, or refused with a sentence that names the task."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bywhen.kernel.durations import Duration, DurationUnit
from bywhen.kernel.errors import ScheduleImpossibleError
from bywhen.kernel.plan import Assignment, CalendarException, ConstraintType, LinkType, Resource
from bywhen.schedule.engine.cpm import compute
from factories.small_plans import at, elapsed, link, plan, task

FAR = datetime(9999, 12, 31, 23, 59, 59)


@pytest.mark.parametrize("minutes", [1e12, 1e300])
@pytest.mark.parametrize("unit", [DurationUnit.WORKING, DurationUnit.ELAPSED, DurationUnit.PERCENT])
def test_names_the_task_when_a_lag_has_no_end(minutes, unit):
    lag = Duration(minutes, unit)
    with pytest.raises(ScheduleImpossibleError, match=r"2 'T2'.*2599"):
        compute(plan(task(1), task(2), links=(link(1, 2, LinkType.FS, lag),)))


@pytest.mark.parametrize("kind", [LinkType.FS, LinkType.SS, LinkType.SF])
@pytest.mark.parametrize("unit", [DurationUnit.WORKING, DurationUnit.ELAPSED])
def test_names_the_task_when_a_lead_has_no_end(kind, unit):
    lead = Duration(-1e300, unit)
    source = plan(task(1), task(2), links=(link(1, 2, kind, lead),))
    with pytest.raises(ScheduleImpossibleError, match=r"2 'T2'.*centuries ago"):
        compute(source)


@pytest.mark.parametrize("length", [Duration(1e300), elapsed(1e12)], ids=["working", "elapsed"])
def test_names_the_task_when_a_duration_has_no_end(length):
    with pytest.raises(ScheduleImpossibleError, match=r"1 'T1'.*2599"):
        compute(plan(task(1, length)))


def test_does_not_leave_the_calendars_when_many_tasks_have_no_end():
    tasks = [task(uid, Duration(1e300)) for uid in range(1, 300)]
    with pytest.raises(ScheduleImpossibleError, match="2599"):
        compute(plan(*tasks, links=tuple(link(uid, uid + 1) for uid in range(1, 299))))


@pytest.mark.parametrize(
    "fields",
    [{"leveling_delay_minutes": 1e300}, {"actual_start": FAR}, {"actual_finish": FAR}],
    ids=["levelling", "start", "finish"],
)
def test_names_the_task_when_a_date_or_delay_lies_beyond_all_calendars(fields):
    with pytest.raises(ScheduleImpossibleError, match=r"1 'T1'.*2599"):
        compute(plan(task(1, **fields)))


@pytest.mark.parametrize("fields", [{"units": 1e-300}, {"work_minutes": 1e300}, {"delay_minutes": 1e300}])
def test_names_the_task_when_an_assignment_has_no_end(fields):
    worked = replace(Assignment(1, 1, 1, work_minutes=480.0), **fields)
    source = plan(task(1), resources=(Resource(1, "Night", calendar_uid=2),), assignments=(worked,))
    with pytest.raises(ScheduleImpossibleError, match=r"1 'T1'.*2599"):
        compute(source)


def test_counts_a_negative_remaining_duration_as_none():
    begun = task(1, 2, actual_start=at(0), stop=at(0, 17), remaining_duration_minutes=-960.0)
    row = compute(plan(begun)).row(1)
    assert (row.start, row.finish) == (at(0), at(0, 17))


@pytest.mark.parametrize("fields", [{"deadline": FAR}, {"constraint": ConstraintType.FNLT, "constraint_date": FAR}])
def test_is_not_bound_when_a_date_to_finish_by_lies_beyond_all_calendars(fields):
    schedule = compute(plan(task(1, **fields), task(2, 3)))
    assert schedule.row(1).late_finish == at(2, 17)


def test_names_the_start_when_the_plan_begins_in_the_first_year():
    with pytest.raises(ScheduleImpossibleError, match="year 1"):
        compute(plan(task(1), start=datetime(1, 1, 1)))


def test_names_the_inactive_task_when_its_dates_are_out_of_range():
    idle = task(1, active=False, constraint=ConstraintType.SNET, constraint_date=FAR)
    with pytest.raises(ScheduleImpossibleError, match="1 'T1'"):
        list(compute(plan(idle, task(2))).rows())


def test_lays_out_a_holiday_without_an_end():
    endless = CalendarException(date(2026, 1, 7), date(9999, 12, 31), ((480, 720),))
    source = plan(task(1, 3), calendars=(replace(plan().calendars[0], exceptions=(endless,)),))
    assert compute(source).row(1).finish == at(3, 12)  # two whole days, then two mornings
