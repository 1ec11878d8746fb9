"""The command line's root: file verbs without Django, workspace verbs with it.

Every verb keeps the contract: ``--json`` prints one document on standard output and nothing else; exit code 0 done,
1 the input was refused (one line on standard error), 2 wrong usage. Rooms bring their own verbs in ``cli.py``; this
module only mounts them, importing a room when one of its verbs is asked for.
"""

from __future__ import annotations

import sys
from importlib import import_module

import typer

from bywhen.kernel.errors import ByWhenError

VERBS = {
    "demo": ("bywhen.shell.service_cli", "demo", "Make a demo workspace, run its week and show it in the browser."),
    "init": ("bywhen.shell.service_cli", "init", "Make an empty workspace."),
    "serve": ("bywhen.shell.service_cli", "serve", "Serve the web pages of the workspace on this machine."),
    "worker": (
        "bywhen.shell.worker_cli",
        "worker",
        "Send approved letters, take in replies, ask calendars; until stopped.",
    ),
    "doctor": ("bywhen.shell.service_cli", "doctor", "Check the workspace: database, audit trail, open loops."),
    "week": ("bywhen.week.cli", "week", "Take in a project folder and perform one turn of the week."),
    "plan": ("bywhen.schedule.cli.plan", "app", "Show, schedule and question a plan file."),
    "minutes": (
        "bywhen.meetings.cli",
        "minutes",
        "Find decisions, actions, risks and changes in a transcript or notes.",
    ),
    "meet": ("bywhen.shell.meet_cli", "app", "Plan meetings, draft agendas, invite, publish minutes."),
    "raid": ("bywhen.registers.cli.raid", "app", "Keep the registers: risks, issues, assumptions and more."),
    "change": ("bywhen.shell.change_cli", "app", "Keep change requests: raise, vote, decide, implement, print."),
    "formats": ("bywhen.shell.files_cli", "formats", "List the files that can be read."),
    "read": ("bywhen.shell.files_cli", "read", "Show what ByWhen understands of a file, and what it cannot hold."),
}
"""Verb -> module, attribute (a function or a group), one line of help. The order is the order of ``--help``."""


def root(verb: str) -> typer.Typer:
    """The command line with only ``verb``'s room imported: file verbs must not pay for Django."""
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="Who does what, by when, and what happens if they don't.",
    )
    for name, (module, attribute, line) in VERBS.items():
        target = getattr(import_module(module), attribute) if name == verb else _elsewhere
        if isinstance(target, typer.Typer):
            app.add_typer(target, name=name, short_help=line)
        else:
            app.command(name, short_help=line)(target)
    return app


def _elsewhere() -> None:
    """Stands for verbs that were not asked for, in the list of verbs only."""


def main(arguments: list[str] | None = None) -> None:
    """Run a verb; our own errors become one line on standard error and exit code 1."""
    words = sys.argv[1:] if arguments is None else arguments
    verb = next((word for word in words if not word.startswith("-")), "")
    try:
        root(verb)(args=words, prog_name="bywhen")
    except ByWhenError as error:
        print(f"bywhen: {' '.join(str(error).split())}", file=sys.stderr)
        raise SystemExit(1) from None
