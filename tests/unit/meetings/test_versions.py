"""What a later version of minutes says differently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bywhen.meetings.engine.versions import changes_since
from factories.minutes_facts import HELD, Attendant, MinuteItem, cited, evidence_whole, steering_minutes

FACTS = steering_minutes()
ACTION = FACTS.items[1]


def with_action(**changes):
    items = tuple(replace(item, **changes) if item is ACTION else item for item in FACTS.items)
    return replace(FACTS, items=items)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"owner": "Ana"}, "the owner is Ana instead of Tomás Silva"),
        ({"owner": ""}, "the owner is nobody instead of Tomás Silva"),
        ({"due": date(2026, 11, 27)}, "it is due Fri 27 Nov 2026 instead of Tue 24 Nov 2026"),
        ({"due": None}, "it is due no date instead of Tue 24 Nov 2026"),
        ({"settled": False}, "it is open again"),
        ({"text": "Send the plan"}, "said before 'Send the cut-over rehearsal plan'"),
    ],
)
def test_changes_name_the_field_when_an_item_differs(changes, said):
    now = with_action(**changes)
    assert changes_since(FACTS, now) == (f"Action '{now.items[1].text}': {said}",)


def test_changes_are_none_when_only_talk_and_version_differ():
    assert changes_since(FACTS, replace(FACTS, number=3, discussion=(), distribution=())) == ()


def test_changes_name_what_came_and_went_when_items_do():
    new = MinuteItem(kind="action", text="Book the room.", owner="Ana", due=date(2026, 12, 1), **cited(41, "I book"))
    now = replace(FACTS, items=(*FACTS.items[1:], new))

    assert changes_since(FACTS, now) == (
        "New action: Book the room, Ana, by Tue 1 Dec 2026",
        "Decision 'Go live with the finance module first' was taken out",
    )


def test_changes_name_people_when_attendance_was_wrong():
    leah = Attendant(name="Leah Stone", fact_id="person:9", as_of=HELD, evidence=evidence_whole("call", 41, "cue"))
    now = replace(FACTS, attendance=(replace(FACTS.attendance[0], present=False), *FACTS.attendance[1:], leah))

    assert changes_since(FACTS, now) == ("Also there: Leah Stone", "Not there after all: Priya Nair")
