"""The Friday facts of one project: the Meridian ERP roll-out in its week 47, with its planted troubles.

Exactly one of three blockers is critical, the API contract is re-forecast for the third time, the data migration is
declared green while it has stood at 90 per cent for three reports.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.money import Money
from bywhen.kernel.status import (
    ActionFact,
    ActionState,
    BlockerFact,
    ChangeFact,
    DecisionFact,
    DeclaredStatus,
    ForecastPoint,
    LookaheadFact,
    MilestoneFact,
    MoneyFact,
    MovementFact,
    NeedFact,
    Progress,
    Rag,
    RiskFact,
    SourceTitle,
    StatusFacts,
    TaskHistory,
)
from bywhen.reports.engine.rag import derive_rag

AS_OF = date(2026, 11, 20)
BEFORE = date(2026, 11, 13)
PLAN, RAID, TREND, LEDGER, CALL, STATUS, ACTIONS = "plan", "raid", "trend", "ledger", "call", "status", "actions"

SOURCES = {
    PLAN: SourceTitle("Meridian master plan, 20 Nov", "plan", AS_OF),
    RAID: SourceTitle("RAID log", "raid", AS_OF),
    TREND: SourceTitle("Milestone trend sheet", "forecasts", AS_OF),
    LEDGER: SourceTitle("Ledger export, October close", "ledger", date(2026, 11, 16)),
    CALL: SourceTitle("API and security sync, 19 Nov (transcript)", "transcript", date(2026, 11, 19)),
    STATUS: SourceTitle("Weekly status sheet", "status", AS_OF),
    ACTIONS: SourceTitle("Action log", "actions", AS_OF),
}


def _ref(source: str, place: str, quote: str = "") -> EvidenceRef:
    return EvidenceRef(source, place, quote)


def _fact(fact_id: str, *refs: EvidenceRef, as_of: date = AS_OF) -> dict[str, object]:
    return {"fact_id": fact_id, "evidence": refs, "as_of": as_of}


def _trend(*days: tuple[int, int, int]) -> tuple[ForecastPoint, ...]:
    reports = (date(2026, 10, 16), date(2026, 10, 23), date(2026, 10, 30), date(2026, 11, 6), BEFORE, AS_OF)
    return tuple(ForecastPoint(on, date(*day)) for on, day in zip(reports, days, strict=True))


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


LEGAL = _ref(CALL, "line 16", "Legal still has not signed off the penetration test terms")
API = _ref(CALL, "line 41", "we agreed to push the API delivery another two weeks")


def _milestones() -> tuple[MilestoneFact, ...]:
    return (
        MilestoneFact(
            **_fact("m1", _ref(PLAN, "task 57, field Finish"), _ref(TREND, "row 12"), API),
            name="API contract signed", owner="Jonas Weber", cause="the vendor has not priced two endpoints",
            baseline=date(2026, 11, 13), previous=date(2026, 11, 20), forecast=date(2026, 11, 30),
            late_days=11, moved_days=6, float_days=Decimal(2),
            trend=_trend((2026, 11, 13), (2026, 11, 13), (2026, 11, 18), (2026, 11, 18), (2026, 11, 20), (2026, 11, 30)),
        ),
        MilestoneFact(
            **_fact("m2", _ref(PLAN, "task 103, field Finish"), _ref(TREND, "row 13")),
            name="Security test passed", owner="Priya Nair", cause="legal has not approved the test terms",
            baseline=date(2026, 12, 11), previous=date(2026, 12, 11), forecast=date(2026, 12, 17),
            late_days=4, moved_days=4, float_days=Decimal(0), critical=True,
            trend=_trend((2026, 12, 11), (2026, 12, 11), (2026, 12, 11), (2026, 12, 11), (2026, 12, 11), (2026, 12, 17)),
        ),
        MilestoneFact(
            **_fact("m3", _ref(PLAN, "task 151, field Finish"), _ref(TREND, "row 14")),
            name="UAT start", owner="Marta Kowalska", cause="it follows the security test",
            baseline=date(2027, 1, 11), previous=date(2027, 1, 11), forecast=date(2027, 1, 15),
            late_days=4, moved_days=4, float_days=Decimal(0), critical=True,
            trend=_trend((2027, 1, 11), (2027, 1, 11), (2027, 1, 11), (2027, 1, 11), (2027, 1, 11), (2027, 1, 15)),
        ),
        MilestoneFact(
            **_fact("m4", _ref(PLAN, "task 180, field Finish"), _ref(TREND, "row 15")),
            name="Data migration rehearsal 2", owner="Tomás Ribeiro",
            baseline=date(2026, 12, 4), previous=date(2026, 12, 4), forecast=date(2026, 12, 4),
            late_days=0, moved_days=0, float_days=Decimal(7),
            trend=_trend((2026, 12, 4), (2026, 12, 4), (2026, 12, 4), (2026, 12, 4), (2026, 12, 4), (2026, 12, 4)),
        ),
        MilestoneFact(
            **_fact("m5", _ref(PLAN, "task 219, field Finish"), _ref(TREND, "row 16")),
            name="Go-live", owner="Marta Kowalska", cause="it follows UAT",
            baseline=date(2027, 3, 8), previous=date(2027, 3, 8), forecast=date(2027, 3, 12),
            late_days=4, moved_days=4, float_days=Decimal(0), critical=True,
            trend=_trend((2027, 3, 8), (2027, 3, 8), (2027, 3, 8), (2027, 3, 8), (2027, 3, 8), (2027, 3, 12)),
        ),
    )  # fmt: skip


def _blockers() -> tuple[BlockerFact, ...]:
    return (
        BlockerFact(
            **_fact("b1", _ref(RAID, "sheet RAID, row 7"), LEGAL, _ref(PLAN, "task 98")),
            title="Penetration-test terms not approved by Legal", owner="Priya Nair", waiting_on="Legal (H. Brandt)",
            raised_on=date(2026, 11, 3), age_days=13, downstream=23, float_days=Decimal(0), critical=True, escalate=True,
            becomes_miss_on=date(2026, 11, 24), milestone="Security test passed",
            next_step="Escalate to the general counsel on Monday",
        ),
        BlockerFact(
            **_fact("b2", _ref(RAID, "sheet RAID, row 9"), API, _ref(PLAN, "task 57")),
            title="Two API endpoints not priced by Northgate", owner="Jonas Weber", waiting_on="Northgate (A. Lindqvist)",
            raised_on=date(2026, 10, 28), age_days=17, downstream=11, float_days=Decimal(2),
            becomes_miss_on=date(2026, 12, 3), milestone="UAT start", next_step="Vendor call on 1 Dec",
        ),
        BlockerFact(
            **_fact("b3", _ref(RAID, "sheet RAID, row 12"), _ref(PLAN, "task 133")),
            title="Test tenant has too few licences", owner="Sofia Marchetti", waiting_on="IT Procurement",
            raised_on=date(2026, 11, 16), age_days=4, downstream=3, float_days=Decimal(14),
            becomes_miss_on=date(2026, 12, 11), milestone="UAT start", next_step="Order 40 licences",
        ),
    )  # fmt: skip


def _registers() -> dict[str, object]:
    return {
        "actions": (
            ActionFact(**_fact("a1", _ref(ACTIONS, "row 31")), title="Send the revised test scope to Legal", owner="Priya Nair", due=date(2026, 11, 17), state=ActionState.OVERDUE, overdue_days=3, protects="Security test passed"),
            ActionFact(**_fact("a2", _ref(ACTIONS, "row 33")), title="Get written prices for the two endpoints", owner="Jonas Weber", due=date(2026, 11, 18), state=ActionState.OVERDUE, overdue_days=2, protects="API contract signed"),
            ActionFact(**_fact("a3", _ref(ACTIONS, "row 34")), title="Book the UAT rooms in Porto", owner="Marta Kowalska", due=date(2026, 11, 25), state=ActionState.OPEN, protects="UAT start"),
            ActionFact(**_fact("a4", _ref(ACTIONS, "row 35")), title="Re-run the reconciliation of open items", owner="Tomás Ribeiro", due=date(2026, 11, 27), state=ActionState.OPEN, protects="Data migration rehearsal 2"),
            ActionFact(**_fact("a5", _ref(ACTIONS, "row 36"), LEGAL), title="Name a stand-in for contract questions", owner="", due=None, state=ActionState.OPEN),
            ActionFact(**_fact("a6", _ref(ACTIONS, "row 29")), title="Agree the cut-over calendar", owner="Sofia Marchetti", due=date(2026, 11, 19), state=ActionState.DONE),
        ),
        "risks": (
            RiskFact(**_fact("r1", _ref(RAID, "sheet RAID, row 21")), title="Key migration developer leaves in January", owner="Tomás Ribeiro", probability=4, impact=4, previous_score=12, response="Pair a second developer from 30 Nov", review_on=date(2026, 11, 27)),
            RiskFact(**_fact("r2", _ref(RAID, "sheet RAID, row 24")), title="Bank certificate expires before cut-over", owner="Sofia Marchetti", probability=2, impact=5, previous_score=10, response="Renewal ordered", review_on=date(2026, 12, 4)),
        ),
        "decisions": (
            DecisionFact(**_fact("d1", API), text="The API delivery moves by two weeks", by="J. Weber, M. Kowalska", on=date(2026, 11, 19), effect="API contract signed on 30 Nov"),
            DecisionFact(**_fact("d2", _ref(CALL, "line 58", "we go with two rehearsals, not three")), text="Two migration rehearsals instead of three", by="M. Kowalska", on=date(2026, 11, 19), effect="5 working days less effort in January"),
        ),
        "changes": (
            ChangeFact(**_fact("c1", _ref(RAID, "sheet Changes, row 4")), title="CR-14 Customs interface for Spain", status="for decision on 25 Nov", raised_by="Finance", effect_days=3, effect_cost=euros("48500"), milestone="UAT start"),
        ),
    }  # fmt: skip


def _money() -> tuple[MoneyFact, ...]:
    rows = (
        ("People", "820000", "431200.50", "846000", "402100", "rows 14 to 61"),
        ("Vendors", "540000", "310450", "552000", "310450", "rows 62 to 88"),
        ("Licences", "180000", "122300", "176500", "98300", "rows 89 to 97"),
    )
    categories = tuple(
        MoneyFact(
            **_fact(f"f{number}", _ref(LEDGER, place), _ref(PLAN, f"budget line {number}"), as_of=date(2026, 10, 31)),
            category=name, budget=euros(budget), actual=euros(actual), forecast=euros(forecast), previous_actual=euros(before),
        )
        for number, (name, budget, actual, forecast, before, place) in enumerate(rows, 1)
    )  # fmt: skip
    total = MoneyFact(
        **_fact("f0", _ref(LEDGER, "rows 14 to 97"), _ref(PLAN, "budget lines 1 to 3"), as_of=date(2026, 10, 31)),
        category="Total", budget=euros("1540000"), actual=euros("863950.50"), forecast=euros("1574500"), previous_actual=euros("810850"), total=True,
    )  # fmt: skip
    return (*categories, total)


def meridian_status() -> StatusFacts:
    """The facts with their derived status."""
    facts = StatusFacts(
        project="Meridian ERP roll-out",
        as_of=AS_OF,
        previous_as_of=BEFORE,
        declared=DeclaredStatus(**_fact("s1", _ref(STATUS, "row 47", "On track, minor issues in migration")), rag=Rag.GREEN, by="Marta Kowalska", text="On track, minor issues in migration"),
        progress=Progress(**_fact("p1", _ref(PLAN, "219 leaf tasks, field % Complete"), _ref(PLAN, "Baseline of 1 Sep")), planned_percent=Decimal("58.4"), actual_percent=Decimal("52.1"), previous_actual_percent=Decimal("49.8"), spi_t=Decimal("0.893"), previous_spi_t=Decimal("0.921"), float_days=Decimal(0), previous_float_days=Decimal(4)),
        milestones=_milestones(),
        blockers=_blockers(),
        needs=(
            NeedFact(**_fact("n1", _ref(RAID, "sheet RAID, row 7"), LEGAL), text="Ask the general counsel to approve the penetration-test terms", whom="Ingrid Solberg (sponsor)", by=date(2026, 11, 24), loss="Security test and go-live move one working day for each day after it"),
            NeedFact(**_fact("n2", _ref(RAID, "sheet Changes, row 4")), text="Decide on CR-14, customs interface for Spain (48,500 EUR, 3 working days)", whom="Steering committee", by=date(2026, 11, 25), loss="Spain cannot book imports at go-live"),
        ),
        money=_money(),
        movements=(
            MovementFact(**_fact("v1", _ref(TREND, "row 12"), API), text="API contract signed moved from 20 to 30 Nov, its third re-forecast in 5 weeks"),
            MovementFact(**_fact("v2", _ref(PLAN, "task 219, field Finish")), text="Go-live moved from 8 to 12 Mar 2027; float on its path fell from 4 to 0 working days"),
            MovementFact(**_fact("v3", _ref(ACTIONS, "row 29")), text="Cut-over calendar agreed by Sofia Marchetti on 19 Nov"),
        ),
        lookahead=(
            LookaheadFact(**_fact("l1", _ref(PLAN, "task 98")), text="Last day for Legal's approval without moving go-live", on=date(2026, 11, 24), owner="Priya Nair", kind="deadline"),
            LookaheadFact(**_fact("l2", _ref(PLAN, "task 99")), text="Change advisory board", on=date(2026, 11, 25), owner="Marta Kowalska", kind="meeting"),
            LookaheadFact(**_fact("l3", _ref(PLAN, "task 176")), text="Reconciliation of open items ends", on=date(2026, 11, 27), owner="Tomás Ribeiro", kind="task"),
            LookaheadFact(**_fact("l4", _ref(PLAN, "task 57")), text="API contract signed", on=date(2026, 11, 30), owner="Jonas Weber", kind="milestone"),
        ),
        histories=(TaskHistory(**_fact("h1", _ref(STATUS, "rows 45 to 47, column Migration")), name="Data migration build", owner="Tomás Ribeiro", percents=(Decimal(60), Decimal(88), Decimal(90), Decimal(90))),),
        evidence_age_days=0,
        sources=SOURCES,
        **_registers(),
    )  # fmt: skip
    return replace(facts, derived=derive_rag(facts))
