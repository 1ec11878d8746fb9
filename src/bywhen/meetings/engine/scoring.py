"""How likely an utterance belongs to an action, a decision or a problem: three small trained linear models.

Weights are data of the package, read once. This is the one module of the engines that opens a file, and only its own:
a trained model without its weights is no engine. How they were trained and what they are worth stands in
``docs/explanation/algorithms/minutes.md``; the meetings they learned from are credited there.

What does not live here: the features (:mod:`bywhen.meetings.engine.features`), the training
(``benchmarks/minutes_model.py``), turning scores into items (:mod:`bywhen.meetings.engine.extraction`).
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from bywhen.kernel.transcript import Utterance
from bywhen.meetings.engine.features import Seen, dense_names, seen

SCORED = ("action", "decision", "problem")
"""What is scored; a problem is a risk or an issue."""
LIKELY = 0.5
"""The likelihood at which the trained threshold lies."""
_REFERENCE_SHARE = 20
"""A meeting's own level is its score at the best twentieth."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """One trained model: ``terms`` maps a term's hash to its weight, ``blocks`` weigh the three word blocks, ``dense``
    the dense features; ``smoothing`` is the kernel over neighbours, ``level`` how much of the meeting's own level is
    taken off, ``threshold`` and ``slope`` turn what is left into a likelihood.
    """

    terms: Mapping[int, float]
    blocks: tuple[float, ...]
    dense: NDArray[np.float32]
    bias: float
    smoothing: tuple[float, ...]
    level: float
    threshold: float
    slope: float


def term_hash(term: str) -> int:
    """The 32-bit number a term is stored under (CRC-32 of its UTF-8 bytes).

    >>> term_hash("u:will")
    1025440932
    """
    return zlib.crc32(term.encode())


def raw_scores(model: LinearModel, features: Seen) -> NDArray[np.float64]:
    """The linear score of every utterance, before smoothing."""
    scores = features.dense.astype(np.float64) @ model.dense.astype(np.float64) + model.bias
    for n, blocks in enumerate(features.terms):
        for block, weight in zip(blocks, model.blocks, strict=True):
            known = [w for w in (model.terms.get(term_hash(t)) for t in block) if w is not None]
            if known:
                scores[n] += weight * sum(known) / len(known) ** 0.5
    return scores


def levelled(scores: NDArray[np.float64], smoothing: Sequence[float], level: float) -> NDArray[np.float64]:
    """Scores smoothed over their neighbours, less the meeting's own level: meetings differ in how they talk.

    >>> levelled(np.array([0.0, 1.0, 0.0]), (0.25, 0.5, 0.25), 0.0).tolist()
    [0.25, 0.5, 0.25]
    """
    if not len(scores):
        return scores
    kernel = np.asarray(smoothing) / sum(smoothing)
    half = len(kernel) // 2
    padded = np.concatenate([np.zeros(half), scores, np.zeros(half)])
    smooth = np.convolve(padded, kernel, mode="valid")
    reference = np.sort(smooth)[-max(1, len(smooth) // _REFERENCE_SHARE)]
    result: NDArray[np.float64] = smooth - level * reference
    return result


@dataclass(frozen=True, slots=True)
class Scorer:
    """The three models together."""

    models: Mapping[str, LinearModel]

    def likelihoods(self, utterances: Sequence[Utterance]) -> dict[str, NDArray[np.float64]]:
        """For each of :data:`SCORED` one likelihood (0 to 1) an utterance, in order; 0.5 is the trained threshold."""
        features = seen(utterances)
        out = {}
        for name, model in self.models.items():
            scores = levelled(raw_scores(model, features), model.smoothing, model.level)
            out[name] = 1 / (1 + np.exp(-np.clip(model.slope * (scores - model.threshold), -30, 30)))
        return out


@cache
def shipped_scorer() -> Scorer:
    """The scorer with the weights of this package."""
    with (
        as_file(files("bywhen.meetings.engine") / "weights" / "minutes.npz") as path,
        np.load(path, allow_pickle=False) as stored,
    ):
        return scorer_of(dict(stored))


def scorer_of(stored: Mapping[str, NDArray[np.generic]]) -> Scorer:
    """A scorer from stored arrays: ``hashes`` (uint32), and for each model ``<name>.terms`` (float16, one a hash),
    ``<name>.dense`` (float32) and ``<name>.numbers`` (float64: bias, level, threshold, slope, three block weights, then
    the smoothing kernel).
    """
    hashes = stored["hashes"].tolist()
    models = {}
    for name in SCORED:
        numbers = [float(x) for x in stored[f"{name}.numbers"].tolist()]
        dense = stored[f"{name}.dense"].astype(np.float32)
        if len(dense) != len(dense_names()):
            raise ValueError(
                f"the weights of {name} are for {len(dense)} dense features, the code has {len(dense_names())}"
            )
        weights = stored[f"{name}.terms"].astype(np.float64).tolist()
        terms = {h: w for h, w in zip(hashes, weights, strict=True) if w == w}  # noqa: PLR0124 - NaN: not of this model
        bias, level, threshold, slope = numbers[:4]
        models[name] = LinearModel(terms, tuple(numbers[4:7]), dense, bias, tuple(numbers[7:]), level, threshold, slope)
    return Scorer(models)
