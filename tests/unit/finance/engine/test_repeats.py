from dataclasses import replace
from datetime import date
from decimal import Decimal as D  # noqa: N817 - amounts stay readable

from bywhen.finance.engine.repeats import possible_repeats, repeat_finding
from bywhen.kernel.tables import LedgerRow

ROW = LedgerRow("row 2", date(2026, 3, 1), D("120.00"), "EUR", "Cloud", "Nimbus", "INV-7")


def test_a_repeated_row_is_told_with_both_places():
    finding = repeat_finding(replace(ROW, place="row 8"), "row 2", "ledger.csv")
    assert finding.text == "INV-7 over 120.00 EUR stands in row 2 and in row 8; it is counted once."
    assert [ref.place for ref in finding.evidence] == ["row 2", "row 8"]


def test_the_same_document_on_another_day_is_shown_and_counted():
    other = replace(ROW, place="row 9", booked_on=date(2026, 4, 1), supplier="NIMBUS ")
    assert [finding.rule for finding in possible_repeats([ROW, other], "ledger.csv")] == ["ledger-document-twice"]


def test_rows_that_differ_in_amount_or_have_no_document_are_not_suspected():
    assert possible_repeats([ROW, replace(ROW, amount=D("120.01"))], "ledger.csv") == []
    bare = replace(ROW, document="")
    assert possible_repeats([bare, replace(bare, booked_on=date(2026, 4, 1))], "ledger.csv") == []


def test_an_exact_repeat_is_not_told_a_second_time():
    assert possible_repeats([ROW, replace(ROW, place="row 8")], "ledger.csv") == []
