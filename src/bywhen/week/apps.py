"""Django's entry into the week."""

from __future__ import annotations

from django.apps import AppConfig


class WeekConfig(AppConfig):
    """The cadence: what one turn of the week does and what it says."""

    name = "bywhen.week"
    label = "week"
    verbose_name = "Week"
