"""Edits of two people to one item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhen.meetings.engine.merging import Clash, merge_fields

FIELDS = st.dictionaries(st.sampled_from(["text", "owner", "due"]), st.sampled_from(["", "a", "b", "c"]))


@pytest.mark.parametrize(
    ("was", "mine", "theirs", "kept", "clashes"),
    [
        ("a", "b", "a", {"owner": "b"}, ()),
        ("a", "a", "b", {}, ()),
        ("a", "b", "b", {}, ()),
        ("a", "b", "c", {}, (Clash("owner", "c", "b"),)),
        ("a", "", "c", {}, (Clash("owner", "c", ""),)),
    ],
)
def test_merge_keeps_or_tells_when(was, mine, theirs, kept, clashes):
    assert merge_fields({"owner": was}, {"owner": mine}, {"owner": theirs}) == (kept, clashes)


@given(FIELDS, FIELDS, FIELDS)
def test_no_edit_is_lost_and_none_of_theirs_overwritten_when_merged(was, mine, theirs):
    kept, clashes = merge_fields(was, mine, theirs)
    told = {clash.field: clash.mine for clash in clashes}
    for field, value in mine.items():
        now = theirs.get(field, "")
        assert value in (kept.get(field), told.get(field), was.get(field, now), now)
    assert all(theirs.get(field, "") == was.get(field, theirs.get(field, "")) for field in kept)
