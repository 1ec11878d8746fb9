"""The compiled sweep gives what plain Python gives, entry by entry."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhen.kernel.errors import ExtraMissingError
from bywhen.schedule.engine import compiled, sweep
from bywhen.schedule.engine.cpm import compute
from bywhen.schedule.engine.whatif import Change, what_if
from factories.small_plans import days, plan, task

sys.path.insert(0, str(Path(__file__).parents[4] / "benchmarks"))


@pytest.fixture(params=["simple_plan", "rich_plan"])
def generated(request):
    import generated_plans

    return getattr(generated_plans, request.param)(300)


def test_gives_the_same_when_compiled(generated):
    if not compiled.is_installed():
        pytest.skip("the extra 'fast' is not installed")
    plain, fast = compute(generated, accelerate=False), compute(generated, accelerate=True)
    assert list(plain.rows()) == list(fast.rows())
    assert (plain.begin, plain.end, list(plain.early.driver)) == (fast.begin, fast.end, list(fast.early.driver))


def test_gives_the_same_what_if_when_compiled(generated):
    if not compiled.is_installed():
        pytest.skip("the extra 'fast' is not installed")
    plain, fast = compute(generated, accelerate=False), compute(generated, accelerate=True)
    for uid in (7, 60, 290):
        change = Change(uid, delay=days(3))
        assert replace(what_if(plain, change), schedule=plain) == replace(what_if(fast, change), schedule=plain)


def test_gives_the_same_when_tasks_stand_before_what_they_wait_for(generated):
    if not compiled.is_installed():
        pytest.skip("the extra 'fast' is not installed")
    turned = replace(generated, tasks=generated.tasks[::-1])
    in_order = {row.uid: replace(row, driver=None) for row in compute(generated).rows()}
    for accelerate in (False, True):
        rows = compute(turned, accelerate=accelerate).rows()
        assert {row.uid: replace(row, driver=None) for row in rows} == in_order


@given(st.lists(st.integers(0, 30)).map(sorted), st.integers(-1, 31))
def test_finds_the_same_place_as_the_standard_library(rows, wanted):
    assert sweep.search_right(rows, wanted, 0, len(rows)) == bisect_right(rows, wanted)
    assert sweep.search_left(rows, wanted, 0, len(rows)) == bisect_left(rows, wanted)


def test_compiles_when_nothing_can_be_kept_on_disk(monkeypatch):
    pytest.importorskip("numba")
    from numba.core import caching

    monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])
    function = compiled._compiled(sweep.earliest, {})
    import numpy as np

    assert function(np.array([5, 3, 4]), np.array([1, 0, 1])) == 4


def test_is_not_imported_when_a_small_plan_is_computed():
    import subprocess

    code = (
        "import sys; from bywhen.schedule.engine.cpm import compute; from bywhen.kernel.plan import Plan; "
        "compute(Plan('P', ())); assert not {'numba', 'numpy', 'django'} & set(sys.modules)"
    )
    path = str(Path(compiled.__file__).parents[3])
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": path})


def test_says_what_to_install_when_the_accelerator_is_asked_for_and_missing(monkeypatch):
    monkeypatch.setattr(compiled, "find_spec", lambda _name: None)
    with pytest.raises(ExtraMissingError, match=r"bywhen\[fast\]"):
        compute(plan(task(1)), accelerate=True)
