"""Reading the money."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from bywhen.finance.engine.variance import Approved, Booked, CategoryVariance, Thresholds, category_variances
from bywhen.finance.models import BudgetLine, LedgerEntry
from bywhen.kernel.evidence import EvidenceRef

if TYPE_CHECKING:
    from bywhen.record.models import Project, Quote


def budget_list(*, project: Project | None = None) -> QuerySet[BudgetLine]:
    """Approved amounts by category and month, with their places."""
    found = BudgetLine.objects.select_related("project", "quote__source").defer("quote__source__content")
    return found.filter(project=project) if project else found


def ledger_list(*, project: Project | None = None, until: date | None = None) -> QuerySet[LedgerEntry]:
    """Bookings by day, with their places; up to and including ``until``."""
    found = LedgerEntry.objects.select_related("project", "quote__source").defer("quote__source__content")
    found = found.filter(project=project) if project else found
    return found.filter(booked_on__lte=until) if until else found


def budget_variance(
    project: Project, as_of: date, *, finish: date | None = None, thresholds: Thresholds | None = None
) -> tuple[CategoryVariance, ...]:
    """Budget against actuals per category and currency on a day, worst first; every row cites its places.

    ``finish`` is the day on which spending ends (the plan's finish); without it, the end of the last budgeted month.
    """
    approved = [
        Approved(line.category, line.amount, line.currency, line.period, _evidence(line.quote))
        for line in budget_list(project=project)
    ]
    booked = [
        Booked(entry.category, entry.amount, entry.currency, entry.booked_on, _evidence(entry.quote))
        for entry in ledger_list(project=project, until=as_of)
    ]
    return category_variances(approved, booked, as_of=as_of, finish=finish, thresholds=thresholds)


def _evidence(quote: Quote) -> EvidenceRef:
    return EvidenceRef(quote.source.sha256, quote.place, quote.text)
