"""What a person does with an entry, and the way back: each act answers what it did and plain steps that undo it.

What does not live here: the rules of each step (the other services of this room).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bywhen.kernel.errors import StateWrongError
from bywhen.loops.selectors import loop_list
from bywhen.loops.services import loop_reopen
from bywhen.record.selectors.plan import plan_working_time
from bywhen.registers.models import Approval, BoardMember, ChangeControl, ChangeRequest, Entry
from bywhen.registers.services.deciding import change_decision_undo
from bywhen.registers.services.entries import entry_close, review_key
from bywhen.registers.services.implementing import change_implement_undo, change_verify_undo

if TYPE_CHECKING:
    from collections.abc import Iterable

Step = list[Any]
"""One step back: its name and plain arguments, as a session keeps them."""
Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """``said`` is what happened, in a sentence; ``undo`` the steps that take it back, in order; ``entry`` whose."""

    said: str
    undo: tuple[Step, ...] = ()
    entry: int = 0


_MODELS: dict[str, type[models.Model]] = {
    "entry": Entry,
    "request": ChangeRequest,
    "approval": Approval,
    "control": ChangeControl,
    "member": BoardMember,
}


def columns_of(row: models.Model) -> Columns:
    """The row's columns as plain values."""
    return {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}  # noqa: SLF001


def restore_step(name: str, before: Columns, row: models.Model) -> list[Step]:
    """The step that puts back what an act has changed in the row; none when nothing differs."""
    now = columns_of(row)
    changed = [column for column, value in now.items() if value != before[column]]
    if not changed:
        return []
    return [["restore", name, row.pk, {each: before[each] for each in changed}, {each: now[each] for each in changed}]]


@transaction.atomic
def steps_undo(steps: Sequence[Step]) -> None:
    """Take back what an act did: all of it or nothing.

    Raises:
        StateWrongError: when somebody has changed it since.
    """
    for name, *arguments in steps:
        _BACK[name](*arguments)


def _restore(name: str, pk: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    row = _MODELS[name]._default_manager.filter(pk=pk).first()  # noqa: SLF001
    now = columns_of(row) if row is not None else {}
    if row is None or any(now[column] != value for column, value in after.items()):
        raise StateWrongError("Somebody has changed it since; nothing was taken back. Look at its history.")
    for field in row._meta.concrete_fields:  # noqa: SLF001
        if field.attname in before:
            setattr(row, field.attname, field.to_python(before[field.attname]))
    row.save()
    if isinstance(row, Entry) and row.status == "open":
        _reviews_reopen(row)


def _reviews_reopen(entry: Entry) -> None:
    """The loop that asked for a review which an undo has brought back asks again."""
    closed: Iterable[Any] = loop_list(project=entry.project, kind="review", status="closed").filter(
        key=review_key(entry)
    )
    for loop in closed:
        loop_reopen(loop=loop, working_time=plan_working_time(entry.project), note="the review was taken back")


def _cancel(pk: int) -> None:
    entry = _entry(pk)
    if entry.status == "open":
        entry_close(entry=entry, status="cancelled", note="the opening was undone")


def _remove(name: str, pk: int) -> None:
    row = _MODELS[name]._default_manager.filter(pk=pk).first()  # noqa: SLF001
    if row is not None:
        row.delete()


def _again(name: str, columns: Mapping[str, Any]) -> None:
    """Bring back a row that an act took away, under its own number, so that earlier steps still find it."""
    model = _MODELS[name]
    fields = model._meta.concrete_fields  # noqa: SLF001
    model._default_manager.create(**{field.attname: field.to_python(columns[field.attname]) for field in fields})  # noqa: SLF001


def _entry(pk: int) -> Entry:
    found = Entry.objects.select_related("project", "proposal").filter(pk=pk).first()
    if found is None:
        raise StateWrongError("The entry is no longer there.")
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


_BACK: dict[str, Callable[..., object]] = {
    "restore": _restore,
    "cancel": _cancel,
    "remove": _remove,
    "again": _again,
    "decision": lambda pk: change_decision_undo(entry=_entry(pk)),
    "implementation": lambda pk: change_implement_undo(entry=_entry(pk)),
    "verification": lambda pk: change_verify_undo(entry=_entry(pk)),
}
