"""Measure date phrases, owners, plan links and changes over the own corpora: both halves, as JSON.

    python benchmarks/minutes_corpora.py
    python benchmarks/minutes_corpora.py --parts open set_aside

``right`` counts abstentions where nothing may be answered; ``wrong`` counts answers that are not the wanted ones. The
half ``held_out`` was written with the other and not looked at while the grammars were tuned. ``open`` and ``set_aside``
are the halves of cases that were composed later, without a look at the grammars, ``later`` a second round of such
cases. ``--parts`` chooses among them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from corpora import minutes_cases  # noqa: E402 - found beside the tests

CORPORA = {
    "date phrases": minutes_cases.dates,
    "owners": minutes_cases.owners,
    "plan links": minutes_cases.links,
    "changes": minutes_cases.changes,
}
PARTS = ("tuning", "held_out", "open", "set_aside", "later")


def told(outcome: minutes_cases.Outcome) -> str:
    """One case that was not answered as wanted."""
    wanted = " or ".join(w or "nothing" for w in (outcome.wanted, *outcome.also))
    return f"{outcome.said} -> {outcome.got or 'abstained'}, wanted {wanted}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=PARTS)
    parts = parser.parse_args().parts
    table = {}
    for name, cases in CORPORA.items():
        for part in parts:
            started = time.perf_counter()
            outcomes = list(cases(part))
            milliseconds = 1000 * (time.perf_counter() - started) / len(outcomes)
            table[f"{name}, {part}"] = {
                **asdict(minutes_cases.rates(outcomes)),
                "ms_per_case": round(milliseconds, 2),
                "not_right": [told(o) for o in outcomes if not o.right],
            }
    print(json.dumps(table, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
