"""The platform's tables: audit trail, login links, outgoing mail. What does not live here: the base model that writes
into the trail (``audited``), sending (``outgoing``).
"""

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

    def save(self, *_args: Any, **_kwargs: Any) -> None:
        raise StateWrongError("An audit entry is written once, through the audit trail, and never changed.")

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise StateWrongError("An audit entry is never deleted.")


class AuditHead(models.Model):
    """The end of the chain: what the last entry must be."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)


class LoginLink(models.Model):
    """A one-time login link: the token's hash and until when it is good."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()


class OutgoingMail(models.Model):
    """A letter that leaves only after a person approved it. ``key`` says what it is for: one letter per purpose.

    ``attachments`` is a list of ``{name, content_type, base64}``. While ``sending`` it is leased until ``lease_until``;
    a sender that dies leaves a lease that runs out. ``sent_at`` and ``receipt`` (the server's own words) are the proof.
    """

    STATUSES = ("prepared", "approved", "sending", "sent", "failed", "cancelled")

    key = models.CharField(max_length=64, unique=True)
    origin = models.CharField(max_length=200, blank=True, db_index=True)
    recipient_name = models.CharField(max_length=200, blank=True)
    recipient_address = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list)
    message_id = models.CharField(max_length=200)
    status = models.CharField(max_length=12, default="prepared", db_index=True)
    prepared_at = models.DateTimeField()
    approved_by = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    receipt = models.TextField(blank=True)

    class Meta:
        ordering = ["prepared_at", "id"]

    def __str__(self) -> str:
        return f"{self.subject} to {self.recipient_address}"


class Lease(models.Model):
    """What only one process may do at a time, who does it, and until when it is theirs."""

    name = models.CharField(max_length=60, unique=True)
    holder = models.CharField(max_length=120)
    until = models.DateTimeField()
