"""How a schedule follows the links, worked out by hand."""

from __future__ import annotations

import pytest

from bywhen.kernel.plan import (
    LinkType,
)
from bywhen.schedule.engine.cpm import compute
from factories.small_plans import at, dates, days, elapsed, link, percent, plan, task

FS, SS, FF, SF = LinkType.FS, LinkType.SS, LinkType.FF, LinkType.SF


@pytest.mark.parametrize(
    ("kind", "lag", "start", "finish"),
    [
        (FS, None, at(2), at(3, 17)),
        (SS, None, at(0), at(1, 17)),
        (FF, None, at(0), at(1, 17)),
        (SF, None, at(-4), at(-3, 17)),  # nothing else holds it: it ends where the other starts, before the project
        (FS, days(1), at(3), at(4, 17)),
        (SS, days(1), at(1), at(2, 17)),
        (FF, days(1), at(1), at(2, 17)),
        (FS, days(-1), at(1), at(2, 17)),
        (FS, days(-5), at(-5), at(-4, 17)),  # a lead reaches before the project's start
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
