"""Django's entry into the meetings; says what accepting a decision does."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings, their transcripts, decisions."""

    name = "bywhen.meetings"
    label = "meetings"
    verbose_name = "Meetings"

    def ready(self) -> None:
        from bywhen.meetings.services.decisions import decision_effect  # noqa: PLC0415 - models exist only now
        from bywhen.record.services.proposals import effect_register  # noqa: PLC0415

        effect_register("decision", decision_effect())
