"""Actuals: what was booked, when and against what. Amounts are costs: a debit counts up, a credit counts down."""

from __future__ import annotations

from decimal import Decimal

from bywhen.intake.grid import Row
from bywhen.intake.headers import Vocabulary
from bywhen.intake.table import Built, SheetKind, Table
from bywhen.kernel.tables import LedgerRow

FIELDS = {
    "booked_on": ("booked on", "booking date", "posting date", "date", "transaction date", "invoice date",
        "buchungsdatum", "datum", "belegdatum", "posted", "posted on", "date comptable", "fecha", "entry date",
        "document date", "booked", "value date", "fecha contable", "payment date", "week ending", "period",
        "accounting date"),
    "amount": ("amount", "net amount", "betrag", "cost", "actual", "actual cost", "actuals", "value", "montant",
        "importe", "net", "amount net", "booked amount", "total", "kosten", "monto", "invoice amount",
        "actual amount", "spend", "cout", "amount in local currency", "betrag netto", "netto", "amount excl vat"),
    "debit": ("debit", "soll", "debe", "debit amount"),
    "credit": ("credit", "haben", "haber", "credit amount"),
    "currency": ("currency", "wahrung", "waehrung", "devise", "moneda", "curr", "ccy", "document currency"),
    "category": ("category", "cost category", "cost type", "kostenart", "account", "konto", "gl account",
        "cost center", "cost centre", "kostenstelle", "cost element", "kategorie", "categorie", "categoria", "wbs",
        "wbs element", "budget line", "work package", "account name", "cuenta", "compte", "psp element",
        "account code"),
    "supplier": ("supplier", "vendor", "lieferant", "kreditor", "fournisseur", "proveedor", "payee", "creditor",
        "vendor name", "supplier name", "company", "contractor"),
    "document": ("document", "invoice", "invoice number", "document number", "voucher", "belegnummer", "beleg",
        "rechnungsnummer", "invoice no", "doc no", "document no", "facture", "factura", "receipt", "reference",
        "voucher no", "rechnung", "rechnungsnr", "belegnr", "transaction id", "journal"),
    "order": ("order", "po", "po number", "purchase order", "bestellung", "bestellnummer", "order number",
        "commande", "pedido", "po no", "purchasing document", "order no"),
    "description": ("description", "text", "buchungstext", "memo", "notes", "comment", "details", "beschreibung",
        "narrative", "libelle", "descripcion", "concepto", "verwendungszweck", "line text", "item text"),
    "project": ("project", "projekt", "projet", "proyecto", "project code", "programme", "program"),
}  # fmt: skip


def build(table: Table) -> Built:
    """One booking a row, in the sheet's order; rows without a date or an amount are left out with their reason."""
    rows: list[LedgerRow] = []
    for row in table.records("description", is_record=lambda row: _has_amount(table, row), loose_totals=True):
        booked, amount = table.date(row, "booked_on"), _amount_of(table, row)
        if booked is None or amount is None:
            missing = "no booking date that can be read" if booked is None else "no amount that can be read"
            table.skip(row, f"there is {missing}")
            continue
        rows.append(
            LedgerRow(
                place=table.place(row),
                booked_on=booked.date(),
                amount=amount,
                currency=table.currency(row, "amount" if table.has("amount") else "debit"),
                category=table.text(row, "category"),
                supplier=table.text(row, "supplier"),
                document=table.text(row, "document"),
                order=table.text(row, "order"),
                description=table.text(row, "description"),
                project=table.text(row, "project"),
            )
        )
        table.lose(row)
    if rows and not all(row.currency for row in rows):
        table.find("currency-missing", "The amounts name no currency.")
    return Built(tuple(rows), len(rows))


def _amount_of(table: Table, row: Row) -> Decimal | None:
    if table.has("amount"):
        return table.number(row, "amount")
    debit, credit = table.number(row, "debit"), table.number(row, "credit")
    if debit is None and credit is None:
        return None
    return (debit or Decimal(0)) - (credit or Decimal(0))


def _has_amount(table: Table, row: Row) -> bool:
    return any(table.text(row, name) for name in ("amount", "debit", "credit"))


KIND = SheetKind(
    kind="ledger",
    fields=Vocabulary(FIELDS),
    needs=(("booked_on",), ("amount", "debit", "credit")),
    build=build,
    names=(
        "ledger",
        "actuals",
        "bookings",
        "transactions",
        "journal",
        "invoices",
        "buchungen",
        "ist kosten",
        "actual costs",
    ),
    telling=frozenset({"booked_on", "amount", "debit", "credit", "supplier", "document", "order", "currency"}),
)
