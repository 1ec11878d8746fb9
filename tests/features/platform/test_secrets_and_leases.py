"""Passwords kept encrypted; work that one process does at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import StateWrongError
from bywhen.platform.leases import lease_give_back, lease_holder, lease_take
from bywhen.platform.secrets import secret_open, secret_seal

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SPAN = timedelta(minutes=5)


def test_password_comes_back_and_is_not_readable_when_it_is_kept():
    pytest.importorskip("cryptography", reason="needs the extra bywhen[calendars]")
    sealed = secret_seal("s3cret")
    assert "s3cret" not in sealed
    assert sealed != secret_seal("s3cret")
    assert secret_open(sealed) == "s3cret"
    assert (secret_seal(""), secret_open("")) == ("", "")


def test_password_is_asked_for_again_when_the_workspace_has_another_key(settings):
    pytest.importorskip("cryptography", reason="needs the extra bywhen[calendars]")
    sealed = secret_seal("s3cret")
    settings.SECRET_KEY = "another key of another workspace"
    with pytest.raises(StateWrongError, match="enter the password again"):
        secret_open(sealed)


@pytest.mark.django_db
def test_lease_has_one_holder_when_two_want_it():
    with clock_set(FrozenClock(NOON)):
        assert lease_take(name="work", holder="a", span=SPAN)
        assert lease_take(name="work", holder="a", span=SPAN)
        assert not lease_take(name="work", holder="b", span=SPAN)
        assert lease_take(name="other", holder="b", span=SPAN)
        assert lease_holder("work") == ("a", NOON + SPAN)
        assert not lease_give_back(name="work", holder="b")
        assert lease_give_back(name="work", holder="a")
        assert lease_holder("work") is None
        assert lease_take(name="work", holder="b", span=SPAN)
    with clock_set(FrozenClock(NOON + SPAN)):
        assert lease_take(name="work", holder="c", span=SPAN)
