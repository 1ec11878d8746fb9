"""Train the scorer of minutes and measure it by grouped cross-validation over real meetings.

    python benchmarks/minutes_model.py MEETINGS --validate [--outputs DIR] [--rows all]   # prints JSON
    python benchmarks/minutes_model.py MEETINGS --train FILE.npz

MEETINGS holds ``ami/`` and ``icsi/`` with ``<id>.tsv`` and ``<id>.gold.json``. Folds are series (the same four people
meet four times), dealt by size; thresholds come from the out-of-fold scores of the other folds. What is measured is
what the product answers: explicit rules and trained scorer together, through ``extract``. The column of human dialogue
acts is read past, never used. Needs scikit-learn, which the product itself does not: pip install scikit-learn==1.9.1.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.kernel.worktime import WorkingTime
from bywhen.meetings.engine.extraction import extract
from bywhen.meetings.engine.features import PLACES, Seen, dense_names, seen
from bywhen.meetings.engine.items import item_document
from bywhen.meetings.engine.projecttime import ProjectTime
from bywhen.meetings.engine.scoring import LinearModel, Scorer, levelled, raw_scores, term_hash

SEED, FOLDS, SEEN_AT_LEAST = 20261122, 5, 2
SECTIONS = {"action": "actions", "decision": "decisions", "problem": "problems"}
KINDS = {"action": {"action"}, "decision": {"decision"}, "problem": {"issue", "risk"}}
TIME = ProjectTime(date(2026, 11, 23), WorkingTime.standard())
SPECIFIC = re.compile(
    r"\b(?:remote\w*|control\w*|designer\w*|industrial|marketing|interface\w*|prototype\w*|clay|play-doh|button\w*|lcd|television|tv"
    r"|chip\w*|rubber|fruit\w*|scroll\w*|battery|batteries|trend\w*|speech|logo|slogan|case|wood|plastic|titanium|kinetic|solar"
    r"|project manager|expert|user|users|designing|vegetable\w*|colou?r\w*|euro\w*|spongy|banana\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Settings:
    """How one model is trained: inverse regularisation, weight of positives, of context blocks and dense features, the
    smoothing over neighbours, how much of the meeting's level is taken off, and a dense window it does ``without``."""

    strength: float
    positive: float
    context: float
    dense: float
    smoothing: tuple[float, ...]
    level: float
    without: str = ""
    corpora: tuple[str, ...] = ("ami",)


SETTINGS = {
    "action": Settings(10.0, 5.0, 0.5, 0.15, (0.08, 0.84, 0.08), 0.0),
    "decision": Settings(1.0, 5.0, 0.4, 0.3, (0.1, 0.2, 1.0, 0.2, 0.1), 1.0, without=" around"),
    "problem": Settings(0.3, 5.0, 0.4, 0.3, (1.0,), 0.0),
}


@dataclass(frozen=True)
class Meeting:
    id: str
    corpus: str
    utterances: tuple[Utterance, ...]
    gold: dict[str, list[set[int]]]

    @property
    def series(self) -> str:
        return self.id[:6] if re.match(r"[A-Z]{2}\d{4}", self.id) else self.id


def meetings(folder: Path, corpora: Sequence[str]) -> list[Meeting]:
    return [meeting(p, corpus) for corpus in corpora for p in sorted((folder / corpus).glob("*.gold.json"))]


def meeting(path: Path, corpus: str) -> Meeting:
    name = path.name.removesuffix(".gold.json")
    rows = [line.split("\t", 5) for line in (path.parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()]
    said = tuple(Utterance(int(r[0]) + 1, r[5], f"Speaker {r[3]}", float(r[1]), float(r[2])) for r in rows)
    gold = json.loads(path.read_text(encoding="utf-8"))["gold"]
    links = {kind: [set(g["utts"]) for g in gold.get(section, []) if g["utts"]] for kind, section in SECTIONS.items()}
    return Meeting(name, corpus, said, links)


def folds(all_meetings: Sequence[Meeting]) -> dict[str, int]:
    """Series dealt to folds, the longest first, each to the fold with the fewest utterances (as GroupKFold does)."""
    sizes = Counter()
    for m in all_meetings:
        sizes[m.series] += len(m.utterances)
    load, where = [0] * FOLDS, {}
    for name in sorted(sizes, key=lambda s: (-sizes[s], s)):
        where[name] = load.index(min(load))
        load[where[name]] += sizes[name]
    return where


class Corpus:
    """Features of meetings as matrices, with the terms of the training part."""

    def __init__(
        self, all_meetings: Sequence[Meeting], features: Sequence[Seen], *, blocks: bool = True, places: bool = True
    ) -> None:
        self.meetings, self.features = all_meetings, features
        self.blocks, self.places = blocks, places
        self.offsets = np.cumsum([0] + [len(m.utterances) for m in all_meetings])
        counts: Counter[str] = Counter()
        for f in features:
            for row in f.terms:
                for block in row if blocks else row[:1]:
                    counts.update(block)
        self.terms = sorted(t for t, n in counts.items() if n >= SEEN_AT_LEAST)
        total = self.offsets[-1]
        self.rarity = np.array([np.log((1 + total) / (1 + counts[t])) + 1 for t in self.terms])
        self.column = {t: n for n, t in enumerate(self.terms)}
        self.dense = np.vstack([f.dense for f in features]).astype(np.float64)
        if not places:
            self.dense[:, -len(PLACES) :] = 0.0
        self.mean, self.spread = self.dense.mean(0), self.dense.std(0) + 1e-6

    def labels(self, kind: str) -> np.ndarray:
        y = np.zeros(self.offsets[-1], dtype=int)
        for m, begin in zip(self.meetings, self.offsets, strict=False):
            for link in m.gold[kind]:
                y[[begin + n for n in link]] = 1
        return y

    def matrix(self, settings: Settings) -> sparse.csr_matrix:
        columns: list[int] = []
        values: list[np.ndarray] = []
        ends = [0]
        for f in self.features:
            for row in f.terms:
                for block, weight in zip(row, (1.0, settings.context, settings.context), strict=True):
                    here = [self.column[t] for t in block if t in self.column]
                    if here:
                        columns += here
                        values.append(self.rarity[here] * weight / len(here) ** 0.5 / 5)
                ends.append(len(columns))
        words = sparse.csr_matrix((np.concatenate(values), columns, ends), shape=(len(ends) - 1, len(self.terms)))
        scaled = sparse.csr_matrix((self.dense - self.mean) / self.spread * settings.dense * self.kept(settings))
        return sparse.hstack([words, scaled]).tocsr()

    def kept(self, settings: Settings) -> np.ndarray:
        """1 for each dense feature the settings use, 0 for the others."""
        unused = [bool(settings.without) and name.endswith(settings.without) for name in dense_names()]
        return 1.0 - np.asarray(unused, dtype=np.float64)

    def model(self, fitted: LogisticRegression, settings: Settings, threshold: float = 0.0) -> LinearModel:
        """The fitted weights folded into the form the product scores with, at the precision it stores."""
        weights = fitted.coef_[0]
        words = (weights[: len(self.terms)] * self.rarity / 5).astype(np.float16).astype(float)
        dense = weights[len(self.terms) :] * settings.dense * self.kept(settings) / self.spread
        bias = float(fitted.intercept_[0] - dense @ self.mean)
        if not self.places:
            dense[-len(PLACES) :] = 0.0
        hashed = {term_hash(t): w for t, w in zip(self.terms, words, strict=True)}
        blocks = (1.0, settings.context, settings.context)
        return LinearModel(
            hashed, blocks, dense.astype(np.float32), bias, settings.smoothing, settings.level, threshold, 1.0
        )


def fit(rows: sparse.csr_matrix, y: np.ndarray, settings: Settings) -> LogisticRegression:
    learner = LogisticRegression(
        C=settings.strength, solver="liblinear", class_weight={0: 1.0, 1: settings.positive}, random_state=SEED
    )
    return learner.fit(rows, y)


def best_threshold(scores: np.ndarray, y: np.ndarray) -> float:
    """The threshold with the best F1 over utterances."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(y[order])
    f1 = 2 * right / (np.arange(1, len(y) + 1) + y.sum())
    at = int(np.argmax(f1))
    return float(scores[order[at]])


def out_of_fold(
    kind: str, settings: Settings, corpus: Corpus, where: dict[str, int]
) -> tuple[list[LinearModel], list[np.ndarray]]:
    """One model a fold, trained on the others, and each meeting's levelled scores by the model that has not seen it."""
    rows, y = corpus.matrix(settings), corpus.labels(kind)
    fold = np.concatenate([[where[m.series]] * len(m.utterances) for m in corpus.meetings])
    models = [corpus.model(fit(rows[fold != k], y[fold != k], settings), settings) for k in range(FOLDS)]
    scores = [
        levelled(raw_scores(models[where[m.series]], f), settings.smoothing, settings.level)
        for m, f in zip(corpus.meetings, corpus.features, strict=True)
    ]
    return models, scores


def validated(
    corpus: Corpus, kinds: Sequence[str], where: dict[str, int]
) -> tuple[list[Scorer], dict[str, float], dict[str, float]]:
    """A scorer a fold, the threshold over all folds of each kind, and the average precision."""
    fold_models: list[dict[str, LinearModel]] = [{} for _ in range(FOLDS)]
    overall, precision = {}, {}
    for kind in kinds:
        models, scores = out_of_fold(kind, SETTINGS[kind], corpus, where)
        gold = corpus.labels(kind)
        labels = [gold[a:b] for a, b in zip(corpus.offsets, corpus.offsets[1:], strict=False)]
        for k in range(FOLDS):
            others = [n for n, m in enumerate(corpus.meetings) if where[m.series] != k]
            threshold = best_threshold(
                np.concatenate([scores[n] for n in others]), np.concatenate([labels[n] for n in others])
            )
            fold_models[k][kind] = replace(models[k], threshold=threshold)
        overall[kind] = best_threshold(np.concatenate(scores), gold)
        precision[kind] = float(average_precision_score(gold, np.concatenate(scores)))
    return [Scorer(m) for m in fold_models], overall, precision


# --- measuring ------------------------------------------------------------------------------------------------------


def answers(m: Meeting, scorer: Scorer) -> dict[str, Any]:
    found = extract(Transcript(m.id, m.utterances), time=TIME, scorer=scorer)
    return {
        "items": [item_document(i) for i in found.items],
        "candidates": [item_document(i) for i in found.candidates],
    }


def measured(all_meetings: Sequence[Meeting], outputs: Sequence[dict[str, Any]], kind: str) -> dict[str, float]:
    """Utterance P, R, F1; item recall within 2 utterances; span precision; item recall of the best k."""
    tp = predicted = wanted = items = hit = spans = spans_right = 0
    top = dict.fromkeys((3, 5, 8, 12), 0)
    for m, document in zip(all_meetings, outputs, strict=True):
        links = m.gold[kind]
        gold = set().union(*links)
        lines = {e["line"] - 1 for i in document["items"] if i["kind"] in KINDS[kind] for e in i["evidence"]}
        ranked = sorted(document["items"] + document["candidates"], key=lambda i: -i["confidence"])
        cited = [{e["line"] - 1 for e in i["evidence"]} for i in ranked if i["kind"] in KINDS[kind]]
        tp, predicted, wanted, items = (
            tp + len(lines & gold),
            predicted + len(lines),
            wanted + len(gold),
            items + len(links),
        )
        hit += sum(near(link, lines) for link in links)
        for k in top:
            best = set().union(*cited[:k])
            top[k] += sum(near(link, best) for link in links)
        for a, b in merged(lines):
            spans += 1
            spans_right += any(a - 2 <= g <= b + 2 for g in gold)
    p, r = tp / max(predicted, 1), tp / max(wanted, 1)
    return {
        "precision": p, "recall": r, "f1": 2 * p * r / (p + r) if p + r else 0.0, "item_recall": hit / max(items, 1),
        "span_precision": spans_right / max(spans, 1), "spans_per_meeting": spans / len(all_meetings),
        **{f"item_recall_top{k}": n / max(items, 1) for k, n in top.items()},
    }  # fmt: skip


def near(gold: set[int], predicted: set[int]) -> bool:
    return any(g + d in predicted for g in gold for d in range(-2, 3))


def merged(lines: set[int]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for n in sorted(lines):
        if out and n - out[-1][1] <= 3:
            out[-1] = (out[-1][0], n)
        else:
            out.append((n, n))
    return out


def changed(m: Meeting, change: Callable[[str], str]) -> Meeting:
    return replace(m, utterances=tuple(replace(u, text=change(u.text)) for u in m.utterances))


def unpunctuated(text: str) -> str:
    return re.sub(r"[^\w\s']", "", text.lower())


def validate(folder: Path, outputs: Path | None, rows: Sequence[str]) -> dict[str, Any]:
    all_meetings = meetings(folder, ("ami",))
    where = folds(all_meetings)
    features = [seen(m.utterances) for m in all_meetings]
    table: dict[str, Any] = {
        "seed": SEED,
        "scikit_learn": sklearn.__version__,
        "meetings": len(all_meetings),
        "rows": {},
    }

    def add(
        name: str, tested: Sequence[Meeting], scorers: Sequence[Scorer], precision: dict[str, float]
    ) -> list[dict[str, Any]]:
        documents = [answers(t, scorers[where[t.series]]) for t in tested]
        table["rows"][name] = {
            k: {"average_precision": precision.get(k), **measured(tested, documents, k)} for k in SECTIONS
        }
        print(f"{name}: {json.dumps(table['rows'][name])}", file=sys.stderr, flush=True)
        return documents

    full = Corpus(all_meetings, features)
    scorers, _, precision = validated(full, tuple(SECTIONS), where)
    started = time.perf_counter()
    documents = add("rules and trained scorer", all_meetings, scorers, precision)
    table["ms_per_utterance"] = 1000 * (time.perf_counter() - started) / full.offsets[-1]
    if outputs:
        outputs.mkdir(parents=True, exist_ok=True)
        for m, document in zip(all_meetings, documents, strict=True):
            (outputs / f"{m.id}.json").write_text(json.dumps(document), encoding="utf-8")
    if "baselines" in rows:
        add("rules only", all_meetings, [Scorer({})] * FOLDS, {})
        plain = Corpus(all_meetings, [replace(f, dense=np.zeros_like(f.dense)) for f in features], blocks=False)
        plain_scorers, _, plain_precision = validated(plain, tuple(SECTIONS), where)
        add("TF-IDF of the utterance alone", all_meetings, [without_dense(s) for s in plain_scorers], plain_precision)
    if "robustness" in rows:
        add("lower-cased and unpunctuated", [changed(m, unpunctuated) for m in all_meetings], scorers, {})
        off = Corpus(all_meetings, features, places=False)
        off_scorers, _, off_precision = validated(off, tuple(SECTIONS), where)
        add("position features off", all_meetings, off_scorers, off_precision)
        masked = [changed(m, lambda t: SPECIFIC.sub("thing", t)) for m in all_meetings]
        masked_corpus = Corpus(masked, [seen(m.utterances) for m in masked])
        masked_scorers, _, masked_precision = validated(masked_corpus, tuple(SECTIONS), where)
        add("words of the AMI scenario masked", masked, masked_scorers, masked_precision)
    return table


def without_dense(scorer: Scorer) -> Scorer:
    return Scorer(
        {k: replace(m, dense=np.zeros_like(m.dense), blocks=(1.0, 0.0, 0.0)) for k, m in scorer.models.items()}
    )


def train(folder: Path, target: Path) -> dict[str, Any]:
    """Fit on all meetings and write the weights; the thresholds are those of the cross-validation."""
    stored: dict[str, np.ndarray] = {}
    everything = meetings(folder, ("ami", "icsi"))
    features = {m.id: seen(m.utterances) for m in everything}
    models = {}
    for kind in SECTIONS:
        used = [m for m in everything if m.corpus in SETTINGS[kind].corpora]
        corpus = Corpus(used, [features[m.id] for m in used])
        _, scores = out_of_fold(kind, SETTINGS[kind], corpus, folds(used))
        tuned = [n for n, m in enumerate(used) if m.corpus == "ami"]
        y = corpus.labels(kind)
        labels = [y[a:b] for a, b in zip(corpus.offsets, corpus.offsets[1:], strict=False)]
        threshold = best_threshold(
            np.concatenate([scores[n] for n in tuned]), np.concatenate([labels[n] for n in tuned])
        )
        models[kind] = corpus.model(fit(corpus.matrix(SETTINGS[kind]), y, SETTINGS[kind]), SETTINGS[kind], threshold)
    hashes = np.array(sorted(set().union(*(m.terms for m in models.values()))), dtype=np.uint32)
    stored["hashes"] = hashes
    for kind, model in models.items():
        stored[f"{kind}.terms"] = np.array([model.terms.get(int(h), np.nan) for h in hashes], dtype=np.float16)
        stored[f"{kind}.dense"] = model.dense
        stored[f"{kind}.numbers"] = np.array(
            [model.bias, model.level, model.threshold, model.slope, *model.blocks, *model.smoothing], dtype=np.float64
        )
    np.savez_compressed(target, **stored)
    return {
        "terms": len(hashes),
        "bytes": target.stat().st_size,
        "dense": len(dense_names()),
        "crc32": zlib.crc32(target.read_bytes()),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("meetings", type=Path)
    parser.add_argument("--validate", action="store_true")
    parser.add_argument("--rows", nargs="*", default=(), choices=("baselines", "robustness", "all"))
    parser.add_argument("--outputs", type=Path, help="write what the product answers to each meeting, out of fold")
    parser.add_argument("--train", type=Path, help="write the weights of a training on all meetings here")
    args = parser.parse_args()
    rows = ("baselines", "robustness") if "all" in args.rows else args.rows
    if args.validate:
        print(json.dumps(validate(args.meetings, args.outputs, rows), indent=1))
    if args.train:
        print(json.dumps(train(args.meetings, args.train)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
