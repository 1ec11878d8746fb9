"""Custom fields and outline codes as Microsoft Project XML; the inverse of ``customfields``.

A value that came without a definition (from a spreadsheet, from another tool) gets a free text column whose alias is
its title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bywhen.intake.mspdi.customfields import TEXT_SLOTS, is_outline_code, titles_of
from bywhen.intake.mspdi.markup import Markup
from bywhen.kernel.plan import CustomField, Plan

_KINDS = ("task", "resource")


def homeless(plan: Plan) -> Iterator[tuple[str, str]]:
    """Custom values that no free text column is left for, as (kind of record, title)."""
    for kind in _KINDS:
        for title in _undefined(plan, kind)[len(_free_slots(plan, kind)) :]:
            yield kind, title


def _undefined(plan: Plan, kind: str) -> list[str]:
    """Titles of custom values without a definition, in the order in which they are met."""
    titles = titles_of(plan.custom_fields)
    known = {titles[each.field_id] for each in plan.custom_fields if each.of == kind}
    records = plan.tasks if kind == "task" else plan.resources
    met = dict.fromkeys(key for record in records for key in record.custom)
    return [key for key in met if key not in known and not key.isdecimal()]


def _free_slots(plan: Plan, kind: str) -> list[tuple[str, str]]:
    used = {each.field_id for each in plan.custom_fields}
    return [(name, number) for name, number in TEXT_SLOTS[kind].items() if number not in used]


class CustomWriter:
    """Writes the definitions once, then each record's values."""

    def __init__(self, plan: Plan, out: Markup) -> None:
        self._out = out
        self._definitions = list(plan.custom_fields)
        for kind in _KINDS:
            for title, (name, number) in zip(_undefined(plan, kind), _free_slots(plan, kind), strict=False):
                self._definitions.append(CustomField(number, name, title, kind))
        titles = titles_of(self._definitions)
        self._numbers = {(each.of, titles[each.field_id]): each.field_id for each in self._definitions}
        self._tables = self._lookup_tables(plan)

    def write_definitions(self) -> None:
        """The document's ``OutlineCodes`` and ``ExtendedAttributes``."""
        out = self._out
        out.open("OutlineCodes")
        for number, table in self._tables.items():
            out.open("OutlineCode")
            out.code("FieldID", number)
            out.open("Values")
            for path, key in table.items():
                self._write_lookup_value(path, key, table)
            out.close("Values")
            out.close("OutlineCode")
        out.close("OutlineCodes")
        out.open("ExtendedAttributes")
        for each in self._definitions:
            out.open("ExtendedAttribute")
            out.code("FieldID", each.field_id)
            out.text("FieldName", each.name)
            out.text("Alias", each.alias)
            out.close("ExtendedAttribute")
        out.close("ExtendedAttributes")

    def write_values(self, kind: str, custom: Mapping[str, str]) -> None:
        """One record's ``ExtendedAttribute`` children."""
        for title, value in custom.items():
            number = self._number(kind, title)
            if number and number not in self._tables:
                self._out.open("ExtendedAttribute")
                self._out.code("FieldID", number)
                self._out.text("Value", value)
                self._out.close("ExtendedAttribute")

    def write_codes(self, kind: str, custom: Mapping[str, str]) -> None:
        """One record's ``OutlineCode`` children."""
        for title, value in custom.items():
            number = self._number(kind, title)
            if number in self._tables:
                self._out.open("OutlineCode")
                self._out.code("FieldID", number)
                self._out.code("ValueID", self._tables[number][value])
                self._out.close("OutlineCode")

    def _number(self, kind: str, title: str) -> str:
        return self._numbers.get((kind, title), title if title.isdecimal() else "")

    def _write_lookup_value(self, path: str, key: int, table: Mapping[str, int]) -> None:
        above, _, last = path.rpartition(".")
        self._out.open("Value")
        self._out.code("ValueID", key)
        self._out.code("ParentValueID", table.get(above, 0))
        self._out.text("Value", last)
        self._out.close("Value")

    def _lookup_tables(self, plan: Plan) -> dict[str, dict[str, int]]:
        """For each outline code its values with all their parents, numbered."""
        tables: dict[str, dict[str, int]] = {}
        for kind, records in (("task", plan.tasks), ("resource", plan.resources)):
            for record in records:
                for title, value in record.custom.items():
                    number = self._number(kind, title)
                    if is_outline_code(number):
                        table = tables.setdefault(number, {})
                        parts = value.split(".")
                        for depth in range(1, len(parts) + 1):
                            table.setdefault(".".join(parts[:depth]), len(table) + 1)
        return tables
