"""Django's entry into the open loops; says what accepting an action or question does."""

from __future__ import annotations

from django.apps import AppConfig


class LoopsConfig(AppConfig):
    """Actions and every other open loop."""

    name = "bywhen.loops"
    label = "loops"
    verbose_name = "Open loops"

    def ready(self) -> None:
        from bywhen.loops.services import item_loop_cancel, item_loop_open  # noqa: PLC0415 - models exist only now
        from bywhen.record.services.items import item_effect  # noqa: PLC0415
        from bywhen.record.services.proposals import effect_register  # noqa: PLC0415

        for kind in ("action", "question"):
            effect_register(kind, item_effect("loops.loop", opened=item_loop_open, cancelled=item_loop_cancel))
