"""Custom fields and outline codes: their definitions, and their values on tasks and resources.

A value stands under the alias that people gave the field, else under its column name, else under its number.
What does not live here: fields that a plan has a place for (``tasks``, ``resources``).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bywhen.intake.mspdi.elements import child, children, fields_of
from bywhen.kernel.plan import CustomField

_KINDS = ((188743680, "task"), (205520896, "resource"), (255852544, "assignment"))
_KIND_SPAN = 65536


def kind_of(field_id: str) -> str:
    """Whether a field number belongs to tasks, resources or assignments; unknown numbers count as tasks'."""
    number = int(field_id) if field_id.isdecimal() else 0
    return next((kind for first, kind in _KINDS if first <= number < first + _KIND_SPAN), "task")


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
                taken = {self._titles[each.field_id] for each in self.definitions[:-1] if each.of == found.of}
                self._titles[number] = found.alias if found.alias and found.alias not in taken else found.name

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
