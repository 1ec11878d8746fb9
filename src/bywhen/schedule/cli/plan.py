"""``bywhen plan``: the schedule engine over any plan file. No Django, no database; files are read, never changed.

``--json`` prints one document on standard output; without it, a table for people. What does not live here: reading
files (room ``intake``), computing (``schedule/engine``), the JSON shapes (``schedule/engine/documents.py``).
"""

from __future__ import annotations

import typer

from bywhen.schedule.cli import asking, showing, writing

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, help="Show, schedule and question a plan file."
)
for verb in (
    showing.schedule,
    showing.show,
    showing.critical,
    asking.whatif,
    asking.diff,
    writing.convert,
    showing.lookahead,
    asking.signals,
    writing.baseline,
):
    app.command()(verb)
