"""Django's entry into the reports."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Status reports and packs."""

    name = "bywhen.reports"
    label = "reports"
    verbose_name = "Reports"
