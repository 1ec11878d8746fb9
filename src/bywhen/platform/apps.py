"""Django's entry into the platform."""

from __future__ import annotations

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """The base that every room stands on."""

    name = "bywhen.platform"
    label = "platform"
    verbose_name = "Platform"
