from datetime import date, timedelta

import pytest

from bywhen.kernel.errors import InputRefusedError
from bywhen.schedule.engine.paper import PAPERS, PaperRow, bar_on, inside, sheets, ticks

FIRST, LAST = date(2026, 11, 2), date(2027, 4, 30)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("scale", ["day", "week", "month"])
def test_every_row_and_day_stands_on_exactly_one_sheet(paper, scale):
    tiles = sheets(131, FIRST, LAST, paper=paper, scale=scale)
    days = [
        (tile.first + timedelta(days=n))
        for tile in tiles
        if tile.down == 1
        for n in range((tile.last - tile.first).days)
    ]
    rows = [row for tile in tiles if tile.across == 1 for row in range(tile.top, tile.bottom)]
    assert days == [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    assert rows == list(range(131))


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_is_drawn_beyond_the_paper(paper):
    width, height = inside(paper)
    for tile in sheets(131, FIRST, LAST, paper=paper, scale="week"):
        assert tile.x(tile.last) <= width
        assert tile.y(tile.bottom) <= height


def test_a_larger_paper_needs_fewer_sheets():
    counts = [len(sheets(220, FIRST, LAST, paper=paper, scale="week")) for paper in ("a4", "a3", "a2", "a1", "a0")]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] < counts[0]


def test_refuses_when_the_sheets_are_too_many_to_paste():
    with pytest.raises(InputRefusedError, match="sheets of A4"):
        sheets(20_000, FIRST, LAST, paper="a4", scale="day")


def test_refuses_when_the_paper_is_unknown():
    with pytest.raises(InputRefusedError, match="Papers are a4, a3"):
        sheets(10, FIRST, LAST, paper="letter", scale="week")


def _tile():
    return sheets(10, FIRST, LAST, paper="a4", scale="week")[0]


def _row(start, finish, *, milestone=False, until=None, baseline=None):
    return PaperRow(start, finish, baseline, baseline, until, milestone)


def test_a_bar_lasts_to_the_end_of_its_last_day():
    tile = _tile()
    bar = bar_on(tile, _row(FIRST, FIRST + timedelta(days=4)))
    assert bar.bar == pytest.approx((tile.left, 5 * tile.per_day))


def test_a_bar_is_cut_where_the_sheet_ends():
    tile = _tile()
    left, width = bar_on(tile, _row(tile.last - timedelta(days=1), tile.last + timedelta(days=9))).bar
    assert left + width == pytest.approx(tile.x(tile.last))


def test_nothing_is_drawn_when_the_row_stands_on_another_sheet():
    tile = _tile()
    bar = bar_on(tile, _row(tile.last, tile.last + timedelta(days=3), until=tile.last + timedelta(days=9)))
    assert (bar.bar, bar.float_end, bar.diamond) == (None, None, None)


def test_a_milestone_stands_in_the_middle_of_its_day():
    tile = _tile()
    assert bar_on(tile, _row(FIRST, FIRST, milestone=True)).diamond == pytest.approx(tile.left + tile.per_day / 2)


def test_float_ends_after_the_day_until_which_the_task_may_last():
    tile = _tile()
    bar = bar_on(tile, _row(FIRST, FIRST, until=FIRST + timedelta(days=2)))
    assert bar.float_end == pytest.approx(tile.left + 3 * tile.per_day)


def test_a_row_without_dates_draws_nothing():
    assert bar_on(_tile(), _row(None, None)).bar is None


def test_the_head_names_months_and_mondays():
    upper, lower = ticks(_tile(), "week")
    assert [text for _, text in upper][:2] == ["Nov 2026", "Dec 2026"]
    assert [text for _, text in lower][:3] == ["2", "9", "16"]


def test_the_head_leaves_out_a_month_that_the_next_one_would_cover():
    tile = sheets(10, date(2026, 11, 28), LAST, paper="a4", scale="week")[0]
    assert ticks(tile, "week")[0][0][1] == "Dec 2026"
