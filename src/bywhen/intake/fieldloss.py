"""The field-loss report of writing: what of a plan did not come back when the written file was read again.

Nothing is guessed from a list of what a format should hold: the file itself is asked. What does not live here: the
writers, and what they know to be the same in other words (each writer passes both plans in comparable form).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields
from typing import Any

from bywhen.intake.port import Loss
from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import Link, Plan

_PARTS = (("calendar", "calendars"), ("task", "tasks"), ("resource", "resources"), ("assignment", "assignments"))
_GONE = "row"


class _Losses:
    def __init__(self, why: Mapping[str, str]) -> None:
        self._why = why
        self._met: dict[tuple[str, str], tuple[str, str, int]] = {}

    def note(self, kind: str, field: str, where: str, value: object) -> None:
        first, text, count = self._met.get((kind, field), (where, _shown(value), 0))
        self._met[kind, field] = (first, text, count + 1)

    def told(self) -> tuple[Loss, ...]:
        return tuple(
            Loss(field, first if count == 1 else f"{first} and {count - 1} more", text[:80], self._reason(kind, field))
            for (kind, field), (first, text, count) in sorted(self._met.items())
        )

    def _reason(self, kind: str, field: str) -> str:
        return self._why.get(f"{kind}.{field}", "the format has no place for it")


def losses_between(plan: Plan, again: Plan, why: Mapping[str, str]) -> tuple[Loss, ...]:
    """What ``plan`` says and ``again``, read from the written file, does not.

    A field that was at its default and came back with something is no loss. ``why`` gives the reasons, by kind of
    record and field: ``task.manual``; ``task.row`` for a whole record. One loss is told for each field, with the first
    place and how many more there are.
    """
    losses = _Losses(why)
    for field in fields(Plan):
        if field.name not in _CONTAINERS:
            _compare(losses, "project", "project", field, plan, again)
    for kind, name in _PARTS:
        _compare_records(losses, kind, getattr(plan, name), getattr(again, name))
    _compare_links(losses, plan.links, again.links)
    found = {task.uid for task in again.tasks}
    if [task.uid for task in again.tasks] != [task.uid for task in plan.tasks if task.uid in found]:
        losses.note("task", "order", "project", "")
    return losses.told()


_CONTAINERS = frozenset({"tasks", "links", "calendars", "resources", "assignments"})


def _compare_records(losses: _Losses, kind: str, before: Sequence[Any], after: Sequence[Any]) -> None:
    found = {each.uid: each for each in after}
    for each in before:
        where = f"{kind} {each.uid}"
        other = found.get(each.uid)
        if other is None:
            losses.note(kind, _GONE, where, getattr(each, "name", ""))
            continue
        if each == other:
            continue
        for field in fields(type(each)):
            _compare(losses, kind, where, field, each, other)


def _compare(losses: _Losses, kind: str, where: str, field: Field[Any], before: object, after: object) -> None:
    value, other = getattr(before, field.name), getattr(after, field.name)
    if value in (other, _default(field), None, "", ()):
        return
    if isinstance(value, Mapping):
        for key in value:
            if value[key] != other.get(key):
                losses.note(kind, key, where, value[key])
    else:
        losses.note(kind, field.name, where, value)


def _compare_links(losses: _Losses, before: Sequence[Link], after: Sequence[Link]) -> None:
    left = Counter(map(_ends, after))
    known: dict[tuple[object, ...], list[Link]] = {}
    for link in after:
        known.setdefault(_ends(link), []).append(link)
    for link in before:
        where = f"link {link.predecessor_uid} to {link.successor_uid}"
        if not left[_ends(link)]:
            losses.note("link", _GONE, where, link.type)
            continue
        left[_ends(link)] -= 1
        other = known[_ends(link)].pop(0)
        if link != other:
            for field in fields(Link):
                _compare(losses, "link", where, field, link, other)


def _ends(link: Link) -> tuple[object, ...]:
    return link.predecessor_uid, link.successor_uid, link.type


def _default(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else None


def _shown(value: object) -> str:
    if isinstance(value, Duration):
        return f"{value.minutes:g} {'%' if value.unit.endswith('percent') else 'minutes'} {value.unit}"
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value[:3])) + (", ..." if len(value) > 3 else "") if value else ""
    return " ".join(str(value).split())
