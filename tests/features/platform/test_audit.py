import pytest
from django.db import connection

from bywhen.kernel.errors import AuditBrokenError, StateWrongError
from bywhen.platform.acting import Actor, acting
from bywhen.platform.audit import audit_verify
from bywhen.platform.models import AuditEntry
from bywhen.record.models import Person

pytestmark = pytest.mark.django_db


def _three_changes():
    with acting(Actor("person", "Sofia"), "triage"):
        person = Person.objects.create(name="Ana Duarte")
        person.role = "API lead"
        person.save()
        Person.objects.get(pk=person.pk).delete()


def test_each_change_says_who_what_from_what_to_what_and_why():
    _three_changes()
    created, changed, deleted = AuditEntry.objects.all()
    assert changed.changes == {"role": ["", "API lead"]}
    assert (changed.actor, changed.actor_kind, changed.reason) == ("Sofia", "person", "triage")
    assert (created.action, deleted.action) == ("create", "delete")


def test_saving_without_a_change_leaves_no_entry():
    person = Person.objects.create(name="Ana Duarte")
    before = AuditEntry.objects.count()
    person.save()
    Person.objects.get(pk=person.pk).save()
    assert AuditEntry.objects.count() == before


def test_an_untouched_chain_verifies():
    _three_changes()
    assert audit_verify() == 3


@pytest.mark.parametrize(
    ("tampering", "first_bad"),
    [
        ("UPDATE platform_auditentry SET reason = 'another' WHERE sequence = 2", 2),
        ("UPDATE platform_auditentry SET changes = '{}' WHERE sequence = 1", 1),
        ("DELETE FROM platform_auditentry WHERE sequence = 2", 2),
        ("DELETE FROM platform_auditentry WHERE sequence = 3", 4 - 1),
    ],
)
def test_the_first_tampered_entry_is_named(tampering, first_bad):
    _three_changes()
    with connection.cursor() as cursor:
        cursor.execute(tampering)
    with pytest.raises(AuditBrokenError) as broken:
        audit_verify()
    assert broken.value.sequence == first_bad


def test_an_entry_cannot_be_saved_or_deleted():
    _three_changes()
    entry = AuditEntry.objects.get(pk=1)
    with pytest.raises(StateWrongError):
        entry.save()
    with pytest.raises(StateWrongError):
        entry.delete()
