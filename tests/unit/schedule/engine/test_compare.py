"""Two versions of a small plan, each difference by itself."""

from __future__ import annotations

from dataclasses import replace

from bywhen.kernel.plan import LinkType
from bywhen.schedule.engine.compare import compare
from factories.small_plans import at, days, link, plan, task

OLD = plan(task(1, 2), task(2, 2), task(3, 1), links=(link(1, 2), link(2, 3)))


def changed(**fields):
    return replace(OLD, **fields)


def test_says_nothing_when_both_versions_are_equal():
    same = compare(OLD, OLD)
    assert (same.moved, same.added, same.removed, same.relinked, same.reestimated, same.cut_corners) == ((),) * 6
    assert same.finish_working_days == 0


def test_lists_what_moved_and_what_was_reestimated():
    result = compare(OLD, changed(tasks=(task(1, 3), *OLD.tasks[1:])))
    assert [(m.uid, m.working_days) for m in result.moved] == [(1, 1), (2, 1), (3, 1)]
    assert [(r.uid, r.before_minutes, r.after_minutes) for r in result.reestimated] == [(1, 960, 1440)]
    assert result.finish_working_days == 1


def test_lists_what_came_and_went():
    result = compare(OLD, changed(tasks=(*OLD.tasks[:2], task(4, 1))))
    assert [t.uid for t in result.added] == [4]
    assert [t.uid for t in result.removed] == [3]


def test_writes_the_links_when_they_changed():
    result = compare(OLD, changed(links=(link(1, 2), link(2, 3, LinkType.SS, days(1)))))
    assert [(r.uid, r.added, r.removed) for r in result.relinked] == [(3, ("2SS+8h",), ("2FS",))]


def test_calls_it_a_cut_corner_when_a_task_slips_and_is_shortened_to_fit():
    result = compare(OLD, changed(tasks=(task(1, 3), task(2, 1), task(3, 1))))
    assert [(c.uid, c.text) for c in result.cut_corners] == [(2, "starts later and was shortened")]
    assert result.finish_working_days == 0


def test_calls_it_a_cut_corner_when_a_link_is_dropped():
    assert [c.text for c in compare(OLD, changed(links=(link(1, 2),))).cut_corners] == ["no longer waits for 2FS"]


def test_matches_by_name_when_the_uids_were_renumbered():
    moved = {1: 11, 2: 1, 3: 2}
    tasks = tuple(replace(t, uid=moved[t.uid]) for t in OLD.tasks)
    result = compare(OLD, changed(tasks=tasks, links=(link(11, 1), link(1, 2))))
    assert (result.moved, result.added, result.removed, result.relinked) == ((), (), (), ())


def test_takes_the_stored_dates_when_the_file_has_them():
    stored = tuple(replace(t, start=at(0), finish=at(0, 17)) for t in OLD.tasks)
    slipped = (replace(stored[0], finish=at(1, 17)), *stored[1:])
    assert [m.uid for m in compare(changed(tasks=stored), changed(tasks=slipped)).moved] == [1]
    assert compare(changed(tasks=stored), changed(tasks=slipped), recompute=True).moved == ()
