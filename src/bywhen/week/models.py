"""The cadence's own tables: turns of the week and dates in the calendar."""

from __future__ import annotations

from django.db import models

from bywhen.platform.audited import AuditedModel


class Turn(AuditedModel):
    """One run of the week over a folder: what it did, in numbers and words. ``changed`` False = nothing was new."""

    folder = models.CharField(max_length=1000)
    as_of = models.DateField()
    at = models.DateTimeField()
    changed = models.BooleanField()
    summary = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]


class Event(AuditedModel):
    """A date in the team's calendar, taken from an iCalendar file; ``key`` is its UID with its start."""

    key = models.CharField(max_length=64, unique=True)
    project = models.ForeignKey(
        "record.Project", null=True, blank=True, on_delete=models.CASCADE, related_name="events"
    )
    title = models.CharField(max_length=300)
    start = models.DateTimeField()
    finish = models.DateTimeField()
    all_day = models.BooleanField(default=False)
    location = models.CharField(max_length=300, blank=True)
    quote = models.ForeignKey("record.Quote", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["start", "title"]
