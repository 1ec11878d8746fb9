"""One minimal plan per rule, dates and floats worked out by hand. Monday is 5 January 2026; a day is 08-12 and 13-17."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bywhen.kernel.errors import (
    CalendarEmptyError,
    CycleFoundError,
    ExtraMissingError,
    ScheduleImpossibleError,
    TaskUnknownError,
)
from bywhen.kernel.plan import (
    Assignment,
    Calendar,
    CalendarException,
    ConstraintType,
    LinkType,
    Resource,
    ResourceType,
    TaskType,
    Timephased,
)
from bywhen.schedule.engine import compiled
from bywhen.schedule.engine.cpm import compute
from factories.small_plans import AROUND, CALENDARS, at, days, elapsed, link, percent, plan, task

FS, SS, FF, SF = LinkType.FS, LinkType.SS, LinkType.FF, LinkType.SF


def dates(schedule, uid):
    row = schedule.row(uid)
    return row.early_start, row.early_finish


def late(schedule, uid):
    row = schedule.row(uid)
    return row.late_start, row.late_finish


# -- links ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "lag", "start", "finish"),
    [
        (FS, None, at(2), at(3, 17)),
        (SS, None, at(0), at(1, 17)),
        (FF, None, at(0), at(1, 17)),
        (SF, None, at(0), at(1, 17)),
        (FS, days(1), at(3), at(4, 17)),
        (SS, days(1), at(1), at(2, 17)),
        (FF, days(1), at(1), at(2, 17)),
        (FS, days(-1), at(1), at(2, 17)),
        (FS, days(-5), at(0), at(1, 17)),  # a lead cannot reach before the project's start
        (FS, percent(50), at(3), at(4, 17)),  # half of two days
        (FS, percent(-50), at(1), at(2, 17)),
        (FS, elapsed(3), at(4, 17), at(8, 17)),  # Tuesday 17:00 + 72 h = Friday 17:00, so Monday and Tuesday
        (SS, elapsed(0.5), at(1), at(2, 17)),  # Monday 08:00 + 12 h = Monday 20:00, so Tuesday
        (FF, elapsed(1), at(1), at(2, 17)),
    ],
)
def test_places_the_successor_when_linked_by_each_kind_and_lag(kind, lag, start, finish):
    schedule = compute(plan(task(1, 2), task(2, 2), links=(link(1, 2, kind, lag),)))
    calendar = schedule.network.project_calendar
    assert calendar.next(dates(schedule, 2)[0]) == calendar.next(start)
    assert dates(schedule, 2)[1] == finish


def test_places_the_successor_when_start_to_finish_binds():
    schedule = compute(plan(task(1, 1), task(2, 2), task(3, 1), links=(link(1, 2), link(2, 3, SF, days(3)))))
    assert dates(schedule, 3) == (at(3), at(3, 17))  # task 2 starts Tuesday 08:00, plus three days: Thursday 17:00


def test_runs_the_lag_on_the_successors_calendar_when_calendars_differ():
    schedule = compute(plan(task(1, 1), task(2, 1, calendar_uid=3), links=(link(1, 2, FS, days(1)),)))
    assert dates(schedule, 2)[0] == at(1, 1)  # Monday 17:00 + 8 h round the clock


def test_takes_the_latest_of_several_predecessors():
    schedule = compute(plan(task(1, 1), task(2, 3), task(3, 1), links=(link(1, 3), link(2, 3))))
    assert dates(schedule, 3) == (at(3), at(3, 17))
    assert schedule.row(3).driver == 1
    assert schedule.row(1).free_slack_minutes == schedule.row(1).total_slack_minutes == 960


# -- calendars and durations ---------------------------------------------------------------------------------------------


def test_skips_the_weekend_when_a_task_is_longer_than_the_week():
    assert dates(compute(plan(task(1, 6))), 1) == (at(0), at(7, 17))


def test_skips_a_holiday_and_works_a_special_day():
    standard = CALENDARS[0]
    exceptions = (
        CalendarException(date(2026, 1, 6), date(2026, 1, 6)),
        CalendarException(date(2026, 1, 10), date(2026, 1, 10), ((480, 720),)),
    )
    schedule = compute(plan(task(1, 4.5), calendars=(replace(standard, exceptions=exceptions),)))
    assert dates(schedule, 1) == (at(0), at(5, 12))  # Monday, Wednesday to Friday, Saturday morning


def test_works_the_night_when_the_task_calendar_crosses_midnight():
    schedule = compute(plan(task(1, 2, calendar_uid=2)))
    assert dates(schedule, 1) == (at(0, 22), at(2, 6))


def test_ignores_calendars_when_the_duration_is_elapsed():
    schedule = compute(plan(task(1, 5), task(2, elapsed(2)), task(3, 1), links=(link(1, 2), link(2, 3))))
    assert dates(schedule, 2) == (at(4, 17), at(6, 17))  # Friday 17:00 to Sunday 17:00
    assert dates(schedule, 3) == (at(7), at(7, 17))


def test_keeps_a_milestone_at_the_end_of_the_day_when_its_predecessor_ends_there():
    schedule = compute(plan(task(1, 1), task(2, 0), task(3, 1), links=(link(1, 2), link(2, 3))))
    assert dates(schedule, 2) == (at(0, 17), at(0, 17))
    assert dates(schedule, 3) == (at(1), at(1, 17))


def test_moves_a_milestone_to_working_time_when_it_would_fall_on_a_weekend():
    schedule = compute(plan(task(1, 5), task(2, 0), links=(link(1, 2, FS, elapsed(1)),)))
    assert dates(schedule, 2) == (at(7), at(7))


# -- constraints ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "when", "start", "slack"),
    [
        (ConstraintType.ASAP, None, at(1), 1920),
        (ConstraintType.ALAP, None, at(7), 0),
        (ConstraintType.SNET, at(3), at(3), 960),
        (ConstraintType.SNET, at(0), at(1), 1920),
        (ConstraintType.FNET, at(3, 17), at(3), 960),
        (ConstraintType.SNLT, at(2), at(1), 480),
        (ConstraintType.FNLT, at(2, 17), at(1), 480),
        (ConstraintType.MSO, at(3), at(3), 0),
        (ConstraintType.MFO, at(3, 17), at(3), 0),
    ],
)
def test_honours_each_constraint_when_the_links_allow_it(constraint, when, start, slack):
    constrained = task(2, 1, constraint=constraint, constraint_date=when)
    schedule = compute(plan(task(1, 1), constrained, task(3, 6), links=(link(1, 2),)))
    assert dates(schedule, 2)[0] == start
    assert schedule.row(2).total_slack_minutes == slack


@pytest.mark.parametrize(
    ("constraint", "when"),
    [
        (ConstraintType.SNLT, at(0)),
        (ConstraintType.FNLT, at(0, 17)),
        (ConstraintType.MSO, at(0)),
        (ConstraintType.MFO, at(0, 17)),
    ],
)
def test_pulls_a_task_before_its_predecessors_end_when_constraints_are_honoured(constraint, when):
    tasks = (task(1, 2), task(2, 1, constraint=constraint, constraint_date=when))
    honoured = compute(plan(*tasks, links=(link(1, 2),)))
    ignored = compute(plan(*tasks, links=(link(1, 2),), honor_constraints=False))
    assert dates(honoured, 2) == (at(0), at(0, 17))
    assert dates(ignored, 2) == (at(2), at(2, 17))
    assert honoured.row(2).total_slack_minutes == ignored.row(2).total_slack_minutes == -960
    assert honoured.row(1).total_slack_minutes == -960
    assert honoured.row(1).free_slack_minutes == 0


def test_starts_before_the_project_when_a_constraint_says_so_and_what_follows_goes_along():
    early = task(1, 1, constraint=ConstraintType.SNET, constraint_date=at(-7))
    schedule = compute(plan(early, task(2, 1), task(3, 1), links=(link(1, 2),)))
    assert dates(schedule, 2) == (at(-6), at(-6, 17))
    assert dates(schedule, 3)[0] == at(0)


def test_bounds_only_the_late_finish_when_a_task_has_a_deadline():
    schedule = compute(plan(task(1, 2, deadline=at(0, 17)), task(2, 4)))
    assert dates(schedule, 1) == (at(0), at(1, 17))
    assert late(schedule, 1)[1] == at(0, 17)
    assert schedule.row(1).total_slack_minutes == -480
    assert schedule.row(1).critical


def test_pushes_successors_when_a_task_is_as_late_as_possible():
    late_task = task(1, 1, constraint=ConstraintType.ALAP)
    schedule = compute(plan(late_task, task(2, 1), task(3, 5), links=(link(1, 2),)))
    assert dates(schedule, 1) == (at(3), at(3, 17))
    assert dates(schedule, 2) == (at(4), at(4, 17))


def test_counts_back_when_the_plan_is_scheduled_from_its_finish():
    tasks = tuple(task(n, 1, constraint=ConstraintType.ALAP) for n in (1, 2, 3))
    source = plan(*tasks, links=(link(1, 2),), schedule_from_start=False, finish=at(4, 17), start=None)
    schedule = compute(source)
    assert (schedule.row(1).start, schedule.row(2).start, schedule.row(3).start) == (at(3), at(4), at(4))
    assert (schedule.start, schedule.finish) == (at(3), at(4, 17))
    assert schedule.row(3).early_start == at(3)
    assert schedule.row(3).total_slack_minutes == 480


# -- slack ---------------------------------------------------------------------------------------------------------------


def test_counts_total_and_free_slack_when_a_branch_is_shorter():
    schedule = compute(plan(task(1, 1), task(2, 1), task(3, 4), task(4, 1), links=(link(1, 2), link(2, 4), link(3, 4))))
    assert [schedule.row(n).total_slack_minutes for n in (1, 2, 3, 4)] == [960, 960, 0, 0]
    assert [schedule.row(n).free_slack_minutes for n in (1, 2, 3, 4)] == [0, 960, 0, 0]
    assert schedule.critical() == [3, 4]


def test_counts_more_tasks_as_critical_when_the_slack_limit_is_raised():
    schedule = compute(plan(task(1, 1), task(2, 3), critical_slack_limit_days=2.0))
    assert schedule.critical() == [1, 2]


def test_makes_each_open_end_critical_when_there_are_several_critical_paths():
    assert compute(plan(task(1, 1), task(2, 3), multiple_critical_paths=True)).critical() == [1, 2]


# -- summaries -----------------------------------------------------------------------------------------------------------


def outline(*children):
    """A summary task 10 with the given children."""
    return (task(10, 0, summary=True, milestone=False), *(replace(c, parent_uid=10, outline_level=2) for c in children))


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


# -- progress ------------------------------------------------------------------------------------------------------------


def test_goes_on_where_it_stopped_when_a_task_has_begun():
    begun = task(1, 4, actual_start=at(1), stop=at(2, 17), remaining_duration_minutes=960.0, percent_complete=50.0)
    schedule = compute(plan(begun, task(2, 1), task(3, 10), links=(link(1, 2),)))
    assert dates(schedule, 1) == (at(1), at(4, 17))
    assert schedule.row(1).late_start == at(1)
    assert schedule.row(1).start_slack_minutes == 0
    assert schedule.row(1).total_slack_minutes == schedule.row(1).finish_slack_minutes == 1920


def test_resumes_later_when_the_remaining_work_was_rescheduled():
    begun = task(1, 2, actual_start=at(0), stop=at(0, 17), resume=at(3), remaining_duration_minutes=480.0)
    assert dates(compute(plan(begun)), 1) == (at(0), at(3, 17))


def test_stands_still_when_a_task_is_complete():
    done = task(1, 1, actual_start=at(2), actual_finish=at(2, 17), percent_complete=100.0)
    schedule = compute(plan(done, task(2, 1), task(3, 9), links=(link(1, 2),)))
    assert dates(schedule, 1) == late(schedule, 1) == (at(2), at(2, 17))
    assert dates(schedule, 2)[0] == at(3)
    assert not schedule.row(1).critical


def test_binds_nothing_behind_it_when_a_successor_is_complete():
    done = task(2, 1, actual_start=at(0), actual_finish=at(0, 17), percent_complete=100.0)
    schedule = compute(plan(task(1, 1), done, task(3, 3), links=(link(1, 2),)))
    assert schedule.row(1).total_slack_minutes == 960


def test_moves_unfinished_work_behind_the_status_date_when_asked():
    begun = task(1, 2, actual_start=at(0), stop=at(0, 17), remaining_duration_minutes=480.0)
    schedule = compute(plan(begun, task(2, 1)), work_after=at(3))
    assert dates(schedule, 1) == (at(0), at(3, 17))
    assert dates(schedule, 2) == (at(3), at(3, 17))


# -- modes ---------------------------------------------------------------------------------------------------------------


def test_keeps_its_dates_when_a_task_is_scheduled_by_hand():
    by_hand = task(2, 1, manual=True, manual_start=at(0), manual_finish=at(1, 17))
    schedule = compute(plan(task(1, 1), by_hand, task(3, 1), links=(link(1, 2), link(2, 3))))
    assert dates(schedule, 2) == (at(0), at(1, 17))
    assert dates(schedule, 3)[0] == at(2)


def test_counts_from_the_project_start_when_a_task_by_hand_has_no_dates():
    assert dates(compute(plan(task(1, 2, manual=True))), 1) == (at(0), at(1, 17))


def test_keeps_its_dates_when_a_task_is_in_another_project():
    outside = task(1, 1, external=True, start=at(2), finish=at(2, 17))
    assert dates(compute(plan(outside, task(2, 1), links=(link(1, 2),))), 2)[0] == at(3)


def test_holds_nobody_when_a_task_is_inactive():
    schedule = compute(plan(task(1, 9, active=False), task(2, 1), links=(link(1, 2),)))
    assert dates(schedule, 2)[0] == at(0)
    assert schedule.finish == at(0, 17)


def test_waits_elapsed_time_when_a_task_has_a_levelling_delay():
    schedule = compute(plan(task(1, 5), task(2, 1, leveling_delay_minutes=2880.0), links=(link(1, 2),)))
    assert dates(schedule, 2) == (at(9), at(9, 17))  # Monday 08:00 + 48 h
    assert schedule.row(1).total_slack_minutes == 0


# -- resources -----------------------------------------------------------------------------------------------------------


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


# -- bad input -----------------------------------------------------------------------------------------------------------


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


def test_computes_a_calendar_of_all_hours_when_shifts_touch():
    schedule = compute(plan(task(1, 3), calendars=(replace(AROUND, uid=1),)))
    assert dates(schedule, 1) == (at(0), at(1))


def test_says_what_to_install_when_the_accelerator_is_asked_for_and_missing(monkeypatch):
    monkeypatch.setattr(compiled, "find_spec", lambda _name: None)
    compiled.accelerated.cache_clear()
    with pytest.raises(ExtraMissingError, match=r"bywhen\[fast\]"):
        compute(plan(task(1)), accelerate=True)


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


def test_has_no_negative_float_when_an_elapsed_task_ends_with_a_working_one():
    schedule = compute(plan(task(3, elapsed(1)), task(7, 0.25), links=(link(3, 7, FF),)))
    assert dates(schedule, 3) == (at(0), at(1))
    assert dates(schedule, 7) == (at(0, 15), at(0, 17))
    assert late(schedule, 3) == (at(0), at(1))
    assert [schedule.row(uid).total_slack_minutes for uid in (3, 7)] == [0.0, 0.0]


def test_has_no_negative_float_when_an_elapsed_lag_ends_overnight():
    schedule = compute(plan(task(1, 0.25), task(2, 0.25), links=(link(1, 2, FF, elapsed(22 / 24)),)))
    assert dates(schedule, 2) == (at(0, 15), at(0, 17))
    assert late(schedule, 1) == (at(0), at(0, 10))
    assert (schedule.row(1).total_slack_minutes, schedule.row(1).free_slack_minutes) == (0.0, 0.0)


def test_counts_the_night_as_free_when_an_elapsed_task_ends_with_a_working_one():
    schedule = compute(plan(task(1, elapsed(0.5)), task(2), task(3, 2), links=(link(1, 2, FF),)))
    assert dates(schedule, 1) == (at(0), at(0, 20))
    assert dates(schedule, 2) == (at(0), at(0, 17))
    assert (schedule.row(1).total_slack_minutes, schedule.row(1).free_slack_minutes) == (21 * 60.0, 12 * 60.0)


def test_leaves_a_milestone_where_it_is_when_an_elapsed_task_ends_with_it():
    schedule = compute(
        plan(task(1, elapsed(0.25)), task(2, 0), task(3, elapsed(1)), links=(link(1, 2, FF), link(2, 3)))
    )
    assert late(schedule, 2)[1] >= late(schedule, 1)[1]
    assert schedule.row(1).total_slack_minutes == 0.0
