"""Understanding one meeting: its items are found, tied to people and plan, and proposed with what they would move.

What does not live here: the finding itself (``meetings.engine``), what a change moves (``schedule.engine``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from bywhen.loops.selectors import loop_list
from bywhen.meetings.engine.carryover import OpenMatter, carried_over
from bywhen.meetings.engine.extraction import extract
from bywhen.meetings.engine.items import Item, ItemKind
from bywhen.meetings.engine.linking import PlanTask
from bywhen.meetings.engine.projecttime import Occasion, ProjectTime
from bywhen.meetings.selectors.held import meeting_get
from bywhen.meetings.services.proposing import candidate_key, candidates_keep, change_payload, items_propose
from bywhen.meetings.services.taking_in import meeting_transcript
from bywhen.record.engine.payloads import ChangePayload
from bywhen.record.selectors.people import person_rows
from bywhen.record.selectors.proposals import proposal_list
from bywhen.record.services.proposals import proposal_consequence_set, proposal_key
from bywhen.schedule.selectors import task_list, working_time_of
from bywhen.week.services.plan_answers import consequence

if TYPE_CHECKING:
    from bywhen.meetings.models import Meeting
    from bywhen.record.models import Project

SCORER = "trained scorer"
SURE_ENOUGH = 0.7


def meeting_understand(pk: int) -> int:
    """Find the items of one meeting and propose them; answers how many proposals are new."""
    meeting = meeting_get(pk)
    if meeting is None:
        return 0
    tasks = plan_tasks(meeting.project)
    found = extract(
        meeting_transcript(meeting),
        time=project_time(meeting.project, meeting.held_on),
        people=person_rows(),
        tasks=tasks,
    )
    worth = [item for item in found.items if worth_proposing(item)]
    unsure = [item for item in found.items if not worth_proposing(item)]
    again = _carried_over(worth, meeting) | _in_the_plan(worth, tasks)
    items = [item for item in worth if item.id not in again]
    repeated = [item for item in worth if item.id in again]
    candidates_keep(meeting=meeting, items=[*repeated, *unsure, *found.candidates])
    consequences = {item.id: text for item in items if (text := _consequence(item, meeting)) is not None}
    _, new = items_propose(meeting=meeting, items=items, consequences=consequences)
    return new


def _carried_over(items: Sequence[Item], meeting: Meeting) -> set[str]:
    """The ids of items that are open in the project already, from another meeting or by hand; a reviewer still sees
    them among the candidates. What this meeting itself opened, or has proposed, is its own.
    """
    own = {candidate_key(meeting, item.id) for item in items}
    opened = {proposal_key("proposal", key) for key in own}
    proposed = {each.key for each in proposal_list(project=meeting.project) if each.key in own}
    matters = [
        OpenMatter(loop.key, loop.kind, loop.title, loop.owner.name if loop.owner else loop.owner_text)
        for loop in loop_list(project=meeting.project)
        if loop.key not in opened
    ]
    time = project_time(meeting.project, meeting.held_on)
    return {
        item.id
        for item in items
        if candidate_key(meeting, item.id) not in proposed and carried_over(item, matters, time)
    }


def _in_the_plan(items: Sequence[Item], tasks: Sequence[PlanTask]) -> set[str]:
    """The ids of changes to a day on which the plan already has the task: somebody was faster than the minutes."""
    finish = {task.uid: task.finish for task in tasks}
    return {
        item.id
        for item in items
        if item.kind is ItemKind.CHANGE
        and item.change
        and item.change.finish
        and finish.get(item.task_uid or 0) == item.change.finish
    }


def worth_proposing(item: Item) -> bool:
    """Whether an item is put before a person unasked. What rules and the scorer's actions say is right often enough;
    of its decisions and problems only the surest: below, five of six would be turned down (see the published scores).
    """
    return item.rule != SCORER or item.kind is ItemKind.ACTION or item.confidence >= SURE_ENOUGH


def consequences_refresh(project: Project) -> int:
    """Compute what the undecided changes of a project would do by its plan as it is now; answers how many differ."""
    waiting = [each for each in proposal_list(project=project, status="proposed") if each.kind == "change"]
    changed = 0
    for each in waiting:
        computed = consequence(project, ChangePayload.from_document(each.payload))
        changed += computed is not None and proposal_consequence_set(proposal=each, consequence=computed)
    return changed


def _consequence(item: Item, meeting: Meeting) -> Mapping[str, Any] | None:
    """What a proposed change would do; None for other items and without a plan."""
    payload = change_payload(item, meeting) if item.kind is ItemKind.CHANGE else None
    return None if payload is None else consequence(meeting.project, payload)


def project_time(project: Project, held_on: date) -> ProjectTime:
    """The project's calendar and the milestones and meetings people name instead of dates."""
    milestones = [Occasion(row.name, row.finish.date()) for row in task_list(project) if row.milestone and row.finish]
    return ProjectTime(held_on=held_on, working_time=working_time_of(project), occasions=tuple(milestones))


def plan_tasks(project: Project) -> list[PlanTask]:
    """The plan's tasks as the linker wants them, with the names above each."""
    above: list[str] = []
    tasks = []
    for row in task_list(project):
        above = above[: row.level - 1]
        tasks.append(
            PlanTask(
                uid=row.uid,
                name=row.name,
                wbs=row.wbs,
                summary=row.summary,
                milestone=row.milestone,
                parents=tuple(reversed(above)),
                owners=tuple(name.strip() for name in row.owner.split(",") if name.strip()),
                finish=row.finish.date() if row.finish else None,
                done=row.percent_complete >= 100,
            )
        )
        above.append(row.name)
    return tasks
