"""Taking plans in, proposing and making changes, undoing them. Every state is a version that stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.reading import read_blob
from bywhen.kernel.clock import current_clock
from bywhen.kernel.counts import Counts
from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import FormatUnknownError, StateWrongError
from bywhen.kernel.plan import Plan, ResourceType
from bywhen.kernel.tables import ForecastRow
from bywhen.platform.acting import current_actor
from bywhen.record.engine.payloads import ChangePayload, change_words
from bywhen.record.selectors.projects import project_list
from bywhen.record.services.findings import findings_refresh
from bywhen.record.services.projects import project_ensure
from bywhen.record.services.proposals import (
    Effect,
    proposal_accept,
    proposal_key,
    proposal_make,
    proposal_reject,
    proposal_undo,
)
from bywhen.record.services.sources import intake_record, place_keep, places_keep, source_keep
from bywhen.schedule.engine.cpm import Schedule, compute
from bywhen.schedule.engine.edits import impact_recomputed, plan_changed, plan_progressed
from bywhen.schedule.engine.whatif import Change, Impact, what_if
from bywhen.schedule.models import MilestoneForecast, PlanVersion, TaskState
from bywhen.schedule.selectors import EFFECT, change_last, schedule_of, version_current

if TYPE_CHECKING:
    from bywhen.record.models import Project, Proposal, Quote, Source


COMMITTED = "changed at the plan"
"""The decision's reason when a planner made the change directly."""


@transaction.atomic
def plan_take_in(*, project: Project, plan: Plan, source: Source) -> tuple[PlanVersion, Counts]:
    """Make a plan file the project's current version; counts tasks created, updated, unchanged against the one before.

    A task that is no longer in the file is told as a finding; the version before keeps it.
    """
    before = version_current(project)
    counts, gone = _compared(before.plan() if before else None, plan)
    if before is not None and not counts.changed and not gone:
        return before, counts
    version = version_make(project=project, plan=plan, source=source, reason=f"taken in from {source.name}")
    if gone and before is not None:
        names = ", ".join(f"'{name}'" for name in gone[:5]) + (" and more" if len(gone) > 5 else "")
        version.reason = f"{version.reason}; no longer in the file: {names}"[:400]
        version.save()
    return version, counts


def plan_reading(blob: Blob, options: ReadOptions) -> Reading:
    """The largest plan that a file holds.

    Raises:
        FormatUnknownError: when it holds no plan.
        InputRefusedError: (a subclass) naming file, place and remedy.
    """
    plans = [each for each in read_blob(blob, options) if each.kind == "plan"]
    if not plans:
        raise FormatUnknownError(blob.name, wanted="a project plan")
    return max(plans, key=lambda each: each.read)


@transaction.atomic
def plan_file_take_in(*, project: Project, blob: Blob, reading: Reading) -> tuple[PlanVersion, Counts]:
    """Keep a plan file with its line in the intake ledger and make it the current version: all of it or nothing."""
    plan = reading.payload
    assert isinstance(plan, Plan)
    source, _ = source_keep(
        name=blob.name, data=blob.data, sha256=blob.sha256, kind="plan", file_format=reading.format, project=project
    )
    version, counts = plan_take_in(project=project, plan=plan, source=source)
    for each in reading.skipped:
        counts.skip(each.place, each.reason)
    losses = [{"field": e.field, "where": e.where, "value": e.value, "reason": e.reason} for e in reading.losses]
    intake_record(source=source, kind="plan", counts=counts, part=reading.part, losses=losses, mapping=reading.mapping)
    return version, counts


def project_for_plan(*, reading: Reading, file: str) -> Project:
    """A new project for a plan that came without one, named after the plan, else after its file."""
    plan = reading.payload
    assert isinstance(plan, Plan)
    name = plan.name.strip() or file.rpartition(".")[0] or file
    others = list(project_list())
    portfolio = others[0].portfolio.name if others else name
    letters = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:16] or "project"
    taken, key, number = {each.key for each in others}, letters, 1
    while key in taken:
        number += 1
        key = f"{letters}-{number}"
    project, _ = project_ensure(portfolio=portfolio, key=key, name=name, currency=plan.currency, position=len(others))
    return project


def _compared(before: Plan | None, after: Plan) -> tuple[Counts, list[str]]:
    counts = Counts()
    known = {task.uid: task for task in before.tasks} if before else {}
    for task in after.tasks:
        old = known.pop(task.uid, None)
        counts.created += old is None
        counts.updated += old is not None and old != task
        counts.unchanged += old == task
    # Links, calendars and resources have no rows of their own: a plan that differs only there is updated as a whole.
    if before is not None and not counts.changed and before != after and after.tasks:
        counts.updated, counts.unchanged = 1, counts.unchanged - 1
    return counts, [task.name for task in known.values()]


@transaction.atomic
def version_make(
    *, project: Project, plan: Plan, source: Source, reason: str, based_on: PlanVersion | None = None
) -> PlanVersion:
    """Write the next version, compute it, keep its rows and note today's forecast of every milestone."""
    schedule = compute(plan)
    last = version_current(project)
    clock = current_clock()
    version = PlanVersion.objects.create(
        project=project,
        number=(last.number if last else 0) + 1,
        made_at=clock.now(),
        made_by=current_actor().name[:200],
        reason=reason[:400],
        source=source,
        based_on=based_on,
        as_of=plan.status_date.date() if plan.status_date else clock.today(),
        start=schedule.start,
        finish=schedule.finish,
        document=PlanVersion.packed(plan),
    )
    TaskState.objects.filter(version__project=project).delete()
    rows = _rows(version, schedule)
    TaskState.objects.bulk_create(rows)
    _forecasts_note(project, rows, version)
    findings_refresh(project=project, scope="plan", found=schedule.findings)
    return version


def _rows(version: PlanVersion, schedule: Schedule) -> list[TaskState]:
    plan = schedule.plan
    computed = {row.uid: row for row in schedule.rows()}
    owners = owners_of(plan)
    rows = []
    for position, task in enumerate(plan.tasks):
        if task.is_null or (task.uid == 0 and task.outline_level == 0):
            continue
        dates = computed.get(task.uid)
        baseline = next((each for each in task.baselines if each.number == 0), None)
        driver = plan.links[dates.driver].predecessor_uid if dates and dates.driver is not None else None
        rows.append(
            TaskState(
                version=version,
                position=position,
                uid=task.uid,
                wbs=task.wbs or task.outline_number,
                name=task.name,
                level=max(task.outline_level, 1),
                owner=", ".join(owners.get(task.uid, ()))[:400],
                summary=task.summary,
                milestone=task.milestone,
                active=task.active,
                manual=task.manual,
                start=dates.start if dates else task.start,
                finish=dates.finish if dates else task.finish,
                baseline_start=baseline.start if baseline else None,
                baseline_finish=baseline.finish if baseline else None,
                duration_minutes=dates.duration_minutes if dates else 0,
                percent_complete=task.percent_complete,
                total_float_minutes=dates.total_slack_minutes if dates else None,
                free_float_minutes=dates.free_slack_minutes if dates else None,
                critical=bool(dates and dates.critical),
                deadline=task.deadline,
                driver_uid=driver,
            )
        )
    return rows


def owners_of(plan: Plan) -> dict[int, list[str]]:
    """Task uid -> the names of the people assigned, in the file's order."""
    people = {each.uid: each.name for each in plan.resources if each.type is ResourceType.WORK and each.name}
    owners: dict[int, list[str]] = {}
    for assignment in plan.assignments:
        name = people.get(assignment.resource_uid) if assignment.resource_uid is not None else None
        if name and name not in owners.setdefault(assignment.task_uid, []):
            owners[assignment.task_uid].append(name)
    return owners


def _forecasts_note(project: Project, rows: Sequence[TaskState], version: PlanVersion) -> None:
    """Today's forecast of every milestone; a later version of the same day replaces it."""
    dated = [row for row in rows if row.milestone and row.active and row.finish]
    quotes = places_keep(source=version.source, places=[(f"task {row.uid}", row.name) for row in dated])
    today = current_clock().today()
    forecasts = {
        row.name[:300]: MilestoneForecast(
            project=project,
            milestone=row.name[:300],
            on=today,
            forecast=row.finish.date(),
            task_uid=row.uid,
            quote=quote,
        )
        for row, quote in zip(dated, quotes, strict=True)
        if row.finish
    }
    MilestoneForecast.objects.filter(project=project, on=today, milestone__in=list(forecasts)).delete()
    MilestoneForecast.objects.bulk_create(forecasts.values())


@transaction.atomic
def forecasts_take_in(
    *, rows: Sequence[ForecastRow], project_of: Mapping[str, Project], default: Project, source: Source
) -> Counts:
    """Take a milestone trend sheet; one forecast per milestone and day, a second one is skipped."""
    counts, new = Counts(), dict[tuple[int, str, date], MilestoneForecast]()
    owners = [project_of.get(row.project.casefold(), default) for row in rows]
    stored = MilestoneForecast.objects.filter(project__in=set(owners))
    known = {(each.project_id, each.milestone, each.on): each for each in stored}
    quotes = places_keep(source=source, places=[(row.place, row.milestone) for row in rows])
    for row, project, quote in zip(rows, owners, quotes, strict=True):
        key = (project.pk, row.milestone[:300], row.on)
        before = known.get(key)
        if key in new:
            counts.skip(row.place, f"'{row.milestone}' has another forecast of the same day")
        elif before is None:
            new[key] = MilestoneForecast(
                project=project, milestone=key[1], task_uid=row.task_uid, on=row.on, forecast=row.forecast, quote=quote
            )
            counts.created += 1
        elif before.forecast != row.forecast:
            before.forecast, before.quote = row.forecast, quote
            before.save()
            counts.updated += 1
        else:
            counts.unchanged += 1
    MilestoneForecast.objects.bulk_create(new.values())
    return counts


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


def change_consequence(impact: Impact, minutes_per_day: int) -> dict[str, Any]:
    """An impact as a proposal keeps it and people read it (the JSON shape of ``plan whatif``, with names)."""
    return {
        "text": impact_sentence(impact),
        "finish": _moved_document(impact.finish),
        "milestones": [_moved_document(each) for each in impact.milestones],
        "moved_tasks": impact.moved_tasks,
        "now_critical": list(impact.now_critical),
        "float_used": [
            {
                "uid": each.uid,
                "before_days": each.before_minutes / minutes_per_day,
                "after_days": each.after_minutes / minutes_per_day,
            }
            for each in impact.float_used
        ],
    }


def impact_sentence(impact: Impact) -> str:
    """One sentence: which milestones move by how much, and what becomes critical."""
    if not impact.moved:
        return "Nothing else moves."
    moved = [
        f"{each.name} moves {_days(each.working_days)}{' earlier' if each.working_days < 0 else ''}"
        for each in impact.milestones
        if each.working_days
    ][:3]
    parts = [", ".join(moved)] if moved else []
    if impact.finish.working_days:
        direction = "later" if impact.finish.working_days > 0 else "earlier"
        parts.append(f"the project ends {_days(impact.finish.working_days)} {direction}")
    else:
        parts.append("the end date holds")
    if impact.now_critical:
        count = len(impact.now_critical)
        parts.append(f"{count} task{'s become' if count != 1 else ' becomes'} critical")
    tasks = f"{impact.moved_tasks} task{'s move' if impact.moved_tasks != 1 else ' moves'}"
    return f"{tasks[0].upper()}{tasks[1:]}: {'; '.join(parts)}."


def _days(count: int) -> str:
    return f"{abs(count)} working day{'' if abs(count) == 1 else 's'}"


def _moved_document(moved: Any) -> dict[str, Any]:
    return {
        "uid": moved.uid,
        "name": moved.name,
        "from": moved.before.date().isoformat(),
        "to": moved.after.date().isoformat(),
        "working_days": moved.working_days,
    }


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
def change_undo(*, project: Project) -> Proposal:
    """Take back the last change that was made to the plan. A change made at the plan itself is gone with that; one that
    was proposed by somebody waits for a decision again.

    Raises:
        StateWrongError: when the plan's last version was not made by a change.
    """
    last = change_last(project)
    if last is None:
        raise StateWrongError("There is no change to undo: the plan's last version was taken in from a file.")
    committed = last.decision_reason == COMMITTED
    proposal = proposal_undo(proposal=last)
    return proposal_reject(proposal=proposal, reason="undone at the plan") if committed else proposal


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
        version_make(
            project=proposal.project,
            plan=made.based_on.plan(),
            source=made.based_on.source,
            reason=f"undone: {made.reason}",
            based_on=made.based_on.based_on,
        )

    return Effect(lambda document: ChangePayload.from_document(document).document(), apply, revert)
