"""Writing plans: converted, or with a baseline set. The file that was given stays as it is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bywhen.kernel.errors import InputRefusedError
from bywhen.schedule.cli.given import AsJson, File, json_print, plan_computed, plan_read


def convert(
    file: File,
    out: Annotated[Path, typer.Argument(help="The Microsoft Project XML file to write.", show_default=False)],
    *,
    as_json: AsJson = False,
) -> None:
    """Write the plan as Microsoft Project XML, with a report of what that format cannot hold."""
    from bywhen.intake.mspdi.writing import mspdi_losses, write_mspdi

    reading, plan = plan_read(file)
    _check_target(out, file)
    losses = [*reading.losses, *mspdi_losses(plan)]
    _write_file(out, write_mspdi(plan))
    lost = [asdict(each) for each in losses]
    document = {"file": str(out), "tasks": len(plan.tasks), "links": len(plan.links), "losses": lost}
    if as_json:
        json_print(document)
    else:
        print(f"{out}: {document['tasks']} tasks, {document['links']} links, {len(lost)} losses")
        for loss in lost:
            print(f"  {loss['where']}, {loss['field']}: {loss['value']} ({loss['reason']})")


def baseline(
    file: File,
    *,
    number: Annotated[int, typer.Option("--number", min=0, max=10, help="Which baseline is set.")] = 0,
    out: Annotated[Path, typer.Option("--out", help="The Microsoft Project XML file to write.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Set a baseline from the plan's current dates (computed where it stores none), into a new file."""
    from bywhen.intake.mspdi.writing import mspdi_losses, write_mspdi
    from bywhen.schedule.engine.baselines import with_baseline

    reading, plan = plan_read(file)
    _check_target(out, file)
    dates = {task.uid: (task.start, task.finish) for task in plan.tasks if task.start and task.finish}
    if not dates:
        dates = {row.uid: (row.start, row.finish) for row in plan_computed(plan, file).rows()}
    agreed = with_baseline(plan, number, dates)
    losses = [*reading.losses, *mspdi_losses(agreed)]
    _write_file(out, write_mspdi(agreed))
    document = {"file": str(out), "baseline": number, "tasks": len(dates), "losses": [asdict(each) for each in losses]}
    if as_json:
        json_print(document)
    else:
        print(f"{out}: baseline {number} set for {len(dates)} tasks, {len(losses)} losses")


def _check_target(out: Path, file: Path) -> None:
    if out.suffix.lower() != ".xml":
        raise typer.BadParameter(
            f"{out.name}: Microsoft Project XML is what can be written; give a name that ends in .xml"
        )
    if out.resolve() == file.resolve():
        raise typer.BadParameter("the plan would overwrite itself; give another name")


def _write_file(path: Path, data: bytes) -> None:
    """Write beside the target first, so that a failure leaves nothing half written."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        text = f"cannot be written: {error.strerror}"
        raise InputRefusedError(
            text, file=path.name, remedy="Give a folder that exists and may be written to."
        ) from error
