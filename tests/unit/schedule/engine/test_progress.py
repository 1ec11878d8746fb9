from datetime import date, datetime

import pytest

from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.progress import BaselineTask, progress_against_baseline

WORK = WorkingTime.standard()
WEEK = BaselineTask(datetime(2026, 11, 2, 8), datetime(2026, 11, 6, 17), 40.0)
NEXT = BaselineTask(datetime(2026, 11, 9, 8), datetime(2026, 11, 13, 17), 0.0)


def test_says_nothing_when_there_is_no_baseline():
    assert progress_against_baseline([], date(2026, 11, 3), WORK) is None


def test_says_nothing_when_baselines_hold_no_working_time():
    saturday = BaselineTask(datetime(2026, 11, 7, 8), datetime(2026, 11, 8, 17), 50.0)
    assert progress_against_baseline([saturday], date(2026, 11, 9), WORK) is None


def test_weighs_tasks_by_their_working_minutes():
    done = progress_against_baseline([WEEK, NEXT], date(2026, 11, 6), WORK)
    assert (done.planned_percent, done.actual_percent, done.tasks) == (50.0, 20.0, 2)


def test_earned_time_is_when_the_plan_wanted_this_much():
    done = progress_against_baseline([WEEK, NEXT], date(2026, 11, 6), WORK)
    assert done.spi_t == pytest.approx(2 / 5)


def test_being_ahead_shows_as_more_than_one():
    ahead = BaselineTask(WEEK.start, WEEK.finish, 80.0)
    assert progress_against_baseline([ahead], date(2026, 11, 3), WORK).spi_t == pytest.approx(2.0)


def test_no_index_is_given_before_the_start():
    assert progress_against_baseline([NEXT], date(2026, 11, 6), WORK).spi_t is None


def test_no_index_is_given_when_all_is_done_and_the_baseline_is_over():
    finished = BaselineTask(WEEK.start, WEEK.finish, 100.0)
    done = progress_against_baseline([finished], date(2026, 11, 20), WORK)
    assert (done.planned_percent, done.actual_percent, done.spi_t) == (100.0, 100.0, None)


def test_lateness_after_the_baselines_end_still_counts():
    done = progress_against_baseline([WEEK], date(2026, 11, 13), WORK)
    assert done.spi_t == pytest.approx(2 / 10)
