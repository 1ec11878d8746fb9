"""What a turn of the week notices: loops that break the invariant or stand still, milestones that keep moving,
statuses that say better than the facts, money that runs away. Findings stand until the data no longer show them.

What does not live here: plan findings (kept with each plan version), rules of asking (``followup``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from bywhen.finance.engine.variance import SpendState
from bywhen.finance.selectors import budget_variance
from bywhen.followup.selectors.blockers import blocker_list
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.wording import day_short
from bywhen.loops.engine.movement import idle_days
from bywhen.loops.selectors import loop_list
from bywhen.meetings.engine.contradiction import Decided, contradictions
from bywhen.meetings.selectors.decisions import decision_list
from bywhen.record.services.findings import findings_add, findings_refresh
from bywhen.registers.selectors.changes import change_findings
from bywhen.registers.selectors.entries import entries_stale
from bywhen.reports.engine.rag import disagrees
from bywhen.reports.selectors.status import status_facts
from bywhen.schedule.selectors import forecast_list, slip_signals, working_time_of
from bywhen.week.selectors.needs import loop_subject
from bywhen.week.services.taking_in import TakenIn

if TYPE_CHECKING:
    from bywhen.loops.models import Loop
    from bywhen.record.models import Project

SILENT_AFTER = 10
"""Working days without meaningful movement after which an open loop is called silent (two weeks)."""
REFORECASTS = 3
REFORECAST_WINDOW = timedelta(weeks=5)


def findings_notice(*, projects: Sequence[Project], today: date, taken: TakenIn) -> None:
    """Bring every project's findings up to date, and keep what was noticed while reading."""
    for project, findings in taken.findings.items():
        findings_add(project=project, scope="intake", found=findings)
    for project in projects:
        findings_refresh(project=project, scope="loops", found=_loops(project, today))
        findings_refresh(project=project, scope="registers", found=_registers(project, today))
        findings_refresh(project=project, scope="schedule", found=_reforecasts(project, today))
        findings_refresh(project=project, scope="blockers", found=_blockers(project, today))
        findings_refresh(project=project, scope="status", found=_watermelon(project, today))
        findings_refresh(project=project, scope="money", found=_money(project, today))
        findings_refresh(project=project, scope="decisions", found=_gainsaid(project))


def _gainsaid(project: Project) -> list[Finding]:
    """Standing decisions that gainsay an earlier one which stands too."""
    standing = list(decision_list(project=project, status="standing").order_by("decided_on", "id"))
    values = [Decided(each.pk, each.text) for each in standing]
    found = []
    for place, (row, value) in enumerate(zip(standing, values, strict=True)):
        for each in contradictions(value, values[:place]):
            earlier = next(other for other in standing if other.pk == each.earlier.ref)
            days = [day_short(decision.decided_on) for decision in (row, earlier)]
            text = (
                f"'{row.text}' ({days[0]}) gainsays '{earlier.text}' ({days[1]}):"
                f" {each.why}. Supersede the earlier one, or withdraw one of them."
            )
            refs = tuple(
                EvidenceRef(quote.source.sha256, quote.place, quote.text)
                for decision in (row, earlier)
                for quote in decision.quotes.all()
            )
            subject = f"decision {row.pk}, decision {earlier.pk}"
            found.append(Finding("contradiction", Severity.WARNING, text, subject, refs))
    return found


def _refs(loop: Loop) -> tuple[EvidenceRef, ...]:
    return tuple(EvidenceRef(quote.source.sha256, quote.place, quote.text) for quote in loop.quotes.all())


def _loops(project: Project, today: date) -> list[Finding]:
    calendar = working_time_of(project)
    found = []
    for loop in loop_list(project=project):
        subject = loop_subject(loop)
        if loop.owner is None:
            said = f" ('{loop.owner_text}' is not in the people list)" if loop.owner_text else ""
            text = f"'{loop.title}' has no owner{said}."
            found.append(Finding("ownerless", Severity.ERROR, text, subject, _refs(loop)))
        if loop.next_check is None:
            text = f"'{loop.title}' has no date on which somebody looks at it again."
            found.append(Finding("no-next-check", Severity.ERROR, text, subject, _refs(loop)))
        idle = idle_days(loop.last_moved_on, today, calendar)
        if idle >= SILENT_AFTER:
            text = f"'{loop.title}' has not moved for {idle} working days (since {day_short(loop.last_moved_on)})."
            found.append(Finding("silent", Severity.WARNING, text, subject, _refs(loop)))
    return found


def _registers(project: Project, today: date) -> list[Finding]:
    """Entries that nobody has touched for longer than their register allows, and what is wrong with change control."""
    silent = [
        Finding(
            "silent",
            Severity.WARNING,
            f"'{entry.title}': {reason}.",
            f"{entry.kind} {entry.reference or entry.pk}",
            tuple(EvidenceRef(quote.source.sha256, quote.place, quote.text) for quote in entry.quotes.all()),
        )
        for entry, reason in entries_stale(today, working_time_of(project), project=project)
    ]
    return silent + change_findings(project, today)


def _reforecasts(project: Project, today: date) -> list[Finding]:
    """Milestones set later three times or more within five weeks, up to today."""
    trend: dict[str, list[tuple[date, date, EvidenceRef | None]]] = {}
    for row in forecast_list(project):
        if row.on <= today:
            ref = EvidenceRef(row.quote.source.sha256, row.quote.place, row.quote.text) if row.quote else None
            trend.setdefault(row.milestone, []).append((row.on, row.forecast, ref))
    found = []
    for milestone, points in trend.items():
        moves = [(old, new) for old, new in pairwise(points) if new[1] > old[1] and new[0] >= today - REFORECAST_WINDOW]
        if len(moves) >= REFORECASTS:
            way = f"from {day_short(moves[0][0][1])} to {day_short(moves[-1][1][1])}"
            text = f"'{milestone}' was set later {len(moves)} times in five weeks: {way}."
            refs = tuple(ref for _, (_, _, ref) in moves if ref)
            found.append(Finding("re-forecast", Severity.WARNING, text, milestone, refs))
    return found + _slips(project, today, known={each.subject for each in found})


def _slips(project: Project, today: date, *, known: set[str]) -> list[Finding]:
    """Tasks and milestones whose slips, over the plan's versions or the whole trend, point to something larger; where
    no window has shown it already.
    """
    return [
        Finding(
            "slip-signal",
            Severity.WARNING,
            f"'{signal.name}' {'; '.join(reason.text for reason in signal.reasons)}:"
            f" {signal.slipped_days} working days in all.",
            signal.name,
            signal.evidence,
        )
        for signal in slip_signals(project, today)
        if signal.name not in known
    ]


def _blockers(project: Project, today: date) -> list[Finding]:
    return [
        Finding(
            "critical",
            Severity.ERROR,
            f"'{blocker.title}' holds up the critical path"
            + (
                f" and becomes a miss of '{blocker.milestone}' on {day_short(blocker.becomes_miss_on)}."
                if blocker.becomes_miss_on
                else "."
            ),
            blocker.fact_id,
            blocker.evidence,
        )
        for blocker in blocker_list(today=today, project=project)
        if blocker.critical
    ]


def _watermelon(project: Project, today: date) -> list[Finding]:
    facts = status_facts(project, today)
    if not disagrees(facts) or facts.declared is None or facts.derived is None:
        return []
    reasons = "; ".join(reason.text.rstrip(".") for reason in facts.derived.reasons[:3])
    declared = f"{project.name} is declared {facts.declared.rag.value} by {facts.declared.by or 'its lead'}"
    text = f"{declared}; the facts say {facts.derived.rag.value}: {reasons}."
    refs = facts.declared.evidence + tuple(ref for reason in facts.derived.reasons[:3] for ref in reason.evidence[:1])
    return [Finding("declared-better", Severity.WARNING, text, project.key, refs)]


def _money(project: Project, today: date) -> list[Finding]:
    return [
        Finding(
            "category",
            Severity.WARNING,
            f"{row.category}: {row.reason}",
            f"{row.category} {row.currency}",
            row.evidence[:3],
        )
        for row in budget_variance(project, today)
        if row.state is not SpendState.WITHIN
    ]
