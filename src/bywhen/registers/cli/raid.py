"""``bywhen raid``: risks, assumptions, issues, dependencies, lessons and requirements of the workspace.

What does not live here: change requests (``change``); the RAID sheet of a folder, which ``bywhen week`` takes in.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bywhen.kernel.errors import InputRefusedError
from bywhen.platform.workspace import workspace_open
from bywhen.registers.cli.said import (
    AsJson,
    AsOf,
    By,
    OfProject,
    Workspace,
    day_of,
    entry_document,
    person_acts,
    person_of,
    project_needed,
    project_of,
    say,
)

if TYPE_CHECKING:
    from bywhen.registers.models import Entry
    from bywhen.registers.selectors.catalogue import RegisterKind

app = typer.Typer(no_args_is_help=True, help="Registers of the workspace: list, show, add, set, review, close, export.")
Kind = Annotated[str, typer.Argument(help="risk, assumption, issue, dependency, lesson, requirement.")]
Reference = Annotated[str, typer.Argument(help="The entry's reference (R-3) or number.", show_default=False)]
Owner = Annotated[str | None, typer.Option("--owner", help="Whose it is; '' for nobody.")]
Level = Annotated[int | None, typer.Option(min=1, max=5, help="1 very low to 5 very high.")]
Response = Annotated[str | None, typer.Option("--response", help="What is done about it.")]
Due = Annotated[str | None, typer.Option("--due", help="YYYY-MM-DD, or 'none'.")]
Tags = Annotated[str | None, typer.Option("--tags", help="Words with commas between them.")]


@app.command("list")
def list_(
    kind: Annotated[str, typer.Argument(help="One register; all of them when left out.")] = "",
    project: OfProject = "",
    show: Annotated[str, typer.Option("--show", help="open, due (for review), stale, ownerless, closed.")] = "open",
    search: Annotated[str, typer.Option("--search", help="Only entries with these words.")] = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """What stands in a register, the worst first."""
    workspace_open(workspace, as_of)
    from bywhen.kernel.clock import current_clock
    from bywhen.registers.selectors.catalogue import register_list
    from bywhen.registers.selectors.entries import SHOWN, entries_shown

    if show not in SHOWN:
        raise InputRefusedError(f"{show!r} is no choice", place="--show", remedy=f"Use one of {', '.join(SHOWN)}.")
    asked = [_register(kind)] if kind else [each for each in register_list() if each.KIND != "change"]
    today, of = current_clock().today(), project_of(project)
    found = [
        entry
        for register in asked
        for entry in entries_shown(register.KIND, project=of, show=show, words=search, today=today)
    ]
    rows = [entry_document(entry) for entry in found]
    say({"entries": rows}, [_line(entry) for entry in found] or ["Nothing is listed."], as_json=as_json)


@app.command("show")
def show_(
    kind: Kind,
    reference: Reference,
    project: OfProject = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """One entry with its evidence and its history."""
    workspace_open(workspace, as_of)
    from bywhen.registers.selectors.history import entry_history

    entry = _entry(kind, reference, project)
    history = [
        {"at": each.at.isoformat(), "by": each.by, "what": list(each.what), "why": each.why}
        for each in entry_history(entry)
    ]
    lines = [_line(entry), *(line for line in (entry.description, entry.response) if line)]
    lines += [f"  {quote.source.name}, {quote.place}: {quote.text}" for quote in entry.quotes.all()]
    lines += [f"  {each['at'][:16]} {each['by']}: {'; '.join(each['what'])}" for each in history]
    say({**entry_document(entry), "history": history}, lines, as_json=as_json)


@app.command("add")
def add(  # noqa: PLR0913, PLR0917 - one option a field
    kind: Kind,
    title: Annotated[str, typer.Argument(help="What it is, in a sentence.", show_default=False)],
    project: OfProject = "",
    owner: Owner = None,
    probability: Level = None,
    impact: Level = None,
    response: Response = None,
    description: Annotated[str | None, typer.Option("--description", help="In detail.")] = None,
    due: Due = None,
    tags: Tags = None,
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Put an entry into a register; it gets the next reference."""
    workspace_open(workspace, as_of)
    from bywhen.registers.services.acts import entry_add

    fields = _fields(owner=owner, due=due, probability=probability, impact=impact, response=response, tags=tags)
    fields |= {"description": description} if description is not None else {}
    _allowed(_register(kind), fields)
    with person_acts(by):
        done = entry_add(project=project_needed(project), kind=kind, title=title, **fields)
    _told(done.entry, done.said, as_json=as_json)


@app.command("set")
def set_(  # noqa: PLR0913, PLR0917 - one option a field
    kind: Kind,
    reference: Reference,
    project: OfProject = "",
    title: Annotated[str | None, typer.Option("--title", help="Other words.")] = None,
    owner: Owner = None,
    probability: Level = None,
    impact: Level = None,
    response: Response = None,
    description: Annotated[str | None, typer.Option("--description", help="In detail.")] = None,
    due: Due = None,
    review_on: Annotated[str | None, typer.Option("--review-on", help="Next review, YYYY-MM-DD.")] = None,
    tags: Tags = None,
    progress: Annotated[str | None, typer.Option("--progress", help="The status in a word.")] = None,
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Change an entry; a new score sets a new review day. What is not named stays."""
    workspace_open(workspace, as_of)
    from bywhen.registers.services.acts import entry_edit

    fields = _fields(owner=owner, due=due, probability=probability, impact=impact, response=response, tags=tags)
    given = {"title": title, "description": description, "progress": progress}
    fields |= {name: value for name, value in given.items() if value is not None}
    if review_on is not None:
        fields["review_on"] = _review_day(review_on)
    _allowed(_register(kind), fields)
    with person_acts(by):
        done = entry_edit(entry=_entry(kind, reference, project), **fields)
    _told(done.entry, done.said, as_json=as_json)


@app.command("review")
def review(
    kind: Kind,
    reference: Reference,
    project: OfProject = "",
    note: Annotated[str, typer.Option("--note", help="What was found.")] = "",
    next_on: Annotated[str, typer.Option("--next", help="Next review, YYYY-MM-DD; else by its score.")] = "",
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Somebody has looked at it and it stands as it is."""
    workspace_open(workspace, as_of)
    from bywhen.registers.services.acts import entry_look

    with person_acts(by):
        done = entry_look(entry=_entry(kind, reference, project), note=note, review_on=day_of(next_on, "--next"))
    _told(done.entry, done.said, as_json=as_json)


@app.command("close")
def close(
    kind: Kind,
    reference: Reference,
    project: OfProject = "",
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
    reopen: Annotated[bool, typer.Option("--reopen", help="Open it again instead.")] = False,
    happened: Annotated[
        bool, typer.Option("--happened", help="A risk that came true: an issue takes its place.")
    ] = False,
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Close an entry, open it again, or let a risk become the issue that it warned of."""
    workspace_open(workspace, as_of)
    from bywhen.registers.services.acts import entry_again, entry_end, risk_happen

    entry = _entry(kind, reference, project)
    with person_acts(by):
        if happened:
            done = risk_happen(entry=entry)
        else:
            done = entry_again(entry=entry) if reopen else entry_end(entry=entry, note=note)
    _told(done.entry, done.said, as_json=as_json)


@app.command("export")
def export(
    kind: Annotated[str, typer.Argument(help="The register; 'change' too.")],
    out: Annotated[Path, typer.Argument(help="A .csv or .xlsx file to write.", show_default=False)],
    project: OfProject = "",
    show: Annotated[str, typer.Option("--show", help="open, due, stale, ownerless, closed.")] = "open",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Write a register as a sheet; no cell is ever a formula, and the sheet can be taken in again."""
    workspace_open(workspace, as_of)
    from bywhen.kernel.clock import current_clock
    from bywhen.registers.selectors.entries import entries_shown
    from bywhen.registers.selectors.sheets import sheet_of

    suffix = out.suffix.lower().lstrip(".")
    if suffix not in {"csv", "xlsx"}:
        raise InputRefusedError("a register is written as .csv or .xlsx", file=str(out), remedy="Name such a file.")
    register = _register(kind, change=True)
    found = entries_shown(kind, project=project_of(project), show=show, today=current_clock().today())
    out.write_bytes(sheet_of(register, found, suffix))
    say({"file": str(out), "entries": len(found)}, [f"{len(found)} entries are in {out}."], as_json=as_json)


def _fields(*, owner: str | None, due: str | None, **plain: Any) -> dict[str, Any]:
    fields = {name: value for name, value in plain.items() if value is not None}
    if owner is not None:
        fields["owner"] = person_of(owner, "--owner")
    if due is not None:
        fields["due"] = day_of(due, "--due")
    return fields


def _review_day(text: str) -> Any:
    day = day_of(text, "--review-on")
    if day is None:
        raise InputRefusedError("an open entry always has a next review", place="--review-on", remedy="Give a day.")
    return day


def _allowed(register: RegisterKind, fields: dict[str, Any]) -> None:
    strange = set(fields) - {"title", "description", "owner", "progress", *register.FIELDS}
    if strange:
        name = min(strange)
        known = ", ".join(register.FIELDS)
        raise InputRefusedError(f"a {register.NOUN} has no {name}", place=f"--{name}", remedy=f"It has {known}.")


def _register(kind: str, *, change: bool = False) -> RegisterKind:
    from bywhen.registers.selectors.catalogue import register_get, register_list

    found = register_get(kind)
    if found is None or (kind == "change" and not change):
        known = ", ".join(each.KIND for each in register_list() if change or each.KIND != "change")
        hint = " For change requests there is 'bywhen change'." if kind == "change" else ""
        raise InputRefusedError(f"there is no register {kind!r}", remedy=f"Use one of {known}.{hint}")
    return found


def _entry(kind: str, reference: str, project: str) -> Entry:
    from bywhen.registers.selectors.entries import entry_find

    found = entry_find(project_of(project), _register(kind).KIND, reference)
    if found is None:
        remedy = f"List them with 'bywhen raid list {kind}'; where references repeat, name the --project."
        raise InputRefusedError(f"there is no single {kind} {reference!r}", remedy=remedy)
    return found


def _told(pk: int, said: str, *, as_json: bool) -> None:
    from bywhen.registers.selectors.entries import entry_get

    entry = entry_get(pk)
    assert entry is not None
    say({"said": said, **entry_document(entry)}, [said], as_json=as_json)


def _line(entry: Entry) -> str:
    rating = f"{entry.score} {entry.band}" if entry.band else "not judged"
    owner = entry.owner.name if entry.owner else "nobody"
    review = f"review {entry.review_on}" if entry.review_on else entry.status
    return f"{entry.reference or entry.pk}  [{rating}]  {entry.title}  ({entry.project.key}, {owner}, {review})"
