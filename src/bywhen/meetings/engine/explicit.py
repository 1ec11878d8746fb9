"""The lines of notes that are items by their form: marked, under a heading, in a table, given to somebody.

What does not live here: the forms themselves (:mod:`bywhen.meetings.engine.grammar`,
:mod:`bywhen.meetings.engine.notetables`), items with owner, day and task (:mod:`bywhen.meetings.engine.extraction`).
"""

# ruff: noqa: RUF001 - people type dashes of every kind
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bywhen.kernel.tables import PersonRow
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.meetings.engine import grammar, notetables
from bywhen.meetings.engine.grammar import Marked
from bywhen.meetings.engine.items import ItemKind
from bywhen.meetings.engine.outline import Place, outlined
from bywhen.meetings.engine.persons import BY_NAME, person_named

_MOST_FIELDS = 4
_LEGEND = re.compile(r"\b([A-Z]{1,2})\s*[=:]\s*([^\W\d_]+)")
_LETTERED = re.compile(r"^\W*([A-Z]{1,2})\s*[:–-]\s+(?P<rest>\S.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Noted:
    """An explicit item and the ``numbers`` (from 0) of the lines that say it: its own, then its fields'."""

    found: Marked
    numbers: tuple[int, ...]


def noted_items(transcript: Transcript, people: Sequence[PersonRow]) -> Iterator[Noted]:
    """Every explicit item of notes or of a transcript, in order."""
    said = transcript.utterances
    places = outlined(said, lambda name: _by_name(name, people)) if transcript.notes else None
    head: notetables.TableHead | None = None
    legend: dict[str, ItemKind] = {}
    fields: set[int] = set()
    for number, utterance in enumerate(said):
        place = places[number] if places else Place(utterance.heading)
        legend = legend or (_legend(utterance.text) if transcript.notes else {})
        row = notetables.cells(utterance.text)
        if len(row) > 1:
            head_here = notetables.table_head(row)
            head = head_here or head
            found = None if head_here else _row(row, head, place.heading)
        else:
            head = None
            lettered = _lettered(utterance.text, legend)
            found = None if number in fields else lettered or _line(utterance, place, people, notes=transcript.notes)
        if found:
            owned = _with_fields(found, said, number) if transcript.notes and len(row) == 1 else Noted(found, (number,))
            fields |= set(owned.numbers[1:])
            yield owned


def _row(row: tuple[str, ...], head: notetables.TableHead | None, heading: str) -> Marked | None:
    keyed = notetables.keyed_row(row, heading)
    return keyed or (notetables.table_row(row, head, heading) if head else None)


def _line(utterance: Utterance, place: Place, people: Sequence[PersonRow], *, notes: bool) -> Marked | None:
    """A line by its marker, its heading or its form; a line that heads others is none."""
    found = grammar.marked(utterance)
    if found is None and place.heading and not place.heads:
        found = grammar.under_heading(replace(utterance, heading=place.heading))
        if found and found.kind is ItemKind.ACTION and place.holder and not found.owner:
            found = replace(found, owner=place.holder)
    if found is None and notes and not place.heads:
        found = grammar.noted(utterance) or grammar.inline(utterance.text)
        found = found or _pointed(utterance, people) or _assigned(utterance, people)
    return found


def _assigned(utterance: Utterance, people: Sequence[PersonRow]) -> Marked | None:
    """An unmarked line that gives somebody on the people list something to do ("Ana to call the vendor")."""
    who = grammar.assigned(utterance.text) or grammar.tasked(utterance.text)
    person = person_named(who, people) if who else None
    if who is None or person is None or person.rule == "spelling":
        return None
    return Marked(ItemKind.ACTION, grammar.clean(utterance.text), "somebody to do something", 0.85, who)


def _pointed(utterance: Utterance, people: Sequence[PersonRow]) -> Marked | None:
    """An arrow that leads to somebody on the people list ("search is slow -> Ben profiles it")."""
    rest = grammar.pointed(utterance.text)
    who = next((n for n in grammar.pointed_names(rest) if _by_name(n, people)), "") if rest else ""
    return Marked(ItemKind.ACTION, rest, "arrow to somebody", 0.85, who) if rest and who else None


def _by_name(mention: str, people: Sequence[PersonRow]) -> bool:
    person = person_named(mention, people)
    return person is not None and person.rule in BY_NAME


def _with_fields(found: Marked, said: Sequence[Utterance], number: int) -> Noted:
    """The item with the fields on the lines right below it ("Owner: Ana", "Due: Friday")."""
    numbers = [number]
    for below in range(number + 1, min(len(said), number + 1 + _MOST_FIELDS)):
        field = grammar.field_line(said[below].text)
        name = notetables.column_of(field[0]) if field else ""
        if field is None or name not in ("owner", "due", "status"):
            break
        if name == "owner":
            found = replace(found, owner=found.owner or field[1])
        elif name == "due":
            found = replace(found, due=found.due or field[1])
        numbers.append(below)
    return Noted(found, tuple(numbers))


def _legend(text: str) -> dict[str, ItemKind]:
    """The letters that a line explains ("A = action, D = decision"); one alone explains nothing."""
    known = ((letter, grammar.heading_kind(word)) for letter, word in _LEGEND.findall(text))
    legend = {letter: kind for letter, kind in known if kind}
    return legend if len(legend) > 1 else {}


def _lettered(text: str, legend: dict[str, ItemKind]) -> Marked | None:
    match = _LETTERED.match(text) if legend else None
    kind = legend.get(match[1]) if match else None
    return Marked(kind, match["rest"], f"letter {match[1]}", 0.93) if match and kind else None
