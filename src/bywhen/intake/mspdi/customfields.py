"""Custom fields and outline codes: their definitions, and their values on tasks and resources.

A value stands under the alias that people gave the field, else under its column name, else under its number.
What does not live here: fields that a plan has a place for (``tasks``, ``resources``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from bywhen.intake.mspdi.elements import child, children, fields_of
from bywhen.kernel.plan import CustomField

_KINDS = ((188743680, "task"), (205520896, "resource"), (255852544, "assignment"))
_KIND_SPAN = 65536


def kind_of(field_id: str) -> str:
    """Whether a field number belongs to tasks, resources or assignments; unknown numbers count as tasks'."""
    number = int(field_id) if field_id.isdecimal() else 0
    return next((kind for first, kind in _KINDS if first <= number < first + _KIND_SPAN), "task")


TEXT_SLOTS = {
    "task": {f"Text{n}": str(188743986 + n) for n in range(30, 10, -1)},
    "resource": {f"Text{n}": str(205521110 + n) for n in range(30, 10, -1)},
}
"""Columns for values that come without a definition, the least used ones first, by kind of record."""
_OUTLINE_CODES = (range(188744096, 188744115), range(205521174, 205521193))


def is_outline_code(field_id: str) -> bool:
    """Whether the field is an outline code, whose values stand in a lookup table."""
    return field_id.isdecimal() and any(int(field_id) in span for span in _OUTLINE_CODES)


def titles_of(definitions: Iterable[CustomField]) -> dict[str, str]:
    """What each field is called, by its number: its alias where that is free among its kind, else its column name."""
    titles: dict[str, str] = {}
    taken: set[tuple[str, str]] = set()
    for each in definitions:
        title = each.alias if each.alias and (each.of, each.alias) not in taken else each.name
        titles[each.field_id] = title
        taken.add((each.of, title))
    return titles


class CustomFields:
    """The definitions met so far, and the values read by them."""

    def __init__(self) -> None:
        self.definitions: list[CustomField] = []
        self._titles: dict[str, str] = {}
        self._lookup: dict[str, dict[str, str]] = {}

    def define(self, element: Element) -> None:
        """Take in the document's ``ExtendedAttributes``."""
        for fields in map(fields_of, children(element, "ExtendedAttribute")):
            number = (fields.get("FieldID") or "").strip()
            if number and number not in self._titles:
                found = CustomField(
                    number, fields.get("FieldName") or number, fields.get("Alias") or "", kind_of(number)
                )
                self.definitions.append(found)
                self._titles[number] = ""
        self._titles = titles_of(self.definitions)

    def define_codes(self, element: Element) -> None:
        """Take in the document's ``OutlineCodes``: lookup tables whose values refer to their parents."""
        for code in children(element, "OutlineCode"):
            table = [fields_of(value) for value in children(child(code, "Values"), "Value")]
            parts = {
                each.get("ValueID") or "": (each.get("Value") or "", each.get("ParentValueID") or "") for each in table
            }
            self._lookup[fields_of(code).get("FieldID") or ""] = {key: _path(key, parts) for key in parts}

    def values(self, element: Element) -> dict[str, str]:
        """The custom values of one task or resource."""
        return dict(self._values(element))

    def _values(self, element: Element) -> Iterator[tuple[str, str]]:
        for fields in map(fields_of, children(element, "ExtendedAttribute")):
            number, text = fields.get("FieldID") or "", fields.get("Value")
            if text:
                yield self._titles.get(number, number), text
        for fields in map(fields_of, children(element, "OutlineCode")):
            number = fields.get("FieldID") or ""
            text = self._lookup.get(number, {}).get(fields.get("ValueID") or "")
            if text:
                yield self._titles.get(number, number), text


def _path(key: str, parts: dict[str, tuple[str, str]]) -> str:
    """The value with its parents, as Microsoft Project shows it: ``Europe.Spain``; circles end."""
    path: list[str] = []
    seen: set[str] = set()
    while key in parts and key not in seen:
        seen.add(key)
        text, key = parts[key]
        path.insert(0, text)
    return ".".join(path)
