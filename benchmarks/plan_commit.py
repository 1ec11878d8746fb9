"""How long a change of a large plan takes on the server, from its impact to the page that shows it committed.

    python benchmarks/plan_commit.py [--tasks 2000] [--runs 5]

In a workspace of its own that is thrown away: a generated plan is taken in, then for several tasks the impact is asked
for, the change committed, the page shown and the change undone, each through the web application as a browser would.
Prints one JSON document: median and worst milliseconds and the number of database statements of each step.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from bywhen.intake.mspdi.writing import write_mspdi
from generated_plans import simple_plan

STEPS = ("impact", "commit", "page", "undo")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        client = entered(folder)
        print(json.dumps(measured(client, options.tasks, options.runs), indent=1))


def entered(folder: str):
    """A client that is signed in to an empty workspace."""
    os.environ |= {"BYWHEN_WORKSPACE": folder, "DJANGO_SETTINGS_MODULE": "bywhen.shell.settings.base"}
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    client = Client()
    client.force_login(get_user_model().objects.create(username="owner"))
    return client


def measured(client, tasks: int, runs: int) -> dict[str, object]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("plan.xml", write_mspdi(simple_plan(tasks)))
    plan = client.post("/plan/take-in/commit/", {"file": file}).headers["Location"]
    took: dict[str, list[tuple[float, int]]] = {step: [] for step in STEPS}
    for run in range(runs):
        change = {"uid": 1 + (run + 1) * tasks // (runs + 2), "delay_days": 5}
        took["impact"].append(timed(lambda change=change: client.post(f"{plan}impact/", change)))
        took["commit"].append(timed(lambda change=change: client.post(f"{plan}commit/", change)))
        took["page"].append(timed(lambda: client.get(plan)))
        took["undo"].append(timed(lambda: client.post(f"{plan}undo/")))
    return {"tasks": tasks, "runs": runs} | {step: summary(rows) for step, rows in took.items()}


def timed(ask) -> tuple[float, int]:
    """Seconds and database statements of one request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as statements:
        begun = time.perf_counter()
        answer = ask()
        took = time.perf_counter() - begun
    assert answer.status_code in (200, 302), answer.status_code
    return took, len(statements)


def summary(rows) -> dict[str, float]:
    seconds, statements = zip(*rows, strict=True)
    return {
        "median_ms": round(statistics.median(seconds) * 1000), "worst_ms": round(max(seconds) * 1000),
        "statements": max(statements),
    }  # fmt: skip


if __name__ == "__main__":
    main()
