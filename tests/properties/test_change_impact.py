"""What the plan announces before a change is what the plan holds after it."""

from dataclasses import replace
from datetime import datetime

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import ConstraintType, Link, LinkType, Plan, Task, standard_calendar
from bywhen.schedule.engine.cpm import compute
from bywhen.schedule.engine.edits import impact_recomputed, plan_changed
from bywhen.schedule.engine.whatif import Change, what_if

DAY = 480.0
START = datetime(2026, 11, 2, 8)


@st.composite
def plans(draw):
    count = draw(st.integers(2, 9))
    lengths = draw(st.lists(st.integers(0, 12), min_size=count, max_size=count))
    tasks = [
        Task(uid, f"Task {uid}", id=uid, duration=Duration(half * DAY / 2), milestone=half == 0)
        for uid, half in enumerate(lengths, start=1)
    ]
    for at in draw(st.sets(st.integers(0, count - 1), max_size=2)):
        day = draw(st.integers(3, 27))
        tasks[at] = replace(tasks[at], constraint=ConstraintType.SNET, constraint_date=datetime(2026, 11, day, 8))
    pairs = [(a, b) for b in range(2, count + 1) for a in range(1, b)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=12))
    links = tuple(
        Link(a, b, draw(st.sampled_from(LinkType)), Duration(draw(st.integers(-2, 3)) * DAY / 2)) for a, b in chosen
    )
    return Plan("P", tuple(tasks), links, (standard_calendar(),), calendar_uid=1, start=START)


def _same(before, change):
    announced = what_if(before, change)
    recomputed = impact_recomputed(before, compute(plan_changed(before, change)))
    for part in ("finish", "milestones", "moved", "now_critical", "float_used"):
        assert getattr(announced, part) == getattr(recomputed, part), part
    after = {row.uid: (row.start, row.finish) for row in recomputed.schedule.rows()}
    assert {row.uid: (row.start, row.finish) for row in announced.schedule.rows()} == after


@settings(max_examples=150, deadline=None)
@given(plan=plans(), data=st.data())
def test_a_delay_lands_where_it_was_announced(plan, data):
    uid = data.draw(st.sampled_from([task.uid for task in plan.tasks]))
    _same(compute(plan), Change(uid, delay=Duration(data.draw(st.integers(1, 20)) * DAY / 2)))


@settings(max_examples=150, deadline=None)
@given(plan=plans(), data=st.data())
def test_a_duration_lands_where_it_was_announced(plan, data):
    open_tasks = [task.uid for task in plan.tasks if not task.milestone]
    assume(open_tasks)
    uid = data.draw(st.sampled_from(open_tasks))
    _same(compute(plan), Change(uid, duration=Duration(data.draw(st.integers(1, 30)) * DAY / 2)))
