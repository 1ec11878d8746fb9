"""Changes of the plan: what one would do, proposing it, making it, taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import StateWrongError
from bywhen.record.engine.payloads import ChangePayload, change_words
from bywhen.record.services.proposals import (
    Effect,
    proposal_accept,
    proposal_key,
    proposal_make,
    proposal_reject,
    proposal_undo,
)
from bywhen.record.services.sources import place_keep
from bywhen.schedule.engine.costs import CostMoved, cost_moved
from bywhen.schedule.engine.cpm import Schedule, compute
from bywhen.schedule.engine.edits import impact_recomputed, plan_changed, plan_progressed
from bywhen.schedule.engine.whatif import Change, Impact, what_if
from bywhen.schedule.models import PlanVersion
from bywhen.schedule.selectors import EFFECT, change_last, schedule_of, undo_next, version_current
from bywhen.schedule.services.consequences import change_consequence
from bywhen.schedule.services.versions import version_back, version_make

if TYPE_CHECKING:
    from bywhen.record.models import Project, Proposal, Quote

COMMITTED = "changed at the plan"
"""The decision's reason when a planner made the change directly."""


def change_impact(*, project: Project, payload: ChangePayload) -> Impact:
    """What a change would do to the project's current plan; nothing is written.

    Raises:
        StateWrongError: when the project has no plan.
        TaskUnknownError, ChangeImpossibleError: when the task is not there or is complete.
    """
    version = version_current(project)
    if version is None:
        raise StateWrongError(f"{project.name} has no plan yet; take one in first.")
    schedule = schedule_of(version)
    if payload.percent is not None:
        return impact_recomputed(schedule, compute(plan_progressed(schedule, payload.task_uid, payload.percent)))
    return what_if(schedule, change_of(payload, schedule))


def change_cost(*, project: Project, payload: ChangePayload) -> CostMoved | None:
    """What a change costs by the rates that the plan holds; None when they say nothing about it. Nothing is written."""
    version = version_current(project)
    if version is None or payload.percent is not None:
        return None
    schedule = schedule_of(version)
    return cost_moved(schedule.plan, plan_changed(schedule, change_of(payload, schedule)))


def change_of(payload: ChangePayload, schedule: Schedule) -> Change:
    """The engine's change for a proposal's payload; days are working days of the plan."""
    day = schedule.plan.minutes_per_day
    uid = payload.task_uid
    if payload.delay_days is not None:
        return Change(uid, delay=Duration(payload.delay_days * day))
    if payload.start is not None:
        calendar = schedule.network.project_calendar
        days = calendar.working_days_between(schedule.row(uid).start.date(), payload.start)
        return Change(uid, delay=Duration(float(days * day)))
    if payload.finish is not None:
        return Change(uid, finish=payload.finish)
    if payload.duration_days is not None:
        return Change(uid, duration=Duration(payload.duration_days * day))
    if payload.extend_days is not None:
        return Change(uid, duration=Duration(max(schedule.row(uid).duration_minutes + payload.extend_days * day, 0.0)))
    return Change(uid, remove=True)


@transaction.atomic
def change_propose(
    *, project: Project, payload: ChangePayload, evidence: Sequence[Quote] = (), origin: str = "plan"
) -> Proposal:
    """Put a change into the queue with its computed consequence; evidence defaults to the task's own row."""
    version = version_current(project)
    assert version is not None
    schedule = schedule_of(version)
    task = schedule.network.tasks.get(payload.task_uid)
    name = task.name if task else str(payload.task_uid)
    impact = change_impact(project=project, payload=payload)
    consequence = change_consequence(impact, schedule.plan.minutes_per_day)
    proposal, _ = proposal_make(
        key=proposal_key("plan", project.key, version.number, sorted(payload.document().items(), key=str)),
        kind="change",
        project=project,
        text=f"{name}: {change_words(payload)}",
        payload=payload.document(),
        evidence=evidence or [place_keep(source=version.source, place=f"task {payload.task_uid}", text=name)],
        consequence=consequence,
        origin=origin,
    )
    return proposal


def change_commit(*, project: Project, payload: ChangePayload, reason: str = "") -> Proposal:
    """Propose and accept in one step: what a planner does at the plan itself; it leaves the same trail.

    The same change of the same version that was rejected before is taken up again: the person changed their mind.
    """
    proposal = change_propose(project=project, payload=payload)
    if proposal.status == "rejected":
        proposal = proposal_undo(proposal=proposal)
    return proposal_accept(proposal=proposal, reason=reason or COMMITTED)


@transaction.atomic
def plan_undo(*, project: Project) -> tuple[str, int | None]:
    """Take back what was done last to the plan: an accepted change, or an edit of its outline or baselines. A change
    made at the plan itself is gone with that; one that was proposed by somebody waits for a decision again.

    Answers what was undone in words, and the task it was about where it was about one.

    Raises:
        StateWrongError: when the plan's state came from a file.
    """
    last = change_last(project)
    if last is None:
        text = undo_next(project)
        version_back(project=project)
        return text, None
    committed = last.decision_reason == COMMITTED
    proposal = proposal_undo(proposal=last)
    if committed:
        proposal_reject(proposal=proposal, reason="undone at the plan")
    return proposal.text, int(proposal.payload["task_uid"])


def change_effect() -> Effect:
    """Accepting a change makes a new plan version; undoing it brings the version before back, as a new one."""

    def apply(proposal: Proposal, document: Mapping[str, Any]) -> str:
        payload = ChangePayload.from_document(document)
        version = version_current(proposal.project)
        if version is None:
            raise StateWrongError(f"{proposal.project.name} has no plan yet; take one in first.")
        schedule = schedule_of(version)
        if payload.percent is not None:
            plan = plan_progressed(schedule, payload.task_uid, payload.percent)
        else:
            plan = plan_changed(schedule, change_of(payload, schedule))
        made = version_make(
            project=proposal.project, plan=plan, source=version.source, reason=proposal.text, based_on=version
        )
        return f"{EFFECT}{made.pk}"

    def revert(proposal: Proposal, effect: str) -> None:
        made = PlanVersion.objects.select_related("based_on").get(pk=int(effect.removeprefix(EFFECT)))
        current = version_current(proposal.project)
        # The same state reached again by undoing a later change may be undone further; any other state may not.
        if current is None or bytes(current.document) != bytes(made.document) or made.based_on is None:
            raise StateWrongError("The plan has changed since; undo the later change first.")
        version_back(project=proposal.project)

    return Effect(lambda document: ChangePayload.from_document(document).document(), apply, revert)
