"""The command line's root: file verbs without Django, workspace verbs with it.

Every verb keeps the contract: ``--json`` prints one document on standard output and nothing else; exit code 0 done,
1 the input was refused (one line on standard error), 2 wrong usage. Rooms bring their own verbs in ``cli.py``; this
module only mounts them, importing a room when one of its verbs is asked for.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click
import typer
from typer.core import TyperGroup

from bywhen.kernel.errors import ByWhenError

VERBS = {
    "demo": ("bywhen.shell.service_cli", "demo", "Make a demo workspace, run its week and show it in the browser."),
    "init": ("bywhen.shell.service_cli", "init", "Make an empty workspace."),
    "serve": ("bywhen.shell.service_cli", "serve", "Serve the web pages of the workspace on this machine."),
    "doctor": ("bywhen.shell.service_cli", "doctor", "Check the workspace: database, audit trail, open loops."),
    "week": ("bywhen.week.cli", "week", "Take in a project folder and perform one turn of the week."),
    "plan": ("bywhen.schedule.cli", "app", "Show, schedule and question a plan file."),
    "minutes": ("bywhen.meetings.cli", "minutes", "Find decisions, actions, risks and changes in a transcript or notes."),
    "formats": ("bywhen.shell.files_cli", "formats", "List the files that can be read."),
    "read": ("bywhen.shell.files_cli", "read", "Show what ByWhen understands of a file, and what it cannot hold."),
}
"""Verb -> module, attribute (a function or a group), one line of help. The order is the order of ``--help``."""


class LazyVerbs(TyperGroup):
    """Loads a room only when one of its verbs is used: file verbs must not pay for Django."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in the order of the list."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the room and give its command."""
        if cmd_name not in VERBS:
            return None
        module, attribute, help_line = VERBS[cmd_name]
        target = getattr(import_module(module), attribute)
        if not isinstance(target, typer.Typer):
            single = typer.Typer(add_completion=False)
            single.command(name=cmd_name)(target)
            target = single
        command = typer.main.get_command(target)
        command.name = cmd_name
        command.short_help = help_line
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing any room."""
        with formatter.section("Verbs"):
            formatter.write_dl([(verb, line) for verb, (_, _, line) in VERBS.items()])


app = typer.Typer(
    cls=LazyVerbs,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Who does what, by when, and what happens if they don't.",
)


@app.callback()
def root() -> None:
    """Who does what, by when, and what happens if they don't."""


def main(arguments: list[str] | None = None) -> None:
    """Run a verb; our own errors become one line on standard error and exit code 1."""
    try:
        app(args=arguments, prog_name="bywhen")
    except ByWhenError as error:
        print(f"bywhen: {' '.join(str(error).split())}", file=sys.stderr)
        raise SystemExit(1) from None
