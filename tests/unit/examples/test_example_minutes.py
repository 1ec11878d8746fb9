"""The latest meeting of the example through the minutes engine: the push is found and linked, the vague one is left."""

from __future__ import annotations

from datetime import date

import pytest

from bywhen.kernel.worktime import WorkingTime
from bywhen.meetings.engine.dates import ProjectTime
from bywhen.meetings.engine.extraction import extract
from bywhen.meetings.engine.items import Extraction, ItemKind
from bywhen.meetings.engine.linking import PlanTask
from factories.meridian import TRUTHS, payload, spoken


@pytest.fixture(scope="module")
def minutes() -> Extraction:
    plan = payload("plan.xml")
    by_uid = {calendar.uid: calendar for calendar in plan.calendars}
    office = WorkingTime.from_calendar(by_uid[plan.calendar_uid], by_uid)
    people = {resource.uid: resource.name for resource in plan.resources}
    owners = {assignment.task_uid: (people[assignment.resource_uid],) for assignment in plan.assignments}
    tasks = [
        PlanTask(
            task.uid,
            task.name,
            task.wbs,
            summary=task.summary,
            milestone=task.milestone,
            owners=owners.get(task.uid, ()),
            finish=task.finish.date(),
            done=task.percent_complete == 100,
        )
        for task in plan.tasks
    ]
    time = ProjectTime(date(2026, 11, 18), office)
    return extract(spoken(TRUTHS["push"]["meeting"]), time=time, people=payload("people.csv"), tasks=tasks)


def test_links_the_push_to_its_task_when_the_meeting_agrees_it(minutes: Extraction) -> None:
    told = TRUTHS["push"]
    (item,) = [item for item in minutes.items if item.evidence[0].line == told["cue"]]
    assert item.kind is ItemKind.CHANGE
    assert told["quote"] in item.evidence[0].quote
    assert (item.task_uid, item.change.days) == (told["task_uid"], told["delay_days"])


def test_abstains_from_a_change_when_the_words_name_no_task_and_no_amount(minutes: Extraction) -> None:
    lines = {said.line for item in minutes.items if item.kind is ItemKind.CHANGE for said in item.evidence}
    assert lines == {TRUTHS["push"]["cue"]}
    linked = {said.line for item in (*minutes.items, *minutes.candidates) if item.task_uid for said in item.evidence}
    assert TRUTHS["ambiguous"]["cue"] not in linked
