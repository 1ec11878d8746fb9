"""What both groups of verbs share: options, who acts, how an answer is printed, projects and people by name.

What does not live here: any verb.
"""

from __future__ import annotations

import getpass
import json
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bywhen.kernel.errors import DateUnreadableError, InputRefusedError
from bywhen.platform.acting import Actor, acting

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.registers.models import Entry

Workspace = Annotated[Path | None, typer.Option("--workspace", help="The workspace's folder (or BYWHEN_WORKSPACE).")]
AsOf = Annotated[str, typer.Option("--as-of", help="Judge time as of this day, YYYY-MM-DD.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
OfProject = Annotated[str, typer.Option("--project", help="The project's key; needed where references repeat.")]
Reference = Annotated[str, typer.Argument(help="The request's reference (CR-3) or number.", show_default=False)]
Cost = Annotated[str | None, typer.Option("--cost", help="Amount and currency, '12500 EUR', or 'none'.")]
By = Annotated[str, typer.Option("--by", help="Who does it; else whoever is logged in here.")]


def person_acts(by: str) -> AbstractContextManager[None]:
    """Writes are made by this person, else by whoever sits at this machine."""
    return acting(Actor("person", by.strip() or getpass.getuser()), "from the command line")


def project_of(key: str) -> Project | None:
    """The project of this key; None for no key.

    Raises:
        InputRefusedError: when there is none.
    """
    from bywhen.record.selectors.projects import project_get, project_list

    found = project_get(key) if key else None
    if key and found is None:
        known = ", ".join(each.key for each in project_list()) or "none"
        raise InputRefusedError(f"there is no project {key!r}", place="--project", remedy=f"Known are {known}.")
    return found


def project_needed(key: str) -> Project:
    """The project of this key, or the only one there is.

    Raises:
        InputRefusedError: when there are several and none is named, or none at all.
    """
    from bywhen.record.selectors.projects import project_list

    found = project_of(key)
    every = list(project_list())
    if found is None and len(every) == 1:
        return every[0]
    if found is None:
        known = ", ".join(each.key for each in every) or "none"
        raise InputRefusedError("no project is named", place="--project", remedy=f"Known are {known}.")
    return found


def person_of(name: str, option: str) -> Any:
    """The person of this name; None for no name.

    Raises:
        InputRefusedError: when nobody, or more than one, is called so.
    """
    from bywhen.record.selectors.people import person_find

    found = person_find(name) if name.strip() else None
    if name.strip() and found is None:
        remedy = "Write the full name or e-mail."
        raise InputRefusedError(f"nobody, or more than one, is called {name!r}", place=option, remedy=remedy)
    return found


def day_of(text: str, option: str) -> date | None:
    """A day written YYYY-MM-DD; None for nothing or ``none``.

    Raises:
        DateUnreadableError: otherwise.
    """
    if text.strip().casefold() in {"", "none"}:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DateUnreadableError(f"{text!r} is no day", place=option, remedy="Write it as YYYY-MM-DD.") from None


def amount_of(text: str, option: str) -> Decimal | None:
    """An exact number; None for nothing or ``none``.

    Raises:
        InputRefusedError: when it is no number.
    """
    if text.strip().casefold() in {"", "none"}:
        return None
    try:
        number = Decimal(text.strip().replace(" ", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InputRefusedError(f"{text!r} is no amount", place=option, remedy="Write it as 12500.00.")
    return number


def say(document: dict[str, Any], lines: list[str], *, as_json: bool) -> None:
    """One JSON document, or lines for people."""
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False, default=str) if as_json else "\n".join(lines))


def entry_document(entry: Entry) -> dict[str, Any]:
    """An entry of any register as JSON."""
    return {
        "id": entry.pk,
        "kind": entry.kind,
        "reference": entry.reference,
        "project": entry.project.key,
        "title": entry.title,
        "description": entry.description,
        "owner": entry.owner.name if entry.owner else entry.owner_text,
        "owner_known": entry.owner is not None,
        "probability": entry.probability,
        "impact": entry.impact,
        "score": entry.score,
        "band": entry.band,
        "response": entry.response,
        "status": entry.status,
        "progress": entry.progress,
        "raised_on": entry.raised_on,
        "due": entry.due,
        "review_on": entry.review_on,
        "closed_on": entry.closed_on,
        "tags": [word.strip() for word in entry.tags.split(",") if word.strip()],
        "evidence": [
            {"source": quote.source.name, "place": quote.place, "quote": quote.text} for quote in entry.quotes.all()
        ],
    }
