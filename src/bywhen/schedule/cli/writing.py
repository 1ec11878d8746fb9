"""Writing plans: converted, or with a baseline set. The file that was given stays as it is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bywhen.kernel.errors import InputRefusedError
from bywhen.schedule.cli.given import AsJson, File, json_print, plan_computed, plan_read

if TYPE_CHECKING:
    from bywhen.intake.port import Loss
    from bywhen.kernel.plan import Plan

_FORMATS = {".xml": "Microsoft Project XML", ".xer": "Primavera export"}


def convert(
    file: File,
    out: Annotated[
        Path,
        typer.Argument(
            help="The file to write: .xml for Microsoft Project XML, .xer for a Primavera export.", show_default=False
        ),
    ],
    *,
    as_json: AsJson = False,
) -> None:
    """Write the plan as Microsoft Project XML or as a Primavera export, with a report of what that cannot hold."""
    reading, plan = plan_read(file)
    _check_target(out, file, (".xml", ".xer"))
    data, lost = _written(plan, out.suffix.lower())
    losses = [asdict(each) for each in (*reading.losses, *lost)]
    _write_file(out, data)
    document = {"file": str(out), "tasks": len(plan.tasks), "links": len(plan.links), "losses": losses}
    if as_json:
        json_print(document)
    else:
        print(f"{out}: {document['tasks']} tasks, {document['links']} links, {len(losses)} losses")
        for loss in losses:
            print(f"  {loss['where']}, {loss['field']}: {loss['value']} ({loss['reason']})")


def _written(plan: Plan, suffix: str) -> tuple[bytes, tuple[Loss, ...]]:
    """The plan in the format of the suffix, and what it does not hold."""
    if suffix == ".xer":
        from bywhen.intake.xer.losses import xer_losses
        from bywhen.intake.xer.writing import write_xer

        data = write_xer(plan)
        return data, xer_losses(plan, data)
    from bywhen.intake.mspdi.writing import mspdi_losses, write_mspdi

    data = write_mspdi(plan)
    return data, mspdi_losses(plan, data)


def baseline(
    file: File,
    *,
    number: Annotated[int, typer.Option("--number", min=0, max=10, help="Which baseline is set.")] = 0,
    out: Annotated[Path, typer.Option("--out", help="The Microsoft Project XML file to write.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Set a baseline from the plan's current dates (computed where it stores none), into a new file."""
    from bywhen.schedule.engine.baselines import with_baseline

    reading, plan = plan_read(file)
    _check_target(out, file, (".xml",))
    dates = {task.uid: (task.start, task.finish) for task in plan.tasks if task.start and task.finish}
    if not dates:
        dates = {row.uid: (row.start, row.finish) for row in plan_computed(plan, file).rows()}
    agreed = with_baseline(plan, number, dates)
    data, lost = _written(agreed, out.suffix.lower())
    losses = [*reading.losses, *lost]
    _write_file(out, data)
    document = {"file": str(out), "baseline": number, "tasks": len(dates), "losses": [asdict(each) for each in losses]}
    if as_json:
        json_print(document)
    else:
        print(f"{out}: baseline {number} set for {len(dates)} tasks, {len(losses)} losses")


def _check_target(out: Path, file: Path, suffixes: tuple[str, ...]) -> None:
    if out.suffix.lower() not in suffixes:
        names = " or ".join(f"{each} ({_FORMATS[each]})" for each in suffixes)
        raise typer.BadParameter(f"{out.name}: give a name that ends in {names}; nothing else can be written")
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
