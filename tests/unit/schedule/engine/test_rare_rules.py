"""Rules that few plans need, one minimal plan each, worked out by hand from what is published about Microsoft Project.

Monday is 5 January 2026; a day is 08-12 and 13-17. The usual rules stand in ``test_cpm_*``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bywhen.kernel.errors import CycleFoundError
from bywhen.kernel.plan import (
    Assignment,
    Calendar,
    CalendarException,
    ConstraintType,
    LinkType,
    Resource,
    TaskType,
    Timephased,
)
from bywhen.schedule.engine.cpm import compute
from factories.small_plans import AROUND, at, days, elapsed, link, percent, plan, task

FS, SS, FF, SF = LinkType.FS, LinkType.SS, LinkType.FF, LinkType.SF
SHORT_WEEK = Calendar(4, "No Mondays", ((), *[((480, 720), (780, 1020))] * 4, (), ()))


def dates(schedule, uid):
    row = schedule.row(uid)
    return row.start, row.finish


def late(schedule, uid):
    row = schedule.row(uid)
    return row.late_start, row.late_finish


def in_summary(top, *children):
    """A summary task and its children."""
    return (replace(top, summary=True), *(replace(c, parent_uid=top.uid, outline_level=2) for c in children))


# -- before the project's start ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "lag", "start"),
    [
        (FS, days(-3), at(-4)),  # Monday 17:00 less three days: Thursday
        (SS, days(-1), at(-3)),
        (SF, None, at(-3)),  # ends where the other starts
        (FF, None, at(0)),  # what only ends with something begins with the project at the earliest
        (FF, days(-2), at(0)),
    ],
)
def test_lets_only_a_finish_to_finish_link_wait_for_the_projects_start(kind, lag, start):
    schedule = compute(plan(task(1, 1), task(2, 1), task(3, 9), links=(link(1, 2, kind, lag),)))
    assert schedule.row(2).start == start


def test_waits_for_the_projects_start_when_one_of_two_links_is_from_finish_to_finish():
    schedule = compute(plan(task(1, 1), task(2, 1), links=(link(1, 2, SF), link(1, 2, FF))))
    assert dates(schedule, 2) == (at(0), at(0, 17))


def test_waits_for_the_projects_start_when_it_only_ends_with_what_begins_before_it():
    tasks = (task(1, 1), task(2, 3), task(3, 1))
    schedule = compute(plan(*tasks, links=(link(1, 2, SF), link(2, 3, FF))))
    assert dates(schedule, 3) == (at(0), at(0, 17))


def test_lets_the_tasks_of_a_summary_begin_before_the_project_when_its_predecessor_does():
    held = task(1, 1, constraint=ConstraintType.SNET, constraint_date=at(-7))
    inside = in_summary(task(10, 0), task(2, 1))
    assert dates(compute(plan(held, *inside, links=(link(1, 10),))), 2) == (at(-6), at(-6, 17))


def test_keeps_its_own_date_when_that_is_the_projects_start_and_a_lead_reaches_before_it():
    held = task(2, 1, constraint=ConstraintType.SNET, constraint_date=at(0))
    assert dates(compute(plan(task(1, 1), held, links=(link(1, 2, FS, days(-3)),))), 2) == (at(0), at(0, 17))


def test_begins_with_the_project_when_a_summary_without_tasks_leads_to_it():
    empty = task(10, 0, summary=True, milestone=False)
    schedule = compute(plan(empty, task(1, 1), task(2, 1), links=(link(10, 1), link(1, 2, FS, days(-1)))))
    assert schedule.row(1).start == at(0)


def test_starts_on_the_tasks_calendar_when_the_project_begins_outside_its_own():
    early = plan(task(1, 3, calendar_uid=3), task(2, 1), start=datetime(2026, 1, 4, 8))  # a Sunday
    schedule = compute(early)
    assert schedule.row(1).start == at(-1)
    assert schedule.row(2).start == at(0)


def test_stands_at_the_end_of_the_day_when_a_milestone_ends_with_a_task():
    schedule = compute(plan(task(1, 5), task(2, 0), task(3, 9), links=(link(1, 2, FF),)))
    assert dates(schedule, 2) == (at(4, 17), at(4, 17))
    assert schedule.row(1).free_slack_minutes == 0


# -- lags ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lag", "start"),
    [
        (days(1), at(7, 17)),  # the whole of Monday, although the task itself runs round the clock
        (percent(50), at(8, 12)),  # half of three days: Monday and Tuesday morning
        (elapsed(1), at(5, 17)),
        (None, at(4, 17)),
    ],
)
def test_runs_a_working_lag_in_working_time_when_the_successor_is_elapsed(lag, start):
    schedule = compute(plan(task(1, 2), task(2, 3), task(3, elapsed(2)), links=(link(1, 2), link(2, 3, FS, lag))))
    assert schedule.row(3).start == start
    assert schedule.row(2).free_slack_minutes == 0
    assert schedule.row(2).total_slack_minutes == 0


def test_counts_an_elapsed_percentage_round_the_clock():
    lag = replace(percent(100), unit=elapsed(1).unit.ELAPSED_PERCENT)
    schedule = compute(plan(task(1, 1), task(2, 1), links=(link(1, 2, FS, lag),)))
    assert schedule.row(2).start == at(1)  # Monday 17:00 + 8 h = Tuesday 01:00


# -- constraints ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "on"), [(ConstraintType.MSO, at(2)), (ConstraintType.MFO, at(2, 17))], ids=["start", "finish"]
)
def test_has_its_late_dates_on_the_day_when_it_must_be_then_whatever_follows(kind, on):
    held = task(1, 1, constraint=kind, constraint_date=on)
    after = task(2, 1, constraint=ConstraintType.FNLT, constraint_date=at(1, 17))
    schedule = compute(plan(held, after, links=(link(1, 2),)))
    assert late(schedule, 1) == (at(2), at(2, 17))
    assert schedule.row(1).total_slack_minutes == 0
    assert schedule.row(2).total_slack_minutes == -960


def test_lets_a_later_finish_no_later_than_date_move_all_late_dates_of_open_ends():
    held = task(1, 1, constraint=ConstraintType.FNLT, constraint_date=at(9, 17))
    schedule = compute(plan(held, task(2, 3)))
    assert schedule.finish == at(2, 17)
    assert late(schedule, 1)[1] == late(schedule, 2)[1] == at(9, 17)
    assert schedule.critical() == []


def test_keeps_open_ends_critical_when_there_are_several_critical_paths_and_a_later_date():
    held = task(1, 1, constraint=ConstraintType.FNLT, constraint_date=at(9, 17))
    assert compute(plan(held, task(2, 3), multiple_critical_paths=True)).critical() == [1, 2]


@pytest.mark.parametrize(
    "fields",
    [{"deadline": at(1, 17)}, {"constraint": ConstraintType.FNLT, "constraint_date": at(1, 17)}],
    ids=["deadline", "constraint"],
)
def test_binds_the_late_finish_of_all_inside_when_a_summary_has_to_end(fields):
    top, *inside = in_summary(task(10, 0, **fields), task(1, 1), task(2, 1))
    schedule = compute(plan(top, *inside, task(3, 5), links=(link(1, 2),)))
    assert [schedule.row(uid).total_slack_minutes for uid in (1, 2, 3)] == [0, 0, 0]
    assert late(schedule, 10)[1] == at(1, 17)


def test_is_not_put_off_by_levelling_when_it_is_as_late_as_possible():
    held = task(1, 1, constraint=ConstraintType.ALAP, leveling_delay_minutes=2880.0)
    schedule = compute(plan(held, task(2, 3)))
    assert dates(schedule, 1) == (at(2), at(2, 17))


def test_stays_in_the_project_when_it_is_as_late_as_possible_and_too_late():
    held = task(1, 2, constraint=ConstraintType.ALAP, deadline=at(0, 17))
    assert dates(compute(plan(held)), 1) == (at(0), at(1, 17))


def test_waits_for_its_date_when_the_plan_is_scheduled_from_its_finish():
    held = task(1, 1, constraint=ConstraintType.SNET, constraint_date=at(4))
    last = task(2, 1, constraint=ConstraintType.ALAP)
    source = plan(held, last, links=(link(1, 2),), schedule_from_start=False, finish=at(3, 17), start=None)
    assert dates(compute(source), 1) == (at(4), at(4, 17))


# -- inactive tasks ------------------------------------------------------------------------------------------------------


def test_leads_over_an_inactive_task_in_the_middle_of_a_chain():
    tasks = (task(1, 2), task(2, 5, active=False), task(3, 1), task(4, 6))
    schedule = compute(plan(*tasks, links=(link(1, 2), link(2, 3))))
    assert dates(schedule, 3) == (at(2), at(2, 17))
    assert schedule.row(1).free_slack_minutes == 0
    assert schedule.row(1).total_slack_minutes == 3 * 480


def test_leads_over_several_inactive_tasks_and_adds_up_their_lags():
    off = [task(uid, 5, active=False) for uid in (2, 3)]
    links = (link(1, 2, FS, days(1)), link(2, 3), link(3, 4, FS, days(1)))
    assert compute(plan(task(1, 1), *off, task(4, 1), links=links)).row(4).start == at(3)


def test_is_not_held_back_by_an_inactive_successor():
    schedule = compute(plan(task(1, 1), task(2, 9, active=False), task(3, 3), links=(link(1, 2),)))
    assert schedule.row(1).total_slack_minutes == schedule.row(1).free_slack_minutes == 960
    assert schedule.row(2).start == at(1)


# -- summaries by hand ---------------------------------------------------------------------------------------------------


def test_keeps_its_own_dates_when_a_summary_is_scheduled_by_hand_and_leads_on_from_them():
    by_hand = task(10, 0, manual=True, manual_start=at(0), manual_finish=at(4, 17))
    schedule = compute(plan(*in_summary(by_hand, task(1, 1)), task(2, 1), links=(link(10, 2),)))
    assert dates(schedule, 10) == (at(0), at(4, 17))
    assert schedule.row(2).start == at(7)
    assert late(schedule, 1)[1] == at(7, 17)


def test_ends_the_project_with_a_summary_that_is_scheduled_by_hand():
    by_hand = task(10, 0, manual=True, manual_start=at(0), manual_finish=at(4, 17))
    schedule = compute(plan(*in_summary(by_hand, task(1, 1))))
    assert schedule.finish == at(4, 17)
    assert schedule.row(1).total_slack_minutes == 4 * 480


# -- progress ------------------------------------------------------------------------------------------------------------


def test_goes_on_round_the_clock_when_an_elapsed_task_with_people_has_begun():
    begun = task(1, elapsed(2), actual_start=at(0), stop=at(1), remaining_duration_minutes=1440.0)
    own = Assignment(1, 1, None, work_minutes=2880.0, actual_work_minutes=1440.0, remaining_work_minutes=1440.0)
    person = replace(own, uid=2, resource_uid=1)
    source = plan(begun, resources=(Resource(1, "A", calendar_uid=1),), assignments=(own, person))
    assert dates(compute(source), 1) == (at(0), at(2))


def test_still_finishes_no_earlier_than_its_date_when_it_has_begun():
    begun = task(1, 2, actual_start=at(0), remaining_duration_minutes=480.0, stop=at(0, 17))
    held = replace(begun, constraint=ConstraintType.FNET, constraint_date=at(3, 17))
    assert dates(compute(plan(held)), 1) == (at(0), at(3, 17))


# -- resources -----------------------------------------------------------------------------------------------------------


def staffed(length, assignment, **fields):
    worked = task(1, length, **fields)
    people = (Resource(1, "No Mondays", calendar_uid=4),)
    return plan(worked, resources=people, assignments=(assignment,), calendars=(*plan().calendars, SHORT_WEEK))


def test_keeps_its_duration_when_that_is_fixed_whoever_is_away():
    source = staffed(5, Assignment(1, 1, 1, work_minutes=1920.0), type=TaskType.FIXED_DURATION)
    assert dates(compute(source), 1) == (at(0), at(4, 17))


def test_waits_for_its_people_when_its_duration_is_not_fixed():
    source = staffed(5, Assignment(1, 1, 1, work_minutes=2400.0))
    assert dates(compute(source), 1) == (at(1), at(8, 17))


def test_is_as_long_as_its_split_work_even_when_its_duration_is_fixed():
    pieces = (Timephased(1, at(1), at(1, 17), 480.0), Timephased(1, at(3), at(3, 17), 480.0))
    split = Assignment(1, 1, 1, work_minutes=960.0, contour=8, timephased=pieces)
    source = staffed(2, split, type=TaskType.FIXED_DURATION)
    assert dates(compute(source), 1) == (at(1), at(3, 17))


@pytest.mark.parametrize(("contour", "share"), [(0, 1.0), (1, 0.6), (6, 0.5), (7, 0.7)])
def test_takes_longer_in_a_contour_when_the_file_does_not_say_how_the_work_lies(contour, share):
    source = staffed(2, Assignment(1, 1, 1, work_minutes=960.0, contour=contour))
    source = replace(source, resources=(Resource(1, "Always", calendar_uid=3),))
    took = compute(source).row(1).finish - at(0)
    assert took.total_seconds() == round(960 * 60 / share)


# -- calendars -----------------------------------------------------------------------------------------------------------


def test_skips_a_year_when_the_calendar_has_no_work_in_it():
    idle = CalendarException(date(2026, 1, 6), date(2026, 12, 31))
    source = plan(task(1, 2), calendars=(replace(plan().calendars[0], exceptions=(idle,)),))
    assert dates(compute(source), 1) == (at(0), datetime(2027, 1, 1, 17))


def test_ends_at_midnight_when_the_day_does():
    schedule = compute(plan(task(1, 2), calendars=(replace(AROUND, uid=1, week=(((960, 1440),),) * 7),)))
    assert dates(schedule, 1) == (at(0, 16), at(2, 0))


# -- circles -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("links", "names"),
    [
        (((3, 10), (1, 3)), {"1", "3", "10"}),  # into a summary, out of a task in it
        (((10, 3), (3, 2)), {"2", "3", "10"}),  # out of a summary, into a task in it
        (((10, 20), (20, 10)), {"10", "20"}),  # between two summaries
        (((1, 20), (4, 10)), {"1", "4", "10", "20"}),  # from inside each into the other
    ],
    ids=["into", "out of", "between", "across"],
)
def test_names_the_tasks_of_a_circle_through_summaries(links, names):
    first = in_summary(task(10, 0), task(1), task(2))
    second = in_summary(task(20, 0), task(4))
    with pytest.raises(CycleFoundError) as caught:
        compute(plan(*first, task(3), *second, links=tuple(link(*pair) for pair in links)))
    assert names <= {name.split()[0] for name in caught.value.tasks}


def test_leaves_a_circle_alone_that_an_inactive_task_opens():
    tasks = (task(1), task(2, active=False))
    assert dates(compute(plan(*tasks, links=(link(1, 2), link(2, 1)))), 1) == (at(0), at(0, 17))
