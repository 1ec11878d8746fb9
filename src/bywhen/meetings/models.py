"""Meetings, what was said in them, and the decision register."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

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


def uid_new() -> str:
    """A UID that no other calendar of the world has."""
    return f"{uuid4().hex}@bywhen"


class Series(AuditedModel):
    """Meetings that come again: the rule (RRULE's value) counts from ``first``, local to ``zone``.

    ``without`` holds local starts that were taken out. ``quorum`` is the part of the required people without whom
    nothing can be decided, the organiser's vote among them where ``organiser_votes``; ``papers_days`` the working days
    before each meeting by which its papers are with everybody. ``uid`` and ``sequence`` are those of its calendar
    entry; ``invited_sequence`` is the last one that its people were told. ``follows`` is the series whose meetings from
    a day on it took over; ``declared`` the name by which a project folder declares it.
    """

    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="series")
    uid = models.CharField(max_length=120, unique=True, default=uid_new)
    sequence = models.PositiveIntegerField(default=0)
    invited_sequence = models.PositiveIntegerField(null=True, blank=True)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    declared = models.CharField(max_length=200, blank=True)
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
    organiser_votes = models.BooleanField(default=True)
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

    ``invited_sequence`` is the last one that they were told (None: nobody was); ``timed_sequence`` the one since which
    it has its time: answers to an earlier one do not count. ``agenda`` is the JSON of
    :class:`bywhen.meetings.engine.agenda.Agenda`; ``agenda_version`` grows with each edit by a person, and an agenda
    that a person has edited is never drafted anew. ``occurs`` is the local start that its series' rule gives it,
    however often it is moved (RECURRENCE-ID); None for a single meeting. ``alone`` says that its guests were asked to
    it before they were asked to its series: it is an entry of its own in their calendars.
    """

    STATUSES = ("planned", "held", "cancelled")

    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="planned_meetings")
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="planned")
    occurs = LocalDateTimeField(null=True, blank=True)
    alone = models.BooleanField(default=False)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    start = models.DateTimeField(db_index=True)
    zone = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=400, blank=True)
    organiser = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    quorum = models.FloatField(default=0)
    organiser_votes = models.BooleanField(default=True)
    status = models.CharField(max_length=12, default="planned", db_index=True)
    uid = models.CharField(max_length=120, unique=True, default=uid_new)
    sequence = models.PositiveIntegerField(default=0)
    timed_sequence = models.PositiveIntegerField(default=0)
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
    """Somebody asked to a planned meeting, and the answer to its latest sequence: '' while there is none.

    ``proposes`` is another start that they ask for (COUNTER).
    """

    planned = models.ForeignKey(PlannedMeeting, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey("record.Person", on_delete=models.CASCADE, related_name="seats")
    required = models.BooleanField(default=True)
    answer = models.CharField(max_length=12, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_sequence = models.PositiveIntegerField(default=0)
    comment = models.TextField(blank=True)
    proposes = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-required", "person__name"]
        constraints = [models.UniqueConstraint(fields=["planned", "person"], name="seat_once")]


class Paper(AuditedModel):
    """Something to read before a planned meeting, kept as a source; ``item`` is the agenda's section it is for."""

    planned = models.ForeignKey(PlannedMeeting, on_delete=models.CASCADE, related_name="papers")
    source = models.ForeignKey("record.Source", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    item = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [models.UniqueConstraint(fields=["planned", "source"], name="paper_once")]

    def __str__(self) -> str:
        return self.name


class PersonCalendar(AuditedModel):
    """A calendar that says when somebody is taken: a file's times as read, or a CalDAV account to read them from.

    Only taken times are kept (``busy``: pairs of ISO moments), never what they are for. ``secret`` is encrypted
    (:mod:`bywhen.platform.secrets`). ``covers_from`` and ``covers_until`` are the days that ``busy`` speaks of.
    """

    KINDS = ("file", "caldav")
    audit_exclude = ("busy", "secret")

    person = models.ForeignKey("record.Person", on_delete=models.CASCADE, related_name="calendars")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=400, blank=True)
    user = models.CharField(max_length=200, blank=True)
    secret = models.TextField(blank=True)
    busy = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    covers_from = models.DateField(null=True, blank=True)
    covers_until = models.DateField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["person__name", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "name"], name="person_calendar_once")]

    def __str__(self) -> str:
        return self.name


class Mailbox(models.Model):
    """How far a mailbox was read for replies: its validity and the highest message number, as IMAP counts them."""

    address = models.CharField(max_length=400, unique=True)
    validity = models.PositiveBigIntegerField(default=0)
    last = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)


class ReplyLeftOut(models.Model):
    """A reply that could not be taken in, with its reason: once for each message and reason."""

    key = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    place = models.CharField(max_length=300)
    reason = models.TextField()
    seen = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-id"]


class FeedAddress(AuditedModel):
    """The secret address of a person's calendar feed: only its hash is kept; a new one revokes the old.

    ``read_at`` is when a calendar program last asked for it.
    """

    audit_exclude = ("digest",)

    person = models.OneToOneField("record.Person", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
