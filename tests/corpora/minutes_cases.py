"""The own cases of meetings run through the engines: shared by the tests, which set floors, and the benchmark, which prints.

Each function answers outcomes of one part of a corpus: ``tuning`` or ``held_out`` of the cases written with the
grammars, ``open`` or ``set_aside`` of those composed afterwards without a look at them (``fresh_*.toml``), or ``later``
of a second round, composed when those were read without fault.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bywhen.kernel.tables import PersonRow
from bywhen.kernel.worktime import WorkingTime
from bywhen.meetings.engine.changes import SpokenChange, find_change
from bywhen.meetings.engine.dates import find_due_date
from bywhen.meetings.engine.linking import PlanTask, TaskIndex
from bywhen.meetings.engine.owners import Voices, find_owner
from bywhen.meetings.engine.projecttime import Occasion, ProjectTime, Sprints

FOLDER = Path(__file__).parent / "meetings"


@dataclass(frozen=True)
class Outcome:
    """One case: what was said, what was wanted ('' = abstain; ``also`` is as right) and what came ('' = abstained)."""

    said: str
    wanted: str
    got: str
    also: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        return self.got == self.wanted or self.got in self.also

    @property
    def wrong(self) -> bool:
        """An answer that is not the wanted one; to abstain is not wrong."""
        return bool(self.got) and not self.right


@dataclass(frozen=True)
class Rates:
    cases: int
    right: float
    wrong: float


def rates(outcomes: Sequence[Outcome]) -> Rates:
    n = len(outcomes)
    return Rates(n, sum(o.right for o in outcomes) / n, sum(o.wrong for o in outcomes) / n)


def _corpus(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _read(name: str, part: str) -> tuple[dict[str, Any], str]:
    """The corpus that has ``part``, and the key of its cases."""
    fresh = part in {"open", "set_aside", "later"}
    return _corpus(f"fresh_{name}" if fresh else name), "cases" if part in {"open", "set_aside"} else part


def _of_part(cases: Iterable[Any], part: str) -> Iterable[Any]:
    """The cases of one half: the hash of the words decides, so that nobody chooses."""
    for case in cases:
        odd = hashlib.sha256(case[0].encode()).digest()[0] % 2
        if part not in {"open", "set_aside"} or odd == (part == "set_aside"):
            yield case


def meeting_time(meeting: dict[str, Any]) -> ProjectTime:
    length = meeting.get("sprint_length_days")
    sprints = (
        Sprints(length, meeting.get("sprint_first_day"), meeting.get("sprint_first_number", 1)) if length else None
    )
    return ProjectTime(
        meeting["held_on"],
        WorkingTime.standard(meeting.get("holidays", ())),
        tuple(Occasion(name, on) for name, on in meeting.get("occasions", ())),
        sprints,
        meeting.get("fiscal_month", 1),
        meeting.get("day_order", ""),
        meeting.get("next_meeting"),
    )


def dates(part: str) -> Iterable[Outcome]:
    corpus, key = _read("dates", part)
    for meeting in corpus["meeting"]:
        time = meeting_time(meeting)
        for said, wanted in _of_part(meeting.get(key, ()), part):
            found = find_due_date(said, time)
            first, *also = wanted.split("|")
            got = found.on.isoformat() if found and found.on else ""
            yield Outcome(f"{time.held_on}: {said}", first, got, tuple(also))


def people(team: dict[str, Any]) -> list[PersonRow]:
    return [
        PersonRow(
            f"person {n}", p["name"], tuple(p.get("addresses", ())), tuple(p.get("handles", ())), tuple(p.get("aliases", ())),
            role=p.get("role", ""), team=p.get("team", ""),
        )
        for n, p in enumerate(team["people"])
    ]  # fmt: skip


def owners(part: str) -> Iterable[Outcome]:
    """Wanted and got are ``Name``, ``Name?`` (only suggested) or ''."""
    corpus, key = _read("owners", part)
    for team in corpus["team"]:
        listed = people(team)
        for said, wanted, *voices in _of_part(team.get(key, ()), part):
            speaker, addressee, accepted = (*voices, "", "", "")[:3]
            owner = find_owner(said, listed, Voices(speaker, addressee, bool(accepted)))
            got = "" if owner is None else f"{owner.name}?" if owner.suggested else owner.name
            first, *also = wanted.split("|")
            forgiven = got if got in also else _forgiven(first, got)
            yield Outcome(f"{said} [{speaker} > {addressee}]", first, forgiven, tuple(also))


def _forgiven(wanted: str, got: str) -> str:
    """A suggestion of the right person where an accepted one was wanted misses, but it is no wrong answer."""
    return "" if got == f"{wanted}?" and wanted else got


def links(part: str) -> Iterable[Outcome]:
    corpus, key = _read("links", part)
    for plan in corpus["plan"]:
        index = TaskIndex(
            PlanTask(
                t[0],
                t[1],
                t[2],
                n,
                summary=len(t) > 4 and t[4] == "summary",
                milestone=len(t) > 4 and t[4] == "milestone",
                parents=tuple(t[3]),
            )
            for n, t in enumerate(plan["tasks"], start=1)
        )
        for said, wanted in _of_part(plan.get(key, ()), part):
            link = index.link(said)
            first, *also = str(wanted or "").split("|")
            yield Outcome(said, first, str(link.uid) if link else "", tuple(also))


def changes(part: str) -> Iterable[Outcome]:
    """Wanted is ``verb days|date task-uid`` as one text, '' for no change, `` ?`` behind it for one not agreed."""
    corpus, key = _read("changes", part)
    time = meeting_time(corpus)
    index = TaskIndex(
        PlanTask(uid, name, wbs, n, parents=tuple(above))
        for n, (uid, name, wbs, above) in enumerate(corpus["tasks"], 1)
    )
    for said, wanted in _of_part(corpus[key], part):
        found = find_change(said, time)
        first, *also = wanted.split(" or ")
        got = _as_wanted(found, index) if found else ""
        if found and not found.agreed and "?" in wanted:
            got += " ?"
        yield Outcome(said, first, got, tuple(also))


def _as_wanted(found: SpokenChange, index: TaskIndex) -> str:
    link = index.link(found.change.subject)
    days = f"{found.change.days:+g}" if found.change.days else "-"
    amount = found.change.finish.isoformat() if found.change.finish else days
    return f"{found.change.verb} {amount} {link.uid if link else '-'}"
