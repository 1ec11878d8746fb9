from decimal import Decimal

import pytest

from bywhen.kernel.errors import MoneyMismatchError
from bywhen.kernel.money import Money


def test_two_currencies_never_add_up():
    with pytest.raises(MoneyMismatchError, match="convert one of them"):
        Money(Decimal(1), "EUR") + Money(Decimal(1), "USD")


def test_rounds_half_away_from_zero():
    assert Money(Decimal("2.345"), "EUR").rounded() == Money(Decimal("2.35"), "EUR")
    assert Money(Decimal("-2.345"), "EUR").rounded() == Money(Decimal("-2.35"), "EUR")


def test_a_float_is_refused():
    with pytest.raises(TypeError):
        Money(1.5, "EUR")
