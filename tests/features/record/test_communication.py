"""The communication matrix: who gets what, by rule and by default."""

from __future__ import annotations

import pytest

from bywhen.kernel.errors import InputRefusedError
from bywhen.kernel.tables import PersonRow
from bywhen.record.selectors.communication import communication_list, recipient_list
from bywhen.record.selectors.people import person_find
from bywhen.record.services.communication import communication_rule_add, communication_rule_remove
from bywhen.record.services.people import people_take_in
from factories import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(db):
    made = rows.project()
    people_take_in(
        rows=[
            PersonRow(place="1", name="Ana Bo", addresses=("ana@example.org",), raci="R", role="Developer"),
            PersonRow(place="2", name="Dana Whitfield", addresses=("dana@example.org",), raci="A", role="Sponsor"),
            PersonRow(place="3", name="Ines Ortega", raci="I", role="Controller"),
        ],
        projects={},
        default=made,
    )
    return made


def who(project, attended=()):
    return [
        (each.person.name, each.why) for each in recipient_list(project=project, artefact="minutes", attended=attended)
    ]


def test_recipients_are_attendees_and_accountable_when_matrix_is_empty(project):
    assert who(project, [person_find("Ana Bo")]) == [("Ana Bo", "attended"), ("Dana Whitfield", "accountable")]


@pytest.mark.parametrize(
    ("kind", "audience", "names"),
    [
        ("raci", "i", ["Ines Ortega"]),
        ("role", "developer", ["Ana Bo"]),
        ("person", "dana@example.org", ["Dana Whitfield"]),
        ("attendees", "", ["Ana Bo"]),
    ],
)
def test_recipients_follow_the_rule_when_matrix_has_one(project, kind, audience, names):
    communication_rule_add(project=project, artefact="minutes", audience_kind=kind, audience=audience)
    assert [name for name, _ in who(project, [person_find("Ana Bo")])] == names


def test_recipients_stand_once_when_two_rules_name_them(project):
    communication_rule_add(project=project, artefact="minutes", audience_kind="raci", audience="A")
    communication_rule_add(project=project, artefact="minutes", audience_kind="role", audience="Sponsor")
    found = recipient_list(project=project, artefact="minutes")

    assert [(each.person.name, each.address) for each in found] == [("Dana Whitfield", "dana@example.org")]


def test_recipients_of_minutes_are_the_default_when_only_status_has_a_rule(project):
    communication_rule_add(project=project, artefact="status", audience_kind="raci", audience="I")
    assert who(project) == [("Dana Whitfield", "accountable")]


def test_rule_is_kept_once_and_removed_when_asked(project):
    rule, created = communication_rule_add(project=project, artefact="minutes", audience_kind="raci", audience="A")
    _, again = communication_rule_add(project=project, artefact="minutes", audience_kind="raci", audience="a")

    assert (created, again) == (True, False)
    communication_rule_remove(rule=rule)
    assert not communication_list(project=project).exists()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"artefact": "fax", "audience_kind": "raci", "audience": "A"}, "'fax' is nothing that is sent"),
        ({"artefact": "minutes", "audience_kind": "all", "audience": ""}, "'all' names no audience"),
        ({"artefact": "minutes", "audience_kind": "raci", "audience": "X"}, "'X' is no RACI letter"),
        ({"artefact": "minutes", "audience_kind": "role", "audience": " "}, "nobody is named"),
        ({"artefact": "minutes", "audience_kind": "person", "audience": "Zed"}, "not in the list of people"),
    ],
)
def test_rule_is_refused_when_it_names_nothing(project, values, said):
    with pytest.raises(InputRefusedError, match=said):
        communication_rule_add(project=project, **values)
