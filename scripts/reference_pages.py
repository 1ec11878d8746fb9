"""Write the reference pages that follow from the code: command line, settings, column headings, errors, rules.

``python scripts/reference_pages.py`` writes them; a test compares them with what it would write.
"""

from __future__ import annotations

from collections.abc import Mapping
from inspect import getdoc, getmodule
from pathlib import Path
from typing import Any

import typer

from bywhen.followup.selectors.catalogue import BUILT_IN as FOLLOW_UP_RULES
from bywhen.intake.sheets import budget, forecasts, ledger, people, plan, raid, status
from bywhen.kernel import errors
from bywhen.reports.lint.registry import RULES as LINT_RULES
from bywhen.shell.cli import VERBS, root
from bywhen.shell.settings.environment import SETTINGS

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"

CLI_HEAD = """# Command line

Every verb keeps one contract: `--json` prints one JSON document on standard output and nothing else there; progress and
messages go to standard error. Exit code 0 means done, 1 that the input was refused (one line that names the file, the
place in it and what to do), 2 wrong usage. Verbs that judge time take `--as-of DATE`. File verbs (`plan`, `minutes`,
`read`, `formats`) need no workspace and change nothing.

This page is written from the code by `scripts/reference_pages.py`.
"""

SETTINGS_HEAD = """# Settings

Settings come from environment variables and from nowhere else. Where a verb has an option for the same thing, the
option wins. This page is written from the code by `scripts/reference_pages.py`.

| variable | default | meaning |
|---|---|---|
"""

COLUMNS_HEAD = """# Column headings

A sheet is recognised by its headings, in the spellings below: English, German, French and Spanish. Case, accents,
punctuation, brackets and doubled spaces do not count; headings of eight letters or more may hold one slip of the
keyboard. The first spelling of a line is the surest: of two columns for one field the surer one is taken. A column
that no field has a place for is told in the field-loss report, never dropped in silence. `bywhen read FILE` shows what
was taken.

A heading that is not here can be named in a [mapping file](file-formats.md#a-mapping-of-your-own).

This page is written from the code by `scripts/reference_pages.py`.
"""

ERRORS_HEAD = """# Errors

An error is one sentence that names the file, the place in it and what to do. On the command line it stands on standard
error and the exit code is 1; on the web it is shown in place. Doubtful data is no error: it comes back as findings.

This page is written from the code by `scripts/reference_pages.py`.
"""

RULES_HEAD = """# Rules of follow-up and of wording

This page is written from the code by `scripts/reference_pages.py`.

## When somebody is asked

One rule looks at one open loop and either fires, with its reason, or says why it is quiet. How the ladder turns this
into at most one message a person stands in [the follow-up ladder](../explanation/follow-up-ladder.md).

| rule | what it does |
|---|---|
"""

LINT_HEAD = """
## What a status may not say

The linter reads a status as a sceptical sponsor does. Every hit names the words, the reason and what to write instead.

| rule | what it catches |
|---|---|
"""

SHEETS: Mapping[str, tuple[str, Mapping[str, tuple[str, ...]]]] = {
    "plan": ("Plans", plan.FIELDS),
    "raid": ("RAID logs, action lists, decision logs", raid.FIELDS),
    "people": ("People", people.FIELDS),
    "budget": ("Budgets", budget.FIELDS),
    "ledger": ("Ledgers", ledger.FIELDS),
    "forecasts": ("Milestone forecasts", forecasts.FIELDS),
    "status": ("Declared statuses", status.FIELDS),
}


def command_line() -> str:
    """The whole page about verbs."""
    parts = [CLI_HEAD]
    for verb in VERBS:
        command: Any = typer.main.get_command(root(verb))
        command = command.commands[verb]
        below = getattr(command, "commands", {})
        if below:
            parts.append(f"## `bywhen {verb}`\n\n{VERBS[verb][2]}\n")
            parts += [_section(f"{verb} {name}", each, "###") for name, each in below.items()]
        else:
            parts.append(_section(verb, command, "##"))
    return "\n".join(parts)


def _section(name: str, command: Any, level: str) -> str:
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option" and "--help" not in each.opts]
    usage = " ".join(["bywhen", name, "[OPTIONS]", *(each.name.upper() for each in arguments)])
    text = [f"{level} `bywhen {name}`\n", f"{_flowing(command.help)}\n", f"```text\n{usage}\n```\n"]
    rows = [(f"`{each.name.upper()}`", each) for each in arguments]
    rows += [(", ".join(f"`{flag}`" for flag in (*each.opts, *each.secondary_opts)), each) for each in options]
    if rows:
        text.append("| word | meaning | default |\n|---|---|---|")
        text += [f"| {word} | {_flowing(each.help)} | {_default(each)} |" for word, each in rows]
        text.append("")
    return "\n".join(text)


def _flowing(text: str | None) -> str:
    return " ".join((text or "").replace("\x08", "").split()).replace("|", "\\|")


def _default(parameter: Any) -> str:
    value = parameter.default
    if parameter.required:
        return "needed"
    return (
        ""
        if value in (None, "", (), []) or callable(value)
        else f"`{str(value).lower() if isinstance(value, bool) else value}`"
    )


def settings() -> str:
    """The whole page about settings."""
    return SETTINGS_HEAD + "".join(
        f"| `{each.name}` | {each.default or 'empty'} | {each.meaning} |\n" for each in SETTINGS
    )


def columns() -> str:
    """The whole page about the headings of sheets."""
    parts = [COLUMNS_HEAD]
    for kind, (title, fields) in SHEETS.items():
        rows = [f"| `{name}` | {', '.join(words)} |" for name, words in fields.items()]
        parts.append("\n".join([f"## {title} (`{kind}`)\n", "| field | headings |", "|---|---|", *rows, ""]))
    return "\n".join(parts)


def error_tree() -> str:
    """The whole page about errors: the tree as the module draws it."""
    tree = [line[4:] for line in (errors.__doc__ or "").splitlines() if line.startswith("    ")]
    return "\n".join([ERRORS_HEAD, "```text", *tree, "```", ""])


def rules() -> str:
    """The whole page about the rules of follow-up and of the status linter."""
    asked = [f"| `{rule.RULE}` | {_flowing(getdoc(rule))} |" for rule in FOLLOW_UP_RULES]
    said = [f"| `{rule.name}` | {_flowing(getdoc(getmodule(type(rule))))} |" for rule in LINT_RULES]
    return RULES_HEAD + "\n".join(asked) + "\n" + LINT_HEAD + "\n".join(said) + "\n"


PAGES = {
    "command-line.md": command_line,
    "settings.md": settings,
    "columns.md": columns,
    "errors.md": error_tree,
    "follow-up-rules.md": rules,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
