"""Django's entry into the record."""

from __future__ import annotations

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Portfolio, project, people, sources, findings and proposals."""

    name = "bywhen.record"
    label = "record"
    verbose_name = "Record"
