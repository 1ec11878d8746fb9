"""Each rule of the slip signals by itself, the noise it must not take for one, and the seeded set of the benchmark."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from bywhen.schedule.engine.signals import Observation, SlipKind, TaskHistory, signals, uids

sys.path.insert(0, str(Path(__file__).parents[4] / "benchmarks"))
MONDAY = date(2026, 3, 2)


def history(uid=1, moves=(0, 0, 0, 3), floats=None, percents=None, **fields):
    """Weekly reports: the forecast moved by so many calendar days since the first report."""
    count = len(moves)
    seen = tuple(
        Observation(
            MONDAY + timedelta(weeks=n),
            MONDAY + timedelta(days=46 + moves[n]),
            (floats or [None] * count)[n],
            (percents or [0] * count)[n],
        )
        for n in range(count)
    )
    return TaskHistory(uid, f"T{uid}", seen, **fields)


def kinds(*histories):
    return {signal.uid: [reason.kind for reason in signal.reasons] for signal in signals(histories)}


def test_is_quiet_when_a_task_slips_once():
    assert kinds(history(moves=(0, 0, 7, 7))) == {}


def test_is_quiet_when_nothing_slips():
    assert kinds(history(moves=(5, 5, 2, 0))) == {}


def test_speaks_when_a_forecast_is_put_off_again_and_again():
    assert kinds(history(moves=(0, 2, 4, 7, 9))) == {1: [SlipKind.REPEATED]}


def test_counts_less_when_the_forecast_came_back():
    assert kinds(history(moves=(0, 3, 6, 1, 4))) == {}


def test_speaks_when_float_runs_out_before_the_end():
    found = kinds(history(moves=(0, 1, 2, 2), floats=[12, 8, 4, 1]))
    assert found == {1: [SlipKind.FLOAT_EROSION, SlipKind.REPEATED]}


def test_is_quiet_when_the_float_lasts():
    assert kinds(history(moves=(0, 1, 2, 2), floats=[40, 40, 39, 39])) == {}


def test_speaks_when_tasks_of_one_vendor_slip_before_a_merge_point():
    late = [history(n, vendor="Nordwind", merges=(1.0,)) for n in (1, 2, 3)]
    fine = [history(n, moves=(0, 0, 0, 0)) for n in range(4, 12)]
    found = signals([*late, *fine])
    assert uids(found) == {1, 2, 3}
    assert [reason.kind for reason in found[0].reasons] == [SlipKind.CLUSTER, SlipKind.MERGE_EXPOSURE]
    assert found[0].reasons[0].tasks == (1, 2, 3)


def test_is_quiet_when_the_owner_slips_no_more_than_others():
    late = [history(n, owner="Ines", merges=(1.0,)) for n in (1, 2, 3)]
    fine = [history(n, moves=(0, 0, 0, 0), owner="Ines") for n in range(4, 20)]
    assert kinds(*late, *fine) == {}


def test_speaks_when_a_task_stands_still_at_ninety_per_cent():
    found = kinds(history(moves=(0, 0, 2, 4), percents=[60, 90, 90, 92]))
    assert found == {1: [SlipKind.STUCK, SlipKind.REPEATED]}


def test_is_quiet_when_the_last_per_cent_are_earned():
    assert kinds(history(moves=(0, 0, 2, 4), percents=[60, 80, 90, 99])) == {}


def test_adds_the_drift_when_a_task_ends_long_after_its_baseline():
    found = kinds(history(moves=(0, 4, 9, 14), baseline_finish=MONDAY + timedelta(days=46), duration_days=20.0))
    assert found == {1: [SlipKind.REPEATED, SlipKind.BASELINE_DRIFT]}


def test_puts_the_heaviest_first_and_names_the_days():
    first, second = signals(
        [history(1, moves=(0, 2, 4, 7, 9)), history(2, moves=(0, 2, 4, 7, 9), floats=[12, 8, 5, 2, 0])]
    )
    assert (first.uid, second.uid) == (2, 1)
    assert second.reasons[0].days == tuple(MONDAY + timedelta(weeks=n) for n in (1, 2, 3, 4))
    assert second.slipped_days == 5  # Friday 17 April to Sunday 26 April


@pytest.mark.parametrize("seed", range(5))
def test_finds_the_planted_signals_among_forty_slips(seed):
    import slip_signals

    histories, truth = slip_signals.slip_set(seed)
    assert len(truth) == 10
    found = uids(signals(histories))
    assert len(found & truth) >= 9
    assert len(found & truth) / len(found) >= 0.8
