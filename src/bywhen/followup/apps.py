"""Django's entry into the follow-up."""

from __future__ import annotations

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """Whom to ask what this week, and why."""

    name = "bywhen.followup"
    label = "followup"
    verbose_name = "Follow-up"
