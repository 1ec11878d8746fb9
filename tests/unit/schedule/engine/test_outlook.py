"""Looking ahead, milestone trends, and histories made of versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bywhen.kernel.plan import Assignment, Baseline, Resource
from bywhen.schedule.engine.cpm import compute
from bywhen.schedule.engine.outlook import histories, lookahead, milestone_trend
from bywhen.schedule.engine.signals import SlipKind, signals
from factories.small_plans import MONDAY, at, link, plan, task


def version(build_days):
    tasks = (
        task(10, 0, summary=True, milestone=False, name="API"),
        task(1, build_days, parent_uid=10, baselines=(Baseline(0, finish=at(2, 17)),)),
        task(2, 0, name="Live"),
        task(3, 30),
    )
    return plan(
        *tasks, links=(link(1, 2),), resources=(Resource(5, "Ines", group="Nordwind"),), assignments=(Assignment(1, 1, 5, work_minutes=480.0 * build_days),)
    )  # fmt: skip


def weekly(*builds):
    return [(MONDAY.date() + timedelta(weeks=n), version(each)) for n, each in enumerate(builds)]


def test_lists_open_tasks_of_the_next_weeks_by_start():
    done = task(1, 1, actual_start=at(0), actual_finish=at(0, 17), percent_complete=100.0)
    schedule = compute(plan(done, task(2, 3), task(3, 20), task(4, 1), links=(link(2, 3), link(3, 4))))
    assert [row.uid for row in lookahead(schedule, date(2026, 1, 5), weeks=2)] == [2, 3]
    assert [row.uid for row in lookahead(schedule, date(2026, 1, 19), weeks=4)] == [2, 3, 4]


def test_follows_a_milestone_over_the_versions():
    lines = milestone_trend(weekly(3, 5))
    assert [(line.uid, line.name) for line in lines] == [(2, "Live")]
    assert [finish for _, finish in lines[0].points] == [at(2, 17), at(4, 17)]
    assert milestone_trend([]) == []


def test_takes_the_stored_finish_when_a_version_has_one():
    stored = version(3)
    stored = replace(stored, tasks=tuple(replace(t, finish=at(9, 17)) for t in stored.tasks))
    assert milestone_trend([(date(2026, 1, 5), stored)])[0].points == ((date(2026, 1, 5), at(9, 17)),)


def test_makes_histories_that_the_signals_understand():
    made = {history.uid: history for history in histories(weekly(10, 14, 18, 22, 26))}
    build = made[1]
    assert (build.owner, build.vendor, build.component, build.baseline_finish) == (
        "Ines",
        "Nordwind",
        "API",
        date(2026, 1, 7),
    )
    assert [o.float_days for o in build.observations] == [20, 16, 12, 8, 4]
    found = signals(list(made.values()))
    assert {reason.kind for reason in found[0].reasons} >= {SlipKind.REPEATED, SlipKind.FLOAT_EROSION}
    assert histories([]) == []
