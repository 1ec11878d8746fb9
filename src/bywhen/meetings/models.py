"""Meetings, what was said in them, and the decision register."""

from __future__ import annotations

from typing import Any

from django.db import models

from bywhen.kernel.errors import StateWrongError
from bywhen.platform.audited import AuditedModel
from bywhen.platform.fields import LocalDateTimeField


class Meeting(AuditedModel):
    """One meeting that took place. The 24-hour promise for its minutes ends at ``minutes_due_at``.

    ``candidates`` are the items that the reading was not sure enough of to propose, the likeliest first.
    """

    audit_exclude = ("candidates",)

    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="meetings")
    source = models.OneToOneField("record.Source", on_delete=models.CASCADE, related_name="meeting")
    title = models.CharField(max_length=300)
    held_on = models.DateField()
    is_notes = models.BooleanField(default=False)
    minutes_due_at = models.DateTimeField()
    attendees = models.ManyToManyField("record.Person", blank=True, related_name="meetings")
    candidates = models.JSONField(default=list)

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
    """What was decided: never rewritten, only superseded or withdrawn.

    ``options`` keeps what else was considered; until ``objections_until`` whoever was not there may object.
    """

    key = models.CharField(max_length=64, unique=True)
    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="decisions")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    text = models.TextField()
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    status = models.CharField(max_length=12, default="standing")
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    options = models.TextField(blank=True)
    objections_until = models.DateField(null=True, blank=True)
    quotes = models.ManyToManyField("record.Quote", blank=True)

    class Meta:
        ordering = ["-decided_on", "-id"]


class DecisionWords(models.Model):
    """All words by which a decision is found, folded; the database's own full-text index stands on this table."""

    decision = models.OneToOneField(Decision, primary_key=True, on_delete=models.CASCADE, related_name="words")
    words = models.TextField()


class Objection(AuditedModel):
    """Somebody's objection to a decision within its window; ``answer`` '' while it stands."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="objections")
    by = models.CharField(max_length=200)
    text = models.TextField()
    raised_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["raised_at", "id"]


class MinutesVersion(AuditedModel):
    """Published minutes: written once. What changes afterwards becomes the next version.

    ``facts`` is all that they say (:mod:`bywhen.kernel.minutes_document`), so that any writer can write them again.
    ``waived`` names what was missing and let through for the reason in ``waiver``. ``sent_at`` stops the meeting's
    clock; ``proof`` says how they left: the numbers of the letters, or a person's word.
    """

    audit_exclude = ("facts",)

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="minutes")
    number = models.PositiveSmallIntegerField()
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    waiver = models.TextField(blank=True)
    waived = models.JSONField(default=list)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True, blank=True)
    proof = models.TextField(blank=True)

    class Meta:
        ordering = ["meeting", "-number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="minutes_version_once")]

    def __str__(self) -> str:
        return f"{self.meeting}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it, or add its proof of sending; what it says is never written again.

        Raises:
            StateWrongError: when anything but the proof of sending would change.
        """
        before = MinutesVersion.objects.filter(pk=self.pk).first() if self.pk else None
        if before is not None and any(
            getattr(before, field) != getattr(self, field)
            for field in ("meeting_id", "number", "facts", "digest", "waiver", "waived", "published_at", "published_by")
        ):
            raise StateWrongError(f"{self} is published and is not written again; publish a new version.")
        super().save(*args, **kwargs)


class Series(AuditedModel):
    """Meetings that come again: the rule (RRULE's value) counts from ``first``, local to ``zone``.

    ``without`` holds local starts that were taken out. ``quorum`` is the part of the required people without whom
    nothing can be decided; ``papers_days`` the working days before each meeting by which its papers are with everybody.
    """

    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="series")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    first = LocalDateTimeField()
    zone = models.CharField(max_length=60)
    rule = models.CharField(max_length=300)
    without = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=400, blank=True)
    organiser = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    quorum = models.FloatField(default=0)
    papers_days = models.PositiveSmallIntegerField(default=0)
    people = models.ManyToManyField("record.Person", through="SeriesPerson", related_name="+")
    ended = models.BooleanField(default=False)

    class Meta:
        ordering = ["project", "title", "id"]

    def __str__(self) -> str:
        return self.title


class SeriesPerson(AuditedModel):
    """Somebody who is asked to every meeting of a series."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey("record.Person", on_delete=models.CASCADE, related_name="+")
    required = models.BooleanField(default=True)

    class Meta:
        ordering = ["-required", "person__name"]
        constraints = [models.UniqueConstraint(fields=["series", "person"], name="series_person_once")]


class PlannedMeeting(AuditedModel):
    """A meeting that is to take place. ``uid`` never changes; ``sequence`` grows with each change to be told.

    ``invited_sequence`` is the last one that they were told (None: nobody was). ``agenda`` is the JSON of
    :class:`bywhen.meetings.engine.agenda.Agenda`; ``agenda_version`` grows with each edit by a person, and an agenda
    that a person has edited is never drafted anew.
    """

    STATUSES = ("planned", "held", "cancelled")

    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="planned_meetings")
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="planned")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    start = models.DateTimeField(db_index=True)
    zone = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=400, blank=True)
    organiser = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    quorum = models.FloatField(default=0)
    status = models.CharField(max_length=12, default="planned", db_index=True)
    uid = models.CharField(max_length=120, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    invited_sequence = models.PositiveIntegerField(null=True, blank=True)
    agenda = models.JSONField(default=dict)
    agenda_version = models.PositiveIntegerField(default=0)
    papers_due = models.DateField(null=True, blank=True)
    papers_sent_at = models.DateTimeField(null=True, blank=True)
    meeting = models.OneToOneField(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="planned")

    class Meta:
        ordering = ["start", "id"]

    def __str__(self) -> str:
        return self.title


class Seat(AuditedModel):
    """Somebody asked to a planned meeting, and the answer to its latest sequence: '' while there is none."""

    planned = models.ForeignKey(PlannedMeeting, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey("record.Person", on_delete=models.CASCADE, related_name="seats")
    required = models.BooleanField(default=True)
    answer = models.CharField(max_length=12, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_sequence = models.PositiveIntegerField(default=0)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ["-required", "person__name"]
        constraints = [models.UniqueConstraint(fields=["planned", "person"], name="seat_once")]


class FeedAddress(AuditedModel):
    """The secret address of a person's calendar feed: only its hash is kept; a new one revokes the old."""

    audit_exclude = ("digest",)

    person = models.OneToOneField("record.Person", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
