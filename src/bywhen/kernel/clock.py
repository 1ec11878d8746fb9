"""The injected clock: the only place that reads the time. ``--as-of`` reaches everything through it.

What does not live here: working time (:mod:`bywhen.kernel.worktime`). A house test forbids ``datetime.now`` and
``date.today`` everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the moment. ``now`` is timezone-aware UTC; ``today`` is the calendar day work is judged by."""

    def now(self) -> datetime: ...

    def today(self) -> date: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return datetime.now().astimezone().date()


class FrozenClock:
    """A clock that stands still at ``at``: ``--as-of``, the demo and tests.

    >>> FrozenClock(date(2026, 11, 23)).now().isoformat()
    '2026-11-23T08:00:00+00:00'
    """

    def __init__(self, at: date | datetime) -> None:
        if isinstance(at, datetime):
            self._now = at if at.tzinfo else at.replace(tzinfo=UTC)
        else:
            self._now = datetime(at.year, at.month, at.day, 8, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def today(self) -> date:
        return self._now.date()


_clock: ContextVar[Clock | None] = ContextVar("bywhen_clock", default=None)
_process_clock: Clock = SystemClock()


def current_clock() -> Clock:
    """The clock of this context: the frozen one where ``clock_set`` is active, else the process's."""
    return _clock.get() or _process_clock


def process_clock_set(clock: Clock) -> None:
    """Make ``clock`` the default of the whole process (the demo server, ``--as-of``)."""
    global _process_clock  # noqa: PLW0603 - one process has one default clock
    _process_clock = clock


@contextmanager
def clock_set(clock: Clock) -> Iterator[Clock]:
    """Run a block under another clock."""
    token = _clock.set(clock)
    try:
        yield clock
    finally:
        _clock.reset(token)
