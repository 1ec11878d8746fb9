"""``bywhen change``, the second half: computing, voting, deciding, implementing, verifying, the limits.

What does not live here: listing, raising and editing (``change``), which mounts these verbs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bywhen.kernel.errors import InputRefusedError
from bywhen.platform.workspace import workspace_open
from bywhen.registers.cli.answers import money_of, request_act
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
    person_of,
    project_needed,
    say,
)

if TYPE_CHECKING:
    from bywhen.registers.models import Entry
    from bywhen.registers.services.undoing import Done

app = typer.Typer(no_args_is_help=True)
Note = Annotated[str, typer.Option("--note", help="In words.")]
On = Annotated[str, typer.Option("--on", help="The day, YYYY-MM-DD; else today.")]


@app.command("compute")
def compute(
    reference: Reference,
    project: OfProject = "",
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Compute the effect anew, against the plan as it is now."""
    workspace_open(workspace, as_of)
    from bywhen.registers.services.change_acts import request_compute

    request_act(reference, project, by, lambda entry: request_compute(entry=entry), as_json=as_json)


@app.command("ask")
def ask(
    reference: Reference,
    person: Annotated[str, typer.Argument(help="Who is asked to vote.", show_default=False)],
    project: OfProject = "",
    due: Annotated[str, typer.Option("--due", help="By this day; else the project's time to decide.")] = "",
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Ask somebody for a vote."""
    workspace_open(workspace, as_of)
    from bywhen.registers.services.change_acts import approver_ask

    asked, until = person_of(person, "PERSON"), day_of(due, "--due")
    if asked is None:
        raise InputRefusedError("nobody is named", place="PERSON", remedy="Write the full name or e-mail.")
    request_act(
        reference, project, by, lambda entry: approver_ask(entry=entry, person=asked, due=until), as_json=as_json
    )


@app.command("vote")
def vote(
    reference: Reference,
    person: Annotated[str, typer.Argument(help="Whose vote it is.", show_default=False)],
    choice: Annotated[str, typer.Argument(help="for, against, abstain, or none to take it back.", show_default=False)],
    project: OfProject = "",
    note: Note = "",
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Keep a vote; a vote against says why with --note."""
    workspace_open(workspace, as_of)
    from bywhen.registers.services.change_acts import vote_give

    def given(entry: Entry) -> Done:
        voter = person_of(person, "PERSON")
        approval = next((each for each in entry.approvals.all() if each.approver == voter), None)
        if approval is None:
            remedy = f"Ask first with 'bywhen change ask {reference} NAME'."
            raise InputRefusedError(f"{person} is not asked to vote on {reference}", remedy=remedy)
        return vote_give(approval=approval, vote="" if choice == "none" else choice, note=note)

    request_act(reference, project, by, given, as_json=as_json)


@app.command("approve")
def approve(
    reference: Reference,
    project: OfProject = "",
    reason: Annotated[str, typer.Option("--reason", help="Needed when the votes do not carry it.")] = "",
    evidence: Annotated[str, typer.Option("--evidence", help="Where it is written, such as minutes.")] = "",
    on: On = "",
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Record the approval; a change of the plan then waits there as a proposal, the plan stays as it is."""
    workspace_open(workspace, as_of)
    _decide("approved", reference, project, reason, evidence, on, by, as_json=as_json)


@app.command("reject")
def reject(
    reference: Reference,
    project: OfProject = "",
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    evidence: Annotated[str, typer.Option("--evidence", help="Where it is written, such as minutes.")] = "",
    on: On = "",
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Record the rejection with its reason."""
    workspace_open(workspace, as_of)
    _decide("rejected", reference, project, reason, evidence, on, by, as_json=as_json)


@app.command("undecide")
def undecide(
    reference: Reference,
    project: OfProject = "",
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Take the decision back, while the change is not in the plan."""
    workspace_open(workspace, as_of)
    from bywhen.registers.services.change_acts import request_undecide

    request_act(reference, project, by, lambda entry: request_undecide(entry=entry), as_json=as_json)


@app.command("implement")
def implement(
    reference: Reference,
    project: OfProject = "",
    note: Note = "",
    on: On = "",
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """It is done: for changes that the plan does not show. Without an approval it stands as a finding."""
    workspace_open(workspace, as_of)
    from bywhen.registers.services.change_acts import request_implement

    day = day_of(on, "--on")
    request_act(
        reference, project, by, lambda entry: request_implement(entry=entry, note=note, on=day), as_json=as_json
    )


@app.command("verify")
def verify(
    reference: Reference,
    project: OfProject = "",
    note: Note = "",
    on: On = "",
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Somebody has looked whether it does what was asked; --note says at what."""
    workspace_open(workspace, as_of)
    from bywhen.registers.services.change_acts import request_verify

    day = day_of(on, "--on")
    request_act(reference, project, by, lambda entry: request_verify(entry=entry, note=note, on=day), as_json=as_json)


@app.command("limits")
def limits(  # noqa: PLR0913, PLR0917 - one option a limit
    project: OfProject = "",
    finish_days: Annotated[str | None, typer.Option("--finish-days", help="Project's end moves; 'none'.")] = None,
    milestone_days: Annotated[str | None, typer.Option("--milestone-days", help="A milestone moves; 'none'.")] = None,
    float_days: Annotated[str | None, typer.Option("--float-days", help="A task loses float; 'none'.")] = None,
    cost: Cost = None,
    scope: Annotated[bool | None, typer.Option("--scope/--no-scope", help="A task is dropped.")] = None,
    quorum: Annotated[int | None, typer.Option("--quorum", help="Votes needed; 0 is more than half.")] = None,
    decide_within: Annotated[int | None, typer.Option("--decide-within", help="Working days for the votes.")] = None,
    board: Annotated[list[str] | None, typer.Option("--board", help="Who votes on every request; again.")] = None,
    by: By = "",
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Show or set from which effect on a change needs a request, and who decides. Without options nothing changes."""
    workspace_open(workspace, as_of)
    from bywhen.registers.selectors.control import board_list, control_get, thresholds_of, thresholds_words
    from bywhen.registers.services.change_acts import control_keep

    of = project_needed(project)
    days = {"finish_days": finish_days, "milestone_days": milestone_days, "float_days": float_days}
    wanted: dict[str, Any] = {name: _count(text, name) for name, text in days.items() if text is not None}
    given = {"scope": scope, "quorum": quorum, "decide_within": decide_within}
    wanted |= {name: value for name, value in given.items() if value is not None}
    wanted |= money_of(cost)
    if wanted or board is not None:
        people = board_list(of) if board is None else [person_of(name, "--board") for name in board if name]
        with person_acts(by):
            control_keep(project=of, board=people, **wanted)
    control = control_get(of)
    document = {
        "project": of.key,
        **{name: getattr(control, name) for name in (*days, *given)},
        "cost": str(control.cost) if control.cost is not None else None,
        "currency": control.currency,
        "board": [person.name for person in board_list(of)],
    }
    said = thresholds_words(thresholds_of(of)) or ["never: no limit is set"]
    lines = [f"A change of {of.name} needs a request when", *(f"  {line}" for line in said)]
    lines += [f"Votes: {', '.join(document['board'])}"] if document["board"] else []
    say(document, lines, as_json=as_json)


def _count(text: str, name: str) -> int | None:
    number = amount_of(text, f"--{name.replace('_', '-')}")
    if number is not None and number != int(number):
        raise InputRefusedError(f"{text!r} is no whole number", place=f"--{name.replace('_', '-')}")
    return None if number is None else int(number)


def _decide(
    decision: str, reference: str, project: str, reason: str, evidence: str, on: str, by: str, *, as_json: bool
) -> None:
    from bywhen.registers.services.change_acts import request_decide

    how = {"reason": reason, "evidence": evidence, "on": day_of(on, "--on")}
    request_act(
        reference, project, by, lambda entry: request_decide(entry=entry, decision=decision, **how), as_json=as_json
    )
