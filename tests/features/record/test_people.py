import pytest

from bywhen.kernel.tables import PersonRow
from bywhen.record.models import Person
from bywhen.record.selectors.people import person_find, person_rows
from bywhen.record.services.people import people_take_in
from factories import rows

pytestmark = pytest.mark.django_db
ROWS = [
    PersonRow(
        "row 2",
        "Ana Duarte",
        ("ana@example.com", "ad@example.com"),
        ("@ana",),
        ("Annie",),
        "API lead",
        "R",
        manager="Tom Becker",
    ),
    PersonRow("row 3", "Tom Becker", ("tom@example.com",), role="Sponsor", raci="A", time_zone="Europe/Berlin"),
]


def test_people_come_in_with_addresses_manager_and_part():
    counts = people_take_in(rows=ROWS, projects={}, default=rows.project())
    ana = Person.objects.get(name="Ana Duarte")
    assert counts.created == 2
    assert ana.manager.name == "Tom Becker"
    assert ana.memberships.get().raci == "R"
    assert {row.name for row in person_rows()} == {"Ana Duarte", "Tom Becker"}


def test_taking_in_again_changes_nothing():
    project = rows.project()
    people_take_in(rows=ROWS, projects={}, default=project)
    counts = people_take_in(rows=ROWS, projects={}, default=project)
    assert (counts.created, counts.updated, counts.unchanged) == (0, 0, 2)


def test_a_person_is_found_by_any_of_their_names_and_by_nobody_elses():
    people_take_in(rows=ROWS, projects={}, default=rows.project())
    for name in ("ana duarte", "ANA@example.com", "annie", "@ana"):
        assert person_find(name).name == "Ana Duarte"
    assert person_find("Anna") is None
