"""The service's verbs: demo, init, serve, doctor."""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from bywhen.kernel.errors import AuditBrokenError, InputRefusedError
from bywhen.platform.workspace import workspace_open
from bywhen.shell.serving import port_free, serve_forever

Workspace = Annotated[Path | None, typer.Option("--workspace", help="The workspace's folder (or BYWHEN_WORKSPACE).")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
AsOf = Annotated[str, typer.Option("--as-of", help="Judge time as of this day, YYYY-MM-DD.")]
DEMO_DAY = "2026-11-23"
_MARK = "bywhen-demo.txt"


def init(workspace: Workspace = None, as_json: Json = False) -> None:
    """Make an empty workspace, or bring an old one's tables up to date."""
    folder = workspace_open(workspace)
    _say({"workspace": str(folder)}, f"The workspace is ready: {folder}", as_json)


def serve(
    workspace: Workspace = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on; this machine only unless you say otherwise.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; the next free one is taken when it is in use.")] = 8321,
    as_of: AsOf = "",
) -> None:
    """Serve the web pages. The address printed carries a login link that works once."""
    workspace_open(workspace, as_of)
    _serve(host, port)


def doctor(workspace: Workspace = None, as_json: Json = False, as_of: AsOf = "") -> None:
    """Check the workspace: tables, audit trail, the invariant of open loops. Exit code 1 when something is wrong."""
    folder = workspace_open(workspace, as_of)
    checks = _checks()
    healthy = all(check["ok"] for check in checks)
    lines = [f"{'ok ' if check['ok'] else 'BAD'}  {check['name']}: {check['text']}" for check in checks]
    _say({"workspace": str(folder), "healthy": healthy, "checks": checks}, "\n".join(lines), as_json)
    if not healthy:
        raise typer.Exit(1)


def demo(
    workspace: Workspace = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the week's documents go; a folder of the workspace otherwise.")
    ] = None,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the web pages afterwards.")] = True,
    port: Annotated[int, typer.Option(help="Port; the next free one is taken when it is in use.")] = 8321,
    as_json: Json = False,
) -> None:
    """Make a demo workspace, run one turn of its week on 23 November 2026, and show it in the browser."""
    began = time.monotonic()
    folder = _demo_folder(workspace)
    workspace_open(folder, DEMO_DAY)
    from bywhen.week.cli import progress_bar, summary_lines
    from bywhen.week.services.turning import week_turn

    with progress_bar() as tell:
        result = week_turn(folder=examples_folder(), out=out or folder / "documents", progress=tell)
    _say({"workspace": str(folder), **result.document()}, "\n".join(summary_lines(result)), as_json)
    print(f"Ready after {time.monotonic() - began:.1f} s.", file=sys.stderr)
    if serve:
        _serve("127.0.0.1", port)


def examples_folder() -> Path:
    """The demo world: beside the sources in a checkout, inside the package when installed."""
    packed = Path(__file__).parent / "examples" / "meridian"
    return packed if packed.is_dir() else Path(__file__).resolve().parents[3] / "examples" / "meridian"


def _demo_folder(wanted: Path | None) -> Path:
    """A fresh folder for the demo; only a folder that a demo made is ever emptied.

    Raises:
        InputRefusedError: when the folder holds something else.
    """
    from platformdirs import user_data_dir

    folder = (wanted or Path(user_data_dir("bywhen-demo", appauthor=False))).expanduser().absolute()
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).is_file():
            raise InputRefusedError(
                "the folder is not empty and no demo made it", file=str(folder), remedy="Name a new folder."
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).write_text("This folder is made anew by every 'bywhen demo'.\n", encoding="utf-8")
    return folder


def _serve(host: str, port: int) -> None:
    from bywhen.platform.login_links import login_link_make

    port = port_free(host, port)
    address = f"http://{host}:{port}/enter/?token={login_link_make()}"
    print(
        f"\nByWhen is at {address}\nThe link works once, within half an hour. Stop with Ctrl-C.",
        file=sys.stderr,
        flush=True,
    )
    serve_forever(host, port)


def _checks() -> list[dict[str, Any]]:
    from django.db import connection

    from bywhen.loops.selectors import loops_broken
    from bywhen.platform.audit import audit_verify

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            state = str(cursor.fetchone()[0])
        else:
            cursor.execute("SELECT 1")
            state = "ok"
    checks = [{"name": "database", "ok": state == "ok", "text": f"{connection.vendor}, {state}"}]
    try:
        checks.append({"name": "audit trail", "ok": True, "text": f"{audit_verify()} entries, the chain holds"})
    except AuditBrokenError as error:
        checks.append({"name": "audit trail", "ok": False, "text": str(error)})
    broken = list(loops_broken())
    text = "every open loop has an owner and a next check"
    if broken:
        names = "; ".join(f"'{loop.title}'" for loop in broken[:5])
        text = f"{len(broken)} without an owner or a next check: {names}. Give each an owner on Today."
    # A loop without an owner is for a person to mend: told, and no fault of the workspace itself.
    checks.append({"name": "open loops", "ok": True, "text": text})
    return checks


def _say(document: dict[str, Any], text: str, as_json: bool) -> None:
    print(json.dumps(document, indent=2, ensure_ascii=False, default=str) if as_json else text)
