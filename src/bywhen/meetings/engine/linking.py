"""Which task of the plan is meant: by its WBS code or number, else by the words of its name, with abstention.

A link is made only when the words said cover one task clearly better than any other; a tie, or a name that holds much
that was not said, links nothing.

What does not live here: what happens to the task (:mod:`bywhen.meetings.engine.changes`).
"""

# ruff: noqa: E501 - word lists stay whole, and people type quotes of every kind
from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from bywhen.kernel.plan import Plan
from bywhen.meetings.engine.taskwords import SAYS_LITTLE, SMALL_TALK, acronyms, compounds, stem, terms

LINK_SCORE, LINK_MARGIN = 0.6, 0.08
"""The score (0 to 1) a task needs, and its lead over the next one, before it is linked."""
_NEAR_WORD = 86.0
_PARENT_WEIGHT = 0.45
_CODE = re.compile(r"\b(?:wbs\s*|task\s+|item\s+|activity\s+)?(\d+(?:\.\d+)+)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:task|activity|line|id)\s*(?:no\.?|number|#|id)?\s*(\d+)\b", re.IGNORECASE)
_VERSION = re.compile(
    r"\b(?:version|release|rev(?:ision)?|v|build|firmware|chapter|section|page|room)\.?\s*$", re.IGNORECASE
)
"""Before a dotted number, words that make it another number than a WBS code."""
_SUBJECT = re.compile(
    r"[^.;!?]{3,}?(?=\s+(?:is|are|was|were|isn't|aren't|wasn't|has|have|hasn't|needs?|takes?|will|won't|must|can|can't|starts?|moves?|slips?|went)\b)",
    re.IGNORECASE,
)
"""What a statement is about: the words before its verb."""
_SMALL_TALK = frozenset(stem(w) for w in SMALL_TALK)


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
        self._names = [terms(t.name) for t in self.tasks]
        self._above = [[w for p in t.parents[:2] for w in terms(p)] for t in self.tasks]
        self._initials = [acronyms(t.name) | compounds(t.name) for t in self.tasks]
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
        subject = _SUBJECT.match(said)
        return self._named(said, owner, due) or (self._named(subject[0], owner, due) if subject else None)

    def _named(self, said: str, owner: str, due: date | None) -> TaskLink | None:
        query = self._query(said)
        if not any(word not in _SMALL_TALK for word in query) and query not in self._names:
            return None
        if len(query) == 1 and query[0] in SAYS_LITTLE and query not in self._names:
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
        code = _CODE.search(said)
        if code and not (_VERSION.search(said[: code.start()]) or any(code[1] in name for name in self._names)):
            hits = [t for t in self.tasks if t.wbs == code[1]]
            if len(hits) == 1:
                return TaskLink(hits[0].uid, 0.97, 0.0, "WBS code")
        number = _NUMBER.search(said)
        if number:
            hits = [t for t in self.tasks if t.id == int(number[1])] or [
                t for t in self.tasks if t.uid == int(number[1])
            ]
            if len(hits) == 1:
                return TaskLink(hits[0].uid, 0.95, 0.0, "task number")
        return None

    def _query(self, said: str) -> list[str]:
        """The plan's terms that were said, and those no task has; small talk is neither."""
        short = [w for w in re.findall(r"\b[A-Z]{2}\b", said) if w in self._holding]
        words = dict.fromkeys([*short, *(w for w in terms(said) if w.upper() not in short)])
        for one, parts in compounds(said).items():  # "hyper care" for hypercare
            if stem(one) in self._holding and not self._holding.keys() & parts:
                words = dict.fromkeys(stem(one) if w == parts[0] else w for w in words if w != parts[1])
        telling = (w for w in words if w in self._holding or w not in _SMALL_TALK)
        return [word if word in self._holding else self._nearest(word) for word in telling]

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
        said_of_name = sum(
            self._weight[w] for w in set(name) if w in query or any(w in initials[q] for q in query if q in initials)
        )
        whole = sum(self._weight[w] for w in set(name))
        recall = said_of_name / whole if whole else 0.0
        qualifies = _PARENT_WEIGHT + (1 - _PARENT_WEIGHT) * 0.9 * (recall == 1.0)  # "the cutover of the finance system"
        covered = spoken = 0.0
        for word in query:
            weight = self._weight.get(word, self._unknown)
            spoken += weight
            if word in name or word in initials:
                covered += weight
            elif word in above:
                covered += qualifies * weight
        precision = covered / spoken
        return 0.0 if not precision or not recall else (1.25 * precision * recall) / (0.25 * precision + recall)
