"""``bywhen change``: the registers' verbs, and the printed form, which is the reports' part."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bywhen.kernel.errors import InputRefusedError
from bywhen.platform.workspace import workspace_open
from bywhen.registers.cli.answers import request_entry
from bywhen.registers.cli.change import app
from bywhen.registers.cli.said import AsJson, AsOf, OfProject, Reference, Workspace, say


@app.command("print")
def print_(
    reference: Reference,
    out: Annotated[Path, typer.Argument(help="A .docx, .pdf, .html or .md file to write.", show_default=False)],
    project: OfProject = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Write the form of one request, with lines to sign on while it is undecided."""
    workspace_open(workspace, as_of)
    from bywhen.registers.selectors.facts import request_facts
    from bywhen.reports.kinds.change_request import ChangeRequestForm
    from bywhen.reports.selectors.catalogue import WRITERS, WRITERS_OF_EXTRAS

    writers = {**WRITERS, **WRITERS_OF_EXTRAS}
    writer = writers.get(out.suffix.lower().lstrip("."))
    if writer is None:
        remedy = f"Name a file that ends in {', '.join(f'.{name}' for name in writers)}."
        raise InputRefusedError("this kind of document cannot be written", file=str(out), remedy=remedy)
    entry = request_entry(reference, project)
    out.write_bytes(writer.write(ChangeRequestForm().build(request_facts(entry))))
    say({"reference": entry.reference, "file": str(out)}, [str(out)], as_json=as_json)
