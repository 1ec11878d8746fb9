"""A plan as one JSON document and back: how plan versions are stored.

Every field of :mod:`bywhen.kernel.plan` survives; fields at their default are left out, so documents stay small and
old ones stay readable when fields are added. The same way stores other values of the kernel
(:mod:`bywhen.kernel.minutes_document`). What does not live here: interchange formats (room ``intake``).
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from bywhen.kernel.plan import Plan


def plan_to_document(plan: Plan) -> dict[str, Any]:
    """The plan as JSON-ready values: ISO dates, decimals as text, enums by value."""
    document = encoded(plan)
    assert isinstance(document, dict)
    return document


def plan_from_document(document: Mapping[str, Any]) -> Plan:
    """The plan that ``plan_to_document`` wrote. Unknown keys are ignored (written by a later version).

    >>> from bywhen.kernel.plan import Task
    >>> plan = Plan("P", (Task(1, "Sign off", milestone=True),))
    >>> plan_from_document(plan_to_document(plan)) == plan
    True
    """
    plan = decoded(Plan, document)
    assert isinstance(plan, Plan)
    return plan


_PLAIN = frozenset({str, int, float, bool, type(None)})


def encoded(value: Any) -> Any:  # noqa: PLR0911 - one return per kind of value
    """Any kernel value as JSON-ready values, fields at their default left out."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if dataclasses.is_dataclass(kind):
        return {
            name: content if type(content) in _PLAIN else encoded(content)
            for name, default in _defaults(kind)
            if (content := getattr(value, name)) != default
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [encoded(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): encoded(item) for key, item in value.items()}
    return value


_ABSENT = object()


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, _default_of(field)) for field in dataclasses.fields(kind))


def _default_of(field: dataclasses.Field[Any]) -> Any:
    if field.default is not dataclasses.MISSING:
        return field.default
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return _ABSENT


def decoded(kind: Any, value: Any) -> Any:
    """The value of type ``kind`` that :func:`encoded` wrote; unknown keys are ignored."""
    return value if value is None else _reader(kind)(value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """How a value of this type is read. Types are looked at once, not for each of a plan's many thousand values."""
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return _reader(next(arm for arm in typing.get_args(kind) if arm is not type(None)))
    if origin is tuple:
        return _tuple_reader(typing.get_args(kind))
    if origin is not None:
        inside = typing.get_args(kind)[-1]
        return lambda value: {name: decoded(inside, content) for name, content in value.items()}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record_reader(kind)
    return _scalar_reader(kind)


def _record_reader(kind: type) -> Callable[[Any], Any]:
    readers = {name: _reader(hint) for name, hint in typing.get_type_hints(kind).items()}

    def read(value: Any) -> Any:
        return kind(
            **{
                name: None if content is None else readers[name](content)
                for name, content in value.items()
                if name in readers
            }
        )

    return read


def _tuple_reader(arms: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(arms) == 2 and arms[1] is Ellipsis:
        item = _reader(arms[0])
        return lambda value: tuple([None if each is None else item(each) for each in value])
    return lambda value: tuple(decoded(arm, each) for arm, each in zip(arms, value, strict=True))


def _scalar_reader(kind: Any) -> Callable[[Any], Any]:
    if kind is datetime:
        return datetime.fromisoformat
    if kind is date:
        return date.fromisoformat
    if kind in (Decimal, float) or (isinstance(kind, type) and issubclass(kind, Enum)):
        return typing.cast("Callable[[Any], Any]", kind)
    return lambda value: value
