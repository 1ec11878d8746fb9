"""``bywhen change``: change requests of the workspace, from raising to verifying, and the limits that ask for them.

What does not live here: the printed form (room ``reports``), accepting a change at the plan (Today).
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bywhen.kernel.errors import InputRefusedError
from bywhen.platform.workspace import workspace_open
from bywhen.registers.cli.answers import (
    money_of,
    request_document,
    request_entry,
    request_line,
    request_lines,
    request_told,
)
from bywhen.registers.cli.deciding import app as deciding
from bywhen.registers.cli.said import (
    AsJson,
    AsOf,
    By,
    Cost,
    OfProject,
    Reference,
    Workspace,
    amount_of,
    day_of,
    person_acts,
    project_needed,
    project_of,
    say,
)

app = typer.Typer(no_args_is_help=True, help="Change requests: list, show, add, set, vote, decide, implement, limits.")
Effort = Annotated[str | None, typer.Option("--effort", help="Working days, or 'none'.")]
Task = Annotated[int | None, typer.Option("--task", help="Number of the plan's task that it changes.")]
Delay = Annotated[float | None, typer.Option("--delay", help="The task moves by working days.")]
Extend = Annotated[float | None, typer.Option("--extend", help="The task takes so many working days longer.")]
Finish = Annotated[str, typer.Option("--finish", help="The task finishes then, YYYY-MM-DD.")]
Drop = Annotated[bool, typer.Option("--drop", help="The task is dropped.")]


@app.command("list")
def list_(
    project: OfProject = "",
    state: Annotated[str, typer.Option("--state", help="raised, assessed, approved, rejected, implemented.")] = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Change requests with their state, effect, cost and votes, newest first."""
    workspace_open(workspace, as_of)
    from bywhen.registers.kinds.change import STATES
    from bywhen.registers.selectors.changes import change_list, change_state

    if state and state not in STATES:
        raise InputRefusedError(f"{state!r} is no state", place="--state", remedy=f"Use one of {', '.join(STATES)}.")
    every = [entry for entry in change_list(project=project_of(project)) if entry.status != "cancelled"]
    found = [entry for entry in every if not state or change_state(entry) == state]
    lines = [request_line(entry) for entry in found] or ["No change request is listed."]
    say({"changes": [request_document(entry) for entry in found]}, lines, as_json=as_json)


@app.command("show")
def show_(
    reference: Reference,
    project: OfProject = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """One request: what is asked, what it moves and costs, votes, decision, what followed."""
    workspace_open(workspace, as_of)
    entry = request_entry(reference, project)
    say(request_document(entry), request_lines(entry), as_json=as_json)


@app.command("add")
def add(  # noqa: PLR0913, PLR0917 - one option a field
    title: Annotated[str, typer.Argument(help="What is to change, in a sentence.", show_default=False)],
    project: OfProject = "",
    task: Task = None,
    delay: Delay = None,
    extend: Extend = None,
    finish: Finish = "",
    drop: Drop = False,
    reason: Annotated[str | None, typer.Option("--reason", help="Why it is asked.")] = None,
    options: Annotated[str | None, typer.Option("--options", help="What else could be done.")] = None,
    risk: Annotated[str | None, typer.Option("--risk", help="What the change itself risks.")] = None,
    rollback: Annotated[str | None, typer.Option("--rollback", help="The way back.")] = None,
    cost: Cost = None,
    effort: Effort = None,
    requested_by: Annotated[str | None, typer.Option("--requested-by", help="Who asks for it.")] = None,
    due: Annotated[str | None, typer.Option("--due", help="Decision needed by, YYYY-MM-DD.")] = None,
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Raise a change request; a change of a task is computed against the plan, the board is asked for its votes."""
    workspace_open(workspace, as_of)
    from bywhen.registers.services.change_acts import request_add

    content = _content(reason=reason, options=options, risk=risk, rollback=rollback)
    content |= _weighed(cost, effort, requested_by, due) | _payload(task, delay, extend, finish, drop=drop)
    with person_acts(by):
        done = request_add(project=project_needed(project), title=title, **content)
    request_told(done, as_json=as_json)


@app.command("set")
def set_(  # noqa: PLR0913, PLR0917 - one option a field
    reference: Reference,
    project: OfProject = "",
    title: Annotated[str | None, typer.Option("--title", help="Other words.")] = None,
    task: Task = None,
    delay: Delay = None,
    extend: Extend = None,
    finish: Finish = "",
    drop: Drop = False,
    reason: Annotated[str | None, typer.Option("--reason", help="Why it is asked.")] = None,
    options: Annotated[str | None, typer.Option("--options", help="What else could be done.")] = None,
    risk: Annotated[str | None, typer.Option("--risk", help="What the change itself risks.")] = None,
    rollback: Annotated[str | None, typer.Option("--rollback", help="The way back.")] = None,
    cost: Cost = None,
    effort: Effort = None,
    requested_by: Annotated[str | None, typer.Option("--requested-by", help="Who asks for it.")] = None,
    due: Annotated[str | None, typer.Option("--due", help="Decision needed by, YYYY-MM-DD, or 'none'.")] = None,
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Change what an undecided request says; what is not named stays."""
    from bywhen.registers.services.change_acts import request_edit

    workspace_open(workspace, as_of)
    content = _content(title=title, reason=reason, options=options, risk=risk, rollback=rollback)
    content |= _weighed(cost, effort, requested_by, due) | _payload(task, delay, extend, finish, drop=drop)
    with person_acts(by):
        done = request_edit(entry=request_entry(reference, project), **content)
    request_told(done, as_json=as_json)


def _content(**texts: str | None) -> dict[str, Any]:
    return {name: value for name, value in texts.items() if value is not None}


def _weighed(cost: str | None, effort: str | None, requested_by: str | None, due: str | None) -> dict[str, Any]:
    from bywhen.record.selectors.people import person_find

    found = money_of(cost)
    if effort is not None:
        found["effort_days"] = amount_of(effort, "--effort")
    if requested_by is not None:
        found |= {"requested_by": person_find(requested_by), "requested_by_text": requested_by}
    if due is not None:
        found["due"] = day_of(due, "--due")
    return found


def _payload(task: int | None, delay: float | None, extend: float | None, finish: str, *, drop: bool) -> dict[str, Any]:
    """The change of the plan that the options name; {} when they name none."""
    wanted = {"delay_days": delay, "extend_days": extend, "finish": day_of(finish, "--finish"), "remove": drop or None}
    named = {name: value for name, value in wanted.items() if value is not None}
    if not named and task is None:
        return {}
    if task is None or len(named) != 1:
        remedy = "Give --task with one of --delay, --extend, --finish and --drop."
        raise InputRefusedError("the change of the plan is not clear", place="--task", remedy=remedy)
    return {"payload": {"task_uid": task, **named}}


app.registered_commands.extend(deciding.registered_commands)
