"""Plan versions and what is computed from them.

A plan is a document: each version is written once and kept, so that any two can be compared and every change can be
undone. ``TaskState`` holds the computed rows of the current version for lists and queries; it is derived and rebuilt.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

from django.db import models

from bywhen.kernel.plan_document import plan_from_document, plan_to_document
from bywhen.platform.audited import AuditedModel
from bywhen.platform.fields import LocalDateTimeField

if TYPE_CHECKING:
    from bywhen.kernel.plan import Plan


class PlanVersion(AuditedModel):
    """One state of a project's plan. ``source`` is the file it came from; versions made by accepting a change keep the
    source of the version they build on, in ``based_on``.
    """

    audit_exclude = ("document",)

    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="plan_versions")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    reason = models.CharField(max_length=400, blank=True)
    source = models.ForeignKey("record.Source", on_delete=models.PROTECT, related_name="plan_versions")
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    as_of = models.DateField()
    start = LocalDateTimeField(null=True)
    finish = LocalDateTimeField(null=True)
    document = models.BinaryField()

    class Meta:
        ordering = ["project", "-number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="plan_version_once")]

    def plan(self) -> Plan:
        """The plan as plain values."""
        return plan_from_document(json.loads(zlib.decompress(bytes(self.document))))

    @staticmethod
    def packed(plan: Plan) -> bytes:
        """The document's bytes."""
        text = json.dumps(plan_to_document(plan), ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


class TaskState(models.Model):
    """A computed task row of a project's current version. Floats are working minutes on the task's calendar."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    uid = models.IntegerField()
    wbs = models.CharField(max_length=100, blank=True)
    name = models.TextField()
    level = models.PositiveSmallIntegerField(default=1)
    owner = models.CharField(max_length=400, blank=True)
    summary = models.BooleanField(default=False)
    milestone = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    manual = models.BooleanField(default=False)
    start = LocalDateTimeField(null=True)
    finish = LocalDateTimeField(null=True)
    baseline_start = LocalDateTimeField(null=True)
    baseline_finish = LocalDateTimeField(null=True)
    duration_minutes = models.FloatField(default=0)
    percent_complete = models.FloatField(default=0)
    total_float_minutes = models.FloatField(null=True)
    free_float_minutes = models.FloatField(null=True)
    critical = models.BooleanField(default=False)
    deadline = LocalDateTimeField(null=True)
    driver_uid = models.IntegerField(null=True)

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "uid"], name="task_state_once")]

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The names of its columns as attributes."""
        return tuple(field.attname for field in cls._meta.concrete_fields)


class MilestoneForecast(models.Model):
    """What a milestone was forecast for on a day: the milestone trend."""

    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="forecasts")
    task_uid = models.IntegerField(null=True, blank=True)
    milestone = models.CharField(max_length=300)
    on = models.DateField()
    forecast = models.DateField()
    quote = models.ForeignKey("record.Quote", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["milestone", "on"]
        constraints = [models.UniqueConstraint(fields=["project", "milestone", "on"], name="forecast_once")]
