"""What a proposal may carry, by kind; reading one validates it. Shared by the rooms that propose and those that act.

What does not live here: doing it (each room registers its effect with ``record.services.proposals``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from bywhen.kernel.errors import InputRefusedError

ITEM_KINDS = ("action", "decision", "risk", "issue", "question")
"""Meeting items that become something of their own; a date or scope change is a :class:`ChangePayload`."""


@dataclass(frozen=True, slots=True)
class ItemPayload:
    """An action, decision, risk, issue or open question. ``owner`` is a person's name or '' when nobody was named."""

    kind: str
    text: str
    owner: str = ""
    due: date | None = None
    due_text: str = ""
    meeting: int | None = None
    task_uid: int | None = None

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Validate and read.

        Raises:
            InputRefusedError: naming the field and what it must be.
        """
        kind = str(document.get("kind", ""))
        if kind not in ITEM_KINDS:
            raise InputRefusedError(f"kind {kind!r} is none of {', '.join(ITEM_KINDS)}", place="field kind")
        text = str(document.get("text") or "").strip()
        if not text:
            raise InputRefusedError("the text is empty", place="field text", remedy="Say in one sentence what it is.")
        return cls(
            kind=kind,
            text=text[:2000],
            owner=str(document.get("owner") or "").strip(),
            due=_day(document.get("due"), "due"),
            due_text=str(document.get("due_text") or ""),
            meeting=_number(document.get("meeting"), "meeting"),
            task_uid=_number(document.get("task_uid"), "task_uid"),
        )

    def document(self) -> dict[str, Any]:
        """JSON-ready."""
        return {**asdict(self), "due": self.due.isoformat() if self.due else None}


@dataclass(frozen=True, slots=True)
class ChangePayload:
    """A change of one plan task: exactly one of ``delay_days`` (working days, negative = earlier), ``start``,
    ``finish`` (dates), ``duration_days`` or ``extend_days`` (working days), ``percent`` (0-100) or ``remove``.
    """

    task_uid: int
    delay_days: float | None = None
    start: date | None = None
    finish: date | None = None
    duration_days: float | None = None
    extend_days: float | None = None
    percent: float | None = None
    remove: bool = False
    meeting: int | None = None

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Validate and read.

        Raises:
            InputRefusedError: when not exactly one change is named, or a value is out of range.
        """
        uid = _number(document.get("task_uid"), "task_uid")
        if uid is None:
            raise InputRefusedError("no task is named", place="field task_uid")
        payload = cls(
            task_uid=uid,
            delay_days=_decimal(document.get("delay_days"), "delay_days", -3650, 3650),
            start=_day(document.get("start"), "start"),
            finish=_day(document.get("finish"), "finish"),
            duration_days=_decimal(document.get("duration_days"), "duration_days", 0, 3650),
            extend_days=_decimal(document.get("extend_days"), "extend_days", -3650, 3650),
            percent=_decimal(document.get("percent"), "percent", 0, 100),
            remove=bool(document.get("remove")),
            meeting=_number(document.get("meeting"), "meeting"),
        )
        names = ("delay_days", "start", "finish", "duration_days", "extend_days", "percent")
        if sum(getattr(payload, name) is not None for name in names) + payload.remove != 1:
            raise InputRefusedError(
                "exactly one change must be named", remedy="Give a delay, a date, a duration or a progress."
            )
        return payload

    def document(self) -> dict[str, Any]:
        """JSON-ready."""
        days = {
            name: value.isoformat() if value else None
            for name, value in (("start", self.start), ("finish", self.finish))
        }
        return {**asdict(self), **days}


def change_words(payload: ChangePayload) -> str:
    """The change in words.

    >>> change_words(ChangePayload(7, delay_days=10))
    '10 working days later'
    """
    if payload.delay_days is not None:
        direction = "later" if payload.delay_days >= 0 else "earlier"
        return f"{abs(payload.delay_days):g} working day{'' if abs(payload.delay_days) == 1 else 's'} {direction}"
    if payload.start is not None:
        return f"start on {payload.start:%a %d %b %Y}"
    if payload.finish is not None:
        return f"finish on {payload.finish:%a %d %b %Y}"
    if payload.duration_days is not None:
        return f"duration {payload.duration_days:g} working days"
    if payload.extend_days is not None:
        return f"{abs(payload.extend_days):g} working days {'longer' if payload.extend_days >= 0 else 'shorter'}"
    return f"{payload.percent:g} % complete" if payload.percent is not None else "dropped"


def _day(value: Any, field: str) -> date | None:
    if value in (None, ""):
        return None
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    except ValueError:
        raise InputRefusedError(
            f"{value!r} is no date", place=f"field {field}", remedy="Write it as YYYY-MM-DD."
        ) from None


def _number(value: Any, field: str) -> int | None:
    if value in (None, ""):
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        raise InputRefusedError(f"{value!r} is no whole number", place=f"field {field}") from None


def _decimal(value: Any, field: str, low: float, high: float) -> float | None:
    if value in (None, ""):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise InputRefusedError(f"{value!r} is no number", place=f"field {field}") from None
    if not low <= number <= high:
        raise InputRefusedError(
            f"{number:g} is out of range", place=f"field {field}", remedy=f"Give {low:g} to {high:g}."
        )
    return number
