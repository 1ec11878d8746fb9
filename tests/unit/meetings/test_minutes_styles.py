"""Notes in the styles people write them, from the text of a file to items."""

from __future__ import annotations

from typing import Any

import pytest

from corpora import minutes_styles


@pytest.mark.parametrize("style", minutes_styles.styles(), ids=lambda style: style["name"])
def test_gives_every_item_with_owner_and_day_when_notes_are_in_that_style(style: dict[str, Any]) -> None:
    assert list(minutes_styles.faults(style)) == []


@pytest.mark.parametrize("style", minutes_styles.styles(), ids=lambda style: style["name"])
def test_gives_the_same_ids_when_the_notes_are_read_again(style: dict[str, Any]) -> None:
    _, first = minutes_styles.items_of(style)
    _, again = minutes_styles.items_of(style)
    assert [i.id for i in first] == [i.id for i in again]
    assert len({i.id for i in first}) == len(first)
