"""Meetings, what was said in them, and the decision register."""

from __future__ import annotations

from django.db import models

from bywhen.platform.audited import AuditedModel


class Meeting(AuditedModel):
    """One meeting that took place. The 24-hour promise for its minutes ends at ``minutes_due_at``."""

    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="meetings")
    source = models.OneToOneField("record.Source", on_delete=models.CASCADE, related_name="meeting")
    title = models.CharField(max_length=300)
    held_on = models.DateField()
    is_notes = models.BooleanField(default=False)
    minutes_due_at = models.DateTimeField()
    attendees = models.ManyToManyField("record.Person", blank=True, related_name="meetings")

    class Meta:
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return self.title


class Line(models.Model):
    """One utterance: the cue or line number of the source, who, when (seconds from the start), the words."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    speaker = models.CharField(max_length=200, blank=True)
    start = models.FloatField(null=True, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["meeting", "number"])]


class Decision(AuditedModel):
    """What was decided: never rewritten, only superseded or withdrawn."""

    key = models.CharField(max_length=64, unique=True)
    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="decisions")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    text = models.TextField()
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    status = models.CharField(max_length=12, default="standing")
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    quotes = models.ManyToManyField("record.Quote", blank=True)

    class Meta:
        ordering = ["-decided_on", "-id"]
