"""The base model of every room: each save and delete leaves its entry in the audit trail."""

from __future__ import annotations

from typing import Any, Self

from django.db import models, transaction

from bywhen.platform.audit import audit_record


class AuditedModel(models.Model):
    """A model whose every ``save`` and ``delete`` leaves an audit entry with the fields that changed.

    Large content (stored bytes, computed rows) belongs into plain models; list fields to leave out of the trail in
    ``audit_exclude``.
    """

    audit_exclude: tuple[str, ...] = ()
    _loaded: dict[str, Any]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        creating = self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            changes = self._changes(creating=creating)
            if changes:
                audit_record(action="create" if creating else "change", subject=self.audit_subject, changes=changes)
        self._loaded = self._values()

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **options: Any) -> Self:
        instance = super().from_db(db, field_names, values, **options)
        instance._loaded = dict(zip(field_names, values, strict=False))  # noqa: SLF001 - our own attribute
        return instance

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            audit_record(
                action="delete",
                subject=self.audit_subject,
                changes={name: (value, None) for name, value in self._values().items() if value not in (None, "")},
            )
            return super().delete(*args, **kwargs)

    @property
    def audit_subject(self) -> str:
        """``room.model:key`` as named in the trail."""
        return f"{self._meta.label_lower}:{self.pk}"

    def _values(self) -> dict[str, Any]:
        fields = (f.attname for f in self._meta.concrete_fields if f.name not in self.audit_exclude)
        return {name: self.__dict__[name] for name in fields if name in self.__dict__}

    def _changes(self, *, creating: bool) -> dict[str, tuple[Any, Any]]:
        before = {} if creating else getattr(self, "_loaded", {})
        return {
            name: (before.get(name), value)
            for name, value in self._values().items()
            if name != "id" and value != before.get(name) and not (creating and value in (None, "", [], {}))
        }
