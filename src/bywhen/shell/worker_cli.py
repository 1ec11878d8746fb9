"""``bywhen worker``: sends what people approved and takes in what comes back, until it is told to stop."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from bywhen.platform.workspace import workspace_open


def worker(
    workspace: Annotated[
        Path | None, typer.Option("--workspace", help="The workspace's folder (or BYWHEN_WORKSPACE).")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="One round, then end; for timers such as cron.")] = False,
    every: Annotated[int, typer.Option("--every", min=1, max=3600, help="Seconds between two rounds.")] = 60,
    as_of: Annotated[str, typer.Option("--as-of", help="Judge time as of this day, YYYY-MM-DD.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document a line for each step with news.")] = False,
) -> None:
    """Send approved letters, take in replies, ask calendars, plan series ahead, watch the clocks of the minutes.

    One worker at a time works in a workspace. Nothing leaves that no person approved. Ctrl-C or SIGTERM lets the step
    at hand finish. With --once the exit code is 1 when a step failed.
    """
    workspace_open(workspace, as_of)
    from bywhen.shell.worker import Told, Worker

    def tell(told: Told) -> None:
        document = told.document()
        if as_json:
            print(json.dumps(document, ensure_ascii=False, default=str), flush=True)
            return
        facts = ", ".join(f"{name} {_plain(value)}" for name, value in told.facts.items() if value)
        words = "; ".join(part for part in (facts, told.problem) if part) or "nothing new"
        print(f"{document['at'][:19]}  {told.step}: {words}", file=sys.stderr, flush=True)

    stop = Event()
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: stop.set())
    well = Worker(tell, stop, every=float(every)).run(once=once)
    if once and not well:
        raise typer.Exit(1)


def _plain(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
