"""The registers' tables: one row per risk, assumption, issue, dependency, lesson, requirement or change request; what
only a change request has; its approvers; each project's rules of change control.

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
    ``came_from`` is the risk that an issue was before it came true. ``tags`` are words with commas between them.
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
    tags = models.CharField(max_length=200, blank=True)
    came_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="became")

    class Meta:
        ordering = [models.F("score").desc(nulls_last=True), "review_on", "id"]

    def __str__(self) -> str:
        return self.title


class ChangeRequest(AuditedModel):
    """What a change request says beyond an entry. ``payload`` is the change of the plan that it asks for, when there is
    one; ``consequence`` what it would do, computed at ``computed_at`` against version ``computed_version`` of the plan.

    ``decision`` is approved, rejected or '' while nobody has decided; ``decided_via`` is ``board`` (recorded at the
    request) or ``plan`` (the proposed change was decided there). ``quorum`` 0 means more than half of the approvers.
    """

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="request")
    requested_by = models.ForeignKey(
        "record.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="change_requests"
    )
    requested_by_text = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    options = models.TextField(blank=True)
    risk = models.TextField(blank=True)
    rollback = models.TextField(blank=True)
    cost = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    effort_days = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    payload = models.JSONField(default=dict, blank=True)
    consequence = models.JSONField(default=dict, blank=True)
    computed_version = models.PositiveIntegerField(null=True, blank=True)
    computed_at = models.DateTimeField(null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(default=0)
    decision = models.CharField(max_length=12, blank=True)
    decided_via = models.CharField(max_length=10, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decision_reason = models.TextField(blank=True)
    decision_evidence = models.TextField(blank=True)
    implemented_on = models.DateField(null=True, blank=True)
    implemented_by = models.CharField(max_length=200, blank=True)
    implementation = models.TextField(blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.CharField(max_length=200, blank=True)
    verification = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Change request {self.entry.reference}"


class Approval(AuditedModel):
    """One approver of one change request: until when the vote is wanted, and the vote ('' while it is missing)."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="approvals")
    approver = models.ForeignKey("record.Person", on_delete=models.CASCADE, related_name="approvals")
    due = models.DateField(null=True, blank=True)
    vote = models.CharField(max_length=10, blank=True)
    voted_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["due", "approver__name"]
        constraints = [models.UniqueConstraint(fields=["entry", "approver"], name="approval_once")]


class ChangeControl(AuditedModel):
    """A project's rules of change control: from which effect a change needs a request, and who decides within how many
    working days. An empty limit is none.
    """

    project = models.OneToOneField("record.Project", on_delete=models.CASCADE, related_name="change_control")
    milestone_days = models.PositiveSmallIntegerField(null=True, blank=True, default=5)
    finish_days = models.PositiveSmallIntegerField(null=True, blank=True, default=1)
    float_days = models.PositiveSmallIntegerField(null=True, blank=True)
    cost = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    scope = models.BooleanField(default=False)
    quorum = models.PositiveSmallIntegerField(default=0)
    decide_within = models.PositiveSmallIntegerField(default=5)


class BoardMember(AuditedModel):
    """Who is asked to vote on every new change request of a project."""

    project = models.ForeignKey("record.Project", on_delete=models.CASCADE, related_name="change_board")
    person = models.ForeignKey("record.Person", on_delete=models.CASCADE, related_name="change_boards")

    class Meta:
        ordering = ["person__name"]
        constraints = [models.UniqueConstraint(fields=["project", "person"], name="board_member_once")]
