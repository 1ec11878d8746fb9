from datetime import date
from decimal import Decimal

import pytest

from bywhen.intake.formats.delimited import Delimited
from bywhen.intake.port import ReadOptions
from bywhen.intake.sheets.status import colour_of
from bywhen.kernel.errors import MappingWrongError
from factories.format_samples import blob


def reading(text, **options):
    (found,) = Delimited().read(blob(text), ReadOptions(**options))
    return found


def test_ambiguous_dates_are_left_out_and_told_when_no_order_is_given():
    text = "Type,Title,Owner,Due\nRisk,Late,Ana,03/04/2026\nIssue,Down,Bo,05/04/2026\n"
    found = reading(text)
    assert [row.due for row in found.payload] == [None, None]
    assert [each.rule for each in found.findings] == ["date-order-ambiguous"]
    assert "date_order" in found.findings[0].text
    assert [row.due for row in reading(text, date_order="DMY").payload] == [date(2026, 4, 3), date(2026, 4, 5)]
    assert reading(text.replace("05/04", "25/04")).payload[0].due == date(2026, 4, 3)


def test_kind_comes_from_the_heading_when_there_is_no_column():
    assert reading("Action,Owner,Due\nCall,Ana,2026-11-27\n").payload[0].kind == "action"
    assert reading("Risk,Likelihood,Impact\nLate,High,2\n").payload[0].probability == 4


def test_unread_entry_is_left_out_when_its_kind_is_unknown():
    found = reading("Type,Title,Owner\nRisk,A,x\nIssue,B,x\nBanana,C,x\n")
    assert len(found.payload) == 2
    assert found.skipped[0].place == "line 4"


def test_lost_columns_are_told_when_a_row_has_no_field_for_them():
    found = reading("Type,Title,Owner,Colour\nRisk,A,x,blue\n")
    assert [(loss.field, loss.value) for loss in found.losses] == [("Colour", "blue")]


def test_people_are_read_when_names_stand_in_two_columns():
    row = reading(
        "Vorname,Nachname,E-Mail,RACI,Führungskraft\nAna,Bo,ana@example.org;a@example.org,Accountable,Cy\n"
    ).payload[0]
    assert (row.name, row.addresses, row.raci, row.manager) == (
        "Ana Bo",
        ("ana@example.org", "a@example.org"),
        "A",
        "Cy",
    )


def test_budget_is_one_row_a_month_when_months_are_columns():
    found = reading(
        "Kategorie;Jan 2026;Feb 2026;Summe\nLizenzen;€ 1.000,50;2.000,00;3.000,50\nPersonal;500;(20);700\nGesamt;1;2;3\n"
    )
    assert [(row.period, row.amount) for row in found.payload] == [
        (date(2026, 1, 1), Decimal("1000.50")), (date(2026, 2, 1), Decimal("2000.00")),
        (date(2026, 1, 1), Decimal(500)), (date(2026, 2, 1), Decimal(-20)),
    ]  # fmt: skip
    assert "total-differs" in {each.rule for each in found.findings}
    assert len(found.skipped) == 1


def test_bookings_are_exact_when_they_are_written_in_german():
    found = reading(
        "Buchungsdatum;Belegnummer;Lieferant;Kostenart;Betrag;Währung;Text\n"
        '03.11.2026;R-1;ACME;Lizenzen;1.234,56;EUR;"=HYPERLINK(""x"")"\n13.11.2026;R-2;ACME;Lizenzen;500,00-;EUR;Gutschrift\nSumme;;;;734,56;EUR;\n'
    )
    assert [row.amount for row in found.payload] == [Decimal("1234.56"), Decimal("-500.00")]
    assert found.payload[0].description == '=HYPERLINK("x")'
    assert found.read == 3


def test_credit_counts_down_when_there_are_two_columns():
    rows = reading("Date,Account,Debit,Credit\n2026-11-03,A,100.00,\n2026-11-04,A,,40.00\n").payload
    assert [row.amount for row in rows] == [Decimal("100.00"), Decimal("-40.00")]


def test_status_is_read_when_half_of_its_words_are_colours():
    rows = reading("Date,Workstream,RAG\n2026-11-02,API,Green\n2026-11-09,API,gelb\n").payload
    assert [row.rag for row in rows] == ["green", "amber"]
    assert colour_of("done") == ""


def test_forecasts_are_read_when_reports_are_columns():
    rows = reading("Milestone,2026-11-02,2026-11-09\nUAT,2026-12-01,2026-12-08\nGo-live,,2027-01-10\n").payload
    assert [(row.on, row.milestone, row.forecast) for row in rows] == [
        (date(2026, 11, 2), "UAT", date(2026, 12, 1)),
        (date(2026, 11, 9), "UAT", date(2026, 12, 8)),
        (date(2026, 11, 9), "Go-live", date(2027, 1, 10)),
    ]


def test_refusal_lists_the_columns_when_nothing_is_recognised():
    with pytest.raises(MappingWrongError, match=r"line 1.*columns are: Foo, Bar"):
        reading("Foo,Bar\n1,2\n")
    assert (
        reading("Foo,Bar\nA,2026-01-05\n", kind="plan", mapping={"name": "Foo", "finish": "Bar"}).payload.tasks[0].name
        == "A"
    )
