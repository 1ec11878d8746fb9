"""The outbox: what would be asked of whom this week, line by line. Nothing is sent from here.

What does not live here: the loops asked about, replies.
"""

from __future__ import annotations

from django.db import models

from bywhen.platform.audited import AuditedModel


class Ask(AuditedModel):
    """One message to one person in one ISO week. ``key`` is made of both, so that no second one can exist.

    ``week`` is the Monday. ``kind`` is weekly for the cycle's own message; escalation and again were asked for by
    hand, about one loop, and are keyed by it. ``edited`` means that the words are a person's: they are never composed
    again, and
    ``outdated`` is set when the lines change under them.
    """

    STATUSES = ("draft", "approved", "held", "discarded")
    KINDS = ("weekly", "escalation", "again")

    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("record.Person", on_delete=models.CASCADE, related_name="asks")
    kind = models.CharField(max_length=12, default="weekly")
    week = models.DateField(db_index=True)
    channel = models.CharField(max_length=20, default="email")
    address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    status = models.CharField(max_length=10, default="draft", db_index=True)
    status_reason = models.TextField(blank=True)
    created_on = models.DateField()
    approved_by = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    edited = models.BooleanField(default=False)
    outdated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-week", "person__name"]

    def __str__(self) -> str:
        return f"{self.person}: {self.subject}"


class AskLine(models.Model):
    """Why one loop stands in a message: the rule, its reason, and the paragraph it makes. Rebuilt with the draft."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="lines")
    loop = models.ForeignKey("loops.Loop", on_delete=models.CASCADE, related_name="ask_lines")
    position = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=60)
    urgency = models.PositiveSmallIntegerField()
    due = models.DateField(null=True, blank=True)
    reason = models.TextField()
    headline = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["ask", "loop"], name="ask_line_once")]
