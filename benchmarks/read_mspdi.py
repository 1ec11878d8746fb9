"""How long reading and writing a Microsoft Project XML plan takes, with MPXJ (warm) beside it in the same run.

    python benchmarks/read_mspdi.py [--tasks 10000] [--runs 3] [--no-mpxj]

The plan is generated: tasks in summaries of ten, three links each, one assignment with a month of timephased work for
every second task, baselines and custom fields. Prints one JSON document; times are the best of the runs in seconds, on
the clock and of the processor: MPXJ's runtime uses several cores at a time, and other work slows the clock.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from bywhen.intake.mspdi.writing import write_mspdi
from bywhen.intake.reading import read_plan
from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import (
    Assignment,
    Baseline,
    CustomField,
    Link,
    Plan,
    Resource,
    Task,
    Timephased,
    standard_calendar,
)

START = datetime(2026, 1, 5, 8)


def generated(count: int) -> Plan:
    return Plan(
        name="Generated",
        tasks=tuple(_task(number) for number in range(1, count + 1)),
        links=tuple(
            Link(max(number - step, 1), number)
            for number in range(2, count + 1)
            for step in (1, 7, 23)
            if number % 10 != 1 and (number - step) % 10 != 1
        ),
        calendars=(standard_calendar(),),
        calendar_uid=1,
        resources=tuple(Resource(uid=number, name=f"Person {number}", id=number) for number in range(1, 51)),
        assignments=tuple(_assignment(number) for number in range(2, count + 1, 2)),
        start=START,
        custom_fields=(CustomField("188743731", "Text1", "Workstream"),),
    )


def _task(number: int) -> Task:
    day = START + timedelta(days=number % 700)
    summary = number % 10 == 1
    return Task(
        uid=number,
        id=number,
        name=f"Build part {number} of the interface",
        wbs=f"{number // 10}.{number % 10}",
        outline_number=f"{number // 10}.{number % 10}",
        outline_level=1 if summary else 2,
        summary=summary,
        duration=Duration(480.0 * (number % 9 + 1)),
        remaining_duration_minutes=480.0 * (number % 9 + 1),
        start=day,
        finish=day + timedelta(days=number % 9, hours=9),
        early_start=day,
        early_finish=day + timedelta(days=number % 9, hours=9),
        late_start=day + timedelta(days=30),
        late_finish=day + timedelta(days=30 + number % 9, hours=9),
        total_slack_minutes=480.0 * 22,
        free_slack_minutes=0.0,
        work_minutes=480.0,
        cost=Decimal(400),
        notes="Agreed in the planning session." if number % 5 == 0 else "",
        baselines=(Baseline(0, day, day + timedelta(days=5), 480.0, 480.0, Decimal(400)),),
        custom={"Workstream": f"Stream {number % 7}"},
    )


def _assignment(number: int) -> Assignment:
    spans = (START + timedelta(days=number % 700 + offset) for offset in range(20))
    return Assignment(
        uid=number,
        task_uid=number,
        resource_uid=number % 50 + 1,
        work_minutes=480.0,
        remaining_work_minutes=480.0,
        start=START,
        finish=START + timedelta(days=30),
        timephased=tuple(Timephased(1, day, day + timedelta(days=1), 24.0, 2) for day in spans),
    )


def best(runs: int, action) -> dict[str, float]:
    clock, processor = [], []
    for _ in range(runs):
        begin, used = time.perf_counter(), time.process_time()
        action()
        clock.append(time.perf_counter() - begin)
        processor.append(time.process_time() - used)
    return {"clock": round(min(clock), 3), "processor": round(min(processor), 3)}


def mpxj_times(path: Path, runs: int) -> dict[str, object]:
    from bywhen.intake.mpxj import java_started

    java = java_started()
    read = java("org.mpxj.mspdi.MSPDIReader")
    begin = time.perf_counter()
    project = read().read(str(path))
    cold = time.perf_counter() - begin

    def write() -> None:
        writer = java("org.mpxj.mspdi.MSPDIWriter")()
        writer.setWriteTimephasedData(True)
        writer.write(project, str(path.with_suffix(".out.xml")))

    return {
        "read_first": round(cold, 3),
        "read_warm": best(runs, lambda: read().read(str(path))),
        "write_warm": best(runs, write),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-mpxj", action="store_true")
    given = parser.parse_args()
    plan = generated(given.tasks)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xml"
        path.write_bytes(write_mspdi(plan))
        answer = {
            "tasks": given.tasks,
            "megabytes": round(path.stat().st_size / 1e6, 1),
            "bywhen": {
                "read": best(given.runs, lambda: read_plan(path)),
                "write": best(given.runs, lambda: write_mspdi(plan)),
                "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
            },
        }
        if not given.no_mpxj:
            answer["mpxj"] = mpxj_times(path, given.runs)
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
