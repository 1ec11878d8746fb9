from dataclasses import replace
from datetime import date
from decimal import Decimal as D  # noqa: N817 - amounts stay readable

import pytest

from bywhen.finance.engine.variance import SpendState
from bywhen.finance.models import BudgetLine, LedgerEntry
from bywhen.finance.selectors import budget_list, budget_variance, ledger_list
from bywhen.finance.services import budget_take_in, ledger_take_in
from bywhen.kernel.tables import BudgetRow, LedgerRow
from bywhen.platform.models import AuditEntry
from factories import rows

pytestmark = pytest.mark.django_db
BUDGET = BudgetRow("sheet Budget, row 2", "Cloud", D(1000), "EUR", date(2026, 3, 15))
BOOKING = LedgerRow("row 2", date(2026, 3, 10), D("120.50"), "EUR", "Cloud", "Nimbus", "INV-7")


@pytest.fixture
def project():
    return rows.project()


def budget(project, *sheet, data=b"budget"):
    return budget_take_in(rows=sheet, project_of={}, default=project, source=rows.source("budget.xlsx", data, "budget"))


def ledger(project, *sheet, data=b"ledger"):
    return ledger_take_in(rows=sheet, project_of={}, default=project, source=rows.source("ledger.csv", data, "ledger"))


def test_a_budget_comes_in_once(project):
    assert budget(project, BUDGET).counts.created == 1
    before = AuditEntry.objects.count()
    again = budget(project, BUDGET)
    assert (again.counts.unchanged, again.counts.changed, AuditEntry.objects.count()) == (1, False, before)
    line = BudgetLine.objects.get()
    assert (line.period, line.amount, line.quote.place) == (date(2026, 3, 1), D(1000), "sheet Budget, row 2")


def test_a_changed_amount_updates_the_line_and_cites_the_new_file(project):
    budget(project, BUDGET)
    assert budget(project, replace(BUDGET, amount=D("1100.00")), data=b"two").counts.updated == 1
    assert [(line.amount, line.quote.text) for line in budget_list(project=project)] == [
        (D(1100), "Cloud 1,100.00 EUR")
    ]


def test_two_lines_that_look_alike_stay_two(project):
    twice = (BUDGET, replace(BUDGET, place="row 3", amount=D(50)))
    assert budget(project, *twice).counts.created == 2
    assert budget(project, *twice).counts.unchanged == 2


def test_an_amount_without_currency_takes_the_projects_or_is_left_out(project):
    bare = replace(BUDGET, currency="")
    assert budget(project, bare).counts.skipped == [(BUDGET.place, "no currency, and the project has none")]
    project.currency = "CHF"
    project.save()
    assert [str(money) for money in budget(project, bare).kept] == ["1,000 CHF"]


def test_a_ledger_taken_in_again_or_grown_longer_doubles_nothing(project):
    ledger(project, BOOKING)
    grown = ledger(project, BOOKING, replace(BOOKING, place="row 3", document="INV-8"), data=b"longer")
    assert (grown.counts.created, grown.counts.unchanged) == (1, 1)
    again = ledger(project, replace(BOOKING, amount=D("120.5000")), data=b"reformatted")
    assert (again.counts.unchanged, LedgerEntry.objects.count()) == (1, 2)


def test_a_row_that_stands_twice_is_counted_once_and_reported(project):
    taken = ledger(project, BOOKING, replace(BOOKING, place="row 9", supplier="nimbus "))
    assert taken.counts.skipped == [("row 9", "duplicate of row 2")]
    assert [finding.rule for finding in taken.findings] == ["ledger-row-twice"]
    assert [str(total) for total in (*taken.read, *taken.kept, *taken.left_out)] == [
        "241.00 EUR",
        "120.50 EUR",
        "120.50 EUR",
    ]


def test_two_lines_of_one_invoice_are_both_kept_and_shown(project):
    taken = ledger(project, replace(BOOKING, description="May"), replace(BOOKING, place="row 3", description="June"))
    assert (taken.counts.created, [finding.rule for finding in taken.findings]) == (2, ["ledger-document-twice"])


def test_a_rebooked_category_corrects_the_booking(project):
    ledger(project, BOOKING)
    moved = ledger(project, replace(BOOKING, category="Licences"), data=b"corrected")
    assert (moved.counts.updated, LedgerEntry.objects.get().category) == (1, "Licences")
    assert ledger(project, replace(BOOKING, category="Licences"), data=b"corrected").counts.unchanged == 1


def test_a_cash_row_without_document_never_corrects_another(project):
    cash = replace(BOOKING, document="", description="Taxi")
    ledger(project, cash)
    assert ledger(project, replace(cash, description="Parking"), data=b"two").counts.created == 1


def test_rows_go_to_the_project_they_name(project):
    other = rows.project("web", "Web shop")
    source = rows.source("ledger.csv", b"two projects", "ledger")
    ledger_take_in(
        rows=[replace(BOOKING, project="WEB"), BOOKING], project_of={"web": other}, default=project, source=source
    )
    assert [ledger_list(project=each).count() for each in (project, other)] == [1, 1]


def test_the_variance_is_told_with_its_places(project):
    budget(project, BUDGET)
    ledger(project, replace(BOOKING, amount=D(1200)), replace(BOOKING, place="row 3", booked_on=date(2026, 5, 1)))
    rows_told = budget_variance(project, date(2026, 4, 1))
    assert [(row.state, row.actual, row.overrun_on) for row in rows_told] == [
        (SpendState.OVER, D(1200), date(2026, 3, 10))
    ]
    assert {ref.place for ref in rows_told[0].evidence} == {"sheet Budget, row 2", "row 2"}
    assert ledger_list(until=date(2026, 4, 1)).count() == 1
