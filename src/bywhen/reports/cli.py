"""``bywhen meet``: the minutes of meetings in the workspace; the same gate as on their page."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bywhen.platform.workspace import workspace_open

if TYPE_CHECKING:
    from bywhen.meetings.models import Meeting

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Minutes of meetings in the workspace.")

Number = Annotated[int, typer.Argument(help="The meeting's number, as its address shows it.", show_default=False)]
Workspace = Annotated[Path | None, typer.Option("--workspace", help="The workspace's folder (or BYWHEN_WORKSPACE).")]
AsOf = Annotated[str, typer.Option("--as-of", help="Judge time as of this day, YYYY-MM-DD.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@app.command("publish")
def publish(
    number: Number,
    waiver: Annotated[str, typer.Option("--waiver", help="Why actions without owner or date go out.")] = "",
    leave_open: Annotated[bool, typer.Option("--leave-open", help="Publish undecided items as left open.")] = False,
    by: Annotated[str, typer.Option("--by", help="Who publishes; else whoever is logged in here.")] = "",
    as_of: AsOf = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Publish the minutes of a meeting and approve one letter to each who gets them."""
    workspace_open(workspace, as_of)
    from bywhen.platform.acting import Actor, acting
    from bywhen.reports.services import minutes_issue

    with acting(Actor("person", by or getpass.getuser()), "published from the command line"):
        done = minutes_issue(meeting=_meeting(number), waiver=waiver, leave_open=leave_open)
    said = {
        "meeting": number,
        "version": done.version.number,
        "waived": done.version.waived,
        "letters": [letter.recipient_address for letter in done.letters],
        "unreachable": list(done.unreachable),
    }
    if as_json:
        print(json.dumps(said, ensure_ascii=False))
        return
    print(f"Version {done.version.number} is published; {len(done.letters)} letters are approved.")
    for name in done.unreachable:
        print(f"  no mail address is known for {name}")


@app.command("minutes")
def minutes(
    number: Number,
    out: Annotated[Path, typer.Option("--out", help="Where the files go.")] = Path("bywhen-minutes"),
    kinds: Annotated[str, typer.Option("--as", help="docx, html, md, pdf; several with commas.")] = "docx,html",
    as_of: AsOf = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Write the latest published minutes of a meeting as files."""
    workspace_open(workspace, as_of)
    from bywhen.kernel.errors import InputRefusedError, StateWrongError
    from bywhen.meetings.selectors.minutes import minutes_latest
    from bywhen.reports.selectors.catalogue import WRITERS, WRITERS_OF_EXTRAS
    from bywhen.reports.services import minutes_write

    known = {**WRITERS, **WRITERS_OF_EXTRAS}
    names = [name.strip() for name in kinds.split(",")]
    strange = [name for name in names if name not in known]
    if strange:
        raise InputRefusedError(f"{strange[0]!r} is no format", place="--as", remedy=f"Use {', '.join(known)}.")
    version = minutes_latest(_meeting(number))
    if version is None:
        raise StateWrongError(f"Meeting {number} has no published minutes; run 'bywhen meet publish {number}' first.")
    written = minutes_write(version=version, out=out, writers=[known[name] for name in names])
    if as_json:
        print(json.dumps({"version": version.number, "documents": [str(each.path) for each in written]}))
    else:
        print("\n".join(str(each.path) for each in written))


def _meeting(number: int) -> Meeting:
    from bywhen.kernel.errors import InputRefusedError
    from bywhen.meetings.selectors.held import meeting_get, meeting_list

    found = meeting_get(number)
    if found is None:
        known = ", ".join(str(each.pk) for each in meeting_list()[:8])
        raise InputRefusedError(f"there is no meeting {number}", remedy=f"The latest are {known or 'none'}.")
    return found
