"""Blockers by owner, age and downstream dependency, with the day on which each becomes a missed milestone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from bywhen.followup.selectors.facts import ProjectDay, loops_by_day, task_of
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import BlockerFact
from bywhen.loops.selectors import loop_list

if TYPE_CHECKING:
    from bywhen.loops.models import Loop
    from bywhen.record.models import Project

ESCALATE_OVERDUE = 5
"""Working days past its due date after which a blocker is proposed for escalation."""


def blocker_list(*, today: date, project: Project | None = None) -> list[BlockerFact]:
    """Open blockers, the soonest miss first, then the least float, then the oldest.

    ``fact_id`` is ``blocker:<loop>``; ages and floats are working days of the project's calendar. A blocker that names
    no task has neither float nor a day of missing.
    """
    pairs = loops_by_day(loop_list(project=project, kind="blocker"), today)
    return sorted((_blocker(loop, day) for loop, day in pairs), key=_rank)


def _blocker(loop: Loop, day: ProjectDay) -> BlockerFact:
    task = task_of(loop, day)
    overdue = 0 if loop.due is None else day.days_since(loop.due)
    return BlockerFact(
        fact_id=f"blocker:{loop.pk}",
        evidence=_evidence(loop),
        as_of=day.today,
        title=loop.title,
        owner=loop.owner.name if loop.owner else loop.owner_text,
        age_days=day.days_since(loop.opened_on),
        waiting_on=loop.waiting_on,
        raised_on=loop.opened_on,
        downstream=task.downstream if task else None,
        float_days=Decimal(str(round(task.float_days, 2))) if task else None,
        becomes_miss_on=task.miss_on if task else None,
        milestone=task.milestone.name if task and task.milestone else "",
        critical=bool(task and task.critical),
        escalate=bool(task and task.float_days <= 0) or overdue >= ESCALATE_OVERDUE,
        next_step="",
    )


def _evidence(loop: Loop) -> tuple[EvidenceRef, ...]:
    """The places it came from; what was opened by hand cites its own entry in the record."""
    quotes = tuple(EvidenceRef(quote.source.sha256, quote.place, quote.text) for quote in loop.quotes.all())
    return quotes or (EvidenceRef("record", f"open loop {loop.pk}", loop.title),)


def _rank(fact: BlockerFact) -> tuple[date, Decimal, int, str]:
    no_float = Decimal("Infinity")
    slack = no_float if fact.float_days is None else fact.float_days
    return fact.becomes_miss_on or date.max, slack, -fact.age_days, fact.fact_id
