"""One case per rule of the derived status, just inside and just outside its threshold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import (
    ActionFact,
    ActionState,
    BlockerFact,
    DeclaredStatus,
    ForecastPoint,
    MilestoneFact,
    MoneyFact,
    Progress,
    Rag,
    RiskFact,
    StatusFacts,
    TaskHistory,
)
from bywhen.reports.engine.rag import derive_rag, disagrees
from factories.status_facts import AS_OF, euros, meridian_status

BASE = {"fact_id": "x", "evidence": (EvidenceRef("plan", "task 1"),), "as_of": AS_OF}


def facts(**parts):
    calm = Progress(**BASE, planned_percent=Decimal(50), actual_percent=Decimal(50), spi_t=Decimal("1.00"))
    return StatusFacts(**{"project": "P", "as_of": AS_OF, "progress": calm, **parts})


def progress(**parts):
    return facts(progress=Progress(**BASE, planned_percent=Decimal(50), actual_percent=Decimal(50), **parts))


def milestone(**parts):
    return facts(milestones=(MilestoneFact(**BASE, name="UAT", forecast=AS_OF, **parts),))


def trend(*offsets):
    points = tuple(ForecastPoint(AS_OF + timedelta(7 * n), AS_OF + timedelta(days)) for n, days in enumerate(offsets))
    return milestone(late_days=0, trend=points)


def actions(overdue, live):
    states = [ActionState.OVERDUE] * overdue + [ActionState.OPEN] * (live - overdue) + [ActionState.DONE] * 5
    return facts(actions=tuple(ActionFact(**BASE, title="a", owner="o", due=AS_OF, state=state) for state in states))


def blocker(days, *, critical=False):
    item = BlockerFact(
        **BASE, title="b", owner="o", age_days=3, critical=critical, becomes_miss_on=AS_OF + timedelta(days)
    )
    return facts(blockers=(item,))


def money(forecast):
    return facts(
        money=(MoneyFact(**BASE, category="Total", budget=euros("100"), actual=euros("10"), forecast=euros(forecast)),)
    )


def risk(owner, review, impact=4):
    return facts(risks=(RiskFact(**BASE, title="r", owner=owner, probability=4, impact=impact, review_on=review),))


def history(*percents):
    return facts(histories=(TaskHistory(**BASE, name="Build", owner="o", percents=tuple(map(Decimal, percents))),))


def declared(text, rag=Rag.GREEN, by="PM"):
    return DeclaredStatus(**BASE, rag=rag, by=by, text=text)


def passed(days, **parts):
    return facts(
        milestones=(MilestoneFact(**BASE, name="UAT", forecast=AS_OF - timedelta(days), late_days=0, **parts),)
    )


CASES = [
    ("forecast day passed without being done", passed(1), Rag.RED, "milestone-passed"),
    ("forecast for today", passed(0), Rag.GREEN, "schedule-index"),
    ("forecast day passed and done", passed(1, done_on=AS_OF - timedelta(1)), Rag.GREEN, "schedule-index"),
    ("spi red", progress(spi_t=Decimal("0.89")), Rag.RED, "schedule-index"),
    ("spi amber at limit", progress(spi_t=Decimal("0.90")), Rag.AMBER, "schedule-index"),
    ("spi green at limit", progress(spi_t=Decimal("0.95")), Rag.GREEN, "schedule-index"),
    ("cpi red", progress(cpi=Decimal("0.80")), Rag.RED, "cost-index"),
    ("path float negative", progress(float_days=Decimal(-1)), Rag.RED, "float-negative"),
    ("milestone float negative", milestone(float_days=Decimal("-0.5")), Rag.RED, "float-negative"),
    ("milestone 2 days late", milestone(late_days=2), Rag.GREEN, "schedule-index"),
    ("milestone 3 days late", milestone(late_days=3), Rag.AMBER, "milestone-late"),
    ("milestone 10 days late", milestone(late_days=10), Rag.RED, "milestone-late"),
    ("late but done", milestone(late_days=30, done_on=AS_OF), Rag.GREEN, "schedule-index"),
    ("moved once", trend(0, 7), Rag.GREEN, "schedule-index"),
    ("moved twice", trend(0, 7, 7, 9), Rag.AMBER, "milestone-moving"),
    ("moved three times", trend(0, 7, 9, 10), Rag.RED, "milestone-moving"),
    ("blocker near", blocker(14), Rag.AMBER, "blocker-critical"),
    ("blocker far", blocker(15), Rag.GREEN, "schedule-index"),
    ("blocker critical", blocker(60, critical=True), Rag.RED, "blocker-critical"),
    ("a fifth overdue", actions(1, 5), Rag.GREEN, "schedule-index"),
    ("a quarter overdue", actions(1, 4), Rag.AMBER, "actions-overdue"),
    ("half overdue", actions(2, 4), Rag.RED, "actions-overdue"),
    ("too few actions to judge", actions(2, 2), Rag.GREEN, "schedule-index"),
    ("stuck at 90", history(40, 88, 90, 90), Rag.AMBER, "work-stuck"),
    ("stuck for two reports only", history(70, 90, 90), Rag.GREEN, "schedule-index"),
    ("done after 90", history(88, 90, 100), Rag.GREEN, "schedule-index"),
    ("high risk without owner", risk("", AS_OF), Rag.AMBER, "risk-unowned"),
    ("high risk without review", risk("o", None), Rag.AMBER, "risk-unowned"),
    ("low risk without owner", risk("", AS_OF, impact=3), Rag.GREEN, "schedule-index"),
    ("on budget", money("100"), Rag.GREEN, "schedule-index"),
    ("over budget", money("105"), Rag.AMBER, "money-over"),
    ("far over budget", money("110"), Rag.RED, "money-over"),
    ("team sees worse", facts(declared=declared("a"), pulse=(declared("b", Rag.RED, "Lead"),)), Rag.AMBER, "pulse-differs"),
    ("silent for ten days", facts(evidence_age_days=10), Rag.GREY, "evidence-old"),
    ("silent for nine days", facts(evidence_age_days=9), Rag.GREEN, "schedule-index"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "rag", "rule"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_derive_rag_judges_by_gravest_reason_when(given, rag, rule):
    derived = derive_rag(given)

    assert (derived.rag, derived.reasons[0].rule) == (rag, rule)
    assert all(reason.evidence for reason in derived.reasons)


def test_derive_rag_is_grey_when_nothing_is_measured():
    assert derive_rag(StatusFacts(project="P", as_of=AS_OF)).rag is Rag.GREY


def test_derive_rag_stays_red_when_evidence_is_old_too():
    assert derive_rag(replace(progress(spi_t=Decimal("0.5")), evidence_age_days=40)).rag is Rag.RED


def test_derive_rag_is_amber_when_wording_is_repeated_three_times():
    told = facts(declared=declared("On  track"), declared_before=(declared("on track"), declared("On track")))

    assert derive_rag(told).reasons[0].rule == "wording-repeated"
    assert derive_rag(replace(told, declared_before=(declared("on track"),))).rag is Rag.GREEN


@pytest.mark.parametrize(("said", "watermelon"), [(Rag.GREEN, True), (Rag.AMBER, True), (Rag.RED, False)])
def test_disagrees_when_declared_is_better_than_derived(said, watermelon):
    status = meridian_status()

    assert disagrees(replace(status, declared=replace(status.declared, rag=said))) is watermelon


def test_milestone_counts_only_later_moves_when_forecast_goes_back():
    points = tuple(ForecastPoint(date(2026, 1, n), date(2026, 2, day)) for n, day in enumerate((5, 9, 7, 8), 1))

    assert MilestoneFact(**BASE, name="m", forecast=AS_OF, trend=points).moves == 2
