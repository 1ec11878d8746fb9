"""Declared statuses, and reports as they were written: versioned, with the facts they said."""

from __future__ import annotations

from django.db import models

from bywhen.platform.audited import AuditedModel


class Declaration(AuditedModel):
    """A status that somebody declared on a day, for a project or one of its areas."""

    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="declarations")
    area = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    rag = models.CharField(max_length=5)
    by = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    quote = models.ForeignKey("record.Quote", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "area", "on"], name="declaration_once")]


class StatusReport(AuditedModel):
    """A weekly status as written for a day. ``figures`` are the numbers that the next report compares itself with;
    ``digest`` tells whether anything it says has changed.
    """

    audit_exclude = ("html", "docx", "figures")

    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="status_reports")
    as_of = models.DateField()
    kind = models.CharField(max_length=40, default="weekly-status")
    declared_rag = models.CharField(max_length=5, blank=True)
    derived_rag = models.CharField(max_length=5)
    headline = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    figures = models.JSONField(default=dict)
    html = models.TextField()
    docx = models.BinaryField()
    written_at = models.DateTimeField()
    approved_by = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-as_of", "project"]
        constraints = [models.UniqueConstraint(fields=["project", "as_of", "kind"], name="status_report_once")]
