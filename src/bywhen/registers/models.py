"""The registers' table: one row per risk, assumption, issue, dependency or change request.

What does not live here: open loops, the proposals that change requests follow.
"""

from __future__ import annotations

from django.db import models

from bywhen.platform.audited import AuditedModel


class Entry(AuditedModel):
    """A row of a register. ``key`` identifies it in its source; ``row_digest`` is what that row said when it was last
    taken in, so that the same row never overwrites what a person decided since.

    ``probability`` and ``impact`` are 1 to 5; ``score`` and ``band`` follow from them by the rule of the register.
    ``progress`` is the sheet's own word for the status; ``status`` is open, closed or cancelled.
    ``effect`` is what a change does to the dates (see ``kinds.change``); ``proposal`` the proposed change it follows.
    """

    key = models.CharField(max_length=64, unique=True)
    row_digest = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=12, db_index=True)
    reference = models.CharField(max_length=40, blank=True)
    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="register_entries")
    title = models.TextField()
    description = models.TextField(blank=True)
    owner = models.ForeignKey(
        "record.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="register_entries"
    )
    owner_text = models.CharField(max_length=200, blank=True)
    probability = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    band = models.CharField(max_length=10, blank=True)
    response = models.TextField(blank=True)
    status = models.CharField(max_length=12, default="open", db_index=True)
    progress = models.CharField(max_length=40, blank=True)
    raised_on = models.DateField()
    due = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    last_moved_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    task_uid = models.IntegerField(null=True, blank=True)
    effect = models.JSONField(default=dict, blank=True)
    proposal = models.OneToOneField(
        "record.Proposal", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    quotes = models.ManyToManyField("record.Quote", blank=True)

    class Meta:
        ordering = [models.F("score").desc(nulls_last=True), "review_on", "id"]

    def __str__(self) -> str:
        return self.title
