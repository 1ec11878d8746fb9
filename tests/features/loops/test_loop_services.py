from datetime import date

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import StateWrongError
from bywhen.kernel.tables import RaidRow
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.models import Loop
from bywhen.loops.selectors import loops_broken
from bywhen.loops.services import loop_change, loop_close, loop_comment, loop_defer, loop_reopen, loops_take_in
from factories import rows

pytestmark = pytest.mark.django_db
CALENDAR = WorkingTime.standard()
TODAY = date(2026, 11, 23)
ROW = RaidRow(
    "sheet RAID, row 7",
    "blocker",
    "Legal has not approved the terms",
    id="B-1",
    owner="",
    raised_on=date(2026, 11, 2),
    due=date(2026, 11, 20),
    status="open",
)


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(TODAY)):
        yield


def _take_in(*sheet, project=None):
    project = project or rows.project()
    return project, loops_take_in(
        rows=sheet, project_of={}, default=project, source=rows.source(), working_time=CALENDAR
    )


def test_a_row_without_owner_becomes_a_loop_that_breaks_the_invariant_visibly():
    _take_in(ROW)
    assert [loop.title for loop in loops_broken()] == [ROW.title]
    assert Loop.objects.get().next_check > TODAY


def test_taking_the_same_sheet_in_again_changes_nothing():
    project, _ = _take_in(ROW)
    _, counts = _take_in(ROW, project=project)
    assert (counts.created, counts.updated, counts.unchanged) == (0, 0, 1)


def test_a_comment_is_no_movement_and_a_new_date_is():
    _take_in(ROW)
    loop = Loop.objects.get()
    loop_comment(loop=loop, note="still waiting")
    assert loop.last_moved_on == date(2026, 11, 2)
    loop_change(loop=loop, working_time=CALENDAR, due=date(2026, 11, 27))
    assert loop.last_moved_on == TODAY


def test_deferring_needs_no_movement_and_keeps_the_reason():
    _take_in(ROW)
    loop = Loop.objects.get()
    loop_defer(loop=loop, until=date(2026, 12, 1), reason="legal is on leave")
    assert (loop.next_check, loop.deferred_reason, loop.last_moved_on) == (
        date(2026, 12, 1),
        "legal is on leave",
        date(2026, 11, 2),
    )


def test_closing_and_reopening_leaves_both_in_the_trail():
    _take_in(ROW)
    loop = Loop.objects.get()
    loop_close(loop=loop)
    with pytest.raises(StateWrongError):
        loop_change(loop=loop, working_time=CALENDAR, due=TODAY)
    loop_reopen(loop=loop, working_time=CALENDAR)
    assert [move.kind for move in loop.movements.all()] == ["opened", "status", "status"]
    assert loop.next_check is not None


def test_a_closed_row_closes_its_loop():
    project, _ = _take_in(ROW)
    from dataclasses import replace

    _, counts = _take_in(replace(ROW, status="Done", last_movement=date(2026, 11, 22)), project=project)
    assert counts.updated == 1
    assert Loop.objects.get().closed_on == date(2026, 11, 22)


def test_a_second_row_with_the_same_id_is_skipped_with_its_reason():
    from dataclasses import replace

    project, counts = _take_in(ROW, replace(ROW, place="sheet RAID, row 9", title="Another text"))
    assert (counts.created, counts.skipped) == (1, [("sheet RAID, row 9", "duplicate of sheet RAID, row 7")])
    assert Loop.objects.get().title == ROW.title
    _, again = _take_in(ROW, replace(ROW, place="sheet RAID, row 9", title="Another text"), project=project)
    assert (again.updated, again.unchanged) == (0, 1)
