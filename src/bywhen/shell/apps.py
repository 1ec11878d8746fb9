"""Django's entry into the shell: management of the whole, static assets."""

from __future__ import annotations

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Settings, addresses, command line."""

    name = "bywhen.shell"
    label = "shell"
    verbose_name = "ByWhen"

    def ready(self) -> None:
        from bywhen.platform.workspace import clock_from_environment

        clock_from_environment()
