"""How many tasks of real plan files get exactly the dates and floats that Microsoft Project stored in them.

    python benchmarks/schedule_parity.py PLANS SCORER [--as-stored]

PLANS is a folder of plan files with their oracles, SCORER the scoring script beside them (neither is part of the
project). The files are given without any computed date in them, unless --as-stored. Prints the scorer's groups as one
JSON document, with the figures of MPXJ's own scheduler by the same scorer beside them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
MPXJ = {
    "all files": 68.5,
    "distinct plans": 68.0,
    "distinct plans with links": 74.5,
    "distinct plans without links": 49.0,
}
"""Per cent of tasks with all fields equal: MPXJ 16.10's MicrosoftScheduler, as published with the plan files."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--as-stored", action="store_true")
    options = parser.parse_args()
    program = f"import sys; sys.path.insert(0, {str(SOURCE)!r}); from bywhen.shell.cli import main; main()"
    command = f'{sys.executable} -c "{program}" plan schedule {{file}} --recompute --json'
    arguments = [sys.executable, str(options.scorer), str(options.plans), "--json", "--command", command]
    if not options.as_stored:
        arguments.append("--blind")
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    result = json.loads(done.stdout)
    groups = {name: shares(row, MPXJ.get(name)) for name, row in result["groups"].items()}
    whole = sum(each.get("all_ok") == each.get("all_n") for each in result["plans"])
    json.dump(
        {"groups": groups, "plans_wholly_equal": whole, "plans": len(result["plans"]), "failed": result["failed"]},
        sys.stdout,
        indent=1,
    )
    print()


def shares(row: dict[str, int], mpxj: float | None) -> dict[str, float | int | None]:
    def share(group: str) -> float:
        return round(100 * row.get(f"{group}_ok", 0) / max(row.get(f"{group}_n", 0), 1), 1)

    return {
        "tasks": row.get("all_n", 0),
        "forward": share("forward"),
        "backward": share("backward"),
        "all": share("all"),
        "mpxj_all": mpxj,
    }


if __name__ == "__main__":
    main()
