"""``bywhen week``: one turn of the week over a project folder."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bywhen.kernel.counts import Counts
from bywhen.kernel.wording import day_short
from bywhen.platform.workspace import workspace_open

if TYPE_CHECKING:
    from bywhen.week.services.taking_in import Progress
    from bywhen.week.services.turning import Turned

MOST_NEEDS = 12


def week(
    folder: Annotated[Path, typer.Argument(help="The project folder.")],
    out: Annotated[Path, typer.Option("--out", help="Where the documents go.")] = Path("bywhen-week"),
    as_of: Annotated[str, typer.Option("--as-of", help="Judge time as of this day, YYYY-MM-DD.")] = "",
    workspace: Annotated[
        Path | None, typer.Option("--workspace", help="The workspace's folder (or BYWHEN_WORKSPACE).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Take in what is new in a project folder, bring the record up to date, and write the week's documents."""
    result = turn(folder, out, as_of, workspace)
    if as_json:
        print(json.dumps(result.document(), indent=2, ensure_ascii=False, default=str))
        return
    print("\n".join(summary_lines(result)))


def turn(folder: Path, out: Path, as_of: str, workspace: Path | None) -> Turned:
    """Open the workspace and turn the week, with a progress bar where there is a terminal."""
    workspace_open(workspace, as_of)
    from bywhen.week.services.turning import week_turn

    with progress_bar() as tell:
        return week_turn(folder=folder, out=out, progress=tell)


def summary_lines(result: Turned) -> list[str]:
    """One screen: what changed, what needs a person in order of what is lost by waiting, where the documents are."""
    counts = result.taken.counts
    lines = [f"Week of {day_short(result.as_of)}"]
    if not result.changed:
        lines += ["Nothing has changed since the last turn."]
    lines += [
        f"Taken in: {result.taken.new_files} new of {result.taken.files} files.",
        f"Records: {_counts(counts)}.",
        *(f"  not taken in: {file}: {reason}" for file, reason in result.taken.skipped),
        f"Proposed: {result.new_proposals} new, {len(result.proposals)} waiting.",
        f"Asks drafted: {result.asks}. Findings: {len(result.findings)}.",
        "",
    ]
    lines += _need_lines(result)
    lines += ["", "Documents:", *(f"  {path}" for path in result.documents)]
    return lines


def _counts(counts: Counts) -> str:
    parts = [f"{counts.created} created", f"{counts.updated} updated", f"{counts.unchanged} unchanged"]
    return f"{counts.read} read: {', '.join(parts)}, {len(counts.skipped)} skipped"


def _need_lines(result: Turned) -> list[str]:
    if not result.needs:
        return ["Nothing needs you."]
    letters = {"red": "R", "amber": "A", "green": "G", "grey": "?"}
    lines = ["What needs you, most lost by waiting first:"]
    for need in result.needs[:MOST_NEEDS]:
        lines.append(f"  [{letters[need.rag]}] {need.title}" + (f" ({need.project})" if need.project else ""))
        lines.append(f"      {need.loss} -> {need.act}")
    rest = len(result.needs) - MOST_NEEDS
    return [*lines, f"  and {rest} more on Today."] if rest > 0 else lines


class progress_bar:  # noqa: N801 - reads as what it is in a with statement
    """A bar on standard error, on a terminal only."""

    def __enter__(self) -> Progress:
        self._bar = None
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("", total=1)
        return self._tell

    def _tell(self, what: str, done: int, of: int) -> None:
        if self._bar:
            self._bar.update(self._task, description=what, completed=done, total=of)

    def __exit__(self, *_error: object) -> None:
        if self._bar:
            self._bar.stop()
