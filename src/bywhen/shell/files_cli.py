"""File verbs that belong to no room: what can be read, and what is understood of a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bywhen.intake.mapping import options_for
from bywhen.intake.port import Reading
from bywhen.intake.reading import read_file
from bywhen.intake.registry import formats as registered


def formats(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of a list.")] = False,
) -> None:
    """List the formats that can be read; third parties' are among them."""
    rows = [{"name": each.name, "title": each.title, "kinds": list(each.kinds)} for each in registered()]
    if as_json:
        typer.echo(json.dumps({"formats": rows}, indent=2))
        return
    for row in rows:
        typer.echo(f"{row['name']:<22} {row['title']:<48} {', '.join(row['kinds'])}")


def read(
    file: Annotated[Path, typer.Argument(help="Any file: a plan, a sheet, a transcript, notes, a calendar.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of a report.")] = False,
) -> None:
    """Show what is understood of a file: kinds, counts, the columns taken, what was skipped and what cannot be held."""
    readings = read_file(file, options_for(file))
    if as_json:
        typer.echo(
            json.dumps({"file": str(file), "readings": [_document(each) for each in readings]}, indent=2, default=str)
        )
        return
    for reading in readings:
        _report(reading)


def _document(reading: Reading) -> dict[str, Any]:
    return {
        "kind": reading.kind,
        "format": reading.format,
        "part": reading.part,
        "read": reading.read,
        "mapping": dict(reading.mapping),
        "skipped": [{"place": each.place, "reason": each.reason} for each in reading.skipped],
        "losses": [
            {"field": each.field, "where": each.where, "value": each.value, "reason": each.reason}
            for each in reading.losses
        ],
        "findings": [
            {"rule": each.rule, "severity": each.severity.value, "text": each.text} for each in reading.findings
        ],
    }


def _report(reading: Reading) -> None:
    part = f" ({reading.part})" if reading.part else ""
    taken = reading.read - len(reading.skipped)
    typer.echo(f"{reading.kind}{part}, read as {reading.format}: {reading.read} records, {taken} understood")
    for field, column in reading.mapping.items():
        typer.echo(f"  {field:<20} from column '{column}'")
    for skipped in reading.skipped:
        typer.echo(f"  skipped {skipped.place}: {skipped.reason}")
    for loss in reading.losses:
        typer.echo(f"  cannot hold {loss.field} of {loss.where}: {loss.reason}")
    for finding in reading.findings:
        typer.echo(f"  {finding.severity.value}: {finding.text}")
