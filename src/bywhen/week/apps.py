"""Django's entry into the week; says who answers about plans."""

from __future__ import annotations

from django.apps import AppConfig


class WeekConfig(AppConfig):
    """The cadence: what one turn of the week does and what it says."""

    name = "bywhen.week"
    label = "week"
    verbose_name = "Week"

    def ready(self) -> None:
        from bywhen.record.selectors.plan import plan_answers_register  # noqa: PLC0415 - models exist only now
        from bywhen.week.services import plan_answers  # noqa: PLC0415

        plan_answers_register(plan_answers)
