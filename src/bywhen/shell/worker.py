"""What ``bywhen worker`` does in one round, and round after round until it is told to stop.

A round sends what people approved, takes in replies, asks calendars, plans series ahead and looks at the clocks of the
minutes. Each step is a step by itself: one that fails is told, and the others go on. One worker at a time holds the
lease of the workspace. What does not live here: any step's own work (the rooms).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import ByWhenError, StateWrongError

LEASE = "worker"
SPAN = timedelta(minutes=10)
"""A worker that dies leaves its work to the next one after this time."""
CALENDARS_EVERY = timedelta(minutes=15)
PREPARED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the worker: which step, what it did; ``problem`` when it failed. ``news`` says whether to tell it."""

    step: str
    facts: dict[str, Any]
    problem: str = ""
    news: bool = True

    def document(self) -> dict[str, Any]:
        """As a line of JSON."""
        return {
            "at": current_clock().now().isoformat(),
            "step": self.step,
            **self.facts,
            **({"problem": self.problem} if self.problem else {}),
        }


Tell = Callable[[Told], None]


class Worker:
    """One worker of a workspace."""

    def __init__(self, tell: Tell, stop: Event, *, every: float = 60.0) -> None:
        self._tell, self._stop, self._every = tell, stop, every
        self._holder = f"{socket.gethostname()}:{os.getpid()}"
        self._prepared_at: datetime | None = None
        self._clocks: dict[str, int] = {}

    def run(self, *, once: bool = False) -> bool:
        """Work until ``stop`` is set, or one round; answers whether every step of the last round went well.

        Raises:
            StateWrongError: when another worker holds the lease.
        """
        from bywhen.platform.leases import lease_give_back

        self._take_lease()
        if not once:
            self._tell(Told("start", {"worker": self._holder, "every": self._every}))
        well = True
        try:
            while not self._stop.is_set():
                well = self.round()
                if once or self._stop.wait(self._every):
                    break
                self._take_lease()
        finally:
            lease_give_back(name=LEASE, holder=self._holder)
        return well

    def round(self) -> bool:
        """Every step once; a stop between two steps is heeded."""
        steps = {
            "send": self._send,
            "replies": self._replies,
            "calendars": self._calendars,
            "prepare": self._prepare,
            "clocks": self._watch_clocks,
        }
        well = True
        for name, step in steps.items():
            if self._stop.is_set():
                break
            well &= self._step(name, step)
        return well

    def _step(self, name: str, step: Callable[[], Told | None]) -> bool:
        from django.db import DatabaseError, close_old_connections

        from bywhen.platform.acting import Actor, acting

        close_old_connections()
        try:
            with acting(Actor("system", "worker"), f"worker: {name}"):
                told = step()
        except (ByWhenError, OSError, DatabaseError) as error:
            self._tell(Told(name, {}, " ".join(str(error).split()) or type(error).__name__))
            return False
        if told is not None and told.news:
            self._tell(told)
        return True

    def _take_lease(self) -> None:
        from bywhen.platform.leases import lease_holder, lease_take

        if lease_take(name=LEASE, holder=self._holder, span=SPAN):
            return
        held = lease_holder(LEASE)
        who = f" ({held[0]}, until {held[1]:%H:%M} UTC)" if held else ""
        raise StateWrongError(f"Another worker is at work in this workspace{who}; stop it first, or let it work.")

    @staticmethod
    def _send() -> Told | None:
        from bywhen.platform.outgoing import mails_send
        from bywhen.platform.transports import transport_configured

        transport = transport_configured()
        if transport is None:
            return None
        done = mails_send(transport=transport)
        counts = {"sent": len(done.sent), "postponed": len(done.postponed), "failed": len(done.failed)}
        failed = [f"{mail.recipient_address}: {mail.last_error}" for mail in (*done.failed, *done.postponed)]
        return Told("send", counts, "; ".join(failed), news=any(counts.values()))

    @staticmethod
    def _replies() -> Told | None:
        from django.conf import settings

        from bywhen.connectors.vendors.imap import imap_from
        from bywhen.meetings.services.mailboxes import mailbox_read

        if not settings.IMAP_URL:
            return None
        counts = mailbox_read(source=imap_from(settings.IMAP_URL))
        left_out = [f"{place}: {reason}" for place, reason in counts.skipped]
        facts = {"updated": counts.updated, "unchanged": counts.unchanged, "left_out": left_out}
        return Told("replies", facts, news=bool(counts.read))

    @staticmethod
    def _calendars() -> Told | None:
        from bywhen.meetings.selectors.free import calendar_list
        from bywhen.meetings.services.calendars import calendar_poll

        since = current_clock().now() - CALENDARS_EVERY
        due = [each for each in calendar_list(kind="caldav") if each.read_at is None or each.read_at <= since]
        failed = [f"{each.person.name}: {each.problem}" for each in due if not calendar_poll(calendar=each)]
        return Told("calendars", {"read": len(due) - len(failed)}, "; ".join(failed), news=bool(due))

    def _prepare(self) -> Told | None:
        """Series planned ahead, agendas drafted, loops about papers that were not sent: once an hour."""
        from bywhen.record.selectors.projects import project_list
        from bywhen.week.services.preparing import meetings_prepare

        now = current_clock().now()
        if self._prepared_at is not None and now < self._prepared_at + PREPARED_EVERY:
            return None
        new = sum(meetings_prepare(project=project) for project in project_list())
        self._prepared_at = now
        return Told("prepare", {"new": new}, news=bool(new))

    def _watch_clocks(self) -> Told | None:
        """The 24 hours of each meeting's minutes: told whenever one passes a mark."""
        from bywhen.meetings.engine.promise import promise
        from bywhen.meetings.selectors.clock import minutes_sent
        from bywhen.meetings.selectors.held import meeting_list

        held = list(meeting_list())
        sent, now = minutes_sent(held), current_clock().now()
        found = {"running": 0, "amber": 0, "red": 0, "kept": 0, "late": 0}
        for meeting in held:
            how = promise(meeting.minutes_due_at, now, sent_at=sent.get(meeting.pk))
            mark = how.tone or "running" if how.kept is None else "kept" if how.kept else "late"
            found[mark] += 1
        news = found != self._clocks and bool(held)
        self._clocks = found
        return Told("clocks", found, news=news)
