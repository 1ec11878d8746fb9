"""What holds for every schedule: links are kept, float is never negative without dates, what-if equals computing anew."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bywhen.kernel.plan import ConstraintType, LinkType
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.cpm import compute, scheduled
from bywhen.schedule.engine.whatif import Change, changed_network, impact_of, what_if
from factories.small_plans import CALENDARS, MONDAY, at, days, elapsed, link, percent, plan, task

COUNT = 9
lags = st.sampled_from([None, days(1), days(-0.5), elapsed(0.4), elapsed(-1), percent(50), percent(-25)])
links_between = st.lists(
    st.tuples(st.integers(1, COUNT), st.integers(1, COUNT), st.sampled_from(list(LinkType)), lags).filter(
        lambda x: x[0] < x[1]
    ),
    max_size=14,
)
lengths = st.sampled_from([days(0), days(0.25), days(1), days(3), elapsed(1)])
free_tasks = st.fixed_dictionaries({}, optional={"calendar_uid": st.sampled_from([2, 3])})
moments = st.integers(0, 20).map(lambda n: MONDAY + timedelta(days=n, hours=n % 5))
dated_tasks = st.one_of(
    free_tasks,
    st.fixed_dictionaries({"constraint": st.sampled_from(list(ConstraintType)), "constraint_date": moments}),
    st.fixed_dictionaries({"deadline": moments}),
    st.fixed_dictionaries({"manual": st.just(True), "manual_start": moments}),
    st.fixed_dictionaries({"actual_start": moments, "percent_complete": st.just(50.0)}),
    st.fixed_dictionaries({"leveling_delay_minutes": st.sampled_from([600.0, 1440.0])}),
    st.fixed_dictionaries({"active": st.just(False)}),
    st.fixed_dictionaries({"parent_uid": st.just(100)}),
)


@st.composite
def plans(draw, fields=free_tasks, **settings_of_plan):
    tasks = [task(uid, draw(lengths), **draw(fields)) for uid in range(1, COUNT + 1)]
    links = {(a, b): link(a, b, kind, lag) for a, b, kind, lag in draw(links_between)}
    top = task(100, 0, summary=True, milestone=False)
    if any(each.parent_uid for each in tasks):
        tasks.append(top)
    return plan(*tasks, links=tuple(links.values()), **settings_of_plan)


changes = st.one_of(
    st.builds(Change, st.integers(1, COUNT), delay=st.sampled_from([days(1), days(-1), days(12), elapsed(3)])),
    st.builds(Change, st.integers(1, COUNT), duration=st.sampled_from([days(0), days(2), days(20)])),
    st.builds(Change, st.integers(1, COUNT), finish=st.sampled_from([at(1, 17), at(9).date(), at(30, 12)])),
    st.builds(Change, st.integers(1, COUNT), remove=st.just(True)),
)


@settings(deadline=None, max_examples=60)
@given(plans())
def test_keeps_every_link_when_nothing_else_holds_dates(source):
    schedule = compute(source)
    calendars = {c.uid: WorkingTime.from_calendar(c) for c in CALENDARS}
    for each in source.links:
        before, after = schedule.row(each.predecessor_uid), schedule.row(each.successor_uid)
        own = source.task(each.successor_uid)
        calendar = calendars[own.calendar_uid or 1]
        at_least = before.early_start if each.type in (LinkType.SS, LinkType.SF) else before.early_finish
        reached = after.early_finish if each.type in (LinkType.FF, LinkType.SF) else after.early_start
        seconds = schedule.network.links.lag[schedule.network.link_of.index(source.links.index(each))]
        elapsed_lag = each.lag.elapsed or (
            each.lag.unit.value == "percent" and source.task(each.predecessor_uid).duration.elapsed
        )
        at_least = at_least + timedelta(seconds=seconds) if elapsed_lag else calendar.add(at_least, seconds / 60)
        if own.duration.elapsed:
            assert reached >= at_least or calendar.between(reached, at_least) == 0
        else:
            assert calendar.between(at_least, reached) >= 0 or reached >= at_least


@settings(deadline=None, max_examples=60)
@given(plans())
def test_has_no_negative_float_when_no_date_is_imposed(source):
    schedule = compute(source)
    for row in schedule.rows():
        assert row.total_slack_minutes >= 0
        assert 0 <= row.free_slack_minutes <= row.total_slack_minutes
        assert row.early_start <= row.early_finish
        assert row.late_finish <= schedule.finish


@settings(deadline=None, max_examples=60)
@given(plans())
def test_has_a_critical_task_that_ends_the_project(source):
    schedule = compute(source)
    last = [
        row for row in schedule.rows() if row.early_finish == schedule.finish and row.uid in schedule.network.node_of
    ]
    assert any(row.critical for row in last)


@settings(deadline=None, max_examples=60)
@given(plans(dated_tasks), changes, st.booleans())
def test_equals_computing_anew_when_asked_what_if(source, change, several):
    before = compute(source if not several else plan(*source.tasks, links=source.links, multiple_critical_paths=True))
    impact = what_if(before, change)
    network, _ = changed_network(before, [change])
    anew = scheduled(network)
    after = impact.schedule
    assert after.early.start == anew.early.start
    assert after.early.finish == anew.early.finish
    assert after.late.start == anew.late.start
    assert after.late.finish == anew.late.finish
    assert (after.begin, after.end, after.free()) == (anew.begin, anew.end, anew.free())
    whole = impact_of(before, anew, removed=[change.task_uid] if change.remove else [])
    assert (impact.moved, impact.now_critical, impact.float_used) == (whole.moved, whole.now_critical, whole.float_used)


@settings(deadline=None, max_examples=60)
@given(plans(), st.integers(1, COUNT))
def test_never_ends_sooner_when_a_task_takes_longer(source, uid):
    before = compute(source)
    longer = (source.task(uid).duration.minutes or 0) + 480
    same_unit = source.task(uid).duration.__class__(longer, source.task(uid).duration.unit)
    finish_links_only = all(each.type is LinkType.FS and each.lag.minutes == 0 for each in source.links)
    after = what_if(before, Change(uid, duration=same_unit)).schedule
    assert after.finish >= before.finish or not finish_links_only
