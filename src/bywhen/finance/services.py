"""Taking in budgets and ledgers, again and again, to the cent and without doubling anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.finance.engine.reconcile import Tally, amount_problem
from bywhen.finance.engine.repeats import possible_repeats, repeat_finding
from bywhen.finance.engine.variance import month_of
from bywhen.finance.models import BudgetLine, LedgerEntry
from bywhen.kernel.money import Money
from bywhen.kernel.tables import BudgetRow, LedgerRow
from bywhen.record.services.proposals import proposal_key
from bywhen.record.services.sources import place_keep

if TYPE_CHECKING:
    from bywhen.finance.engine.reconcile import MoneyIntake
    from bywhen.record.models import Project, Quote, Source


@transaction.atomic
def budget_take_in(
    *, rows: Sequence[BudgetRow], project_of: Mapping[str, Project], default: Project, source: Source
) -> MoneyIntake:
    """Take in approved amounts; a second call with the same rows changes nothing.

    A line is known by project, category, month, currency and description (and its number among lines that share them);
    its amount may change. An amount that cannot be kept exactly is skipped with its reason.
    """
    tally, met = Tally(), Counter[str]()
    for row in rows:
        project = project_of.get(row.project.casefold(), default)
        money = Money(row.amount, row.currency.strip().upper() or project.currency)
        problem = amount_problem(money.amount, money.currency)
        if problem:
            tally.leave_out(row.place, problem, money)
            continue
        identity = _budget_identity(row, project, money.currency)
        met[identity] += 1
        tally.keep(_line_take_in(row, proposal_key(identity, met[identity]), project, money, source), money)
    return tally.result()


@transaction.atomic
def ledger_take_in(
    *, rows: Sequence[LedgerRow], project_of: Mapping[str, Project], default: Project, source: Source
) -> MoneyIntake:
    """Take in bookings; a second call with the same rows, or a longer export that contains them, doubles nothing.

    A row is known by everything it says. One that stands in the file twice is skipped with its reason and reported; one
    that shares document, supplier, day and amount with a booking no longer in the file corrects that booking.
    """
    tally = Tally()
    placed = [(row, project_of.get(row.project.casefold(), default)) for row in rows]
    keyed = [(row, project, _ledger_key(row, project)) for row, project in placed]
    present, seen = {key for _, _, key in keyed}, dict[str, str]()
    for row, project, key in keyed:
        money = Money(row.amount, row.currency.strip().upper() or project.currency)
        problem = amount_problem(money.amount, money.currency)
        if problem:
            tally.leave_out(row.place, problem, money)
        elif key in seen:
            tally.leave_out(row.place, f"duplicate of {seen[key]}", money)
            tally.findings.append(repeat_finding(row, seen[key], source.sha256))
        else:
            seen[key] = row.place
            tally.keep(_booking_take_in(row, key, project, money, source, present), money)
    tally.findings += possible_repeats(rows, source.sha256)
    return tally.result()


def _line_take_in(row: BudgetRow, key: str, project: Project, money: Money, source: Source) -> str:
    known = BudgetLine.objects.filter(key=key).first()
    if known is None:
        BudgetLine.objects.create(
            key=key,
            project=project,
            category=row.category.strip()[:200],
            description=row.description,
            period=month_of(row.period) if row.period else None,
            amount=money.amount,
            currency=money.currency,
            quote=_quote(row.place, row.category, money, source),
        )
        return "created"
    if known.amount == money.amount:
        return "unchanged"
    known.amount, known.quote = money.amount, _quote(row.place, row.category, money, source)
    known.save()
    return "updated"


def _booking_take_in(
    row: LedgerRow, key: str, project: Project, money: Money, source: Source, present: set[str]
) -> str:
    if LedgerEntry.objects.filter(key=key).exists():
        return "unchanged"
    entry = _corrected(row, project, money, present) or LedgerEntry(project=project)
    outcome = "updated" if entry.pk else "created"
    entry.key, entry.booked_on = key, row.booked_on
    entry.amount, entry.currency = money.amount, money.currency
    entry.category, entry.supplier = row.category.strip()[:200], row.supplier.strip()[:200]
    entry.document, entry.order, entry.description = (
        row.document.strip()[:100],
        row.order.strip()[:100],
        row.description,
    )
    entry.quote = _quote(row.place, row.document or row.supplier, money, source)
    entry.save()
    return outcome


def _corrected(row: LedgerRow, project: Project, money: Money, present: set[str]) -> LedgerEntry | None:
    """The booking that this row corrects: same document, supplier, day and amount, and gone from the file as it was."""
    if not row.document.strip():
        return None
    found = LedgerEntry.objects.filter(
        project=project,
        document__iexact=row.document.strip()[:100],
        supplier__iexact=row.supplier.strip()[:200],
        booked_on=row.booked_on,
        amount=money.amount,
        currency=money.currency,
    )
    return next((entry for entry in found if entry.key not in present), None)


def _budget_identity(row: BudgetRow, project: Project, currency: str) -> str:
    month = month_of(row.period) if row.period else None
    return proposal_key("budget", project.key, row.category.strip().casefold(), month, currency, row.description)


def _ledger_key(row: LedgerRow, project: Project) -> str:
    words = (row.document, row.supplier, row.category, row.order, row.description, row.currency or project.currency)
    amount = row.amount.normalize() + 0 if row.amount.is_finite() else row.amount
    return proposal_key("ledger", project.key, row.booked_on, amount, *(word.strip().casefold() for word in words))


def _quote(place: str, words: str, money: Money, source: Source) -> Quote:
    return place_keep(source=source, place=place, text=f"{words.strip()} {money}".strip())
