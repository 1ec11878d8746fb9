"""What a person does with an entry of any register: add, change, review, close, open again, let a risk come true.

Each act answers a sentence and the steps that undo it (``undoing``). What does not live here: what only change requests
know (``change_acts``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.wording import day_long
from bywhen.record.selectors.plan import plan_working_time
from bywhen.record.services.proposals import proposal_key
from bywhen.registers.models import Entry
from bywhen.registers.selectors.catalogue import register_get
from bywhen.registers.selectors.entries import reference_next
from bywhen.registers.services.entries import entry_change, entry_close, entry_open, entry_reopen, entry_review
from bywhen.registers.services.undoing import Done, columns_of, restore_step

if TYPE_CHECKING:
    from bywhen.record.models import Project


@transaction.atomic
def entry_add(*, project: Project, kind: str, title: str, **fields: Any) -> Done:
    """Open an entry by hand with the next reference of its register.

    Raises:
        InputRefusedError: without a title, of no register, or with values off their scale.
        StateWrongError: when one of this title was opened today and is still there.
    """
    register = register_get(kind)
    if register is None:
        raise InputRefusedError(f"there is no register of {kind!r}", remedy="Choose one of the registers shown.")
    if not title.strip():
        raise InputRefusedError("the title is empty", place="field title", remedy=f"Say the {register.NOUN} in words.")
    entry, created = entry_open(
        key=proposal_key("by hand", project.key, kind, title.strip().casefold(), current_clock().today()),
        kind=kind,
        project=project,
        title=title.strip(),
        evidence=(),
        working_time=plan_working_time(project),
        reference=reference_next(project, register.PREFIX),
        **_trimmed(fields),
    )
    if not created and entry.status == "open":
        raise StateWrongError(f"'{entry.title}' is in the register already as {entry.reference}.")
    if not created:
        entry_reopen(entry=entry, working_time=plan_working_time(project))
    return Done(f"{entry.reference} is in the register.", (["cancel", entry.pk],), entry.pk)


@transaction.atomic
def entry_edit(*, entry: Entry, **fields: Any) -> Done:
    """Change fields; a new score sets a new review day.

    Raises:
        StateWrongError: when it is closed.
        InputRefusedError: for an empty title or values off their scale.
    """
    before = columns_of(entry)
    values = _trimmed(fields)
    if not values.get("title", "kept"):
        raise InputRefusedError("the title is empty", place="field title", remedy="Say in words what it is.")
    if not entry_change(entry=entry, working_time=plan_working_time(entry.project), **values):
        return Done("Nothing differs.", (), entry.pk)
    return Done(f"{_name(entry)} is changed.", tuple(restore_step("entry", before, entry)), entry.pk)


@transaction.atomic
def entry_look(*, entry: Entry, note: str = "", review_on: date | None = None) -> Done:
    """Somebody has reviewed it and it stands as it is; the next review is set by its score, or on ``review_on``.

    Raises:
        StateWrongError: when it is closed.
        InputRefusedError: for a next review that is not ahead.
    """
    today = current_clock().today()
    if review_on is not None and review_on <= today:
        raise InputRefusedError("the next review is not ahead", place="field review_on", remedy="Give a later day.")
    before = columns_of(entry)
    entry_review(entry=entry, working_time=plan_working_time(entry.project), note=note.strip())
    if review_on is not None:
        entry_change(entry=entry, working_time=plan_working_time(entry.project), review_on=review_on)
    assert entry.review_on is not None
    said = f"{_name(entry)} is reviewed; next on {day_long(entry.review_on, today)}."
    return Done(said, tuple(restore_step("entry", before, entry)), entry.pk)


@transaction.atomic
def entry_end(*, entry: Entry, note: str = "") -> Done:
    """Close it.

    Raises:
        StateWrongError: when it is closed already.
    """
    before = columns_of(entry)
    entry_close(entry=entry, note=note.strip())
    return Done(f"{_name(entry)} is closed.", tuple(restore_step("entry", before, entry)), entry.pk)


@transaction.atomic
def entry_again(*, entry: Entry) -> Done:
    """Open it again.

    Raises:
        StateWrongError: when it is open.
    """
    before = columns_of(entry)
    entry_reopen(entry=entry, working_time=plan_working_time(entry.project))
    return Done(f"{_name(entry)} is open again.", tuple(restore_step("entry", before, entry)), entry.pk)


@transaction.atomic
def risk_happen(*, entry: Entry) -> Done:
    """A risk has come true: an issue is opened that knows where it came from, the risk is closed.

    Raises:
        StateWrongError: when it is no open risk.
    """
    if entry.kind != "risk" or entry.status != "open":
        raise StateWrongError(f"'{entry.title}' is no open risk, so it cannot come true.")
    before = columns_of(entry)
    added = entry_add(
        project=entry.project,
        kind="issue",
        title=entry.title,
        description=entry.description,
        owner=entry.owner,
        owner_text=entry.owner_text,
        impact=entry.impact,
        response=entry.response,
        tags=entry.tags,
        came_from=entry,
        task_uid=entry.task_uid,
    )
    issue = Entry.objects.get(pk=added.entry)
    issue.quotes.set(entry.quotes.all())
    entry_change(entry=entry, working_time=plan_working_time(entry.project), progress="came true")
    entry_close(entry=entry, note=f"came true as {issue.reference}")
    back = (*added.undo, *restore_step("entry", before, entry))
    return Done(f"{_name(entry)} came true: issue {issue.reference} is open.", back, issue.pk)


def _trimmed(fields: dict[str, Any]) -> dict[str, Any]:
    trimmed = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    if "tags" in trimmed:
        words = dict.fromkeys(word.strip() for word in trimmed["tags"].split(",") if word.strip())
        trimmed["tags"] = ", ".join(words)[:200]
    return trimmed


def _name(entry: Entry) -> str:
    return entry.reference or f"'{entry.title}'"
