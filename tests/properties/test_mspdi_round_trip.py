"""Whatever a plan says in supported fields, Microsoft Project XML gives it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bywhen.intake.mspdi.project import read_mspdi
from bywhen.intake.mspdi.writing import write_mspdi
from bywhen.intake.port import Blob
from bywhen.kernel.durations import Duration, DurationUnit
from bywhen.kernel.plan import (
    Assignment,
    Baseline,
    ConstraintType,
    Link,
    LinkType,
    Plan,
    Task,
    TaskType,
    Timephased,
    standard_calendar,
)

TENTHS = st.integers(0, 10_000_000).map(lambda n: n / 10)
MOMENTS = st.integers(0, 10_000_000).map(lambda n: datetime(2020, 1, 1) + timedelta(minutes=n))
MONEY = st.none() | st.integers(-(10**9), 10**9).map(lambda n: Decimal(n) / 100)
# What XML cannot hold at all is left out; everything else has to survive, markup and line ends included.
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.sampled_from("\n\t\r<&>\"'=")
)
UNITS = [(DurationUnit.WORKING, shown) for shown in ("m", "h", "d", "w", "mo")]
UNITS += [(DurationUnit.ELAPSED, f"e{shown}") for _unit, shown in tuple(UNITS)]
DURATIONS = st.builds(lambda minutes, unit: Duration(minutes, *unit), TENTHS, st.sampled_from(UNITS))
LAGS = DURATIONS | st.integers(-200, 200).map(lambda n: Duration(float(n), DurationUnit.PERCENT, "%"))


@st.composite
def plans(draw) -> Plan:
    count = draw(st.integers(1, 6))
    tasks, stack = [], []
    for uid in range(1, count + 1):
        level = draw(st.integers(1, len(stack) + 1))
        stack = stack[: level - 1]
        tasks.append(draw(_tasks(uid, level, stack[-1] if stack else None)))
        stack.append(uid)
    parents = {task.parent_uid for task in tasks}
    pairs = draw(st.lists(st.tuples(st.integers(1, count), st.integers(1, count)), max_size=6, unique=True))
    links = [
        Link(a, b, draw(st.sampled_from(LinkType)), draw(LAGS)) for a, b in sorted(pairs, key=lambda pair: pair[1])
    ]
    return Plan(
        name=draw(TEXT),
        tasks=tuple(task if task.uid not in parents else _as_summary(task) for task in tasks),
        links=tuple(links),
        calendars=(standard_calendar(),),
        calendar_uid=1,
        start=draw(MOMENTS),
        assignments=tuple(draw(_assignments(uid)) for uid in range(1, draw(st.integers(0, count)) + 1)),
    )


def _as_summary(task: Task) -> Task:
    return Task(
        uid=task.uid, name=task.name, outline_level=task.outline_level, parent_uid=task.parent_uid, summary=True
    )


def _tasks(uid: int, level: int, parent: int | None):
    return st.builds(
        Task,
        uid=st.just(uid),
        name=TEXT,
        outline_level=st.just(level),
        parent_uid=st.just(parent),
        notes=TEXT,
        manual=st.booleans(),
        active=st.booleans(),
        estimated=st.booleans(),
        milestone=st.booleans(),
        type=st.sampled_from(TaskType),
        duration=st.none() | DURATIONS,
        percent_complete=st.integers(0, 100).map(float),
        start=st.none() | MOMENTS,
        total_slack_minutes=st.none() | TENTHS,
        critical=st.none() | st.booleans(),
        constraint=st.sampled_from(ConstraintType),
        constraint_date=st.none() | MOMENTS,
        deadline=st.none() | MOMENTS,
        leveling_delay_minutes=TENTHS,
        cost=MONEY,
        custom=st.dictionaries(
            TEXT.filter(lambda key: key.strip() and not key.strip().isdecimal()), TEXT.filter(bool), max_size=2
        ),
        baselines=st.lists(
            st.builds(Baseline, number=st.integers(0, 10), finish=MOMENTS, work_minutes=TENTHS), max_size=2
        ).map(tuple),
    )


def _assignments(uid: int):
    spans = st.builds(Timephased, st.sampled_from([1, 2, 4, 5, 6, 17]), MOMENTS, MOMENTS, TENTHS, st.integers(0, 5))
    return st.builds(
        Assignment,
        uid=st.just(uid),
        task_uid=st.just(uid),
        resource_uid=st.none(),
        units=st.integers(0, 400).map(lambda n: n / 100),
        work_minutes=TENTHS,
        delay_minutes=TENTHS,
        timephased=st.lists(spans, max_size=3).map(tuple),
    )


@settings(max_examples=150, deadline=None)
@given(plans())
def test_plan_is_equal_when_written_and_read_again(plan: Plan):
    found = read_mspdi(Blob("plan.xml", write_mspdi(plan), ""))
    again = found.payload
    assert again.tasks == plan.tasks
    assert again.links == plan.links
    assert again.assignments == plan.assignments
    assert again.calendars == plan.calendars
    assert (again.name, again.start) == (plan.name, plan.start)
    assert found.losses == ()
