"""Writes the demo programme under ``examples/meridian/`` from the readable sources under ``examples/source/``.

Run ``python examples/generate.py`` after a change of the sources; the same sources give the same bytes, which a test
checks. ``--out DIR`` writes elsewhere.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from generator import meetings, sheets  # noqa: E402 - the folder is made importable above
from generator.plan_source import read_steps  # noqa: E402
from generator.schedule import build_plan  # noqa: E402
from generator.world import World, read_world  # noqa: E402

from bywhen.intake.mspdi.writing import write_mspdi  # noqa: E402

PROJECTS = {
    "erp": ("Meridian ERP roll-out", datetime(2026, 5, 11, 8)),
    "gateway": ("API gateway", datetime(2026, 6, 8, 8)),
    "migration": ("Data migration", datetime(2026, 6, 1, 8)),
    "rollout": ("Rollout and training", datetime(2026, 6, 15, 8)),
}


def read_plans(source: Path, world: World) -> sheets.Plans:
    """The four plans with dates, each beside the uids of its ids."""
    plans = {}
    for key, (name, start) in PROJECTS.items():
        steps = read_steps(source / "plans" / f"{key}.plan")
        plans[key] = (build_plan(name, steps, world, start), {step.key: step.uid for step in steps})
    return plans


def files_of(source: Path) -> dict[str, bytes]:
    """Relative path -> content of every file of the folder."""
    world = read_world(source)
    plans = read_plans(source, world)
    migration = plans["migration"][0]
    return {
        "project.toml": (source / "project.toml").read_bytes(),
        "plan.xml": write_mspdi(plans["erp"][0]),
        "plans/gateway.xml": write_mspdi(plans["gateway"][0]),
        "plans/migration.xlsx": sheets.xlsx_bytes(
            "Migration plan", "Data migration: plan", sheets.PLAN_HEADINGS, sheets.plan_rows(migration)
        ),
        "plans/rollout.csv": sheets.plan_csv(plans["rollout"][0]),
        "people.csv": sheets.people_csv(world),
        "raid.xlsx": sheets.raid_xlsx(source, plans),
        "budget.xlsx": sheets.budget_xlsx(source),
        "ledger.csv": sheets.ledger_csv(source),
        "forecasts.csv": sheets.forecasts_csv(source, plans),
        "status.csv": sheets.status_csv(source),
        "calendar.ics": meetings.calendar_ics(source, world),
        **meetings.meeting_files(source / "meetings"),
    }


def main() -> None:
    options = argparse.ArgumentParser(description="Write the demo programme from its sources.")
    options.add_argument("--out", type=Path, default=HERE / "meridian", help="folder to write (default: %(default)s)")
    out = options.parse_args().out
    for name, content in files_of(HERE / "source").items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{len(content):>8}  {name}")


if __name__ == "__main__":
    main()
