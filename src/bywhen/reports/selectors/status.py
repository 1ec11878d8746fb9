"""All facts of one project's status on a day, gathered from every room, with their sources named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import OuterRef, QuerySet, Subquery

from bywhen.followup.selectors.blockers import blocker_list
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import DeclaredStatus, Fact, Rag, SourceTitle, StatusFacts
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.selectors import loop_list
from bywhen.meetings.selectors.held import meeting_list
from bywhen.record.selectors.proposals import source_list
from bywhen.reports.engine.rag import derive_rag
from bywhen.reports.models import Declaration, StatusReport
from bywhen.reports.selectors.plan_facts import PlanDay, lookahead_facts, milestone_facts, plan_day, progress_fact
from bywhen.reports.selectors.record_facts import (
    action_facts,
    change_facts,
    decision_facts,
    money_facts,
    movement_facts,
    need_facts,
    risk_facts,
)
from bywhen.schedule.selectors import working_time_of

if TYPE_CHECKING:
    from bywhen.record.models import Project

A_WEEK = timedelta(days=7)


def declaration_list(project: Project, *, until: date | None = None) -> QuerySet[Declaration]:
    """Declared statuses, oldest first."""
    found = Declaration.objects.filter(project=project).select_related("quote__source").defer("quote__source__content")
    return found.filter(on__lte=until) if until else found


def report_list(*, project: Project | None = None) -> QuerySet[StatusReport]:
    """Reports, newest first, without their bytes."""
    found = StatusReport.objects.select_related("project").defer("docx", "html")
    return found.filter(project=project) if project else found


def report_get(project: Project, as_of: date) -> StatusReport | None:
    """One report with its documents."""
    return StatusReport.objects.select_related("project").filter(project=project, as_of=as_of).first()


def reports_latest(until: date) -> QuerySet[StatusReport]:
    """The last report of each project up to a day, without bytes."""
    last = StatusReport.objects.filter(project=OuterRef("project"), as_of__lte=until).order_by("-as_of").values("as_of")
    return report_list().filter(as_of=Subquery(last[:1]))


def report_before(project: Project, today: date) -> StatusReport | None:
    """The last report before ``today``."""
    return report_list(project=project).filter(as_of__lt=today).first()


def status_facts(project: Project, today: date) -> StatusFacts:
    """Everything known of a project on a day, judged; what nothing is known of stays empty."""
    before = report_before(project, today)
    since = before.as_of if before else today - A_WEEK
    calendar = working_time_of(project)
    plan = plan_day(project, today)
    declared, earlier, pulse = _declared(project, today)
    blockers = tuple(blocker_list(today=today, project=project))
    milestones = milestone_facts(plan, project, since) if plan else ()
    facts = StatusFacts(
        project=project.name,
        as_of=today,
        previous_as_of=since,
        declared=declared,
        declared_before=earlier,
        pulse=pulse,
        progress=progress_fact(plan, before.figures if before else {}) if plan else None,
        milestones=milestones,
        blockers=blockers,
        needs=need_facts(project, blockers, today),
        actions=action_facts(project, today, since, calendar),
        risks=risk_facts(project),
        decisions=decision_facts(project, since),
        changes=change_facts(project, since),
        money=money_facts(project, today),
        movements=movement_facts(project, milestones, since, today),
        lookahead=lookahead_facts(plan) if plan else (),
        evidence_age_days=_evidence_age(project, today, calendar),
        checked=_checked(project, plan, today),
    )
    facts = replace(facts, derived=derive_rag(facts))
    return replace(facts, sources=_sources(facts))


def _declared(
    project: Project, today: date
) -> tuple[DeclaredStatus | None, tuple[DeclaredStatus, ...], tuple[DeclaredStatus, ...]]:
    rows = list(declaration_list(project, until=today))
    own_names = {project.name.casefold(), project.key.casefold(), ""}
    own = [_declaration(row) for row in rows if row.area.casefold() in own_names]
    areas = {row.area: row for row in rows if row.area.casefold() not in own_names}
    return (own[-1] if own else None), tuple(own[:-1]), tuple(_declaration(row) for row in areas.values())


def _declaration(row: Declaration) -> DeclaredStatus:
    quote = row.quote
    ref = (
        EvidenceRef(quote.source.sha256, quote.place, quote.text)
        if quote
        else EvidenceRef("record", f"declaration {row.pk}")
    )
    return DeclaredStatus(
        fact_id=f"declared:{row.pk}",
        evidence=(ref,),
        as_of=row.on,
        rag=Rag(row.rag),
        by=row.by,
        text=row.text,
        area=row.area,
    )


def _evidence_age(project: Project, today: date, calendar: WorkingTime) -> int | None:
    """Working days since anything of the project moved: a loop, or a meeting that was held."""
    moved = [loop.last_moved_on for loop in loop_list(project=project, status="")]
    moved += [meeting.held_on for meeting in meeting_list(project=project)]
    past = [day for day in moved if day <= today]
    return max(0, calendar.working_days_between(max(past), today)) if past else None


def _checked(project: Project, plan: PlanDay | None, today: date) -> dict[str, tuple[EvidenceRef, ...]]:
    """Where was looked for each section, so that 'nothing is open' has its evidence too."""
    looked = (EvidenceRef("record", f"all entries of {project.name} as of {today.isoformat()}"),)
    sections = ("blockers", "movements", "actions", "risks", "decisions", "changes", "money")
    by_plan = {"lookahead": (EvidenceRef(plan.version.source.sha256, "all tasks, field Start"),)} if plan else {}
    return {**dict.fromkeys(sections, looked), **by_plan}


def _sources(facts: StatusFacts) -> dict[str, SourceTitle]:
    cited = {ref.source for fact in _all_facts(facts) for ref in fact.evidence}
    cited |= {ref.source for refs in facts.checked.values() for ref in refs}
    titles = {
        source.sha256: SourceTitle(source.name, source.kind, source.received_at.date())
        for source in source_list()
        if source.sha256 in cited
    }
    return {**titles, "record": SourceTitle("The project's record", "record", facts.as_of)}


def _all_facts(facts: StatusFacts) -> Iterable[Fact]:
    single = (fact for fact in (facts.declared, facts.progress) if fact is not None)
    return chain(
        single,
        facts.declared_before,
        facts.pulse,
        facts.milestones,
        facts.blockers,
        facts.needs,
        facts.actions,
        facts.risks,
        facts.decisions,
        facts.changes,
        facts.money,
        facts.movements,
        facts.lookahead,
    )
