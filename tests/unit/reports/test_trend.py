from __future__ import annotations

from datetime import date

from bywhen.kernel.document import Trend, TrendLine
from bywhen.kernel.evidence import EvidenceRef
from bywhen.reports.engine.trend import EARLIER, LATER, report_days, trend_drawing, trend_table

REF = (EvidenceRef("trend", "row 1"),)


def line(*points, baseline=date(2026, 3, 1)):
    return TrendLine("UAT", baseline, tuple(points), REF)


TWO_REPORTS = Trend("t", (line((date(2026, 1, 2), date(2026, 3, 1)), (date(2026, 1, 12), date(2026, 3, 11))),))


def test_trend_table_marks_moves_when_forecast_changes():
    trend = Trend(
        "t",
        (
            line(
                (date(2026, 1, 2), date(2026, 3, 1)),
                (date(2026, 1, 9), date(2026, 3, 8)),
                (date(2026, 1, 16), date(2026, 3, 8)),
                (date(2026, 1, 23), date(2027, 3, 4)),
                (date(2026, 1, 30), date(2026, 3, 4)),
            ),
        ),
    )
    cells = [cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in trend_table(trend).rows[0].cells]

    assert cells == ["UAT", "1 Mar", f"{LATER} 8 Mar", "8 Mar", f"{LATER} 4 Mar 2027", f"{EARLIER} 4 Mar"]


def test_trend_table_leaves_gap_when_report_says_nothing():
    other = TrendLine("Go-live", None, ((date(2026, 1, 12), date(2026, 4, 1)),), REF)
    rows = trend_table(Trend("t", (*TWO_REPORTS.lines, other))).rows

    assert [cell.text for cell in rows[1].cells] == ["Go-live", "", "1 Apr"]


def test_report_days_keeps_last_six_when_more():
    points = tuple((date(2026, 1, n), date(2026, 3, 1)) for n in range(1, 10))

    assert report_days(Trend("t", (line(*points),))) == tuple(date(2026, 1, n) for n in range(4, 10))


def test_trend_drawing_is_proportional_to_days_when_scaled():
    drawing = trend_drawing(TWO_REPORTS, width=100, height=50)

    assert drawing.lines[0].points == ((0.0, 0.0), (100.0, 50.0))
    assert drawing.lines[0].moved


def test_trend_drawing_survives_when_only_one_day_is_known():
    drawing = trend_drawing(Trend("t", (line((date(2026, 1, 2), date(2026, 3, 1))),)))

    assert drawing.lines[0].points == ((0.0, 0.0),)
    assert drawing.months == ()
