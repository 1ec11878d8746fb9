import json
from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bywhen.kernel.durations import Duration, DurationUnit
from bywhen.kernel.plan import (
    STANDARD_WEEK,
    Assignment,
    Baseline,
    Calendar,
    CalendarException,
    ConstraintType,
    Link,
    LinkType,
    Plan,
    Recurrence,
    Resource,
    Task,
    Timephased,
)
from bywhen.kernel.plan_document import plan_from_document, plan_to_document

FULL = Plan(
    name="Roll-out",
    tasks=(
        Task(
            uid=1,
            name="Penetration test",
            duration=Duration(480.0, DurationUnit.ELAPSED, "ed"),
            constraint=ConstraintType.FNLT,
            constraint_date=datetime(2026, 12, 4, 17),
            baselines=(Baseline(0, datetime(2026, 11, 2, 8), None, 480.0, None, Decimal("12.50")),),
            splits=((datetime(2026, 11, 2, 8), datetime(2026, 11, 2, 12)),),
            custom={"Text1": "legal"},
        ),
    ),
    links=(Link(1, 2, LinkType.SS, Duration(-25.0, DurationUnit.PERCENT, "%")),),
    calendars=(
        Calendar(
            1,
            "Nights",
            (*STANDARD_WEEK[:5], None, ()),
            exceptions=(
                CalendarException(
                    date(2026, 12, 25), date(2026, 12, 26), (), "Christmas", Recurrence("yearly_day", day=25, month=12)
                ),
                CalendarException(
                    date(2026, 1, 1), date(2026, 1, 31), week=(None, ((60, 120),), None, None, None, None, ())
                ),
            ),
        ),
    ),
    resources=(Resource(1, "Ana", standard_rate=Decimal(80)),),
    assignments=(
        Assignment(1, 1, None, timephased=(Timephased(1, datetime(2026, 1, 1), datetime(2026, 1, 2), 60.0),)),
    ),
    start=datetime(2026, 11, 2, 8),
)


def test_every_field_survives_a_journey_through_json():
    assert plan_from_document(json.loads(json.dumps(plan_to_document(FULL)))) == FULL


def test_defaults_take_no_room():
    assert plan_to_document(Plan("P", (Task(1, "T"),))) == {"name": "P", "tasks": [{"uid": 1, "name": "T"}]}


@given(st.text(), st.floats(0, 1e6), st.sampled_from(list(DurationUnit)))
def test_any_text_and_length_survives(name, minutes, unit):
    plan = Plan(name, (Task(1, name, duration=Duration(minutes, unit)),))
    assert plan_from_document(json.loads(json.dumps(plan_to_document(plan)))) == plan
