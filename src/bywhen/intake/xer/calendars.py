"""Calendars of a Primavera export: the weekly pattern and the exceptions inside the ``clndr_data`` text.

The text is a tree of ``(0||name(attribute|value|...)(children))``. Days of the week count from Sunday = 1, exceptions
are days since 1899-12-30. What does not live here: tables (``tables``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bywhen.intake.xer.tables import Row
from bywhen.kernel.plan import STANDARD_WEEK, Calendar, CalendarException, Shift

DAY_ZERO = date(1899, 12, 30)
_RESOURCE_CALENDAR = "CA_Rsrc"
_LAST_SERIAL = 200_000
_DEEPEST = 12
_NODE = re.compile(r"\(\s{0,9}0\|\|([^()]{0,80})\(([^()]{0,200})\)\s{0,9}\(")
_END = re.compile(r"\)\s{0,9}\)")
_BLANK = re.compile(r"[\x00-\x20\x7f]+")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?:\s*([AP]M))?", re.IGNORECASE)


@dataclass(slots=True)
class _Node:
    name: str
    attributes: dict[str, str]
    children: list[_Node] = field(default_factory=list)


def read_calendar(row: Row, uid: int) -> Calendar:
    """One row of the table CALENDAR; without readable data it is the standard week."""
    roots = list(_nodes(_BLANK.sub(" ", row.get("clndr_data", ""))))
    days, exceptions = _named(roots, "DaysOfWeek"), _named(roots, "Exceptions")
    week = list(STANDARD_WEEK)
    if days is not None:
        week = [()] * 7
        for day in days.children:
            if day.name.strip() in tuple("1234567"):
                week[(int(day.name) - 2) % 7] = _shifts(day)
    found = sorted(_exceptions(exceptions), key=lambda each: each.first) if exceptions is not None else []
    return Calendar(
        uid=uid,
        name=row.get("clndr_name", ""),
        week=tuple(week),
        exceptions=tuple(found),
        is_base=row.get("clndr_type") != _RESOURCE_CALENDAR,
    )


def _exceptions(node: _Node) -> Iterator[CalendarException]:
    for each in node.children:
        serial = each.attributes.get("d", "")
        if serial.isdecimal() and int(serial) < _LAST_SERIAL:
            day = DAY_ZERO + timedelta(days=int(serial))
            yield CalendarException(day, day, _shifts(each))


def _shifts(day: _Node) -> tuple[Shift, ...]:
    found = ((_minute(each.attributes.get("s", "")), _minute(each.attributes.get("f", ""))) for each in day.children)
    return tuple(sorted((start, end if end > start else end + 1440) for start, end in found if start >= 0 and end >= 0))


def _minute(text: str) -> int:
    """Minutes from midnight of ``08:00`` or ``1:00 PM``, -1 when it is no time."""
    found = _TIME.search(text)
    if not found:
        return -1
    hour = int(found.group(1))
    if found.group(3):
        hour = hour % 12 + (12 if found.group(3).upper() == "PM" else 0)
    return hour * 60 + int(found.group(2))


def _named(nodes: list[_Node], name: str) -> _Node | None:
    """The first node of that name, nodes nearer to the root first."""
    level = nodes
    while level:
        for node in level:
            if node.name.strip() == name:
                return node
        level = [child for node in level for child in node.children]
    return None


def _nodes(text: str) -> Iterator[_Node]:
    """The trees in the text. What is not a node is passed over, so broken data gives what can be understood."""
    at, stack = 0, list[_Node]()
    while at < len(text):
        found = _NODE.match(text, at)
        if found and len(stack) < _DEEPEST:
            parts = found.group(2).split("|")
            node = _Node(found.group(1), dict(zip(parts[::2], parts[1::2], strict=False)))
            if stack:
                stack[-1].children.append(node)
            stack.append(node)
            at = found.end()
            continue
        ended = _END.match(text, at)
        if ended and stack:
            node = stack.pop()
            if not stack:
                yield node
        at = ended.end() if ended else at + 1
    if stack:
        yield stack[0]
