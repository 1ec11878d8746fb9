"""The own cases of meetings run through the engines: shared by the tests, which set floors, and the benchmark, which prints.

Each function answers outcomes of one part of a corpus, ``tuning`` or ``held_out``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bywhen.kernel.tables import PersonRow
from bywhen.kernel.worktime import WorkingTime
from bywhen.meetings.engine.changes import find_change
from bywhen.meetings.engine.dates import find_due_date
from bywhen.meetings.engine.linking import PlanTask, TaskIndex
from bywhen.meetings.engine.owners import Voices, find_owner
from bywhen.meetings.engine.projecttime import Occasion, ProjectTime, Sprints

FOLDER = Path(__file__).parent / "meetings"


@dataclass(frozen=True)
class Outcome:
    """One case: what was said, what was wanted ('' = abstain) and what came ('' = abstained)."""

    said: str
    wanted: str
    got: str

    @property
    def right(self) -> bool:
        return self.got == self.wanted

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
    for meeting in _corpus("dates")["meeting"]:
        time = meeting_time(meeting)
        for said, wanted in meeting[part]:
            found = find_due_date(said, time)
            yield Outcome(f"{time.held_on}: {said}", wanted, found.on.isoformat() if found and found.on else "")


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
    for team in _corpus("owners")["team"]:
        listed = people(team)
        for said, wanted, *voices in team[part]:
            speaker, addressee, accepted = (*voices, "", "", "")[:3]
            owner = find_owner(said, listed, Voices(speaker, addressee, bool(accepted)))
            got = "" if owner is None else f"{owner.name}?" if owner.suggested else owner.name
            yield Outcome(f"{said} [{speaker} > {addressee}]", wanted, _forgiven(wanted, got))


def _forgiven(wanted: str, got: str) -> str:
    """A suggestion of the right person where an accepted one was wanted misses, but it is no wrong answer."""
    return "" if got == f"{wanted}?" and wanted else got


def links(part: str) -> Iterable[Outcome]:
    for plan in _corpus("links")["plan"]:
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
        for said, wanted in plan[part]:
            link = index.link(said)
            yield Outcome(said, str(wanted or ""), str(link.uid) if link else "")


def changes(part: str) -> Iterable[Outcome]:
    """Wanted is ``verb days|date task-uid`` as one text, '' for no change."""
    corpus = _corpus("changes")
    time = meeting_time(corpus)
    index = TaskIndex(
        PlanTask(uid, name, wbs, n, parents=tuple(above))
        for n, (uid, name, wbs, above) in enumerate(corpus["tasks"], 1)
    )
    for said, wanted in corpus[part]:
        found = find_change(said, time)
        got = ""
        if found:
            link = index.link(found.change.subject)
            amount = (
                found.change.finish.isoformat()
                if found.change.finish
                else f"{found.change.days:+g}"
                if found.change.days
                else "-"
            )
            got = f"{found.change.verb} {amount} {link.uid if link else '-'}"
        yield Outcome(said, wanted, got)
