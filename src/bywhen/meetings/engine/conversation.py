"""From likelihoods to stretches of talk: what is shown as found, and what a reviewer is offered besides.

Neighbouring likely utterances are one stretch; below the threshold the best peaks are candidates, a fixed number a
kind, because a short list that holds nearly all is worth more to a reviewer than a long one that holds all.

What does not live here: the likelihoods (:mod:`bywhen.meetings.engine.scoring`), owners, dates and links
(:mod:`bywhen.meetings.engine.extraction`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LIKELY = 0.5
WIDEST_GAP = 3
"""Likely utterances at most so far apart belong to one stretch."""
CANDIDATES_A_KIND, UTTERANCES_A_CANDIDATE = 12, 15
"""At most so many candidates a kind, and at most one to so many utterances."""
_RANKING = (0.1, 0.2, 1.0, 0.2, 0.1)
_BESIDE, _SHARE_BESIDE = 2, 0.2
"""A candidate cites its neighbours up to so far that are at least that share as likely."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of talk: the ``numbers`` of its utterances (from 0, ascending), the likeliest of them, and how likely
    it is (0 to 1).
    """

    numbers: tuple[int, ...]
    best: int
    likelihood: float


def stretches(likelihood: NDArray[np.float64]) -> list[Stretch]:
    """The stretches at or above the threshold, then the candidates, likeliest first within both.

    >>> [s.numbers for s in stretches(np.array([0.1, 0.9, 0.2, 0.7, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]))][:2]
    [(1, 3), (7, 8, 9)]
    """
    found = list(_found(likelihood))
    return sorted(found, key=lambda s: (-s.likelihood, s.best)) + _candidates(likelihood, found)


def _found(likelihood: NDArray[np.float64]) -> Iterator[Stretch]:
    likely = np.nonzero(likelihood >= LIKELY)[0].tolist()
    group: list[int] = []
    for number in [*likely, None]:
        if group and (number is None or number - group[-1] > WIDEST_GAP):
            best = max(group, key=lambda n: (likelihood[n], -n))
            yield Stretch(tuple(group), best, float(likelihood[best]))
            group = []
        if number is not None:
            group.append(number)


def _candidates(likelihood: NDArray[np.float64], found: list[Stretch]) -> list[Stretch]:
    """The best peaks outside what was found, ranked by a likelihood smoothed over their neighbours."""
    if not len(likelihood):
        return []
    ranking = _smoothed(likelihood)
    taken = np.zeros(len(likelihood), dtype=bool)
    for stretch in found:
        taken[max(0, stretch.numbers[0] - WIDEST_GAP) : stretch.numbers[-1] + WIDEST_GAP + 1] = True
    most = min(CANDIDATES_A_KIND, 1 + len(likelihood) // UTTERANCES_A_CANDIDATE)
    peaks: list[Stretch] = []
    for number in np.argsort(-ranking, kind="stable").tolist():
        if len(peaks) == most:
            break
        if taken[number]:
            continue
        beside = range(max(0, number - _BESIDE), min(len(likelihood), number + _BESIDE + 1))
        kept = tuple(
            n for n in beside if not taken[n] and (n == number or likelihood[n] >= _SHARE_BESIDE * likelihood[number])
        )
        peaks.append(Stretch(kept, number, min(float(ranking[number]), LIKELY - 0.001)))
        taken[max(0, number - WIDEST_GAP) : number + WIDEST_GAP + 1] = True
    return peaks


def _smoothed(likelihood: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smoothing in log-odds, where the models are linear."""
    bounded = np.clip(likelihood, 1e-9, 1 - 1e-9)
    odds = np.log(bounded / (1 - bounded))
    half = len(_RANKING) // 2
    padded = np.concatenate([np.full(half, odds[0]), odds, np.full(half, odds[-1])])
    smooth = np.convolve(padded, np.asarray(_RANKING) / sum(_RANKING), mode="valid")
    return 1 / (1 + np.exp(-smooth))
