"""Who acts and why: the context in which every write happens.

Services and doors open ``acting(...)``; audited models read it. What does not live here: what was written
(:mod:`bywhen.platform.audit`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or a part of ByWhen, that changes something. ``kind`` is person, import, policy or system."""

    kind: str
    name: str


SYSTEM = Actor("system", "bywhen")
_current: ContextVar[tuple[Actor, str]] = ContextVar("bywhen_acting", default=(SYSTEM, ""))


def current_actor() -> Actor:
    """Who acts now; the system itself when nobody said."""
    return _current.get()[0]


def current_reason() -> str:
    """Why, in words; may be empty."""
    return _current.get()[1]


@contextmanager
def acting(actor: Actor, reason: str = "") -> Iterator[None]:
    """Run a block on behalf of ``actor``; nested blocks keep the outer reason unless they give their own."""
    token = _current.set((actor, reason or current_reason()))
    try:
        yield
    finally:
        _current.reset(token)
