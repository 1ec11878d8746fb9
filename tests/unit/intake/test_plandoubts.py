from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bywhen.intake.plandoubts import plan_doubts
from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import Calendar, CalendarException, Plan, Task, standard_calendar

MONDAY = datetime(2026, 11, 23, 8)
NOTHING = Calendar(2, "Nothing", ((),) * 7)
SOUND = Plan(
    "p", (Task(1, "a", 1, duration=Duration(480.0)),), calendars=(standard_calendar(),), calendar_uid=1, start=MONDAY
)


def rules(plan: Plan) -> list[str]:
    return [each.rule for each in plan_doubts(plan)]


def test_nothing_is_told_when_the_plan_is_sound():
    assert rules(SOUND) == []


def test_first_five_tasks_are_named_when_more_are_wrong():
    wrong = tuple(Task(uid, f"t{uid}", uid, duration=Duration(-1.0)) for uid in range(1, 9))
    (found,) = plan_doubts(replace(SOUND, tasks=wrong))
    assert found.text.startswith("Tasks 1 't1', 2 't2', 3 't3', 4 't4', 5 't5' and 3 more have a negative duration")


@pytest.mark.parametrize(("calendar", "expected"), [
    (NOTHING, ["calendar-empty"]),
    (replace(NOTHING, week=(None,) * 7, base_uid=1), []),
    (replace(NOTHING, week=(None,) * 7, base_uid=2), ["calendar-empty"]),
    (replace(NOTHING, exceptions=(CalendarException(date(2026, 1, 5), date(2026, 1, 9), ((480, 720),)),)), []),
])  # fmt: skip
def test_calendar_is_told_when_it_never_works(calendar, expected):
    assert rules(replace(SOUND, calendars=(standard_calendar(), calendar), calendar_uid=2)) == expected


def test_empty_calendar_is_no_matter_when_nothing_uses_it():
    assert rules(replace(SOUND, calendars=(standard_calendar(), NOTHING))) == []
