from datetime import date
from decimal import Decimal as D  # noqa: N817 - amounts stay readable

from bywhen.finance.engine.variance import Approved, Booked, SpendState, Thresholds, category_variances
from bywhen.kernel.evidence import EvidenceRef

SEEN = EvidenceRef("budget.xlsx", "row 2")
AS_OF = date(2026, 4, 10)
END = date(2026, 12, 31)


def budget(amount, category="Cloud", currency="EUR", period=None, place="row 2"):
    return Approved(category, D(amount), currency, period, EvidenceRef("budget.xlsx", place))


def spent(amount, on, category="Cloud", currency="EUR", place="row 9"):
    return Booked(category, D(amount), currency, on, EvidenceRef("ledger.csv", place))


def one(approved, booked, **options):
    rows = category_variances(approved, booked, as_of=AS_OF, **options)
    assert len(rows) == 1
    return rows[0]


def test_a_category_within_its_budget_has_exact_figures():
    row = one([budget("1000.10")], [spent("100.05", date(2026, 1, 1)), spent("-0.01", date(2026, 2, 1))], finish=END)
    assert (row.budget, row.actual, row.variance) == (D("1000.10"), D("100.04"), D("900.06"))
    assert row.used_percent == D("10.00")
    assert row.daily_rate == D("1.00")
    assert row.forecast == D("365.15")
    assert (row.state, row.overrun_on, row.planned, row.periods) == (SpendState.WITHIN, None, None, ())


def test_the_evidence_names_every_place_once():
    row = one([budget(10), budget(10)], [spent(1, date(2026, 1, 1)), spent(1, date(2026, 1, 2), place="row 10")])
    assert [str(ref) for ref in row.evidence] == ["budget.xlsx, row 2", "ledger.csv, row 9", "ledger.csv, row 10"]


def test_a_budget_that_will_not_last_names_the_day_it_is_used_up():
    row = one([budget(3650)], [spent(2000, date(2026, 1, 1))], finish=END)
    assert (row.state, row.forecast, row.overrun_on) == (SpendState.TRENDING_OVER, D("7300.00"), date(2026, 7, 2))
    assert row.reason == "at the present rate it ends 3,650.00 over the budget"


def test_a_forecast_within_the_threshold_is_not_called_over():
    row = one(
        [budget(3650)], [spent(2000, date(2026, 1, 1))], finish=END, thresholds=Thresholds(forecast_percent=D(100))
    )
    assert row.state is SpendState.WITHIN


def test_money_that_is_gone_names_the_day_of_the_booking_that_went_over():
    bookings = [spent(60, date(2026, 3, 1)), spent(50, date(2026, 2, 1)), spent(5, date(2026, 4, 1))]
    row = one([budget(100)], bookings, finish=END)
    assert (row.state, row.overrun_on, row.variance) == (SpendState.OVER, date(2026, 3, 1), D(-15))


def test_a_credit_that_brings_it_back_is_not_over():
    row = one([budget(100)], [spent(150, date(2026, 2, 1)), spent(-80, date(2026, 3, 1))])
    assert (row.state, row.actual, row.overrun_on) == (SpendState.WITHIN, D(70), None)


def test_money_without_a_budget_is_told_and_has_no_day_of_overrun():
    row = one([], [spent(5, date(2026, 2, 1), category="")], finish=END)
    assert (row.state, row.category, row.budget, row.used_percent, row.overrun_on) == (
        SpendState.UNBUDGETED,
        "",
        D(0),
        None,
        None,
    )


def test_a_budget_without_bookings_has_no_rate_and_no_forecast():
    row = one([budget(100)], [], finish=END)
    assert (row.daily_rate, row.forecast, row.overrun_on, row.state) == (None, None, None, SpendState.WITHIN)


def test_months_are_due_day_by_day_and_compared_month_by_month():
    months = [
        budget(310, period=date(2026, 3, 1)),
        budget(300, period=date(2026, 4, 30)),
        budget(310, period=date(2026, 5, 1)),
    ]
    row = one(months, [spent(100, date(2026, 3, 5)), spent(400, date(2026, 4, 2))])
    assert row.planned == D("410.00")
    assert [(p.month.month, p.budget, p.actual, p.variance) for p in row.periods] == [
        (3, D(310), D(100), D(210)), (4, D(300), D(400), D(-100)), (5, D(310), D(0), D(310)),
    ]  # fmt: skip


def test_spending_faster_than_planned_is_seen_before_the_budget_is_gone():
    months = [budget(100, period=date(2026, 4, 1)), budget(900, period=date(2026, 5, 1))]
    row = one(months, [spent(90, date(2026, 4, 2))], finish=AS_OF)
    assert (row.planned, row.state) == (D("33.33"), SpendState.AHEAD)
    assert row.reason == "56.67 more was booked than planned by now"


def test_the_end_of_the_last_month_is_the_finish_when_none_is_given():
    row = one([budget(300, period=date(2026, 4, 1))], [spent(100, date(2026, 4, 10))])
    assert (row.forecast, row.state) == (D("300.00"), SpendState.WITHIN)


def test_a_rate_with_endless_decimals_is_not_called_over_by_rounding():
    row = one([budget(2)], [spent(D("0.2"), date(2026, 4, 8))], finish=date(2026, 5, 7))
    assert (row.forecast, row.state, row.overrun_on) == (D("2.00"), SpendState.WITHIN, None)


def test_a_line_for_the_whole_project_leaves_the_plan_to_date_unknown():
    row = one([budget(100, period=date(2026, 3, 1)), budget(50)], [])
    assert (row.planned, [period.budget for period in row.periods]) == (None, [D(100)])


def test_currencies_are_never_mixed_and_names_are_compared_case_folded():
    rows = category_variances(
        [budget(100), budget(100, currency="USD"), budget(5, category="CLOUD ")],
        [spent(200, date(2026, 1, 1), currency="USD")],
        as_of=AS_OF,
    )
    assert [(row.currency, row.budget, row.state) for row in rows] == [
        ("USD", D(100), SpendState.OVER),
        ("EUR", D(105), SpendState.WITHIN),
    ]


def test_bookings_after_the_day_do_not_count():
    assert one([budget(100)], [spent(500, date(2026, 4, 11))]).actual == 0


def test_a_future_first_month_makes_no_rate():
    row = one([budget(100, period=date(2026, 6, 1))], [])
    assert (row.planned, row.daily_rate) == (D("0.00"), None)
