from dataclasses import replace
from datetime import date, datetime

import pytest

from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import ChangeImpossibleError
from bywhen.kernel.plan import Link, Plan, Task, standard_calendar
from bywhen.schedule.engine.cpm import compute
from bywhen.schedule.engine.exposure import exposures, standstill
from bywhen.schedule.engine.whatif import Change, what_if

DAY = 480.0


def _plan(**terms):
    """From Monday 2 November: terms (2 d), then test (5 d) and its milestone; build (10 d) and go-live beside it, which
    waits for both: terms have 3 days to spare for it, none for the approval.
    """
    tasks = (
        replace(Task(1, "Terms", duration=Duration(2 * DAY)), **terms),
        Task(2, "Test", duration=Duration(5 * DAY)),
        Task(3, "Approval", milestone=True, duration=Duration(0.0)),
        Task(4, "Build", duration=Duration(10 * DAY)),
        Task(5, "Go live", milestone=True, duration=Duration(0.0)),
        Task(6, "Party", milestone=True, duration=Duration(0.0)),
    )
    links = (Link(1, 2), Link(2, 3), Link(3, 5), Link(4, 5))
    return Plan("P", tasks, links, (standard_calendar(),), calendar_uid=1, start=datetime(2026, 11, 2, 8))


def test_each_milestone_has_its_own_last_day():
    found = exposures(compute(_plan()), 1)
    assert [(each.name, each.spare_days, each.miss_on, each.on) for each in found] == [
        ("Approval", 0, date(2026, 11, 2), date(2026, 11, 10)),
        ("Go live", 3, date(2026, 11, 5), date(2026, 11, 13)),
    ]


def test_a_milestone_beyond_the_horizon_is_left_out():
    assert [each.name for each in exposures(compute(_plan()), 1, horizon=3)] == ["Approval"]


@pytest.mark.parametrize("uid", [1, 2, 4])
def test_a_milestone_moves_the_day_after_and_not_before(uid):
    schedule = compute(_plan())
    for each in exposures(schedule, uid):
        for days in (each.spare_days, each.spare_days + 1):
            impact = what_if(schedule, Change(uid, delay=Duration(days * DAY)))
            moved = {one.uid for one in impact.milestones if one.after > one.before}
            assert (each.uid in moved) is (days > each.spare_days)


def test_what_has_not_begun_is_late_by_the_days_since_its_start():
    cost = standstill(compute(_plan()), 1, date(2026, 11, 4), date(2026, 11, 9))
    assert (cost.delay_days, cost.finish_days, cost.moved_tasks) == (5, 2, 4)
    assert cost.milestones == ((3, "Approval", 5), (5, "Go live", 2))


def test_what_is_under_way_stands_still_from_today_on():
    begun = _plan(
        percent_complete=50.0,
        actual_start=datetime(2026, 11, 2, 8),
        actual_duration_minutes=DAY,
        remaining_duration_minutes=DAY,
    )
    assert standstill(compute(begun), 1, date(2026, 11, 3), date(2026, 11, 5)).delay_days == 2
    assert standstill(compute(begun), 1, date(2026, 11, 9), date(2026, 11, 9)).delay_days == 4


def test_nothing_is_lost_when_it_is_free_before_it_begins():
    assert standstill(compute(_plan()), 1, date(2026, 10, 28), date(2026, 10, 30)).delay_days == 0


def test_what_is_complete_cannot_wait():
    done = _plan(
        percent_complete=100.0,
        actual_start=datetime(2026, 11, 2, 8),
        actual_finish=datetime(2026, 11, 3, 17),
        remaining_duration_minutes=0.0,
    )
    with pytest.raises(ChangeImpossibleError):
        exposures(compute(done), 1)
