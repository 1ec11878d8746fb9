from __future__ import annotations

import numpy as np
import pytest

from bywhen.meetings.engine.conversation import CANDIDATES_A_KIND, stretches
from bywhen.meetings.engine.features import dense_names, seen
from bywhen.meetings.engine.scoring import SCORED, levelled, scorer_of, shipped_scorer
from factories.meeting_talk import talk


def test_weights_fit_the_features_when_they_are_read() -> None:
    scorer = shipped_scorer()
    assert set(scorer.models) == set(SCORED)
    assert all(len(m.dense) == len(dense_names()) for m in scorer.models.values())


def test_likelihoods_lie_between_none_and_certain_when_lines_are_scored() -> None:
    said = talk("Ana Souza: you're gonna be working on the design\nBen Carter: okay").utterances
    for likelihood in shipped_scorer().likelihoods(said).values():
        assert likelihood.shape == (2,)
        assert ((likelihood >= 0) & (likelihood <= 1)).all()


def test_work_given_out_is_likelier_than_small_talk_when_both_are_said() -> None:
    lines = ["Ana Souza: mm-hmm yeah it's quite cold"] * 20
    lines[10] = "Ana Souza: for the next meeting you will be working on the user interface design"
    likelihood = shipped_scorer().likelihoods(talk("\n".join(lines)).utterances)["action"]
    assert int(np.argmax(likelihood)) == 10


def test_refuses_weights_when_they_are_for_other_features() -> None:
    stored = {"hashes": np.zeros(0, dtype=np.uint32)}
    for name in SCORED:
        stored |= {f"{name}.terms": np.zeros(0), f"{name}.dense": np.zeros(3), f"{name}.numbers": np.zeros(8)}
    with pytest.raises(ValueError, match="dense features"):
        scorer_of(stored)


def test_takes_off_the_level_when_a_meeting_is_talkative() -> None:
    scores = np.array([0.0, 2.0, 1.0])
    assert levelled(scores, (1.0,), 1.0).tolist() == [-2.0, 0.0, -1.0]
    assert levelled(np.zeros(0), (1.0,), 1.0).tolist() == []


def test_features_never_depend_on_letter_case_when_words_are_counted() -> None:
    lower, upper = (seen(talk(t).utterances) for t in ("A: we will send it", "A: WE WILL SEND IT"))
    assert lower.terms == upper.terms
    assert np.array_equal(lower.dense, upper.dense)


def test_joins_neighbours_when_both_are_likely() -> None:
    likelihood = np.full(40, 0.01)
    likelihood[[3, 5, 20]] = (0.6, 0.9, 0.7)
    found = [s for s in stretches(likelihood) if s.likelihood >= 0.5]
    assert [(s.numbers, s.best) for s in found] == [((3, 5), 5), ((20,), 20)]


def test_offers_few_candidates_when_the_meeting_is_long() -> None:
    offered = stretches(np.linspace(0.0, 0.4, 2000))
    assert len(offered) == CANDIDATES_A_KIND
    assert all(s.likelihood < 0.5 for s in offered)
    assert stretches(np.zeros(0)) == []
