"""How fast a schedule is computed, with MPXJ's scheduler (warm, same plans, same run), networkx and TaskJuggler beside.

    python benchmarks/schedule_speed.py [--sizes 1000 10000 100000] [--runs 5] [--peers mpxj networkx tj3]

Two generated plans of each size: ``simple`` (three links a task, one 5x8 calendar) and ``rich`` (the same network with
three calendars, constraints and actuals on a tenth of the tasks each). CPU seconds (``process_time``; thread CPU time
in the JVM), so that other work on the machine does not decide; best of the runs, each in ``plain`` Python and
``compiled`` with the accelerator:

- ``sweep``: both passes and all floats over a network that is there already, as in a server or a what-if;
- ``whole``: the same from plan values, the network made anew. MPXJ starts from task objects too: this is the ratio to
  judge by;
- ``rows``: the whole, and then every row of every task as plain values (date-times, minutes), which are otherwise made
  when they are asked for;
- ``bytes_per_task``: what a network with its schedule holds, plan values excluded (traced allocations);
- ``what_if``: the impact of delaying one random task by a day, median over 60 tasks;
- ``mpxj``: ``MicrosoftScheduler.schedule`` of the same plan, already read, JVM warm, and the total and free slack of
  each task, computed when asked (the loop over tasks runs inside the JVM); ``mpxj_dates`` without the slack;
- ``networkx``: ``dag_longest_path_length`` of the same network: no calendar, no dates, no float;
- ``tj3``: TaskJuggler as a whole process, reading and writing included; no float.

Prints one JSON document with the ratios. ``compiling`` is what the first use of the accelerator costs in a process.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import schedule_peers as peers
from bywhen.kernel.durations import Duration
from bywhen.schedule.engine.columns import PLAIN
from bywhen.schedule.engine.compiled import is_installed
from bywhen.schedule.engine.cpm import compute, scheduled
from bywhen.schedule.engine.network import compiled_network
from bywhen.schedule.engine.passes import columns_for
from bywhen.schedule.engine.whatif import Change, what_if
from generated_plans import rich_plan, simple_plan
from schedule_peers import best

KINDS = {"simple": simple_plan, "rich": rich_plan}
MEASURES = ("sweep", "whole", "rows")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--kinds", nargs="+", choices=sorted(KINDS), default=list(KINDS))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", nargs="*", choices=("mpxj", "networkx", "tj3"), default=("mpxj", "networkx", "tj3"))
    parser.add_argument("--patience", type=float, default=180.0, help="seconds that a peer is given for a plan")
    options = parser.parse_args()
    compiling = compiling_time()
    rows = [measured(kind, size, options) for size in options.sizes for kind in options.kinds]
    answer = {"unit": "CPU seconds", "runs": options.runs, "compiling": compiling, "rows": rows, "linear": linear(rows)}
    print(json.dumps(answer, indent=1))


def compiling_time() -> float | str:
    if not is_installed():
        return "skipped: the extra 'fast' is not installed"
    return best(lambda: compute(rich_plan(50), accelerate=True).free(), 1)


def measured(kind: str, size: int, options: argparse.Namespace) -> dict[str, object]:
    plan = KINDS[kind](size)
    row: dict[str, object] = {"plan": kind, "tasks": size, "links": len(plan.links)}
    row["plain"] = ours(plan, options.runs, accelerate=False)
    row["compiled"] = ours(plan, options.runs, accelerate=True) if is_installed() else None
    row["what_if"] = what_if_median(plan)
    row.update(of_peers(kind, plan, options))
    row["ratios"] = ratios(row)
    return row


def ours(plan, runs: int, *, accelerate: bool) -> dict[str, float]:
    network = compute(plan, accelerate=accelerate).network
    found = {
        "sweep": best(lambda: scheduled(network).free(), runs),
        "whole": best(lambda: compute(plan, accelerate=accelerate).free(), runs),
        "rows": best(lambda: list(compute(plan, accelerate=accelerate).rows()), min(runs, 2)),
    }
    found["bytes_per_task"] = memory_per_task(plan, columns_for(0, accelerate=True) if accelerate else PLAIN)
    return found


def memory_per_task(plan, columns) -> int:
    tracemalloc.start()
    schedule = scheduled(compiled_network(plan, columns=columns))
    schedule.free()
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return round(used / len(plan.tasks))


def what_if_median(plan) -> float:
    before = compute(plan, accelerate=False)
    chance = random.Random(3)
    open_tasks = [t.uid for t in plan.tasks if t.percent_complete < 100]
    day = Duration(480.0)
    times = [best(lambda uid=uid: what_if(before, Change(uid, delay=day)), 1) for uid in chance.sample(open_tasks, 60)]
    return round(statistics.median(times), 6)


def of_peers(kind: str, plan, options: argparse.Namespace) -> dict[str, object]:
    found: dict[str, object] = {}
    if "mpxj" in options.peers:
        answer = peers.mpxj(plan, options.runs, options.patience)
        found["mpxj"], found["mpxj_dates"] = answer if isinstance(answer, list) else (answer, answer)
    if "networkx" in options.peers and kind == "simple":
        found["networkx"] = peers.networkx(plan)
    if "tj3" in options.peers and kind == "simple":
        found["tj3"] = peers.tj3(plan, options.patience)
    return found


def ratios(row) -> dict[str, float]:
    found = {}
    for way in ("plain", "compiled"):
        mine = row[way]
        if mine and isinstance(row.get("mpxj"), float):
            found |= {f"mpxj to {way} {measure}": round(row["mpxj"] / mine[measure], 1) for measure in MEASURES}
    found["plain sweep to what-if"] = round(row["plain"]["sweep"] / row["what_if"], 1)
    return found


def linear(rows) -> dict[str, float]:
    """How many times longer ten times as many tasks take (100,000 against 10,000)."""
    by_size = {(row["plan"], row["tasks"]): row for row in rows}
    found = {}
    for (kind, size), big in by_size.items():
        small = by_size.get((kind, size // 10))
        if size != 100_000 or small is None:
            continue
        for way in ("plain", "compiled"):
            if big[way]:
                found |= {f"{kind} {way} {name}": round(big[way][name] / small[way][name], 1) for name in MEASURES}
    return found


if __name__ == "__main__":
    main()
