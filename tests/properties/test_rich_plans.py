"""What holds for plans in which everything is mixed: summaries with dates, by hand and linked, inactive tasks, both
directions of scheduling.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhen.kernel.errors import ByWhenError
from bywhen.kernel.plan import ConstraintType, LinkType
from bywhen.schedule.engine.compiled import is_installed
from bywhen.schedule.engine.cpm import compute, scheduled
from bywhen.schedule.engine.whatif import Change, changed_network, what_if
from factories.small_plans import MONDAY, at, days, elapsed, link, percent, plan, task

COUNT, TOP = 8, 100
moments = st.integers(0, 20).map(lambda n: MONDAY + timedelta(days=n, hours=n % 5))
lags = st.sampled_from([None, None, days(1), days(-0.5), elapsed(0.4), elapsed(-1), percent(50), percent(-25)])
kinds = st.sampled_from(list(LinkType))
asked = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"calendar_uid": st.sampled_from([2, 3])}),
    st.fixed_dictionaries({"constraint": st.sampled_from(list(ConstraintType)), "constraint_date": moments}),
    st.fixed_dictionaries({"deadline": moments}),
    st.fixed_dictionaries({"manual": st.just(True), "manual_start": moments}),
    st.fixed_dictionaries({"actual_start": moments, "percent_complete": st.just(50.0)}),
    st.fixed_dictionaries({"leveling_delay_minutes": st.sampled_from([600.0, 1440.0])}),
    st.just({"active": False}),
    st.just({"parent_uid": TOP}),
)
of_the_summary = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"deadline": moments}),
    st.fixed_dictionaries(
        {"constraint": st.sampled_from([ConstraintType.FNLT, ConstraintType.SNET]), "constraint_date": moments}
    ),
    st.tuples(moments, st.integers(0, 9)).map(
        lambda x: {"manual": True, "manual_start": x[0], "manual_finish": x[0] + timedelta(days=x[1])}
    ),
    st.just({"leveling_delay_minutes": 1440.0}),
)
of_the_plan = st.sampled_from(
    [
        {},
        {"multiple_critical_paths": True},
        {"honor_constraints": False},
        {"schedule_from_start": False, "finish": at(25, 17)},
    ]
)
changes = st.one_of(
    st.builds(Change, st.integers(1, COUNT), delay=st.sampled_from([days(1), days(-1), days(12), elapsed(3)])),
    st.builds(Change, st.integers(1, COUNT), duration=st.sampled_from([days(0), days(2), days(20)])),
    st.builds(Change, st.integers(1, COUNT), finish=st.sampled_from([at(1, 17), at(9).date(), at(30, 12)])),
    st.builds(Change, st.integers(1, COUNT), remove=st.just(True)),
)


@st.composite
def plans(draw, fields=asked, top=of_the_summary, settings_of_plan=of_the_plan):
    lengths = st.sampled_from([days(0), days(0.25), days(1), days(3), elapsed(1)])
    tasks = [task(uid, draw(lengths), **draw(fields)) for uid in range(1, COUNT + 1)]
    pairs = st.tuples(st.integers(1, COUNT), st.integers(1, COUNT)).filter(lambda x: x[0] < x[1])
    links = {pair: link(*pair, draw(kinds), draw(lags)) for pair in draw(st.lists(pairs, max_size=12))}
    inside = [each.uid for each in tasks if each.parent_uid]
    if inside:
        tasks.append(task(TOP, 0, summary=True, milestone=False, **draw(top)))
        for uid in {each.uid for each in tasks[:-1]} - set(inside):
            if uid < min(inside) and draw(st.booleans()):
                links[uid, TOP] = link(uid, TOP, draw(st.sampled_from([LinkType.FS, LinkType.SS])), draw(lags))
            elif uid > max(inside) and draw(st.booleans()):
                links[TOP, uid] = link(TOP, uid, draw(kinds), draw(lags))
    return plan(*tasks, links=tuple(links.values()), **draw(settings_of_plan))


@settings(deadline=None, max_examples=60)
@given(plans(), changes)
def test_equals_computing_anew_when_asked_what_if(source, change):
    before = compute(source)
    try:
        after = what_if(before, change).schedule
    except ByWhenError:
        return
    network, _ = changed_network(before, [change])
    if network.horizon != after.network.horizon:
        return  # laid out longer for the change: the numbers count from another day
    anew = scheduled(network)
    for entry in ("start", "finish", "start_work", "finish_work"):
        assert getattr(after.early, entry) == getattr(anew.early, entry)
        assert getattr(after.late, entry) == getattr(anew.late, entry)
    assert (after.begin, after.end, after.free()) == (anew.begin, anew.end, anew.free())


@pytest.mark.skipif(not is_installed(), reason="the optional accelerator is not installed")
@settings(deadline=None, max_examples=40)
@given(plans())
def test_gives_the_same_rows_as_machine_code(source):
    assert list(compute(source, accelerate=False).rows()) == list(compute(source, accelerate=True).rows())


free = st.one_of(st.just({}), st.just({"active": False}), st.just({"parent_uid": TOP}), st.just({"calendar_uid": 3}))


@settings(deadline=None, max_examples=60)
@given(plans(free, st.just({}), st.just({})))
def test_has_no_negative_float_when_summaries_are_linked_and_tasks_inactive(source):
    schedule = compute(source)
    for row in schedule.rows():
        assert row.early_start <= row.early_finish
        if source.task(row.uid).active:
            assert row.total_slack_minutes >= row.free_slack_minutes >= 0
            assert row.late_finish <= schedule.finish


@settings(deadline=None, max_examples=60)
@given(plans(free, st.just({}), st.just({"schedule_from_start": False, "finish": at(25, 17)})), st.integers(0, 255))
def test_places_all_between_early_and_late_when_the_plan_is_scheduled_from_its_finish(source, soon):
    # One calendar and no leads: elsewhere the same working moment has two names, which are two instants to others.
    tasks = [
        replace(
            each,
            calendar_uid=None,
            duration=days(1) if each.duration.elapsed else each.duration,
            constraint=ConstraintType.ASAP if soon >> each.uid & 1 else ConstraintType.ALAP,
        )
        for each in source.tasks
    ]
    links = [replace(x, lag=days(0) if x.lag.minutes < 0 or x.lag.elapsed else x.lag) for x in source.links]
    schedule = compute(replace(source, tasks=tuple(tasks), links=tuple(links)))
    calendar = schedule.network.project_calendar
    assert calendar.between(schedule.finish, at(25, 17)) >= 0
    for row in schedule.rows():
        if source.task(row.uid).active and row.uid != TOP:
            assert calendar.between(row.early_start, row.start) >= 0
            assert calendar.between(row.start, row.late_start) >= 0
            assert calendar.between(row.finish, row.late_finish) >= 0
