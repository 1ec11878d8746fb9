from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bywhen.kernel.money import Money
from bywhen.kernel.wording import (
    counted,
    day_long,
    day_short,
    days_after,
    index,
    listed,
    money_short,
    plain_number,
    signed,
)

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [("1234.5", 1, "1,234.5"), ("0.05", 1, "0.1"), ("-0.04", 1, "0"), ("-2.50", 1, f"{MINUS}2.5"), ("100", 0, "100")],
)
def test_plain_number_rounds_half_up_when_places_are_given(number, places, text):
    assert plain_number(Decimal(number), places) == text


def test_signed_shows_sign_when_number_differs_from_nothing():
    assert [signed(Decimal(number)) for number in ("3", "-3", "0", "-0.01")] == ["+3", f"{MINUS}3", "±0", "±0"]


def test_days_leave_year_out_only_when_beside_same_year():
    assert day_short(date(2026, 1, 2), date(2026, 9, 9)) == "2 Jan"
    assert day_long(date(2027, 1, 4), date(2026, 12, 31)) == "Mon 4 Jan 2027"


@pytest.mark.parametrize(
    ("amount", "text"),
    [("999.5", "999.5 EUR"), ("48500", "48.5 k EUR"), ("-1574500", f"{MINUS}1,575 k EUR"), ("0", "0 EUR")],
)
def test_money_short_scales_when_amount_grows(amount, text):
    assert money_short(Money(Decimal(amount), "EUR")) == text


def test_counted_uses_plural_when_not_one():
    assert [counted(n, "reply", "replies") for n in (0, 1, 2)] == ["0 replies", "1 reply", "2 replies"]


def test_days_after_names_side_when_negative():
    assert days_after(-2, "plan") == "2 working days before plan"


def test_index_keeps_two_decimals_when_round():
    assert index(Decimal("0.9")) == "0.90"


def test_listed_joins_with_and_when_several():
    assert [listed(["a"] * n) for n in range(4)] == ["", "a", "a and a", "a, a and a"]
