"""Django's entry into the schedule; says what accepting a change does."""

from __future__ import annotations

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    """Plans, their versions, forecasts."""

    name = "bywhen.schedule"
    label = "schedule"
    verbose_name = "Schedule"

    def ready(self) -> None:
        from bywhen.record.services.proposals import effect_register  # noqa: PLC0415 - models exist only now
        from bywhen.schedule.services.changes import change_effect  # noqa: PLC0415

        effect_register("change", change_effect())
