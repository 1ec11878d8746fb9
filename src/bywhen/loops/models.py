"""Open loops and their movements. What does not live here: registers of risks, the plan, messages."""

from __future__ import annotations

from django.db import models

from bywhen.platform.audited import AuditedModel


class Loop(AuditedModel):
    """Something that is not finished until somebody closes it: owner, due, waiting on, next check, last movement.

    ``key`` identifies it in its source (register row, meeting item), so that taking in again updates it.
    ``task_uid`` is the plan task it holds up or belongs to.
    """

    KINDS = ("action", "blocker", "question", "decision", "ask", "review")

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=12, db_index=True)
    reference = models.CharField(max_length=40, blank=True)
    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="loops")
    title = models.TextField()
    detail = models.TextField(blank=True)
    owner = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="loops")
    owner_text = models.CharField(max_length=200, blank=True)
    raised_by = models.CharField(max_length=200, blank=True)
    waiting_on = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, default="open", db_index=True)
    progress = models.CharField(max_length=40, blank=True)
    opened_on = models.DateField()
    due = models.DateField(null=True, blank=True)
    next_check = models.DateField(null=True, blank=True)
    last_moved_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    task_uid = models.IntegerField(null=True, blank=True)
    deferred_reason = models.TextField(blank=True)
    quotes = models.ManyToManyField("record.Quote", blank=True)

    class Meta:
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.title


class Movement(models.Model):
    """One change of a loop, meaningful or not (``loops.engine.movement`` judges)."""

    loop = models.ForeignKey(Loop, on_delete=models.CASCADE, related_name="movements")
    on = models.DateField()
    kind = models.CharField(max_length=12)
    before = models.CharField(max_length=400, blank=True)
    after = models.CharField(max_length=400, blank=True)
    by = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["on", "id"]
