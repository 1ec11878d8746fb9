"""Which task of the plan is meant: by its WBS code or number, else by the words of its name, with abstention.

A link is made only when the words said cover one task clearly better than any other; a tie, or a name that holds much
that was not said, links nothing.

What does not live here: what happens to the task (:mod:`bywhen.meetings.engine.changes`).
"""

# ruff: noqa: E501, RUF001 - word lists stay whole, and people type quotes of every kind
from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from bywhen.kernel.plan import Plan

LINK_SCORE, LINK_MARGIN = 0.6, 0.08
"""The score (0 to 1) a task needs, and its lead over the next one, before it is linked."""
_NEAR_WORD = 86.0
_PARENT_WEIGHT = 0.45


@dataclass(frozen=True, slots=True)
class PlanTask:
    """What of a task matters here: ``parents`` are the names above it, nearest first; ``owners`` the names assigned."""

    uid: int
    name: str
    wbs: str = ""
    id: int = 0
    summary: bool = False
    milestone: bool = False
    parents: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    finish: date | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class TaskLink:
    """The task meant, how sure (0 to 1), and the runner-up's score."""

    uid: int
    score: float
    runner_up: float
    rule: str


def plan_tasks(plan: Plan) -> tuple[PlanTask, ...]:
    """The tasks of a plan that a meeting can speak of, in the plan's order."""
    by_uid = {t.uid: t for t in plan.tasks}
    names = {r.uid: r.name for r in plan.resources}
    owners: dict[int, list[str]] = {}
    for a in plan.assignments:
        if a.resource_uid in names:
            owners.setdefault(a.task_uid, []).append(names[a.resource_uid])
    tasks = []
    for task in plan.tasks:
        if task.is_null or not task.name.strip() or (task.outline_level == 0 and task.uid == 0):
            continue
        parents: list[str] = []
        above = by_uid.get(task.parent_uid) if task.parent_uid is not None else None
        while above is not None and len(parents) < 20 and above.uid != 0:
            parents.append(above.name)
            above = by_uid.get(above.parent_uid) if above.parent_uid is not None else None
        tasks.append(
            PlanTask(
                task.uid, task.name, task.wbs or task.outline_number, task.id, task.summary, task.milestone,
                tuple(parents), tuple(owners.get(task.uid, ())), task.finish.date() if task.finish else None,
                task.percent_complete >= 100,
            )
        )  # fmt: skip
    return tuple(tasks)


_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "for",
        "and",
        "or",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "our",
        "we",
        "i",
        "it",
        "is",
        "be",
        "will",
        "shall",
        "should",
        "this",
        "that",
        "these",
        "those",
        "task",
        "work",
        "item",
        "milestone",
        "date",
        "dates",
        "due",
        "two",
        "three",
        "week",
        "weeks",
        "day",
        "days",
        "month",
        "months",
        "next",
        "until",
        "till",
        "over",
        "them",
        "us",
        "he",
        "she",
        "they",
        "you",
        "need",
        "needs",
        "have",
        "has",
        "had",
        "agreed",
        "decided",
        "think",
        "so",
        "just",
        "going",
        "get",
        "got",
        "do",
        "does",
        "done",
        "can",
        "could",
        "would",
        "also",
        "all",
        "up",
        "out",
        "as",
        "if",
        "then",
        "there",
        "here",
        "what",
        "which",
        "who",
        "please",
        "let",
        "let's",
        "i'll",
        "we'll",
        "before",
        "after",
        "end",
        "about",
        "into",
        "more",
        "not",
        "no",
        "yes",
        "one",
        "push",
        "pushed",
        "move",
        "moved",
        "slip",
        "slipped",
        "delay",
        "delayed",
    ]
)
_SUFFIXES = (
    "isations", "izations", "isation", "ization", "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies",
    "als", "al", "ers", "er", "ed", "es", "ly", "s", "y", "e",
)  # fmt: skip
_SAME = {
    "ac": "accept", "comm": "communicat", "docs": "document", "doc": "document", "spec": "specif", "env": "environ",
    "db": "databas", "prod": "product", "infra": "infrastructur", "req": "requir", "reqs": "requir", "sign": "sign",
    "signoff": "sign", "golive": "live", "rollout": "roll", "cut": "cut", "cutover": "cutov", "config": "configur",
    "auth": "authenticat", "perf": "perform", "dev": "develop", "mig": "migr", "pen": "penetr", "sec": "secur",
    "deliver": "deliv", "deliveri": "deliv", "admin": "administr", "int": "integr", "ui": "ui", "prep": "prepar",
    "pentest": "penetr", "e2e": "end-to-end", "tests": "test",
}  # fmt: skip


def stem(word: str) -> str:
    """A word without its ending, so that "delivery", "delivered" and "deliver" meet.

    >>> stem("migration") == stem("migrate"), stem("testing") == stem("tests")
    (True, True)
    """
    word = word.casefold()
    if word in _SAME:
        return _SAME[word]
    for _ in range(2):
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 3:
                word = word[: -len(suffix)]
                break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return _SAME.get(word, word[:-2] if word.endswith("at") and len(word) > 5 else word)


_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "i": "1", "ii": "2", "iii": "3", "iv": "4"}
_SAYS_LITTLE = frozenset(
    map(
        stem,
        [
            "plan",
            "review",
            "meeting",
            "document",
            "report",
            "project",
            "system",
            "phase",
            "stage",
            "thing",
            "test",
            "design",
            "work",
            "part",
            "process",
            "step",
            "date",
        ],
    )
)


def _terms(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)?", text.replace("-", " "))
    return [_ORDINALS.get(w.casefold()) or stem(w) for w in words if w.casefold() not in _STOP]


class TaskIndex:
    """The tasks of one plan, ready to be matched with what was said.

    >>> index = TaskIndex([PlanTask(1, "Build portal"), PlanTask(2, "Deliver customer API"), PlanTask(3, "Test customer portal")])
    >>> index.link("the API delivery").uid
    2
    >>> index.link("the customer thing") is None
    True
    """

    def __init__(self, tasks: Iterable[PlanTask]) -> None:
        self.tasks = tuple(tasks)
        self._names = [_terms(t.name) for t in self.tasks]
        self._above = [[w for p in t.parents[:2] for w in _terms(p)] for t in self.tasks]
        self._initials = [_acronyms(t.name) for t in self.tasks]
        counts = Counter(w for name in self._names for w in set(name))
        total = max(1, len(self.tasks))
        self._weight = {w: math.log(1 + total / n) for w, n in counts.items()}
        self._unknown = math.log(1 + total)
        self._holding: dict[str, list[int]] = {}
        for n, name in enumerate(self._names):
            for word in {*name, *self._initials[n]}:
                self._holding.setdefault(word, []).append(n)

    def link(self, said: str, *, owner: str = "", due: date | None = None) -> TaskLink | None:
        """The task that a short phrase names ("the API delivery"), or None.

        Owner and date of the sentence decide only between tasks whose words fit equally well.
        """
        numbered = self._numbered(said)
        if numbered:
            return numbered
        query = self._query(said)
        if not query or (len(query) == 1 and query[0] in _SAYS_LITTLE and query not in self._names):
            return None
        scored = sorted(self._scored(query, said, owner, due), reverse=True)
        if not scored or scored[0][0] < LINK_SCORE:
            return None
        best = scored[0]
        runner_up = scored[1][0] if len(scored) > 1 else 0.0
        if best[0] - runner_up < LINK_MARGIN:
            return None
        return TaskLink(self.tasks[-best[1]].uid, round(min(1.0, best[0]), 3), round(runner_up, 3), "words of the name")

    def _numbered(self, said: str) -> TaskLink | None:
        code = re.search(r"\b(?:wbs\s*|task\s+|item\s+|activity\s+)?(\d+(?:\.\d+)+)\b", said, re.IGNORECASE)
        if code:
            hits = [t for t in self.tasks if t.wbs == code[1]]
            if len(hits) == 1:
                return TaskLink(hits[0].uid, 0.97, 0.0, "WBS code")
        number = re.search(r"\b(?:task|activity|line|id)\s*(?:no\.?|number|#|id)?\s*(\d+)\b", said, re.IGNORECASE)
        if number:
            hits = [t for t in self.tasks if t.id == int(number[1])] or [
                t for t in self.tasks if t.uid == int(number[1])
            ]
            if len(hits) == 1:
                return TaskLink(hits[0].uid, 0.95, 0.0, "task number")
        return None

    def _query(self, said: str) -> list[str]:
        words = dict.fromkeys(_terms(said))
        return [word if word in self._holding else self._nearest(word) for word in words]

    def _nearest(self, word: str) -> str:
        """A term of the plan that differs from the word said by a slip of the ear only."""
        if len(word) < 5:
            return word
        near = [
            (fuzz.ratio(word, term), term)
            for term in self._holding
            if abs(len(term) - len(word)) <= 2 and len(term) >= 4
        ]
        best = max(near, default=(0.0, word))
        return best[1] if best[0] >= _NEAR_WORD else word

    def _scored(self, query: Sequence[str], said: str, owner: str, due: date | None) -> Iterable[tuple[float, int]]:
        for n in sorted({n for word in query for n in self._holding.get(word, ())}):
            score = self._score(n, query)
            task = self.tasks[n]
            if task.name.casefold() in said.casefold() and len(self._names[n]) > 1:
                score += 0.1
            score += 0.05 * (bool(owner) and owner in task.owners)
            score += 0.05 * (due is not None and task.finish is not None and abs((task.finish - due).days) <= 7)
            score -= 0.04 * task.summary + 0.12 * task.done
            yield score, -n

    def _score(self, n: int, query: Sequence[str]) -> float:
        """Weighted agreement of words: how much of what was said the task covers, and how much of it was said."""
        name, above, initials = self._names[n], self._above[n], self._initials[n]
        covered = spoken = 0.0
        for word in query:
            weight = self._weight.get(word, self._unknown)
            spoken += weight
            if word in name or word in initials:
                covered += weight
            elif word in above:
                covered += _PARENT_WEIGHT * weight
        said_of_name = sum(
            self._weight[w] for w in set(name) if w in query or any(w in initials[q] for q in query if q in initials)
        )
        whole = sum(self._weight[w] for w in set(name))
        precision, recall = covered / spoken, said_of_name / whole if whole else 0.0
        return 0.0 if not precision or not recall else (1.25 * precision * recall) / (0.25 * precision + recall)


def _acronyms(name: str) -> dict[str, tuple[str, ...]]:
    """The acronyms of runs of two to four words, in lower case, with the terms they stand for."""
    words = re.findall(r"[^\W\d_]+", name)
    out: dict[str, tuple[str, ...]] = {}
    for length in (2, 3, 4):
        for begin in range(len(words) - length + 1):
            run = words[begin : begin + length]
            out["".join(w[0] for w in run).casefold()] = tuple(stem(w) for w in run)
    return {a: terms for a, terms in out.items() if len(a) >= 3}
