"""Each planted truth of ``examples/truths.toml`` stands in the files that are handed out."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from bywhen.kernel.durations import Duration
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.cpm import compute
from bywhen.schedule.engine.whatif import Change, what_if
from factories.meridian import TRUTHS, cues, payload, raid

AS_OF: date = TRUTHS["as_of"]
DAY = 480.0


def office() -> WorkingTime:
    """The working time of the programme office in London."""
    plan = payload("plan.xml")
    by_uid = {calendar.uid: calendar for calendar in plan.calendars}
    return WorkingTime.from_calendar(by_uid[plan.calendar_uid], by_uid)


def test_has_exactly_one_critical_blocker_when_floats_are_computed() -> None:
    schedule = compute(payload("plan.xml"))
    blockers = [row for row in payload("raid.xlsx") if row.kind == "blocker"]
    float_days = {row.id: schedule.row(row.task_uid).total_slack_minutes / DAY for row in blockers}
    told = TRUTHS["blockers"]
    assert len(blockers) == 3
    assert float_days[told["critical"]["raid"]] <= 0
    assert all(float_days[row["raid"]] > told["least_float_days"] for row in told["with_float"])


def test_has_blockers_raised_by_team_leads_when_looked_up() -> None:
    leads = {person.name for person in payload("people.csv") if person.seniority == "lead"}
    told = [TRUTHS["blockers"]["critical"], *TRUTHS["blockers"]["with_float"]]
    assert {raid(row["raid"]).raised_by for row in told} == {row["raised_by"] for row in told}
    assert {row["raised_by"] for row in told} <= leads
    assert [raid(row["raid"]).task_uid for row in told] == [row["task_uid"] for row in told]


def test_has_a_milestone_reforecast_three_times_when_the_trend_is_read() -> None:
    told = TRUTHS["reforecast"]
    trend = sorted((row.on, row.forecast) for row in payload("forecasts.csv") if row.task_uid == told["task_uid"])
    moves = [(on, new) for (_, old), (on, new) in pairwise(trend) if new != old]
    assert moves == list(zip(told["on"], told["forecasts"], strict=True))
    assert moves[-1][0] - moves[0][0] < timedelta(weeks=5)
    assert trend[0][1] == told["baseline"]


def test_has_spent_eight_of_ten_days_of_float_when_reforecast() -> None:
    told = TRUTHS["reforecast"]
    row = compute(payload("plan.xml")).row(told["task_uid"])
    slipped = office().working_days_between(told["baseline"], row.finish.date())
    assert row.total_slack_minutes / DAY == told["float_days_left"]
    assert told["float_days_left"] + slipped == told["float_days_at_baseline"]


def test_has_no_other_milestone_moved_as_often_when_counted() -> None:
    forecasts = defaultdict(set)
    for row in payload("forecasts.csv"):
        forecasts[row.milestone].add(row.forecast)
    often = [name for name, days in forecasts.items() if len(days) > 3]
    assert often == [TRUTHS["reforecast"]["milestone"]]


def test_declares_green_what_has_not_moved_when_facts_are_red() -> None:
    told = TRUTHS["watermelon"]
    declared = [row for row in payload("status.csv") if row.area == "Data migration"]
    tasks = [task for task in payload("plans/migration.xlsx").tasks if not task.summary]
    moved = [day.date() for task in tasks for day in (task.actual_start, task.actual_finish) if day]
    overdue = [task for task in tasks if task.finish.date() < AS_OF and task.percent_complete < 100]
    assert max(declared, key=lambda row: row.on).rag == told["declared"]
    assert max(moved) == told["last_movement"]
    assert office().working_days_between(max(moved), AS_OF) == told["working_days_without_movement"]
    assert len(overdue) == told["overdue_tasks"]


def test_shows_no_movement_of_migration_in_the_main_plan_when_read() -> None:
    tasks = payload("plan.xml").tasks
    (summary,) = [task for task in tasks if task.name == "Data migration"]
    inside = [task for task in tasks if task.wbs.startswith(f"{summary.wbs}.")]
    moved = [day.date() for task in inside for day in (task.actual_start, task.actual_finish) if day]
    assert max(moved) == TRUTHS["watermelon"]["last_movement"]


def test_has_an_item_silent_for_ten_working_days_when_only_commented() -> None:
    told = TRUTHS["silent"]
    row = raid(told["raid"])
    assert row.last_movement == told["last_movement"]
    assert office().working_days_between(row.last_movement, AS_OF) >= 10
    assert told["last_movement"] < told["comment_bump_on"] < AS_OF


def test_has_one_action_without_owner_when_the_log_is_read() -> None:
    ownerless = [row.id for row in payload("raid.xlsx") if row.kind == "action" and not row.owner]
    assert ownerless == [TRUTHS["ownerless"]["raid"]]


def test_says_the_planted_sentences_when_the_transcript_is_read() -> None:
    for name in ("push", "ambiguous", "ownerless"):
        told = TRUTHS[name]
        assert told["quote"] in cues(told["meeting"])[told["cue"] - 1]


def test_moves_go_live_when_the_api_delivery_is_pushed() -> None:
    told = TRUTHS["push"]
    impact = what_if(payload("plan.xml"), Change(told["task_uid"], delay=Duration(told["delay_days"] * DAY)))
    (go_live,) = [moved for moved in impact.milestones if moved.uid == told["go_live_uid"]]
    assert (go_live.before.date(), go_live.after.date()) == (told["go_live"], told["go_live_after"])


def test_has_one_category_trending_over_when_the_last_eight_weeks_go_on() -> None:
    approved, booked, recent = Counter(), Counter(), Counter()
    budget, ledger = payload("budget.xlsx"), payload("ledger.csv")
    for row in budget:
        approved[row.category] += row.amount
    for row in ledger:
        booked[row.category] += row.amount
        recent[row.category] += row.amount if AS_OF - row.booked_on < timedelta(weeks=8) else 0
    end = max(row.period for row in budget).replace(day=31)
    weeks_left = Decimal((end - AS_OF).days) / 7
    over = [name for name in approved if booked[name] + recent[name] / 8 * weeks_left > approved[name]]
    assert over == [TRUTHS["over_budget"]["category"]]
    assert approved[over[0]] == Decimal(TRUTHS["over_budget"]["approved"])
    assert booked[over[0]] < approved[over[0]]


def test_has_one_document_booked_twice_when_the_ledger_is_read() -> None:
    told = TRUTHS["duplicate"]
    seen = Counter((row.supplier, row.document, row.amount) for row in payload("ledger.csv"))
    assert [key for key, times in seen.items() if times > 1] == [
        (told["supplier"], told["document"], Decimal(told["amount"]))
    ]
    assert [row.booked_on for row in payload("ledger.csv") if row.document == told["document"]] == told["booked_on"]


def test_has_one_invoice_above_the_agreed_price_when_compared() -> None:
    told = TRUTHS["price"]
    bills = {row.document: row.amount for row in payload("ledger.csv") if row.supplier == told["supplier"]}
    assert bills.pop(told["document"]) == Decimal(told["billed"])
    assert set(bills.values()) == {Decimal(told["agreed"])}


def test_names_an_owner_by_nickname_when_people_know_the_alias() -> None:
    told = TRUTHS["nickname"]
    (person,) = [person for person in payload("people.csv") if told["said"] in person.aliases]
    assert (raid(told["raid"]).owner, person.name) == (told["said"], told["name"])
