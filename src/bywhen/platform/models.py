"""The audit trail's tables. What does not live here: the base model that writes into it (``audited``)."""

from __future__ import annotations

from typing import Any

from django.db import models

from bywhen.kernel.errors import StateWrongError


class AuditEntry(models.Model):
    """One change, never altered afterwards."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, db_index=True)
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise StateWrongError("An audit entry is written once, through the audit trail, and never changed.")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise StateWrongError("An audit entry is never deleted.")


class AuditHead(models.Model):
    """The end of the chain: what the last entry must be."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)


class LoginLink(models.Model):
    """A one-time login link: the token's hash and until when it is good."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
