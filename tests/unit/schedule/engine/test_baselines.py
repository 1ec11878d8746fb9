"""Setting baselines."""

from __future__ import annotations

from dataclasses import replace

from bywhen.kernel.plan import Baseline
from bywhen.schedule.engine.baselines import with_baseline
from factories.small_plans import at, plan, task


def test_keeps_other_baselines_when_one_is_set():
    first = Baseline(0, at(0), at(0, 17))
    source = plan(task(1, baselines=(Baseline(3, at(9), at(9)), first)))
    found = with_baseline(source, 3, {1: (at(1), at(1, 17))}).task(1).baselines
    assert found == (first, Baseline(3, at(1), at(1, 17), 480.0))


def test_takes_the_baseline_away_when_a_task_has_no_dates():
    source = plan(task(1, baselines=(Baseline(0, at(0), at(0, 17)),)), task(2))
    found = with_baseline(source, 0, {2: (at(1), at(1, 17))})
    assert found.task(1).baselines == ()
    assert replace(found, tasks=()) == replace(source, tasks=())
