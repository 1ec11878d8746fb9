"""Dates for the ``.plan`` sources: from steps to a :class:`~bywhen.kernel.plan.Plan` with baseline and progress.

Start, finish, baseline and progress come from the small pass below, not from ByWhen's engine, so that a test can hold
the engine against the stored dates. Floats are the engine's.

What does not live here: reading the sources, file formats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import (
    Assignment,
    Baseline,
    ConstraintType,
    CustomField,
    Link,
    LinkType,
    Plan,
    Resource,
    Task,
)
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.cpm import compute
from generator.plan_source import Step
from generator.world import ROUND_THE_CLOCK_UID, Person, World

STATUS = datetime(2026, 11, 23, 8)
RATES = {"": Decimal(62), "northgate": Decimal(95), "quillware": Decimal(110), "halden": Decimal(125)}
OWNER_FIELD = CustomField("188743731", "Text1", "Owner")
_MORNING, _EVENING = time(8), time(17)
_BOUND_AT = {"snet": _MORNING, "snlt": _MORNING, "mso": _MORNING, "mfo": _EVENING, "fnet": _EVENING, "fnlt": _EVENING}
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Network:
    """The steps with what a pass over them needs."""

    steps: Sequence[Step]
    world: World
    start: datetime

    def working_time(self, step: Step) -> WorkingTime:
        """The calendar a step is worked on: its own, else its owner's, else the office of the programme."""
        if step.options.get("cal") == "round":
            return self.world.working_time(ROUND_THE_CLOCK_UID)
        uid = self.world.calendar_of.get(step.who, 1) if step.duration and step.duration.minutes else 1
        return self.world.working_time(uid)


def forward(network: Network, *, baseline: bool = False) -> dict[str, Span]:
    """Start and finish of every step by one forward pass in dependency order; summaries span their children."""
    found: dict[str, Span] = {}
    waiting = [step for step in network.steps if step.duration is not None]
    while waiting:
        ready = [step for step in waiting if all(link[0] in found for link in step.links)]
        if not ready:
            raise ValueError(f"circle or unknown id among {[step.key for step in waiting]}")
        for step in ready:
            found[step.key] = _span(network, step, found, baseline=baseline)
        waiting = [step for step in waiting if step.key not in found]
    for step, inside in _families(network.steps):
        spans = [found[child.key] for child in inside if child.duration is not None]
        found[step.key] = (min(span[0] for span in spans), max(span[1] for span in spans))
    return found


def _span(network: Network, step: Step, found: Mapping[str, Span], *, baseline: bool) -> Span:
    clock = network.working_time(step)
    length = step.baseline_duration if baseline else step.duration
    minutes = length.minutes if length else 0.0
    if not baseline and "began" in step.options:
        begin = datetime.combine(date.fromisoformat(step.options["began"]), _MORNING)
        return begin, clock.add(begin, minutes)
    earliest = network.start
    for key, kind, lag in step.links:
        anchor = found[key][0 if kind in (LinkType.SS, LinkType.SF) else 1]
        bound = anchor + timedelta(minutes=lag.minutes) if lag.elapsed else clock.add(anchor, lag.minutes)
        if kind in (LinkType.FF, LinkType.SF):
            bound = clock.subtract(bound, minutes)
        earliest = max(earliest, bound)
    for name in ("snet", "mso"):
        if name in step.options:
            day = datetime.combine(date.fromisoformat(step.options[name]), _MORNING)
            earliest = day if name == "mso" else max(earliest, day)
    begin = clock.next(earliest) if minutes else earliest
    return begin, clock.add(begin, minutes)


def _families(steps: Sequence[Step]) -> list[tuple[Step, list[Step]]]:
    families = []
    for place, step in enumerate(steps):
        inside: list[Step] = []
        for later in steps[place + 1 :]:
            if later.level <= step.level:
                break
            inside.append(later)
        if inside:
            families.append((step, inside))
    return families


def build_plan(name: str, steps: Sequence[Step], world: World, start: datetime) -> Plan:
    """The plan with baseline 0, progress to the status date, assignments and costs."""
    network = Network(steps, world, start)
    agreed, current = forward(network, baseline=True), forward(network)
    uid_of = {step.key: step.uid for step in steps}
    families = {step.uid: inside for step, inside in _families(steps)}
    numbers = _outline_numbers(steps)
    parents = {
        child.uid: step.uid for step, inside in _families(steps) for child in inside if child.level == step.level + 1
    }
    owners = [person for person in world.people if any(step.who == person.name for step in steps)]
    resource_uid = {person.name: number for number, person in enumerate(owners, start=1)}
    tasks, assignments = [], []
    for step in steps:
        task = _task(step, network, current[step.key], agreed[step.key], numbers[step.uid], parents.get(step.uid))
        if step.uid in families:
            task = _summary(task, current, agreed, families[step.uid], network)
        tasks.append(task)
        if task.work_minutes and step.who:
            assignments.append(_assignment(len(assignments) + 1, task, resource_uid[step.who]))
    plan = Plan(
        name=name,
        tasks=tuple(tasks),
        links=tuple(Link(uid_of[key], step.uid, kind, lag) for step in steps for key, kind, lag in step.links),
        calendars=world.calendars,
        resources=tuple(_resource(resource_uid[person.name], person, world) for person in owners),
        assignments=tuple(assignments),
        calendar_uid=1,
        start=start,
        finish=max(span[1] for span in current.values()),
        status_date=STATUS,
        current_date=STATUS,
        currency="EUR",
        author="Sofia Lindqvist",
        custom_fields=(OWNER_FIELD,),
    )
    return with_floats(plan)


def with_floats(plan: Plan) -> Plan:
    """The plan with the engine's early dates, late dates and floats for what is left to do; start and finish stay the
    pass's own. What is done has no float any more, as in Microsoft Project; a summary row has none of its own."""
    computed = {row.uid: row for row in compute(plan).rows()}
    kinds = ("total", "free", "start", "finish")
    floats = [f"{kind}_slack_minutes" for kind in kinds]
    names = ["early_start", "early_finish", "late_start", "late_finish", "critical", *floats]
    tasks = []
    for task in plan.tasks:
        if task.summary:
            tasks.append(task)
        elif task.percent_complete == 100:
            dates = {f"{when}_{end}": getattr(task, end) for when in ("early", "late") for end in ("start", "finish")}
            tasks.append(replace(task, critical=False, **dates, **dict.fromkeys(floats, 0.0)))
        else:
            tasks.append(replace(task, **{name: getattr(computed[task.uid], name) for name in names}))
    return replace(plan, tasks=tuple(tasks))


def _task(step: Step, network: Network, span: Span, agreed: Span, number: str, parent: int | None) -> Task:
    minutes = step.duration.minutes if step.duration else 0.0
    bound = next((kind for kind in _BOUND_AT if kind in step.options), "")
    percent = _percent(step, network, span)
    done = minutes * percent / 100
    clock = network.working_time(step)
    before = step.baseline_duration.minutes if step.baseline_duration else 0.0
    rate = RATES[network.world.person(step.who).firm] if step.who else Decimal(0)
    deadline = step.options.get("deadline")
    return Task(
        uid=step.uid,
        id=step.uid,
        name=step.name,
        wbs=number,
        outline_number=number,
        outline_level=step.level,
        parent_uid=parent,
        milestone=step.duration is not None and minutes == 0,
        duration=step.duration or Duration(0.0),
        start=span[0],
        finish=span[1],
        percent_complete=percent,
        percent_work_complete=percent,
        actual_duration_minutes=done,
        remaining_duration_minutes=minutes - done,
        actual_start=span[0] if percent else None,
        actual_finish=span[1] if percent == 100 else None,
        stop=clock.add(span[0], done) if 0 < percent < 100 else None,
        resume=clock.next(clock.add(span[0], done)) if 0 < percent < 100 else None,
        constraint=ConstraintType[bound.upper()] if bound else ConstraintType.ASAP,
        constraint_date=datetime.combine(date.fromisoformat(step.options[bound]), _BOUND_AT[bound]) if bound else None,
        deadline=datetime.combine(date.fromisoformat(deadline), _EVENING) if deadline else None,
        calendar_uid=ROUND_THE_CLOCK_UID if step.options.get("cal") == "round" else None,
        ignore_resource_calendars=step.options.get("cal") == "round",
        work_minutes=minutes,
        actual_work_minutes=done,
        remaining_work_minutes=minutes - done,
        cost=_cost(minutes, rate),
        actual_cost=_cost(done, rate),
        notes=step.options.get("note", ""),
        baselines=(Baseline(0, agreed[0], agreed[1], before, before, _cost(before, rate)),),
        custom={"Owner": step.who} if step.who else {},
    )


def _percent(step: Step, network: Network, span: Span) -> float:
    minutes = step.duration.minutes if step.duration else 0.0
    if "pct" in step.options:
        return float(step.options["pct"])
    if span[1] <= STATUS:
        return 100.0
    if not minutes or span[0] >= STATUS:
        return 0.0
    worked = network.working_time(step).between(span[0], STATUS)
    return float(int(worked / minutes * 20) * 5)


def _cost(minutes: float, rate: Decimal) -> Decimal:
    return (Decimal(str(minutes)) / 60 * rate).quantize(Decimal("0.01"))


def _summary(
    task: Task, current: Mapping[str, Span], baseline: Mapping[str, Span], inside: list[Step], network: Network
) -> Task:
    """A summary row: spans its children; its per cent is theirs, weighted by duration; work and money are sums."""
    leaves = [step for step in inside if step.duration is not None]
    shares = [(step.duration.minutes, _percent(step, network, current[step.key])) for step in leaves]
    total = sum(minutes for minutes, _ in shares)
    percent = float(int(sum(minutes * share for minutes, share in shares) / total))
    if percent == 100 and any(share < 100 for _, share in shares):
        percent = 99.0
    begun = [current[step.key][0] for step, (_, share) in zip(leaves, shares, strict=True) if share]
    length = network.world.working_time(1).between(task.start, task.finish)
    agreed = [baseline[step.key] for step in leaves]
    first, last = min(span[0] for span in agreed), max(span[1] for span in agreed)
    before = network.world.working_time(1).between(first, last)
    return replace(
        task,
        summary=True,
        duration=Duration(length),
        percent_complete=percent,
        percent_work_complete=percent,
        actual_duration_minutes=length * percent / 100,
        remaining_duration_minutes=length * (100 - percent) / 100,
        actual_start=min(begun) if begun else None,
        actual_finish=task.finish if percent == 100 else None,
        work_minutes=None,
        actual_work_minutes=None,
        remaining_work_minutes=None,
        cost=None,
        actual_cost=None,
        baselines=(Baseline(0, first, last, before),),
    )


def _assignment(uid: int, task: Task, resource: int) -> Assignment:
    return Assignment(
        uid=uid,
        task_uid=task.uid,
        resource_uid=resource,
        work_minutes=task.work_minutes or 0.0,
        actual_work_minutes=task.actual_work_minutes or 0.0,
        remaining_work_minutes=task.remaining_work_minutes,
        start=task.start,
        finish=task.finish,
        actual_start=task.actual_start,
        actual_finish=task.actual_finish,
        stop=task.stop,
        resume=task.resume,
        cost=task.cost,
        actual_cost=task.actual_cost,
    )


def _resource(uid: int, person: Person, world: World) -> Resource:
    return Resource(
        uid=uid,
        id=uid,
        name=person.name,
        calendar_uid=world.calendar_of[person.name],
        email=person.address,
        group=person.team,
        initials=person.initials,
        standard_rate=RATES[person.firm],
    )


def _outline_numbers(steps: Sequence[Step]) -> dict[int, str]:
    counts: list[int] = []
    numbers = {}
    for step in steps:
        counts = [*counts[: step.level], *([0] * (step.level - len(counts)))]
        counts[step.level - 1] += 1
        numbers[step.uid] = ".".join(map(str, counts))
    return numbers
