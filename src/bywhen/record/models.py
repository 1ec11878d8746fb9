"""The spine's tables: portfolio, project, people, sources and quotes, findings, proposals, intake runs.

What does not live here: anything that belongs to one part of the job (plan, meetings, money ...).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bywhen.platform.audited import AuditedModel


class Portfolio(AuditedModel):
    """What several projects are steered as: a programme, a department."""

    name = models.CharField(max_length=200, unique=True)


class Project(AuditedModel):
    """One project. ``key`` is short and stable (``ERP``); dates are the charter's, not the plan's."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="projects")
    key = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    sponsor = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    lead = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    currency = models.CharField(max_length=3, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name


class Person(AuditedModel):
    """Somebody who does, decides or is told. Several addresses and handles; hours and zone are their own."""

    name = models.CharField(max_length=200, unique=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    role = models.CharField(max_length=200, blank=True)
    team = models.CharField(max_length=200, blank=True)
    seniority = models.CharField(max_length=100, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    working_hours = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Address(AuditedModel):
    """One way to reach or name a person: e-mail, chat handle, alias (nickname). Unique per kind, case folded."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=10, choices=[("email", "e-mail"), ("handle", "handle"), ("alias", "alias")])
    value = models.CharField(max_length=254)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "value"], name="address_once")]


class Membership(AuditedModel):
    """A person's part in a project: RACI letter and title."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    raci = models.CharField(
        max_length=1,
        blank=True,
        choices=[("R", "responsible"), ("A", "accountable"), ("C", "consulted"), ("I", "informed")],
    )
    title = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "person"], name="membership_once")]


class CommunicationRule(AuditedModel):
    """One row of the communication matrix: who gets what, by which channel, and when.

    ``audience_kind`` says what ``audience`` names: a person, a role (title in the project or the person's own), a
    RACI letter, or everybody who attended.
    """

    ARTEFACTS = ("minutes", "status", "pack")
    AUDIENCES = ("person", "role", "raci", "attendees")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="communication")
    artefact = models.CharField(max_length=20, db_index=True)
    audience_kind = models.CharField(max_length=10)
    audience = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=20, default="email")
    when = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["project", "artefact", "audience_kind", "audience"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "artefact", "audience_kind", "audience"], name="communication_rule_once"
            )
        ]


class Source(AuditedModel):
    """What came in, kept as it came, by content hash. The same bytes are one source however often they arrive."""

    audit_exclude = ("content",)

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=400)
    kind = models.CharField(max_length=20)
    format = models.CharField(max_length=40, blank=True)
    size = models.PositiveBigIntegerField()
    received_at = models.DateTimeField()
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="sources")
    content = models.BinaryField()

    class Meta:
        ordering = ["-received_at", "name"]

    def __str__(self) -> str:
        return self.name


class Intake(AuditedModel):
    """One reading of one part of a source: read = created + updated + unchanged + skipped, with reasons."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="intakes")
    part = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    read = models.PositiveIntegerField()
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=list)
    losses = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]


class Quote(models.Model):
    """A verbatim place in a source: line, cell, page or field. Written once, with the source's own words."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="quotes")
    place = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    speaker = models.CharField(max_length=200, blank=True)
    at_seconds = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["source", "place", "text"], name="quote_once")]


class Finding(models.Model):
    """An observation that stands until the data no longer show it. ``key`` keeps one row per rule and subject.

    A person may dismiss it with a reason; that holds until its text changes.
    """

    key = models.CharField(max_length=64, unique=True)
    rule = models.CharField(max_length=80, db_index=True)
    severity = models.CharField(max_length=10)
    text = models.TextField()
    subject = models.CharField(max_length=300, blank=True)
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.CASCADE, related_name="findings")
    quotes = models.ManyToManyField(Quote, blank=True)
    first_seen = models.DateField()
    resolved_on = models.DateField(null=True, blank=True)
    dismissed_on = models.DateField(null=True, blank=True)
    dismissed_by = models.CharField(max_length=200, blank=True)
    dismissed_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["project", "rule", "subject"]


class Proposal(AuditedModel):
    """What the assistant would do, waiting for a person. ``key`` makes a re-run propose nothing twice.

    ``payload`` is validated by the effect registered for ``kind``; ``consequence`` is what was computed before anybody
    decided; ``edited`` holds the payload as a person changed it.
    """

    STATUSES = ("proposed", "accepted", "edited", "rejected", "superseded", "expired")

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=30, db_index=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="proposals")
    status = models.CharField(max_length=12, default="proposed", db_index=True)
    text = models.TextField()
    payload = models.JSONField()
    edited = models.JSONField(null=True, blank=True)
    consequence = models.JSONField(default=dict)
    confidence = models.FloatField(default=1.0)
    origin = models.CharField(max_length=200, blank=True, db_index=True)
    quotes = models.ManyToManyField(Quote, blank=True)
    proposed_at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decision_reason = models.TextField(blank=True)
    effect = models.CharField(max_length=200, blank=True)
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["proposed_at", "id"]
