"""Write the reference pages that follow from the code: command line and settings.

``python scripts/reference_pages.py`` writes them; a test compares them with what it would write.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

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
    return "" if value in (None, "", (), []) or callable(value) else f"`{str(value).lower() if isinstance(value, bool) else value}`"


def settings() -> str:
    """The whole page about settings."""
    return SETTINGS_HEAD + "".join(f"| `{each.name}` | {each.default or 'empty'} | {each.meaning} |\n" for each in SETTINGS)


PAGES = {"command-line.md": command_line, "settings.md": settings}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
