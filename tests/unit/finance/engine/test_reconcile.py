from decimal import Decimal as D  # noqa: N817 - amounts stay readable

import pytest

from bywhen.finance.engine.reconcile import Tally, amount_problem, totals
from bywhen.kernel.money import Money


@pytest.mark.parametrize(
    ("amount", "currency", "problem"),
    [
        ("10.1234", "EUR", ""),
        ("1E+3", "EUR", ""),
        ("10.12345", "EUR", "10.12345 has more than 4 decimal places"),
        ("NaN", "EUR", "NaN is no amount"),
        ("Infinity", "EUR", "Infinity is no amount"),
        ("1E+16", "EUR", "1E+16 is too large"),
        ("1E+99999", "EUR", "1E+99999 is too large"),
        ("1", "", "no currency, and the project has none"),
        ("1", "EURO", "'EURO' is no three-letter currency code"),
    ],
)
def test_an_amount_is_refused_when_it_cannot_be_kept_exactly(amount, currency, problem):
    assert amount_problem(D(amount), currency) == problem


def test_what_was_read_is_what_was_kept_and_left_out():
    tally = Tally()
    tally.keep("created", Money(D("1.10"), "EUR"))
    tally.keep("unchanged", Money(D(2), "USD"))
    tally.leave_out("row 4", "duplicate of row 2", Money(D("1.10"), "EUR"))
    tally.leave_out("row 5", "NaN is no amount", Money(D("NaN"), "EUR"))
    result = tally.result()
    assert (result.counts.created, result.counts.unchanged, result.counts.read) == (1, 1, 4)
    assert [str(money) for money in result.read] == ["2.20 EUR", "2 USD"]
    assert totals([*result.kept, *result.left_out]) == result.read
