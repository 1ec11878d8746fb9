"""What the plan says on a day, as facts: progress, milestones with their trend, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import ForecastPoint, LookaheadFact, MilestoneFact, Progress
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.progress import BaselineTask, progress_against_baseline
from bywhen.schedule.selectors import forecast_list, task_list, version_current, working_time_of

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.schedule.models import MilestoneForecast, PlanVersion, TaskState

LOOKAHEAD_DAYS = 10
"""Working days ahead that 'what comes next' covers."""
TREND_POINTS = 26


@dataclass(frozen=True, slots=True)
class PlanDay:
    """A project's current plan on a day: its version, rows, calendar; read once per report."""

    today: date
    version: PlanVersion
    rows: list[TaskState]
    calendar: WorkingTime
    minutes_per_day: int

    def cite(self, row: TaskState, field: str = "Finish") -> EvidenceRef:
        """The row in the plan's own file."""
        place = f"task {row.uid}, field {field}"
        return EvidenceRef(self.version.source.sha256, place, row.name)

    def float_days(self, row: TaskState) -> Decimal | None:
        """Total float in working days."""
        minutes = row.total_float_minutes
        return None if minutes is None else Decimal(str(round(minutes / self.minutes_per_day, 2)))


def plan_day(project: Project, today: date) -> PlanDay | None:
    """The plan as of ``today``; None without one."""
    version = version_current(project)
    if version is None:
        return None
    minutes = version.plan().minutes_per_day
    return PlanDay(today, version, list(task_list(project)), working_time_of(project), minutes)


def progress_fact(plan: PlanDay, previous: Mapping[str, Any]) -> Progress | None:
    """Progress against the baseline; None when the plan has no baseline. ``previous`` are the last report's figures."""
    leaves = [row for row in plan.rows if _counts(row)]
    tasks = [BaselineTask(*_baseline(row), row.percent_complete) for row in leaves]
    found = progress_against_baseline(tasks, plan.today, plan.calendar)
    if found is None:
        return None
    floats = [value for row in plan.rows if _open(row) and (value := plan.float_days(row)) is not None]
    place = f"{found.tasks} tasks, fields Baseline and % Complete"
    return Progress(
        fact_id="progress",
        evidence=(EvidenceRef(plan.version.source.sha256, place),),
        as_of=plan.version.as_of,
        planned_percent=_decimal(found.planned_percent, 1),
        actual_percent=_decimal(found.actual_percent, 1),
        previous_actual_percent=_known(previous, "actual_percent"),
        spi_t=None if found.spi_t is None else _decimal(found.spi_t, 2),
        previous_spi_t=_known(previous, "spi_t"),
        float_days=min(floats, default=None),
        previous_float_days=_known(previous, "float_days"),
    )


def milestone_facts(plan: PlanDay, project: Project, previous_on: date) -> tuple[MilestoneFact, ...]:
    """Milestones by date, each with baseline, forecast, what the report before said, float and trend."""
    trend: dict[int | str, list[MilestoneForecast]] = {}
    for each in forecast_list(project):
        trend.setdefault(each.task_uid if each.task_uid is not None else each.milestone, []).append(each)
    rows = [row for row in plan.rows if row.milestone and row.active and not row.summary and row.finish]
    facts = [_milestone(row, plan, trend.get(row.uid) or trend.get(row.name) or [], previous_on) for row in rows]
    return tuple(sorted(facts, key=lambda fact: (fact.forecast, fact.name)))


def _milestone(row: TaskState, plan: PlanDay, trend: list[MilestoneForecast], previous_on: date) -> MilestoneFact:
    assert row.finish is not None
    forecast = row.finish.date()
    baseline = row.baseline_finish.date() if row.baseline_finish else None
    said = [each for each in trend if each.on <= previous_on]
    previous = said[-1].forecast if said else None
    done = row.percent_complete >= 100
    # The plan's own row is cited already; a trend sheet is a source of its own.
    quoted = [
        EvidenceRef(each.quote.source.sha256, each.quote.place, each.quote.text)
        for each in trend[-1:]
        if each.quote and each.quote.source_id != plan.version.source_id
    ]
    return MilestoneFact(
        fact_id=f"milestone:{row.uid}",
        evidence=(plan.cite(row), *quoted),
        as_of=plan.today,
        name=row.name,
        forecast=forecast,
        baseline=baseline,
        previous=previous,
        late_days=None if baseline is None else plan.calendar.working_days_between(baseline, forecast),
        moved_days=None if previous is None else plan.calendar.working_days_between(previous, forecast),
        float_days=plan.float_days(row),
        critical=row.critical,
        done_on=forecast if done else None,
        owner=row.owner,
        trend=tuple(ForecastPoint(each.on, each.forecast) for each in trend[-TREND_POINTS:]),
    )


def lookahead_facts(plan: PlanDay) -> tuple[LookaheadFact, ...]:
    """Milestones, critical starts and finishes within the next ten working days, by day."""
    until = plan.calendar.add_days(plan.today, LOOKAHEAD_DAYS)
    found = []
    for row in plan.rows:
        if row.summary or not row.active or row.percent_complete >= 100 or not row.start or not row.finish:
            continue
        starts, ends = row.start.date(), row.finish.date()
        if row.milestone and plan.today <= ends <= until:
            found.append(_ahead(plan, row, ends, f"{row.name} is due", "milestone"))
        elif row.critical and not row.percent_complete and plan.today <= starts <= until:
            found.append(_ahead(plan, row, starts, f"{row.name} starts", "critical task"))
        elif row.critical and plan.today <= ends <= until:
            found.append(_ahead(plan, row, ends, f"{row.name} ends", "critical task"))
    return tuple(sorted(found, key=lambda fact: (fact.on, fact.text)))


def _ahead(plan: PlanDay, row: TaskState, on: date, text: str, kind: str) -> LookaheadFact:
    return LookaheadFact(
        fact_id=f"ahead:{row.uid}",
        evidence=(plan.cite(row),),
        as_of=plan.version.as_of,
        text=text,
        on=on,
        owner=row.owner,
        kind=kind,
    )


def _counts(row: TaskState) -> bool:
    return not row.summary and row.active and row.baseline_start is not None and row.baseline_finish is not None


def _baseline(row: TaskState) -> tuple[datetime, datetime]:
    assert row.baseline_start is not None
    assert row.baseline_finish is not None
    return row.baseline_start, row.baseline_finish


def _open(row: TaskState) -> bool:
    return not row.summary and row.active and row.percent_complete < 100


def _decimal(value: float, places: int) -> Decimal:
    return Decimal(str(round(value, places)))


def _known(figures: Mapping[str, Any], name: str) -> Decimal | None:
    value = figures.get(name)
    return None if value is None else Decimal(str(value))
