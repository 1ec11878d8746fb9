"""Django's entry into the registers: what accepting a proposed risk or issue does, what follows a decided change."""

from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Risks, assumptions, issues, dependencies, change requests, lessons and requirements."""

    name = "bywhen.registers"
    label = "registers"
    verbose_name = "Registers"

    def ready(self) -> None:
        from bywhen.record.services.items import item_effect  # noqa: PLC0415 - models exist only now
        from bywhen.record.services.proposals import effect_register, follower_register  # noqa: PLC0415
        from bywhen.registers.services.changes import change_followed  # noqa: PLC0415
        from bywhen.registers.services.effects import item_entry_cancel, item_entry_open  # noqa: PLC0415

        for kind in ("risk", "issue"):
            effect_register(kind, item_effect("registers.entry", opened=item_entry_open, cancelled=item_entry_cancel))
        follower_register("change", change_followed)
