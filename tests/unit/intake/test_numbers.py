from decimal import Decimal

import pytest

from bywhen.intake.numbers import currency_of, decimal_mark_of, fractions_in, read_number, read_percent


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"), ("1,234.56 €", "1234.56"), ("(500)", "-500"), ("500,00-", "-500.00"), ("1 234,5", "1234.5"),
        ("1'234.50", "1234.50"), ("EUR 1,200", "1200"), ("12 %", "0.12"), ("-3", "-3"), ("1.2k", "1200"), ("€1.5M", "1500000"),
        ("0.234", "0.234"), ("1.234.567", "1234567"), ("5,-", "5"), ("+7", "7"), ("\u22124", "-4"),
    ],
)  # fmt: skip
def test_number_is_exact_when_it_is_written_in_a_usual_way(text, value):
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "abc", "1.2.3,4,5x", "--", "12 apples", "=1+1", "1/2", "nan"])
def test_number_is_none_when_the_text_is_no_number(text):
    assert read_number(text) is None


def test_number_follows_the_column_when_its_mark_is_known():
    assert read_number("1.234", ".") == Decimal("1.234")
    assert read_number("1.234", ",") == Decimal(1234)


def test_decimal_mark_is_open_when_the_column_disagrees():
    assert decimal_mark_of(["1,5", "1.5"]) == ""
    assert decimal_mark_of(["1.234"]) == ""


def test_number_cell_is_exact_when_it_is_a_float():
    assert read_number(0.1) == Decimal("0.1")
    assert read_number(float("nan")) is None
    assert read_number(True) is None


def test_percent_is_read_as_share_when_the_column_holds_shares():
    assert fractions_in([0.5, 1.0])
    assert not fractions_in(["1", "0"])
    assert not fractions_in([0.5, 80.0])
    assert read_percent(0.5, fractions=True) == 50.0
    assert read_percent("50%", fractions=True) == 50.0


def test_currency_is_found_when_code_or_symbol_is_named():
    assert currency_of("Betrag in €") == "EUR"
    assert currency_of("Net (CHF)") == "CHF"
    assert currency_of("THE SUM") == ""
