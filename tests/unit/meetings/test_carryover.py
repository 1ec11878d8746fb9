from __future__ import annotations

from datetime import date

import pytest

from bywhen.kernel.worktime import WorkingTime
from bywhen.meetings.engine.carryover import OpenMatter, carried_over
from bywhen.meetings.engine.items import Item, ItemKind
from bywhen.meetings.engine.projecttime import ProjectTime

TIME = ProjectTime(date(2026, 10, 22), WorkingTime.standard())
OPEN = [
    OpenMatter("contract", "action", "Send the draft contract to legal by 19 October", "Ana Souza"),
    OpenMatter("server", "action", "Restart server 2"),
    OpenMatter("who", "question", "Who signs the acceptance protocol?"),
]


def _item(text: str, owner: str = "", kind: ItemKind = ItemKind.ACTION) -> Item:
    return Item("1", kind, text, (), 0.9, "marker", owner)


@pytest.mark.parametrize(
    ("item", "key"),
    [
        (_item("Send draft contract to Legal by next Friday", "Ana Souza"), "contract"),
        (_item("Send the draft contract to legal"), "contract"),
        (_item("Who signs the acceptance protocol", kind=ItemKind.QUESTION), "who"),
    ],
)
def test_knows_an_open_matter_when_it_is_said_again(item: Item, key: str) -> None:
    found = carried_over(item, OPEN, TIME)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "item",
    [
        _item("Send the draft contract to legal", "Ben Carter"),
        _item("Restart server 3"),
        _item("Send the signed contract to the supplier"),
        _item("Who signs the acceptance protocol"),
    ],
)
def test_is_new_when_owner_number_words_or_kind_differ(item: Item) -> None:
    assert carried_over(item, OPEN, TIME) is None
