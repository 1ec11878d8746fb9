from __future__ import annotations

import pytest

from bywhen.kernel.tables import PersonRow
from bywhen.meetings.engine.owners import Voices, find_owner
from bywhen.meetings.engine.persons import person_named, speaker_person
from factories.meeting_talk import TEAM


@pytest.mark.parametrize(
    ("mention", "rule"),
    [("@ana", "handle"), ("Ana Souza", "full name"), ("Souza", "first or last name"), ("AS", "abbreviated name"),
     ("Kate", "nickname"), ("the PM", "role"), ("Kathrine", "spelling")],
)  # fmt: skip
def test_says_by_which_rule_when_a_mention_is_a_person(mention: str, rule: str) -> None:
    person = person_named(mention, TEAM)
    assert person is not None
    assert person.rule == rule


@pytest.mark.parametrize("mention", ["", "the vendor", "Peter", "Monday", "..."])
def test_abstains_when_nobody_is_named_so(mention: str) -> None:
    assert person_named(mention, TEAM) is None


def test_abstains_when_two_people_share_the_name() -> None:
    two = (PersonRow("", "Ana Souza"), PersonRow("", "Ana Lima"))
    assert person_named("Ana", two) is None
    assert find_owner("Ana will do it", two) is None


def test_only_suggests_when_you_has_not_said_yes() -> None:
    asked = find_owner("Can you check it?", TEAM, Voices("Ana Souza", "Ben Carter"))
    accepted = find_owner("Can you check it?", TEAM, Voices("Ana Souza", "Ben Carter", accepted=True))
    assert asked is not None
    assert accepted is not None
    assert (asked.name, asked.suggested) == ("Ben Carter", True)
    assert (accepted.name, accepted.suggested) == ("Ben Carter", False)


def test_only_suggests_when_the_speaker_is_anonymous() -> None:
    owner = speaker_person("Speaker 1", ())
    assert owner is not None
    assert owner.suggested


def test_takes_a_written_name_as_it_stands_when_there_is_no_people_list() -> None:
    owner = find_owner("Zoe to call them", ())
    assert owner is not None
    assert (owner.name, owner.suggested) == ("Zoe", False)
