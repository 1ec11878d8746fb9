"""Django's entry into the registers; says what accepting a proposed risk or issue does."""

from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Risks, assumptions, issues, dependencies and change requests."""

    name = "bywhen.registers"
    label = "registers"
    verbose_name = "Registers"

    def ready(self) -> None:
        from bywhen.record.services.proposals import effect_register  # noqa: PLC0415 - models exist only now
        from bywhen.registers.services.effects import entry_effect  # noqa: PLC0415

        for kind in ("risk", "issue"):
            effect_register(kind, entry_effect())
