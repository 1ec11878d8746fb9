"""Column types that Django lacks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Field = models.Field[datetime | None, datetime | None]
else:  # Django's Field takes no parameters at run time
    _Field = models.Field


class LocalDateTimeField(_Field):
    """A plan's date-time: local to the project, without zone, to the second, and never shifted by one.

    Stored as ISO 8601 text, which sorts as time on every database.
    """

    description = "Local date and time"

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 - the same on every database
        """Nineteen characters: 2026-11-23T08:00:00."""
        return "varchar(19)"

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> datetime | None:
        """Text from the table."""
        return datetime.fromisoformat(value) if value else None

    def to_python(self, value: Any) -> datetime | None:
        """Whatever a form or fixture gives."""
        return datetime.fromisoformat(value) if isinstance(value, str) and value else value or None

    def get_prep_value(self, value: Any) -> str | None:
        """Text for the table."""
        moment = self.to_python(value)
        return moment.replace(microsecond=0, tzinfo=None).isoformat() if moment else None
