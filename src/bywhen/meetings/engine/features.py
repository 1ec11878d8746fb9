"""What the scorer sees of an utterance: its words, the words around it, cue phrases and its place in the meeting.

Only what any transcript has: speaker, words, order. Never a human annotation. The same function serves training and
inference, so the two cannot drift. What does not live here: the weights (:mod:`bywhen.meetings.engine.scoring`).
"""

# ruff: noqa: E501 - a pattern stays one line
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bywhen.kernel.transcript import Utterance

AROUND = 3
"""How many utterances before and after count as context."""
FAR_AROUND = 12
"""How many utterances before and after tell what the talk is about."""
CUES: tuple[tuple[str, str], ...] = (
    ("will", r"\b(?:will|'ll|gonna|going to|shall)\b"),
    ("i-will", r"\bi(?:'ll| will| can|'m gonna|'m going to| am going to| could)\b"),
    ("you-will", r"\byou(?:'ll| will|'re gonna|'re going to| guys| can| could| should| need| have to)\b|\b(?:can|could|would) you\b"),
    ("we-will", r"\bwe(?:'ll| will|'re gonna|'re going to| need| should| have to| can| could)\b|\blet's\b"),
    ("somebody", r"\b(?:someone|somebody|everyone|everybody|each of|both of you|you two|two of you|guys)\b"),
    ("role", r"\b(?:designer|manager|expert|marketing|industrial|interface|engineer|developer|analyst|lead|owner|vendor|team|tester|architect)\b"),
    ("deed", r"\b(?:send|write|check|look|find|make|prepare|update|work|talk|ask|call|mail|email|draft|review|fix|test|design|finish|put|do|get|think|set up|schedule|arrange|try|collect|record|transcribe|build|produce|present)\b"),
    ("next-time", r"\bnext (?:meeting|time|week|stage|phase|one|step)|\b(?:tomorrow|later|afterwards|lunch|half an hour|thirty minutes|minutes)\b|\bby (?:then|monday|tuesday|wednesday|thursday|friday)\b"),
    ("decide", r"\b(?:decid\w+|decision\w*|agree\w*|settl\w+|conclu\w+|final\w*|consensus|vote\w*|approv\w+)\b"),
    ("choose", r"\b(?:go (?:for|with)|stick (?:to|with)|choose|chosen|pick|opt|instead|rather|so we|that's it|definitely)\b"),
    ("so", r"^(?:um |uh )*(?:so|okay so|right so|alright)\b"),
    ("problem", r"\b(?:problem\w*|issue\w*|difficult\w*|hard|wrong|fail\w*|worr\w+|risk\w*|concern\w*|trouble|expens\w+|cost\w*|too (?:much|many|big|small|late)|bug\w*|broken|delay\w*|unclear|confus\w+)\b"),
    ("negated", r"\b(?:not|n't|never|no|without|cannot)\b"),
    ("question", r"\?|^(?:um |uh |so |and )*(?:what|how|why|who|where|when|which|do|does|is|are|should|could|would|can)\b"),
    ("but", r"\b(?:but|however|although|though|unless|except|if)\b"),
    ("accept", r"^(?:um |uh )*(?:yeah|yes|okay|ok|sure|alright|right|yep|mm-hmm|fine|good|great)\b"),
    ("hedge", r"\b(?:maybe|perhaps|might|probably|possibly|could|think|guess|sort of|kind of)\b"),
    ("must", r"\b(?:must|need\w*|have to|has to|should|supposed to|required?|requirement\w*)\b"),
    ("number", r"\b(?:\d+|one|two|three|four|five|ten|twenty|fifty|hundred|percent|euro\w*)\b"),
    ("minutes", r"\b(?:minutes|notes?|agenda|action\w*|task\w*|deadline\w*|report\w*|summar\w+|folder|document\w*|slides?|presentation\w*)\b"),
)  # fmt: skip
_CUES = tuple(re.compile(pattern, re.IGNORECASE) for _, pattern in CUES)
PLACES = (
    "into", "until-end", "last-tenth", "first-tenth", "last-fifth", "length", "short", "share", "loudest",
    "same-before", "same-after", "turn-length", "first-speaker", "said-by-others",
)  # fmt: skip
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")


@dataclass(frozen=True, slots=True)
class Seen:
    """The features of a meeting: ``terms[i]`` are the word blocks of utterance ``i`` (each term carries its block's
    prefix), ``dense[i]`` its cues and places in the order of :func:`dense_names`.
    """

    terms: tuple[tuple[tuple[str, ...], ...], ...]
    dense: NDArray[np.float32]


def dense_names() -> tuple[str, ...]:
    """The names of the dense features, in order."""
    windows = ("", " before", " after", " around")
    return (*(f"{name}{where}" for where in windows for name, _ in CUES), *PLACES)


def words_of(text: str) -> tuple[str, ...]:
    """The words as the scorer counts them: lower case, without marks.

    >>> words_of("I'll check, OK?")
    ("i'll", 'check', 'ok')
    """
    return tuple(_WORD.findall(text.lower().replace("\u2019", "'").replace("_", "")))


def seen(utterances: Sequence[Utterance]) -> Seen:
    """The features of every utterance of one meeting, in order."""
    words = [words_of(u.text) for u in utterances]
    cues = _cues(utterances)
    before, after = _windows(cues)
    dense = np.hstack([cues, before, after, _density(cues), _places(utterances, words)]).astype(np.float32)
    return Seen(tuple(_blocks(n, words) for n in range(len(words))), dense)


def _blocks(n: int, words: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    own = words[n]
    pairs = tuple(f"u:{a} {b}" for a, b in zip(("^", *own), (*own, "$"), strict=True))
    before = dict.fromkeys(w for m in range(max(0, n - AROUND), n) for w in words[m])
    after = dict.fromkeys(w for m in range(n + 1, min(len(words), n + 1 + AROUND)) for w in words[m])
    return (
        tuple(dict.fromkeys([*(f"u:{w}" for w in own), *pairs])),
        tuple(f"p:{w}" for w in before),
        tuple(f"n:{w}" for w in after),
    )


def _cues(utterances: Sequence[Utterance]) -> NDArray[np.float32]:
    texts = [u.text.replace("\u2019", "'") for u in utterances]
    rows = [[bool(cue.search(text)) for cue in _CUES] for text in texts]
    return np.asarray(rows, dtype=np.float32).reshape(len(texts), len(_CUES))


def _windows(cues: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """For each utterance the nearness (1, 1/2, 1/3; 0 = none) of the nearest cue before and after it."""
    before, after = np.zeros_like(cues), np.zeros_like(cues)
    for step in range(1, AROUND + 1):
        before[step:] = np.maximum(before[step:], cues[:-step] / step)
        after[:-step] = np.maximum(after[:-step], cues[step:] / step)
    return before, after


def _density(cues: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each utterance the share of utterances around it, itself included, that hold the cue: what the talk is about."""
    total = len(cues)
    sums = np.vstack([np.zeros((1, cues.shape[1]), dtype=np.float64), np.cumsum(cues, axis=0, dtype=np.float64)])
    at = np.arange(total)
    first, last = np.maximum(0, at - FAR_AROUND), np.minimum(total, at + FAR_AROUND + 1)
    density: NDArray[np.float32] = ((sums[last] - sums[first]) / (2 * FAR_AROUND + 1)).astype(np.float32)
    return density


def _places(utterances: Sequence[Utterance], words: Sequence[tuple[str, ...]]) -> NDArray[np.float32]:
    total = max(1, len(utterances))
    spoken: Counter[str] = Counter()
    for u, w in zip(utterances, words, strict=True):
        spoken[u.speaker] += len(w)
    all_words = max(1, sum(spoken.values()))
    loudest = max(spoken, key=lambda s: (spoken[s], s), default="")
    opening = Counter(u.speaker for u in utterances[: max(1, total // 20)])
    chair = max(opening, key=lambda s: (opening[s], s), default="")
    turns = _turns(utterances, words)
    rows = []
    for n, u in enumerate(utterances):
        into, length = n / total, len(words[n])
        near = utterances[max(0, n - 5) : n + 6]
        rows.append(
            [
                into, 1 / (1 + (total - 1 - n) / 20), into > 0.9, into < 0.1, into > 0.8, min(length, 40) / 20, length < 4,
                spoken[u.speaker] / all_words, u.speaker == loudest,
                n > 0 and utterances[n - 1].speaker == u.speaker, n + 1 < total and utterances[n + 1].speaker == u.speaker,
                min(turns[n], 120) / 60, u.speaker == chair, sum(o.speaker != u.speaker for o in near) / len(near),
            ]
        )  # fmt: skip
    return np.asarray(rows, dtype=np.float32).reshape(len(utterances), len(PLACES))


def _turns(utterances: Sequence[Utterance], words: Sequence[tuple[str, ...]]) -> list[int]:
    """The words of the whole turn that each utterance belongs to."""
    sizes = [0] * len(utterances)
    begin = 0
    for n in range(1, len(utterances) + 1):
        if n == len(utterances) or utterances[n].speaker != utterances[begin].speaker:
            size = sum(len(w) for w in words[begin:n])
            sizes[begin:n] = [size] * (n - begin)
            begin = n
    return sizes
