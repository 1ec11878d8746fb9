import pytest

from bywhen.registers.engine.voting import tally


@pytest.mark.parametrize(
    ("votes", "quorum", "outcome"),
    [
        ((), 0, ""),
        (("", "", ""), 0, "waiting"),
        (("for", "", ""), 0, "waiting"),
        (("for", "for", ""), 0, "approved"),
        (("for", "against"), 0, "tied"),
        (("against", "against", "for"), 0, "rejected"),
        (("for", "abstain", ""), 2, "approved"),
        (("abstain", "abstain", "abstain"), 3, "tied"),
        (("for",), 1, "approved"),
        (("for", "for"), 9, "approved"),
    ],
)
def test_outcome_follows_votes_and_quorum(votes, quorum, outcome):
    assert tally(votes, quorum).outcome == outcome


def test_quorum_of_nothing_named_is_more_than_half_of_the_board():
    assert [tally(("",) * size, 0).quorum for size in (0, 1, 2, 3, 4, 5)] == [0, 1, 2, 2, 3, 3]


def test_words_say_what_is_missing_to_the_quorum():
    assert tally(("for", "", "", ""), 0).words == "1 for, 3 missing; 2 votes to the quorum"
    assert tally((), 0).words == "nobody is asked to vote"
