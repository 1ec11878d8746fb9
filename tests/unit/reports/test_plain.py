from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhen.reports.engine.plain import plain_text, shortened


@pytest.mark.parametrize(
    ("came", "printed"),
    [
        ("a\x00b\x1fc", "abc"),
        ("a\r\nb\u2028c", "a b c"),
        ("\u202eabc\u202c \u2066x\u2069", "abc x"),
        ("e\u0301", "é"),
        ("\ufdd0\ufffe\U0010ffff", ""),
        ("\ud800x", "x"),
        ("مرحبا 東京", "مرحبا 東京"),
    ],
)
def test_plain_text_keeps_only_what_prints_when_text_is_odd(came, printed):
    assert plain_text(came) == printed


@given(st.text())
def test_plain_text_is_stable_when_applied_twice(text):
    once = plain_text(text)

    assert plain_text(once) == once
    assert once == once.strip()


@given(st.text(max_size=300), st.integers(min_value=2, max_value=80))
def test_shortened_never_exceeds_limit_when_cut(text, limit):
    assert len(shortened(text, limit)) <= limit
