"""Django's entry into the money."""

from __future__ import annotations

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    """Budgets and what was spent against them."""

    name = "bywhen.finance"
    label = "finance"
    verbose_name = "Finance"
