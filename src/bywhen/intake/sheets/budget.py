"""Budgets: an approved amount a category, as a list or with one column a month or quarter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bywhen.intake.dates import read_month
from bywhen.intake.grid import Cell, Row, is_empty, shown
from bywhen.intake.headers import Vocabulary, normal
from bywhen.intake.numbers import currency_of, read_number
from bywhen.intake.table import Built, SheetKind, Table
from bywhen.kernel.findings import Severity
from bywhen.kernel.tables import BudgetRow

FIELDS = {
    "category": ("category", "budget category", "cost category", "cost type", "budget line", "budget item",
        "line item", "kategorie", "kostenart", "kostenstelle", "cost center", "cost centre", "account", "konto",
        "categorie", "poste", "categoria", "partida", "item", "position", "work package", "workstream",
        "gl account", "cost element", "expense", "name"),
    "amount": ("budget", "amount", "approved budget", "approved", "budget amount", "planned amount",
        "approved amount", "betrag", "budgetbetrag", "montant", "importe", "monto", "presupuesto", "plan",
        "total budget", "plankosten", "bac", "planned", "budget at completion", "budget total", "total", "summe",
        "gesamt", "gesamtbudget", "budget approuve", "original budget"),
    "currency": ("currency", "wahrung", "waehrung", "devise", "moneda", "curr", "ccy"),
    "period": ("period", "month", "quarter", "monat", "quartal", "periode", "mois", "periodo", "mes", "year",
        "jahr", "fiscal period", "budget period"),
    "description": ("description", "notes", "comment", "comments", "beschreibung", "bemerkung", "details",
        "descripcion"),
    "project": ("project", "projekt", "projet", "proyecto", "programme", "program"),
}  # fmt: skip


def build(table: Table) -> Built:
    """One row an amount, in the sheet's order; a sheet with a column for each month gives one row a month. The total
    at the right is checked against the months and not taken in twice.
    """
    rows: list[BudgetRow] = []
    months = month_columns(table)
    for row in table.records("category", is_record=lambda row: bool(table.text(row, "category")), loose_totals=True):
        category = table.text(row, "category")
        found = list(_by_month(table, row, months) if months else _single(table, row))
        if not category or not found:
            table.skip(row, "there is no amount" if category else "there is no category")
            continue
        rows += found
        table.lose(row, besides=tuple(months))
    if rows and not all(row.currency for row in rows):
        table.find("currency-missing", "The amounts name no currency.", severity=Severity.WARNING)
    return Built(tuple(rows), len(rows))


def month_columns(table: Table) -> dict[int, date]:
    """The positions of headings that name a month or quarter, when there are at least two."""
    found = {at: month for at, heading in enumerate(table.headings) if (month := read_month(heading))}
    return found if len(found) > 1 else {}


def _single(table: Table, row: Row) -> Iterator[BudgetRow]:
    amount = table.number(row, "amount")
    if amount is not None:
        yield BudgetRow(
            place=table.place(row),
            category=table.text(row, "category"),
            amount=amount,
            currency=table.currency(row, "amount"),
            period=_period(table, row),
            description=table.text(row, "description"),
            project=table.text(row, "project"),
        )


def _period(table: Table, row: Row) -> date | None:
    cell = table.cell(row, "period")
    if is_empty(cell):
        return None
    if month := read_month(cell):
        return month
    year = read_number(cell)
    if year is not None and year % 1 == 0 and 1990 <= year <= 2100:
        return date(int(year), 1, 1)
    found = table.date(row, "period")
    return found.date() if found else None


def _by_month(table: Table, row: Row, months: dict[int, date]) -> Iterator[BudgetRow]:
    total = read_number(table.cell(row, "amount"))
    amounts = {at: amount for at in months if (amount := _amount(table, row, at)) is not None}
    if total is not None and amounts and abs(total - sum(amounts.values())) > 1:
        table.find(
            "total-differs", f"The total {total} is not the sum of the months, {sum(amounts.values())}.", row=row
        )
    for at, amount in amounts.items():
        yield BudgetRow(
            place=table.grid.place(row.number, at),
            category=table.text(row, "category"),
            amount=amount,
            currency=currency_of(shown(row.cells[at]))
            or table.currency(row, "amount")
            or currency_of(table.headings[at]),
            period=months[at],
            description=table.text(row, "description"),
            project=table.text(row, "project"),
        )


def _amount(table: Table, row: Row, at: int) -> Decimal | None:
    cell: Cell = row.cells[at] if at < len(row.cells) else ""
    if is_empty(cell) or normal(shown(cell)) in ("", "na"):
        return None
    amount = read_number(cell)
    if amount is None:
        place = table.grid.place(row.number, at)
        table.find("number-unreadable", f"{shown(cell)!r} in {place} is no number.", row=row)
    return amount


KIND = SheetKind(
    kind="budget",
    fields=Vocabulary(FIELDS),
    needs=(("category",), ("amount", "months")),
    build=build,
    names=("budget", "budgets", "cost plan", "kostenplan", "presupuesto"),
    telling=frozenset({"amount", "category", "period", "currency"}),
)
