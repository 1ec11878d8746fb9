"""Approved amounts and booked actuals. What does not live here: orders, invoices, contracts.

Amounts are exact decimals with four places at most, always beside their currency (ISO 4217).
"""

from __future__ import annotations

from django.db import models

from bywhen.platform.audited import AuditedModel


class BudgetLine(AuditedModel):
    """An approved amount of one category; ``period`` is the first day of its month, None for the whole project."""

    key = models.CharField(max_length=64, unique=True)
    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="budget_lines")
    category = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    period = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=20, decimal_places=4)
    currency = models.CharField(max_length=3)
    quote = models.ForeignKey("record.Quote", on_delete=models.PROTECT, related_name="budget_lines")

    class Meta:
        ordering = ["category", "period", "id"]

    def __str__(self) -> str:
        return f"{self.category} {self.amount} {self.currency}"


class LedgerEntry(AuditedModel):
    """A booked actual. ``key`` is the content of its row, so that the same export taken in again adds nothing."""

    key = models.CharField(max_length=64, unique=True)
    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="ledger_entries")
    booked_on = models.DateField()
    amount = models.DecimalField(max_digits=20, decimal_places=4)
    currency = models.CharField(max_length=3)
    category = models.CharField(max_length=200, blank=True)
    supplier = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=100, blank=True)
    order = models.CharField(max_length=100, blank=True)
    description = models.TextField(blank=True)
    quote = models.ForeignKey("record.Quote", on_delete=models.PROTECT, related_name="ledger_entries")

    class Meta:
        ordering = ["booked_on", "id"]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.document or self.supplier} {self.amount} {self.currency}"
