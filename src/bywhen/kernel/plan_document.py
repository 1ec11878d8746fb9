"""A plan as one JSON document and back: how plan versions are stored.

Every field of :mod:`bywhen.kernel.plan` survives; fields at their default are left out, so documents stay small and
old ones stay readable when fields are added. The same way stores other values of the kernel
(:mod:`bywhen.kernel.minutes_document`). What does not live here: interchange formats (room ``intake``).
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
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


def encoded(value: Any) -> Any:  # noqa: PLR0911 - one return per kind of value
    """Any kernel value as JSON-ready values, fields at their default left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            name: encoded(content)
            for name, default in _defaults(type(value))
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


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def decoded(kind: Any, value: Any) -> Any:
    """The value of type ``kind`` that :func:`encoded` wrote; unknown keys are ignored."""
    if value is None or kind is Any:
        return value
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        inner = [arm for arm in typing.get_args(kind) if arm is not type(None)]
        return decoded(inner[0], value)
    if origin is tuple:
        return _decoded_tuple(typing.get_args(kind), value)
    if origin is not None:
        inside = typing.get_args(kind)[-1]
        return {name: decoded(inside, content) for name, content in value.items()}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: decoded(hints[name], content) for name, content in value.items() if name in hints})
    return _decoded_scalar(kind, value)


def _decoded_tuple(arms: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if len(arms) == 2 and arms[1] is Ellipsis:
        return tuple(decoded(arms[0], item) for item in value)
    return tuple(decoded(arm, item) for arm, item in zip(arms, value, strict=True))


def _decoded_scalar(kind: Any, value: Any) -> Any:
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind in (Decimal, float) or (isinstance(kind, type) and issubclass(kind, Enum)):
        return kind(value)
    return value
